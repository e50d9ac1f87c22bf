//! Words that the project does not want, by the file of the base.

use crate::Repo;

const WORDS: &str = "terms:\n  whitelist:\n    alternatives: [allowlist]\n    severity: error\n";
const USUAL: &str = ".github/inclusive-language.yaml";

#[test]
fn words_are_looked_for_by_the_file_of_the_base() {
    let repo = Repo::new(&[(USUAL, WORDS), ("a.md", "a\n")]);
    repo.write("a.md", "a\nthe whitelist\n");
    // The change must not excuse itself.
    repo.write(USUAL, "terms:\n  nothing: {}\n");
    let answer = repo.call(&["check", "--format", "json"]);
    assert_eq!((answer.code, answer.told()), (1, vec!["language.whitelist a.md:2".to_owned()]));
    assert_eq!(answer.json()["data"]["looked"]["language"]["looked"], "yes");
    let human = repo.call(&["check"]).out;
    assert!(
        human.contains("a.md:2: error: \"whitelist\": say allowlist [language.whitelist]"),
        "{human}"
    );
}

#[test]
fn without_a_file_there_are_no_words_and_a_wrong_one_is_no_pass() {
    let repo = Repo::new(&[("a.md", "a\n")]);
    repo.write("a.md", "a\nthe whitelist\n");
    let answer = repo.call(&["check", "--format", "json"]);
    assert_eq!((answer.code, answer.json()["data"]["looked"]["language"].is_null()), (0, true));
    let told = |config: &str, words: &str| {
        let repo = Repo::new(&[("leadforge.toml", config), ("words.yaml", words), ("a.md", "a\n")]);
        repo.write("a.md", "a\nthe whitelist\n");
        repo.call(&["check"])
    };
    let named = "[review]\nlanguage = \"words.yaml\"\n";
    assert_eq!(told(named, WORDS).code, 1);
    let wrong = told(named, "terms: 3\n");
    assert_eq!(
        (wrong.code, wrong.out.contains("words.yaml of the base")),
        (3, true),
        "{}",
        wrong.out
    );
    let gone = told("[review]\nlanguage = \"none.yaml\"\n", WORDS);
    assert_eq!((gone.code, gone.out.contains("which the base does not have")), (3, true));
    assert_eq!(told("[review]\nrequire = [\"language\"]\n", WORDS).code, 3);
}
