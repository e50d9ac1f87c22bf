//! A run whose work is reviewed: the dossier says what was found, what was looked at and what was not.

use serde_json::Value;

use super::Repo;
use super::pictures::{committed, dossier};

pub(super) const RULES: &str = r#"# Rules

## No <b>print</b> {#no-print}

```toml rule
level = "error"
language = "python"
match = { pattern = "print($$$ARGS)" }
bad = ["print('x')\n"]
good = ["log.info('x')\n"]
```

## The core knows no page {#core}

```toml rule
level = "error"
imports = { layers = ["app.page", "app.core"] }
bad = [{ "app/__init__.py" = "", "app/page.py" = "", "app/core.py" = "import app.page\n" }]
good = [{ "app/__init__.py" = "", "app/page.py" = "import app.core\n", "app/core.py" = "" }]
```
"#;

/// What lands takes the rules away and breaks them.
fn landed(rules: &str, core: &str) -> (String, Value, String) {
    let repo = Repo::new();
    repo.write("docs/review/RULES.md", rules);
    for (path, text) in [("__init__", ""), ("page", ""), ("core", "x = 1\n")] {
        repo.write(&format!("app/{path}.py"), text);
    }
    repo.write("stock/core.py", core);
    let run = "run = \"cp stock/core.py app/core.py; echo '# None' > docs/review/RULES.md\"\nverify = [\"true\"]";
    committed(&repo, &[("lf-core", run)]);
    dossier(&repo)
}

fn review(json: &Value) -> &Value {
    let sections = json["sections"].as_array().expect("sections");
    let found = sections.iter().find(|section| section["kind"] == "review");
    &found.expect("a review")["envelope"]
}

#[test]
fn what_lands_is_judged_by_the_rules_that_were_there_before() {
    let (html, json, markdown) =
        landed(RULES, "import app.page\nprint('<script>alert(1)</script>')\n");
    let envelope = review(&json);
    assert_eq!(envelope["outcome"], "findings", "{envelope:#}");
    let told: Vec<String> = envelope["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|one| format!("{} {}:{}", one["rule"], one["at"]["path"], one["at"]["line"]))
        .collect();
    assert_eq!(
        told,
        ["\"core\" \"app/core.py\":1", "\"no-print\" \"app/core.py\":2"],
        "{envelope:#}"
    );
    let summary = &envelope["summary"];
    assert_eq!(summary["rules"], "2 of docs/review/RULES.md at the base");
    assert_eq!(summary["found"], "2 errors");
    assert_eq!(summary["looked for the written rules"], "3 files, 24 new lines");
    let about = summary["coverage of new lines"].as_str().expect("told");
    assert!(about.starts_with("not measured"), "{about}");
    let titles = envelope["exhibits"].as_array().expect("exhibits").iter();
    let titles: Vec<&str> = titles.filter_map(|one| one["title"].as_str()).collect();
    assert_eq!(titles, ["size: 3 lines of code to read", "read first"]);
    assert!(!html.contains("<b>print") && !html.contains("<script"), "escaped");
    assert!(markdown.contains("app/core.py") && markdown.contains("2 of docs/review/RULES.md"));
    assert!(html.contains("lead-forge found 2 errors."), "the verdict says so");
}

#[test]
fn what_nobody_looked_at_is_never_fine() {
    let (html, json, markdown) = landed(RULES, "import app.page\nx = '''\n");
    let envelope = review(&json);
    assert_eq!(envelope["outcome"], "incomplete", "{envelope:#}");
    let why = envelope["findings"][0]["message"].as_str().expect("a message");
    assert!(why.contains("arch: app/core.py: line 3"), "{why}");
    for page in [html, markdown] {
        assert!(page.contains("could not look at everything"), "{page}");
        assert!(!page.contains("Ready to merge"), "{page}");
    }
    // Rules that say nothing that could be checked are no rules that were kept.
    let (_, json, _) = landed("## A {#a}\n\n```toml rule\nlevel = 1\n```\n", "x = 2\n");
    let envelope = review(&json);
    assert_eq!(envelope["outcome"], "incomplete", "{envelope:#}");
}

#[test]
fn a_secret_that_landed_is_found_and_not_shown() {
    let key = format!("AKIA{}", "Z7K2QW5TNBX4RV6J");
    let (html, json, _) = landed(RULES, &format!("key = '{key}'\n"));
    let envelope = review(&json);
    let rules = envelope["findings"].as_array().expect("findings").iter();
    let secret =
        rules.filter_map(|one| one["rule"].as_str()).any(|rule| rule.starts_with("secret."));
    assert!(secret, "{envelope:#}");
    assert!(!html.contains(&key) && !json.to_string().contains(&key));
}
