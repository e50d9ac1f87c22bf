//! Hostile sources: nothing panics, hangs, leaves the tree or is dropped in silence.

use leadforge_task_queue::import::{self, Import};
use leadforge_task_queue::{Queue, Task};
use proptest::prelude::*;

/// Every line with something on it that neither a draft nor a remark covers.
pub(crate) fn unaccounted(path: &str, text: &str, import: &Import) -> Vec<(usize, String)> {
    let drafts = import.drafts.iter().map(|d| &d.at);
    let spans: Vec<_> =
        drafts.chain(import.remarks.iter().map(|r| &r.at)).filter(|at| at.path == path).collect();
    let structure = |line: &str| {
        let line = line.trim_start_matches('\u{feff}').trim();
        line.is_empty() || line.starts_with('#') || line.chars().all(|c| "-*_ ".contains(c))
    };
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .lines()
        .enumerate()
        .map(|(i, line)| (i + 1, line.to_owned()))
        .filter(|(_, line)| !structure(line))
        .filter(|(n, _)| !spans.iter().any(|at| (at.line as usize..=at.end as usize).contains(n)))
        .collect()
}

/// Everything that must hold for any source.
fn check(path: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    let import = import::read(path, bytes);
    if let Ok(text) = std::str::from_utf8(bytes)
        && path.ends_with(".md")
        && unreadable(&import.remarks) == 0
    {
        prop_assert_eq!(unaccounted(path, text, &import), []);
    }
    for draft in &import.drafts {
        prop_assert!(!draft.title.chars().any(char::is_control), "{:?}", draft.title);
        prop_assert!(!draft.title.is_empty() && draft.title.chars().count() <= 100);
        prop_assert!(!draft.body.contains(['\0', '\r']));
    }
    if let Ok(plan) = import::plan(&import, &Queue::default()) {
        let refused = unreadable(&plan.remarks) - unreadable(&import.remarks);
        prop_assert_eq!(plan.files.len() + refused, import.drafts.len());
        let queue = Queue::from_files(plan.files.iter().map(|f| (f.path.as_str(), &f.bytes)));
        let again = import::plan(&import, &queue.expect("what is planned can be read"));
        prop_assert_eq!(again.expect("no cycle").files.len(), 0);
        for file in &plan.files {
            let task = Task::parse(&file.path, &file.bytes).expect("it was read back");
            prop_assert!(task.run.is_none() && task.verify.is_empty(), "a source gives no command");
        }
    }
    Ok(())
}

fn unreadable(remarks: &[import::Remark]) -> usize {
    remarks.iter().filter(|r| r.why == import::Why::Unreadable).count()
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("# Task: x\n"),
        Just("## Objectives:\n"),
        Just("## High Priority\n"),
        Just("### A (Priority: P1)\n"),
        Just("- [ ] box\n"),
        Just("  - [x] in\n"),
        Just("\t- [ ] tab\n"),
        Just("1. [ ] n\n"),
        Just("- [ ]\n"),
        Just("```\n"),
        Just("~~~\n"),
        Just("<!--\n"),
        Just("-->\n"),
        Just("---\n"),
        Just("\n"),
        Just("text\n"),
        Just("**Priority**: P9\n"),
        Just("**Status:** ✅ COMPLETE\n"),
        Just("**Files**: `../x`, `a/b.py`\n"),
        Just("**Tasks:**\n"),
        Just("**TODO 1: do**\n"),
        Just("**Decision**: Skip\n"),
        Just("_No response_\n"),
        Just("id: x\ntitle: y\nstatus: z\ndependencies: []\n"),
        Just("\u{202e}\u{1b}[31m\n"),
        Just("**"),
        Just("[a](b"),
        Just("Success Criteria\n"),
        Just("\u{feff}"),
        Just("\r"),
        Just("## Success Criteria\n"),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|all| all.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_is_accounted_for(text in pieces(), name in prop_oneof![Just("TODO.md"), Just(".ai-tasks/x.md")]) {
        check(name, text.as_bytes())?;
    }

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..400), json in any::<bool>()) {
        check(if json { "x.json" } else { "x.md" }, &bytes)?;
    }
}

#[test]
fn large_and_deep_sources_end_soon() {
    let deep: String = (0..2_000).map(|n| format!("{}- [ ] d{n}\n", " ".repeat(n))).collect();
    let nested: String = (0..2_000).map(|n| format!("{}- g{n}\n", " ".repeat(n))).collect();
    let many = "- [ ] same\n".repeat(20_000);
    let heads = "## h\n**Priority**: P1\n".repeat(20_000);
    let links = "- [ ] [".to_owned() + &"[".repeat(1 << 20);
    let json = "[".repeat(1 << 20);
    let tasks = format!(
        "{{\"tasks\":[{}{{\"id\":0,\"title\":\"z\"}}]}}",
        "{\"id\":1,\"title\":\"t\",\"dependencies\":[1]},\n".repeat(20_000)
    );
    let yaml =
        format!("---\nid: a\ntitle: b\nstatus: c\ndependencies: {}\n---\n", "[".repeat(50_000));
    let bomb = format!(
        "---\nid: a\ntitle: b\nstatus: c\nassignee: x\na: &a [x,x]\n{}---\n",
        (0..20)
            .map(|n| format!(
                "b{n}: &b{n} [*{p},*{p},*{p},*{p},*{p},*{p},*{p}]\n",
                p = if n == 0 { "a".into() } else { format!("b{}", n - 1) }
            ))
            .collect::<String>()
    );
    for (path, text) in [
        ("d.md", deep + "x\n"),
        ("n.md", nested + &" ".repeat(2_001) + "- [ ] leaf\n"),
        ("m.md", many),
        ("h.md", heads),
        ("l.md", links),
        ("j.json", json),
        ("t.json", tasks),
        ("y.md", yaml),
        ("bomb.md", bomb),
    ] {
        // What is quadratic here takes minutes, so that nobody overlooks it.
        let import = import::read(path, text.as_bytes());
        assert!(!import.drafts.is_empty() || !import.remarks.is_empty(), "{path}");
    }
    let huge = import::read("huge.md", &vec![b'x'; 10 << 20]);
    assert_eq!(huge.remarks[0].what, "10485760 bytes, more than the 4194304 that are read");
}

#[test]
fn titles_and_scopes_cannot_carry_an_attack() {
    let text = "- [ ] \u{1b}]0;pwn\u{7}rm -rf \u{202e}/ `$(id)`\n  - **Files**: `../../etc/passwd`, `.git/hooks/x`, `src/ok.py`\n";
    let import = import::read("T.md", text.as_bytes());
    assert_eq!(import.drafts[0].title, "]0;pwn rm -rf / $(id)");
    assert_eq!(import.drafts[0].touches, ["src/ok.py"]);
}
