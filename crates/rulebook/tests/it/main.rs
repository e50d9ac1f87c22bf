//! Rules to every tool's file and back, over and over, on what people and enemies write.

mod foreign;
mod fuzzed;
mod hostile;
mod memory;
mod pack;
mod round;
mod sync;

use std::collections::BTreeMap;

use leadforge_rulebook::{Item, Rule, Rulebook, Scope, Section, Seen};

/// A rulebook with one of everything.
fn sample() -> Rulebook {
    let rule = Rule {
        id: "py-no-print".into(),
        title: "No `print` in the app".into(),
        prose: "Use the logging module, so that output has a level.\n\nSee @docs/logging.md."
            .into(),
        language: "python".into(),
        paths: vec!["src/**/*.{py,pyi}".into(), "tools/*.py".into()],
        except: vec!["src/cli.py".into()],
        good: vec!["log.info('x')".into(), "```\nfence".into()],
        bad: vec!["print('x')\nprint('y')".into()],
        ..Rule::default()
    };
    let human = Rule {
        id: "readable-names".into(),
        title: "Names are clear".into(),
        judge: leadforge_rulebook::Judge::Human,
        level: leadforge_rulebook::Level::Note,
        ..Rule::default()
    };
    let section = |id: &str, scope, text: &str| {
        Item::Section(Section { id: id.into(), scope, text: text.into() })
    };
    Rulebook {
        items: vec![
            section(
                "about",
                Scope::Always,
                "# About\n\n---\n\nHow we work.\n\nGood:\n\n```\nx\n```",
            ),
            Item::Rule(rule),
            Item::Rule(human),
            section("plan", Scope::Asked("when a plan: is asked for".into()), "## Plan\nThink."),
            section("release", Scope::Manual, "## Release\n\n- step"),
            section("web", Scope::Paths(vec!["web/**".into()]), "## Web"),
            section("when", Scope::Always, "When: never\n\nFor `x`."),
        ],
    }
}

fn tree(files: &[(&str, &str)]) -> BTreeMap<String, Seen> {
    files.iter().map(|(path, text)| ((*path).into(), Seen::File((*text).into()))).collect()
}
