//! Checks of the CIS benchmark for images and of dockle that can be made before there is an image.

use leadforge_dockerfile_syntax::Kind;
use leadforge_dockerfile_syntax::shell::Simple;

use crate::dockerfile::args::{calls, has_flag, packages, plain, verb};
use crate::dockerfile::finding::{Finding, Fix, Severity};
use crate::dockerfile::scene::Scene;

/// Whether a mode sets the bit of the owner or the group.
fn sets_id(mode: &str) -> bool {
    let octal = mode.len() >= 4 && mode.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    let first = mode.bytes().rev().nth(3).unwrap_or(b'0');
    let words = || {
        mode.split(',').any(|part| match part.split_once(['+', '=']) {
            Some((_, bits)) => bits.contains('s') && bits.bytes().all(|b| b"rwxXst".contains(&b)),
            None => false,
        })
    };
    if octal { (first - b'0') & 6 != 0 } else { words() }
}

/// CIS 4.8: a program with such a bit makes whoever runs it its owner.
pub(in crate::dockerfile) fn setuid(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let message = "A program that runs as its owner, whoever starts it, is a way to root: leave the bit off, or give \
                   what it needs with setcap";
    let folder = |command: &Simple| {
        // On a folder the bit of the group says whose new files are.
        let only_group = |mode: &str| {
            (mode.len() == 4 && mode.starts_with(['2', '3'])) || mode.starts_with("g+s")
        };
        plain(command).first().is_some_and(|mode| only_group(&mode.value))
    };
    for (run, command) in scene.commands() {
        let is = match command.name() {
            Some("chmod") => {
                plain(command).first().is_some_and(|mode| sets_id(&mode.value)) && !folder(command)
            }
            Some("install") if !has_flag(command, &["d", "directory"]) => {
                command.args().windows(2).any(|pair| {
                    matches!(pair[0].value.as_str(), "-m" | "--mode") && sets_id(&pair[1].value)
                })
            }
            _ => false,
        };
        if is {
            found.push(scene.finding("setuid-bit", Severity::Warning, run.at, message));
        }
    }
    for (at, _, instruction) in scene.instructions() {
        let copies = matches!(instruction.kind, Kind::Copy(_) | Kind::Add(_));
        if copies && instruction.flag("chmod").is_some_and(sets_id) {
            found.push(scene.finding("setuid-bit", Severity::Warning, at, message));
        }
    }
}

/// DKL-DI-0003: another release than the image is of, or packages taken away on the way.
pub(in crate::dockerfile) fn upgrade(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (run, command) in scene.commands().filter(|(run, _)| !run.onbuild) {
        let apt = ["apt-get", "apt", "aptitude"];
        let verbs = ["dist-upgrade", "full-upgrade"];
        let whole = calls(command, &apt, &verbs)
            || command.name() == Some("do-release-upgrade")
            || calls(command, &["dnf", "yum"], &["distro-sync", "distribution-synchronization"]);
        if whole {
            let message = "An upgrade that may remove packages makes another image of the base each day: take a newer \
                           base, and `upgrade` for what cannot wait";
            let mut finding = scene.finding("release-upgrade", Severity::Warning, run.at, message);
            if let Some(word) = verb(command, &verbs).filter(|word| !word.quoted && !word.expands) {
                let (start, end) = (word.span.start, word.span.end);
                finding.fix = Some(Fix { start, end, text: "upgrade".to_owned() });
            }
            found.push(finding);
        }
    }
}

/// CIS 4.11: packages and downloads whose origin nobody checks.
pub(in crate::dockerfile) fn unchecked(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (run, command) in scene.commands() {
        if let Some(flag) = switched_off(command) {
            let message = format!(
                "{flag} takes whatever is sent, from whomever: trust the right key or certificate instead"
            );
            found.push(scene.finding("unverified-source", Severity::Warning, run.at, message));
        }
    }
}

