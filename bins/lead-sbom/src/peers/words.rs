//! What scanners put into words: identifiers, packages, versions.

use std::sync::LazyLock;

use regex::Regex;

/// An identifier of a vulnerability. Databases that are not named here call theirs by name, year and number, too.
const ID: &str = r"(?:CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3}|SNYK-[A-Z0-9]+-[A-Za-z0-9_.]+-\d+|npm:[\w.@/-]+:\d{8}|(?:DSA|DLA|DTSA|USN)-\d+-\d+|TEMP-\d+-[0-9A-F]+|(?:[A-Za-z]+-)*[A-Z]{2,}[A-Za-z0-9]*-\d{4}[-:]\d+)";

static BEGIN: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"^(?:\[\w+\] |ANCHOREVULN_)?({ID})")));
static ANYWHERE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"\b{ID}\b")));
static OSV: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^Package '(.+)@([^@']+)' is vulnerable to "));
static GRYPE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"vulnerability in (\S+) package: (\S+), version (\S+) was found at"));
static OLD_GRYPE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r" reports (\S+) at version (\S+) .*vulnerable \((\S+)\) package"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("it is a pattern")
}

/// The identifier with which a text begins; a scanner may put the package behind it.
pub(super) fn at_begin(text: &str) -> Option<&str> {
    Some(BEGIN.captures(text.trim())?.get(1)?.as_str())
}

/// All identifiers in a text.
pub(super) fn everywhere(text: &str) -> impl Iterator<Item = String> {
    ANYWHERE.find_iter(text).map(|found| found.as_str().to_owned())
}

/// The package, its version and its type, from the sentence that a scanner makes of them.
pub(super) fn sentence(message: &str) -> Option<(String, String, String)> {
    let text = |found: &regex::Captures<'_>, at: usize| found[at].to_owned();
    if let Some(found) = OSV.captures(message) {
        return Some((text(&found, 1), text(&found, 2), String::new()));
    }
    if let Some(found) = GRYPE.captures(message) {
        return Some((text(&found, 2), text(&found, 3), text(&found, 1)));
    }
    let found = OLD_GRYPE.captures(message)?;
    Some((text(&found, 1), text(&found, 2), text(&found, 3)))
}

/// `name@version` apart; a scope keeps its sign.
pub(super) fn split(text: &str) -> Option<(String, String)> {
    let (name, version) = text.trim().rsplit_once('@')?;
    let plain = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
    (plain(name) && plain(version)).then(|| (name.to_owned(), version.to_owned()))
}

/// What Snyk writes of a rule: `(CVE-2020-1) name@version`, or without the aliases.
pub(super) fn named(text: &str) -> Option<(String, String)> {
    let rest = match text.strip_prefix('(') {
        Some(rest) => rest.split_once(") ")?.1,
        None => text,
    };
    split(rest)
}

/// Lines of `Key: value`.
pub(super) struct Lines<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let pair =
            |line: &'a str| line.split_once(':').map(|(key, value)| (key.trim(), value.trim()));
        // `Vulnerability CVE-2020-1` has no colon.
        let bare = |line: &'a str| line.split_once(' ').filter(|(key, _)| *key == "Vulnerability");
        Self(text.lines().take(40).filter_map(|line| bare(line).or_else(|| pair(line))).collect())
    }

    /// The first value of any of these keys.
    pub(super) fn get(&self, keys: &[&str]) -> Option<&'a str> {
        let found = self.0.iter().find(|(key, value)| keys.contains(key) && !value.is_empty());
        found.map(|(_, value)| *value)
    }

    /// The package and its version.
    pub(super) fn package(&self) -> Option<(String, String)> {
        let name = self.get(&["Package"]).filter(|name| !name.starts_with("pkg:"))?;
        let version = self.get(&["Installed Version", "Version"]).unwrap_or_default();
        Some((name.to_owned(), version.to_owned()))
    }
}

/// The types of package URLs that scanners' words for a kind of package mean; none when they say nothing.
pub(super) fn kinds_of(kind: &str, rule: &str, tags: &[String]) -> Vec<String> {
    let one = |word: &str| -> Option<&'static [&'static str]> {
        Some(match word {
            "apk" => &["apk"],
            "cargo" | "rust-crate" | "rust" => &["cargo"],
            "composer" | "php-composer" | "php" => &["composer"],
            "deb" => &["deb"],
            "gem" | "rubygems" => &["gem"],
            "github-action" => &["github"],
            "go-module" | "gomodules" | "golangdep" | "golang" => &["golang"],
            "java-archive" | "maven" | "gradle" | "sbt" => &["maven"],
            "npm" | "yarn" | "pnpm" | "yarn-workspace" => &["npm"],
            "dotnet" | "nuget" | "paket" => &["nuget"],
            "python" | "pip" | "pipenv" | "poetry" => &["pypi"],
            "rpm" => &["rpm"],
            "OsPackageVulnerability" => &["apk", "deb", "rpm"],
            "LanguageSpecificPackageVulnerability" => {
                &["cargo", "composer", "gem", "golang", "maven", "npm", "nuget", "pypi"]
            }
            _ => return None,
        })
    };
    let words = [kind, rule].into_iter().chain(tags.iter().map(String::as_str));
    let found = words.into_iter().find_map(one).unwrap_or_default();
    found.iter().map(|kind| (*kind).to_owned()).collect()
}
