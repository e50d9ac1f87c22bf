//! The rules, each with its code and what it wants.

mod apk;
mod apt;
mod copy;
mod from;
mod labels;
mod languages;
mod meta;
pub(super) mod pip;
mod rpm;
mod shell;

use super::finding::Finding;
use super::scene::Scene;
use super::semantic;

/// One rule.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Its code: hadolint's where the rule means what hadolint's means, words where it is ours.
    pub code: &'static str,
    /// What it wants, in one line.
    pub wants: &'static str,
    pub(super) check: fn(&Scene<'_>, &mut Vec<Finding>),
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rule").field("code", &self.code).field("wants", &self.wants).finish()
    }
}

/// A line of the table.
const fn rule(
    code: &'static str,
    wants: &'static str,
    check: fn(&Scene<'_>, &mut Vec<Finding>),
) -> Rule {
    Rule { code, wants, check }
}

/// Every rule.
pub const RULES: &[Rule] = &[
    rule("DL3000", "WORKDIR is absolute", meta::absolute_workdir),
    rule("DL3001", "no command that makes no sense in a container", shell::senseless),
    rule("DL3002", "the last USER of a stage is not root", meta::last_user),
    rule("DL3003", "WORKDIR instead of cd", shell::cd),
    rule("DL3004", "no sudo", shell::sudo),
    rule("DL3006", "an image has a tag", from::tagged),
    rule("DL3007", "the tag is not latest", from::latest),
    rule("DL3008", "apt-get install pins versions", apt::pinned),
    rule("DL3009", "apt's lists are deleted in the layer that fetched them", apt::lists),
    rule("DL3010", "ADD extracts an archive", copy::extract),
    rule("DL3011", "a port is at most 65535", meta::ports),
    rule("DL3012", "one HEALTHCHECK in a stage", meta::healthchecks),
    rule("DL3013", "pip install pins versions", pip::pinned),
    rule("DL3014", "apt-get install -y", apt::yes),
    rule("DL3015", "apt-get install --no-install-recommends", apt::recommends),
    rule("DL3016", "npm install pins versions", languages::npm),
    rule("DL3018", "apk add pins versions", apk::pinned),
    rule("DL3019", "apk add --no-cache", apk::cache),
    rule("DL3020", "COPY for files and folders, not ADD", copy::add),
    rule("DL3021", "COPY of several sources ends with /", copy::folder),
    rule("DL3022", "COPY --from names an earlier stage or an image with a tag", copy::alias),
    rule("DL3023", "COPY --from does not name its own stage", copy::own),
    rule("DL3024", "names of stages are unique", from::unique),
    rule("DL3025", "CMD and ENTRYPOINT are written as JSON", meta::json),
    rule("DL3026", "images come from trusted registries (when configured)", from::trusted),
    rule("DL3027", "apt-get instead of apt", apt::apt),
    rule("DL3028", "gem install pins versions", languages::gem),
    rule("DL3029", "FROM has no fixed --platform", from::platform),
    rule("DL3030", "yum install -y", rpm::yum_yes),
    rule("DL3032", "yum clean all", rpm::yum_clean),
    rule("DL3033", "yum install pins versions", rpm::yum_pinned),
    rule("DL3034", "zypper does not ask", rpm::zypper_yes),
    rule("DL3035", "no zypper dist-upgrade", rpm::zypper_upgrade),
    rule("DL3036", "zypper clean", rpm::zypper_clean),
    rule("DL3037", "zypper install pins versions", rpm::zypper_pinned),
    rule("DL3038", "dnf install -y", rpm::dnf_yes),
    rule("DL3040", "dnf clean all", rpm::dnf_clean),
    rule("DL3041", "dnf install pins versions", rpm::dnf_pinned),
    rule("DL3042", "pip install --no-cache-dir", pip::cache),
    rule("DL3043", "ONBUILD keeps no ONBUILD, FROM or MAINTAINER", meta::onbuild),
    rule("DL3044", "ENV does not use what it defines", meta::own_variable),
    rule("DL3045", "COPY to a relative target has a WORKDIR", copy::workdir),
    rule("DL3046", "useradd -l with a high id", shell::useradd),
    rule("DL3047", "wget without a progress bar", shell::wget),
    rule("DL3048", "keys of labels are valid", labels::keys),
    rule("DL3049", "labels that must be there are (when configured)", labels::missing),
    rule("DL3050", "no other labels (when configured)", labels::superfluous),
    rule("DL3051", "labels have the shape that is asked (when configured)", labels::shape),
    rule("DL3057", "a HEALTHCHECK (off unless its severity is set)", meta::healthcheck),
    rule("DL3059", "consecutive RUN are one", shell::consecutive),
    rule("DL3060", "yarn cache clean", languages::yarn),
    rule("DL3061", "FROM or ARG comes first", from::first),
    rule("DL3062", "go install pins versions", languages::go),
    rule("DL3064", "no secret in ARG or ENV", meta::secrets),
    rule("DL3065", "no --platform=$TARGETPLATFORM", from::target_platform),
    rule("DL3066", "USER is a number", meta::numeric_user),
    rule("DL3067", "no whole file system is copied", copy::whole),
    rule("DL4000", "no MAINTAINER", meta::maintainer),
    rule("DL4001", "wget or curl, not both", shell::both),
    rule("DL4003", "one CMD in a stage", meta::commands),
    rule("DL4004", "one ENTRYPOINT in a stage", meta::entrypoints),
    rule("DL4005", "SHELL instead of a link", shell::link),
    rule("DL4006", "pipefail before a pipe", shell::pipefail),
    rule("add-unverified", "ADD of a remote file has a checksum", semantic::supply::add_unverified),
    rule(
        "arg-out-of-scope",
        "an ARG before FROM is declared again where it is used",
        semantic::scope::argument,
    ),
    rule("cache-order", "what changes rarely is copied first", semantic::order::cache),
    rule("cache-unused", "a cache mount is not switched off", semantic::order::unused),
    rule(
        "context-leak",
        "no secret, history, cache or installed package comes in with a folder",
        semantic::leak::leak,
    ),
    rule("copied-secret", "no key or .env file is copied", semantic::supply::secret),
    rule(
        "editable-install",
        "the final stage installs no editable package",
        semantic::supply::editable,
    ),
    rule("exec-variable", "exec forms contain no variable", semantic::scope::exec),
    rule("image-latest", "COPY --from and mounts name no latest image", semantic::supply::latest),
    rule("image-undigested", "images are pinned by digest", semantic::supply::digest),
    rule(
        "no-dockerignore",
        "a context that is copied whole has a .dockerignore",
        semantic::around::ignore,
    ),
    rule("no-healthcheck", "what listens has a HEALTHCHECK", semantic::runtime::healthcheck),
    rule("no-interpreter", "the final stage has what it starts", semantic::runtime::interpreter),
    rule("password-in-image", "no password is set in an image", semantic::cis::password),
    rule("piped-script", "no downloaded script is run unseen", semantic::supply::piped),
    rule("release-upgrade", "no upgrade to another release", semantic::cis::upgrade),
    rule("root-user", "the final stage does not run as root", semantic::runtime::root),
    rule("setuid-bit", "no program is made to run as its owner", semantic::cis::setuid),
    rule("ssh-server", "no server of SSH", semantic::cis::ssh),
    rule("unlocked-install", "dependencies come from a lock file", semantic::supply::unlocked),
    rule("unverified-source", "no check of an origin is switched off", semantic::cis::unchecked),
    rule("update-alone", "an index is updated in the layer that installs", semantic::order::update),
    rule("volume-refused", "no VOLUME where the platform refuses it", semantic::around::volume),
    rule("volume-system", "no VOLUME over folders of the system", semantic::cis::volume),
    rule("world-writable", "nothing is made writable for everybody", semantic::supply::writable),
];