/// The flag that switches a check off.
fn switched_off(command: &Simple) -> Option<String> {
    let flags: &[&str] = match command.name()?.rsplit('/').next()? {
        "apt-get" | "apt" => {
            &["--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories"]
        }
        "apk" => &["--allow-untrusted"],
        "yum" | "dnf" | "microdnf" | "tdnf" => &["--nogpgcheck", "--no-gpg-checks"],
        "zypper" => &["--no-gpg-checks"],
        "rpm" => &["--nosignature"],
        "wget" => &["--no-check-certificate"],
        "curl" => &["--insecure"],
        "pip" | "pip3" => &["--trusted-host"],
        _ => &[],
    };
    let written = |word: &str| {
        flags.iter().find(|flag| {
            word.strip_prefix(**flag).is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
        })
    };
    // A package that was made in the same build has no signature, and needs none.
    let file = |word: &str| word.contains('/') && !word.contains("://");
    let mut packages =
        packages(command, &["add", "install", "localinstall"], &[]).into_iter().peekable();
    if packages.peek().is_some() && packages.all(|word| file(&word.value)) && has_packages(command)
    {
        return None;
    }
    for word in command.args() {
        if let Some(flag) = written(&word.value) {
            return Some(format!("`{flag}`"));
        }
    }
    let curl = command.name() == Some("curl");
    // A name on this machine is not what a certificate says.
    let local = command.args().iter().any(|word| {
        ["localhost", "127.0.0.1", "0.0.0.0"].iter().any(|host| word.value.contains(host))
    });
    if curl && !local && command.args().iter().any(|word| is_k(&word.value)) {
        return Some("`curl -k`".to_owned());
    }
    let strict = calls(command, &["npm", "yarn"], &["config"])
        && calls(command, &["npm", "yarn"], &["strict-ssl"])
        && calls(command, &["npm", "yarn"], &["false"]);
    let git = command.name() == Some("git")
        && command.args().windows(2).any(|pair| {
            let name = pair[0].value.to_ascii_lowercase();
            name == "http.sslverify" && matches!(pair[1].value.as_str(), "false" | "0")
        });
    match (strict, git) {
        (true, _) => Some("`strict-ssl false`".to_owned()),
        (_, true) => Some("`http.sslVerify false`".to_owned()),
        _ => None,
    }
}

/// Whether a command installs packages that have signatures.
fn has_packages(command: &Simple) -> bool {
    matches!(
        command.name(),
        Some("apk" | "yum" | "dnf" | "microdnf" | "tdnf" | "zypper" | "rpm" | "apt-get" | "apt")
    )
}

/// Whether a word of curl is `k` among flags that take no value.
fn is_k(word: &str) -> bool {
    let letters = word.strip_prefix('-').unwrap_or_default();
    let plain = letters.chars().take_while(|c| "fsSLgkvOJ#0123469".contains(*c));
    !letters.starts_with('-') && plain.into_iter().any(|letter| letter == 'k')
}

/// DKL-LI-0001, CIS 4.10: a password that is the same in every container.
pub(in crate::dockerfile) fn password(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for run in &scene.runs {
        let mut said: Option<&str> = None;
        for command in &run.script.commands {
            let set = match command.name() {
                // What it reads comes from the command before it.
                Some("chpasswd") => said.is_none_or(|text| !text.contains('$')),
                Some("passwd") => {
                    has_flag(command, &["d", "delete"])
                        || command.args().iter().any(|w| w.value == "--stdin")
                }
                Some("useradd" | "usermod") => command.args().windows(2).any(|pair| {
                    matches!(pair[0].value.as_str(), "-p" | "--password")
                        && !pair[1].expands
                        && !matches!(pair[1].value.as_str(), "!" | "*" | "!!" | "x")
                }),
                _ => false,
            };
            said = match command.name() {
                Some("echo" | "printf") => command.args().last().map(|word| word.value.as_str()),
                _ => None,
            };
            if set {
                let message = "Every container has this password: let nobody log in by one, or set it when it starts";
                found.push(scene.finding("password-in-image", Severity::Error, run.at, message));
            }
        }
    }
}

/// DKL-DI-0002: a volume over what the system needs.
pub(in crate::dockerfile) fn volume(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    const SYSTEM: &[&str] =
        &["", "/bin", "/boot", "/dev", "/etc", "/lib", "/proc", "/sbin", "/sys", "/usr"];
    for (at, _, instruction) in scene.instructions() {
        let Kind::Volume(words) = &instruction.kind else { continue };
        let path = |word: &str| word.trim_matches(['"', '\'']).trim_end_matches('/').to_owned();
        let system = |word: &str| word.starts_with('/') && SYSTEM.contains(&path(word).as_str());
        if let Some(word) = words.iter().find(|word| system(&word.value)) {
            let message = format!(
                "A volume over {} hides what the image has there: name a folder of the program's own",
                word.value
            );
            found.push(scene.finding("volume-system", Severity::Warning, at, message));
        }
    }
}

/// CIS 5.6: a second way in, with its own users and keys.
pub(in crate::dockerfile) fn ssh(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, stage, instruction) in scene.instructions() {
        let Kind::Expose(words) = &instruction.kind else { continue };
        let is = |word: &str| word.trim_matches(['"', '\'']).split('/').next() == Some("22");
        if stage.is_some_and(|stage| scene.final_stages().contains(&stage))
            && words.iter().any(|word| is(&word.value))
        {
            let message =
                "A server of SSH in a container is a second way in: `docker exec` needs none";
            found.push(scene.finding("ssh-server", Severity::Info, at, message));
        }
    }
}
