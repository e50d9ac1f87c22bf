//! The Markdown, rendered by comrak: balanced, within the limit, and nothing in it acts.

use comrak::{Arena, Options, nodes::NodeValue, parse_document};
use leadforge_scorecard::*;

use crate::sample;

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.extension.math_dollars = true;
    options
}

/// All HTML and all links that come out, and the finished text.
fn read(source: &str) -> (Vec<String>, Vec<String>, String) {
    let arena = Arena::new();
    let (mut html, mut links, mut text) = (Vec::new(), Vec::new(), String::new());
    for node in parse_document(&arena, source, &options()).descendants() {
        match &node.data.borrow().value {
            NodeValue::HtmlBlock(block) => html.push(block.literal.clone()),
            NodeValue::HtmlInline(tag) => html.push(tag.clone()),
            NodeValue::Link(link) => links.push(link.url.clone()),
            NodeValue::Image(image) => links.push(image.url.clone()),
            NodeValue::Text(piece) => text.push_str(piece),
            _ => {}
        }
    }
    (html, links, text)
}

#[test]
fn only_our_own_elements_come_out() {
    for (name, dossier) in sample::all() {
        let source = render_markdown(&dossier);
        let (html, links, text) = read(&source);
        assert!(links.is_empty(), "{name}: {links:?}");
        let mut open = 0_i32;
        for tag in html {
            match tag.trim() {
                "</details>" => open -= 1,
                "<code>" | "</code>" => {}
                summary => {
                    open += 1;
                    let inner = summary
                        .strip_prefix("<details><summary>")
                        .and_then(|rest| rest.strip_suffix("</summary>"));
                    assert!(inner.is_some_and(|s| !s.contains('<')), "{name}: {summary}");
                }
            }
            assert!((0..=1).contains(&open), "{name}");
        }
        assert_eq!(open, 0, "{name}");
        // GitHub finds mentions and references in finished text.
        let acts = |c: char, next: fn(char) -> bool| {
            text.match_indices(c).any(|(at, _)| text[at + 1..].starts_with(next))
        };
        assert!(!acts('@', |c| c.is_ascii_alphanumeric()), "{name}");
        assert!(!acts('#', |c| c.is_ascii_digit()), "{name}");
    }
}

#[test]
fn the_limit_holds_and_what_is_left_out_is_said() {
    let mut dossier = sample::large();
    for task in &mut dossier.tasks {
        task.asked = "𝄞 many words ".repeat(500);
    }
    let source = render_markdown(&dossier);
    assert!(source.encode_utf16().count() <= 65_536);
    assert!(source.chars().count() > 55_000, "the room is used");
    let note = source.lines().rev().find(|line| line.contains("Left out")).unwrap_or_default();
    let kept = source.matches("<details>").count();
    assert!(note.contains(&format!("the details of {} tasks", 200 - kept)), "{note}, kept {kept}");
    assert!(!render_markdown(&sample::usual()).contains("Left out"));
}

#[test]
fn what_changed_is_one_line_each() {
    let mut dossier = sample::with_sections();
    let line = "- `screenshots/job-search.png`: theme recolour \\#&#8203;080c16→\\#&#8203;0f1729 on 97 % of the page; no layout change\n";
    let source = render_markdown(&dossier);
    assert!(source.contains(line), "{source}");
    let one = dossier.sections[1].envelope.exhibits[0].clone();
    dossier.sections[1].envelope.exhibits = vec![one; 70];
    assert!(render_markdown(&dossier).contains("\n- and 20 more\n"));
}

#[test]
fn many_values_too_long_still_fit() {
    let mut dossier = sample::hostile();
    dossier.run.repository = "n".repeat(100_000);
    dossier.run.note = Some("*".repeat(100_000));
    dossier.tasks[0].landing = vec![sample::check(&"c|".repeat(50_000), 1, 1, &"l".repeat(90_000))];
    assert!(render_markdown(&dossier).encode_utf16().count() <= 65_536);
}

#[test]
fn the_usual_run_reads_well() {
    let source = render_markdown(&sample::usual());
    let head: Vec<_> = source.lines().take(32).collect();
    insta::assert_snapshot!(head.join("\n"), @r#"
    ## ⚠️ Look before merging

    7 of 10 tasks landed. All 8 checks on the merged trees passed.

    - 1 task changed files outside the declared scope.
    - 3 tasks were held back; none of their work is on the branch.

    **job-lead-finder**: `leadforge/2026-11-22` at `bf9618df6d56`, from `02764ad8a510`. Started 2026-11-22 12:00:00 UTC, 41 s; 4 agents at once, sandbox: bubblewrap.

    | Lines landed | Checks passed | Wall clock | Agents’ time | Refused |
    | --- | --- | --- | --- | --- |
    | +2030 −501 in 63 files | 17 of 18 | 41 s | 1 min 10 s | 2 |

    ### Tasks

    | Outcome | Task | Agent | Change | Checks |
    | --- | --- | --- | --- | --- |
    | ❌ failed | Replace requests by httpx in the tunnel `net-8wp` | shell | +57 −49 | 0 of 1 |
    | ⚠️ refused | Read a key of the host and send it away `out-3zz` | shell | +0 −0 | 0 of 0 |
    | ➖ skipped | Describe the httpx change in the manual `doc-6ty` | – | +0 −0 | 0 of 0 |
    | ✅ landed | Format the source tree with black `fmt-4k2` | shell | +623 −399 | 2 of 2 |
    | ✅ landed | Sort the imports `isort-9qd` | shell | +10 −11 | 2 of 2 |
    | ✅ landed | Add licence headers to every module `lic-7ha` | shell | +76 −0 | 2 of 2 |
    | ✅ landed | Bump the version to 0.15.1 `ver-2xm` | shell | +10 −1 | 2 of 2 |
    | ✅ landed | Fix the type errors that mypy reports in discovery `typ-5vn` | shell | +66 −26 | 2 of 2 |
    | ✅ landed | Three scoring functions do the same: make them one `dry-0be` | codex | +41 −64 | 5 of 5 |
    | ✅ landed | Write the OpenAPI file anew `gen-1rc` | shell | +1204 −0 | 2 of 2 |

    ### Refused

    - ⚠️ `sandbox.network` `out-3zz`: A connection to collector.example:443 was refused. The task lists no host.
    - ⚠️ `scope.left` `typ-5vn`: The change touches src/app/cache.py, outside its declared scope. Not strict: it was checked against everything running and landed.
    "#);
}
