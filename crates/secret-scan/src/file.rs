//! What a path says of a file, as far as it bears on secrets in it.

use crate::value::is_one_of;

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Program text: a value without quotation marks is a name there.
    Code,
    /// Prose.
    Prose,
    /// Translations: names and sentences.
    Translation,
    /// Lock files and lists of checksums.
    Lock,
    /// Made by a tool: minified text, source maps, drawings.
    Made,
    /// No text: what a name stands before there is chance.
    Binary,
    /// Anything else.
    Other,
}

/// What a path says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) kind: Kind,
    /// It lies among tests, fixtures, examples or documentation.
    pub(crate) shown: bool,
}

const CODE: &str = "py pyi js mjs cjs jsx ts tsx mts go rs java kt kts c h cc cpp hpp cs rb php swift scala m mm \
    dart lua pl pm r jl ex exs erl hs clj groovy vue svelte sol zig";
const PROSE: &str = "md mdx rst adoc txt tex html htm org textile 1 5 8";
const MADE: &str = "map svg snap ipynb wasm pdf woff css";
const TRANSLATED: &str = "po pot mo xlf xliff arb resx strings ftl";
/// Folders of translations.
const LANGUAGES: &str =
    "locale locales i18n l10n lang langs language languages translation translations intl";
/// Parts of names by which people tell tests and examples.
const SHOWN: &str = "test tests testing testdata spec specs fixture fixtures mock mocks example examples sample \
    samples demo demos doc docs documentation e2e cypress stories snapshots cassettes vcr \
    template templates dist tutorial conftest";

impl File {
    /// Reads a path.
    pub(crate) fn at(path: &str) -> Self {
        let lower = path.to_ascii_lowercase();
        let name = lower.rsplit('/').next().unwrap_or_default();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let lock = name.contains("lock")
            && matches!(ending, "lock" | "json" | "yaml" | "yml" | "lockb" | "lockfile" | "hcl")
            || ["sum", "sha256", "sha512", "md5", "sha1", "asc", "sig"].contains(&ending)
            || ["checksums.txt", "sha256sums", "go.sum", "requirements.txt"].contains(&name);
        let kind = if lock {
            Kind::Lock
        } else if is_one_of(TRANSLATED, ending)
            || lower.split(['/', '.']).any(|part| is_one_of(LANGUAGES, part))
        {
            Kind::Translation
        } else if name.contains(".min.") || is_one_of(MADE, ending) {
            Kind::Made
        } else if is_one_of(CODE, ending) {
            Kind::Code
        } else if is_one_of(PROSE, ending) {
            Kind::Prose
        } else {
            Kind::Other
        };
        let shown = lower
            .split(|letter: char| !letter.is_ascii_alphanumeric())
            .any(|part| is_one_of(SHOWN, part));
        Self { kind, shown }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_speak() {
        for (path, kind, shown) in [
            ("src/a.py", Kind::Code, false),
            ("tests/test_a.py", Kind::Code, true),
            ("config/prod.env", Kind::Other, false),
            ("README.md", Kind::Prose, false),
            ("docs/a.rst", Kind::Prose, true),
            ("locale/de/django.po", Kind::Translation, false),
            ("Cargo.lock", Kind::Lock, false),
            ("blocks/a.json", Kind::Other, false),
            ("a.min.js", Kind::Made, false),
            ("contest/latest.txt", Kind::Prose, false),
            (".env.example", Kind::Other, true),
        ] {
            assert_eq!(File::at(path), File { kind, shown }, "{path}");
        }
    }
}
