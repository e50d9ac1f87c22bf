//! What a person wrote is never lost, and what we wrote is never doubled.

use std::collections::BTreeMap;

use leadforge_rulebook::{
    Config, Item, Planned, Report, Rulebook, Seen, State, Tool, import, sync, write,
};

use crate::{sample, tree};

fn config(tools: &[Tool]) -> Config {
    Config { tools: tools.to_vec(), ..Config::default() }
}

fn planned(book: &Rulebook, files: &BTreeMap<String, Seen>, tools: &[Tool]) -> Report {
    sync(book, files, &config(tools)).expect("a good book")
}

/// Writes what is planned, as a binary would.
fn apply(files: &mut BTreeMap<String, Seen>, report: &Report) {
    for file in &report.files {
        if file.remove {
            files.remove(&file.path);
        } else if let Some(bytes) = &file.bytes {
            files.insert(file.path.clone(), Seen::File(bytes.clone()));
        }
    }
}

fn step(files: &mut BTreeMap<String, Seen>, book: &Rulebook, tools: &[Tool]) {
    let report = planned(book, files, tools);
    apply(files, &report);
}

fn one<'r>(report: &'r Report, path: &str) -> &'r Planned {
    report.files.iter().find(|file| file.path == path).expect(path)
}

fn text(files: &BTreeMap<String, Seen>, path: &str) -> String {
    let Some(Seen::File(bytes)) = files.get(path) else { panic!("{path}") };
    String::from_utf8(bytes.clone()).expect("text")
}

fn written(tools: &[Tool]) -> BTreeMap<String, Seen> {
    let mut files = BTreeMap::new();
    step(&mut files, &sample(), tools);
    files
}

fn without(id: &str) -> Rulebook {
    let mut book = sample();
    book.items.retain(|item| item.id() != id);
    book
}

#[test]
fn a_second_sync_has_nothing_to_do() {
    let mut files = written(&Tool::ALL);
    let report = planned(&sample(), &files, &Tool::ALL);
    assert!(report.clean(), "{report:#?}");
    step(&mut files, &without("about"), &Tool::ALL);
    assert!(planned(&without("about"), &files, &Tool::ALL).clean());
    step(&mut files, &sample(), &Tool::ALL);
    assert_eq!(files, written(&Tool::ALL));
}

#[test]
fn every_edit_of_every_byte_is_noticed_and_kept() {
    let books = [sample(), without("about"), without("web")];
    let mut edits = 0;
    for tool in Tool::ALL {
        let files = written(&[tool]);
        for (path, seen) in &files {
            let Seen::File(bytes) = seen else { panic!() };
            let whole = String::from_utf8(bytes.clone()).unwrap();
            let begin = whole.find("<!-- leadforge:begin").unwrap();
            let end = whole.find("<!-- leadforge:end").unwrap();
            // Every byte of the tool with most files, some of each other.
            let step = if tool == Tool::Cursor { 1 } else { 11 };
            for at in (0..=end).step_by(step) {
                let edit = ["x", "\n", " "][at % 3];
                // A line of its own in front of our part is a person's.
                if !whole.is_char_boundary(at) || edit == "\n" && at + 1 >= begin && at <= begin {
                    continue;
                }
                let mut all = files.clone();
                let edited = format!("{}{edit}{}", &whole[..at], &whole[at..]);
                all.insert(path.clone(), Seen::File(edited.into()));
                // Where the rules changed too, there would be something to write.
                let report = planned(&books[at / 3 % 3], &all, &[tool]);
                let file = one(&report, path);
                assert!(file.bytes.is_none() && !file.remove, "{path} at {at}: {file:?}");
                assert!(!report.clean() && !file.why.is_empty(), "{path} at {at}");
                edits += 1;
            }
        }
    }
    assert!(edits > 2500, "{edits}");
}

#[test]
fn an_edit_is_shown_as_a_diff() {
    let mut files = written(&[Tool::Claude]);
    let edited = text(&files, "CLAUDE.md").replace("How we work.", "How I work.");
    files.insert("CLAUDE.md".into(), Seen::File(edited.into()));
    let report = planned(&sample(), &files, &[Tool::Claude]);
    let file = &report.files[0];
    assert_eq!((file.state, file.line, report.clean()), (State::Edited, 1, false));
    assert_eq!(report.kept().count(), 1);
    insta::assert_snapshot!(file.diff, @r"
    --- a/CLAUDE.md
    +++ b/CLAUDE.md
    @@ -6,7 +6,7 @@
     
     ---
     
    -How I work.
    +How we work.
     
     Good:
    ");
    insta::assert_snapshot!(file.why, @"it was edited since it was written, and is not overwritten: take the edit into the source, or undo it");
    let report = planned(&without("web"), &files, &[Tool::Claude]);
    insta::assert_snapshot!(report.files[0].why, @"it was edited since it was written, and the rules changed too; it is not overwritten: take the edit into the source, or undo it");
}

#[test]
fn an_edit_that_the_rules_take_up_is_no_edit_any_more() {
    let mut files = written(&[Tool::Gemini]);
    let edited = text(&files, "GEMINI.md").replace("How we work.", "How I work.");
    files.insert("GEMINI.md".into(), Seen::File(edited.clone().into()));
    // The edit comes back as data …
    let file = import("GEMINI.md", edited.as_bytes()).unwrap();
    assert!(file.edited);
    let book = leadforge_rulebook::collect(vec![file], false);
    assert!(matches!(&book.items[0], Item::Section(s) if s.text.contains("How I work.")));
    // … and is then what the rules say.
    let report = planned(&book, &files, &[Tool::Gemini]);
    assert_eq!(report.files[0].state, State::Old);
    apply(&mut files, &report);
    assert!(planned(&book, &files, &[Tool::Gemini]).clean());
}

#[test]
fn what_people_wrote_around_it_stays_byte_for_byte() {
    for (mine, newline) in [
        ("# Mine\n\ntext", "\n"),
        ("# Mine\r\n\r\ntext\r\n", "\r\n"),
        ("\u{feff}# Mine\n", "\n"),
        ("mixed\r\nends\n", "\n"),
        ("```\ncode <!--\n```\n<!-- closed -->\n", "\n"),
        ("---\ntitle: front\n---\n", "\n"),
        ("trailing  \n\n\n", "\n"),
    ] {
        let mut files = tree(&[("AGENTS.md", mine)]);
        step(&mut files, &sample(), &[Tool::Agents]);
        let joined = text(&files, "AGENTS.md");
        assert!(joined.starts_with(mine), "{joined:?}");
        let after = format!("{joined}{newline}mine too{newline}");
        files.insert("AGENTS.md".into(), Seen::File(after.clone().into()));
        assert!(planned(&sample(), &files, &[Tool::Agents]).clean(), "{mine:?}");
        assert_eq!(import("AGENTS.md", after.as_bytes()).unwrap().bytes(), after.as_bytes());
        step(&mut files, &without("about"), &[Tool::Agents]);
        let now = text(&files, "AGENTS.md");
        assert!(now.starts_with(mine) && now.ends_with(&format!("{newline}mine too{newline}")));
        assert!(!now.contains("# About") && now.contains("Names are clear"));
        if newline == "\r\n" {
            assert_eq!(now.matches('\n').count(), now.matches("\r\n").count());
        }
        // Without rules our part goes, and theirs is what it was.
        step(&mut files, &Rulebook::default(), &[Tool::Agents]);
        assert!(text(&files, "AGENTS.md").starts_with(mine));
        assert!(!text(&files, "AGENTS.md").contains("leadforge"));
    }
}

#[test]
fn rules_are_not_hidden_in_what_people_left_open() {
    for (mine, line) in [("a\n```\nopen\n", 2), ("a\n\nb <!-- open\n", 3), ("~~~\n```\n", 1)] {
        let files = tree(&[("AGENTS.md", mine)]);
        let file = planned(&sample(), &files, &[Tool::Agents]).files.remove(0);
        assert_eq!((file.state, file.line, file.bytes), (State::Blocked, line, None), "{mine:?}");
        // Nor when it was opened after they were written.
        let whole = format!("{mine}{}", text(&written(&[Tool::Agents]), "AGENTS.md"));
        let report = planned(&sample(), &tree(&[("AGENTS.md", &whole)]), &[Tool::Agents]);
        assert_eq!((report.files[0].state, report.files[0].line), (State::Blocked, line));
    }
}

#[test]
fn line_ends_of_a_checkout_are_no_edit() {
    for tool in Tool::ALL {
        let mut files = written(&[tool]);
        for seen in files.values_mut() {
            let Seen::File(bytes) = seen else { panic!() };
            *bytes = String::from_utf8_lossy(bytes).replace('\n', "\r\n").into_bytes();
        }
        assert!(planned(&sample(), &files, &[tool]).clean(), "{tool:?}");
        step(&mut files, &without("py-no-print"), &[tool]);
        for path in files.keys() {
            let text = text(&files, path);
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{path}");
        }
    }
}

#[test]
fn a_final_line_feed_that_an_editor_took_is_no_edit() {
    let mut files = written(&[Tool::Agents]);
    let cut = text(&files, "AGENTS.md").trim_end().to_owned();
    files.insert("AGENTS.md".into(), Seen::File(cut.into()));
    assert!(planned(&sample(), &files, &[Tool::Agents]).clean());
    step(&mut files, &without("web"), &[Tool::Agents]);
    assert!(text(&files, "AGENTS.md").ends_with("<!-- leadforge:end -->"));
}

#[test]
fn broken_marks_are_named_and_nothing_is_written() {
    let whole = text(&written(&[Tool::Agents]), "AGENTS.md");
    let begin = whole.lines().next().unwrap().to_owned();
    for (broken, line, why) in [
        (whole.replace("<!-- leadforge:end -->\n", ""), 1, "ends nowhere"),
        (whole.replace(&begin, "hello"), whole.lines().count(), "begins nowhere"),
        (format!("{whole}{whole}"), whole.lines().count() + 1, "second block"),
        (whole.replace("sha256=", "sha256=z"), 1, "first mark"),
        (whole.replace("<!--", " <!--"), 1, "moved"),
        // A merge that git could not do.
        (format!("<<<<<<< a\n{begin}\n=======\n{whole}>>>>>>> b\n"), 4, "second block"),
        (
            whole.replace("leadforge:end -->", "leadforge:end-->"),
            whole.lines().count(),
            "last mark",
        ),
    ] {
        let files = tree(&[("AGENTS.md", &broken)]);
        let report = planned(&without("web"), &files, &[Tool::Agents]);
        let file = &report.files[0];
        assert_eq!((file.state, file.line), (State::Broken, line), "{file:?}");
        assert!(file.why.contains(why) && file.bytes.is_none() && !report.clean(), "{file:?}");
    }
}

#[test]
fn links_and_imports_of_agents_md_are_not_written_twice() {
    let link = |to: &str| Seen::Link(to.into());
    let both = [Tool::Agents, Tool::Claude];
    for (claude, state) in [
        (link("AGENTS.md"), State::Covered),
        (link("./AGENTS.md"), State::Covered),
        (Seen::File("Mine.\n\n@AGENTS.md\n".into()), State::Covered),
        (Seen::File("```\n@AGENTS.md\n```\n".into()), State::New),
        (link("/etc/passwd"), State::Blocked),
        (link("../AGENTS.md"), State::Blocked),
        (link("docs/x.md"), State::Blocked),
        (link("CLAUDE.md"), State::Blocked),
        (Seen::Folder, State::Blocked),
        (Seen::Other("a socket".into()), State::Blocked),
        (Seen::File(b"\xff\xfeN\0o\0".to_vec()), State::Blocked),
        (Seen::File(b"caf\xe9".to_vec()), State::Blocked),
        (Seen::File(vec![b'x'; (1 << 20) + 1]), State::Blocked),
    ] {
        let files = BTreeMap::from([("CLAUDE.md".to_owned(), claude.clone())]);
        let report = planned(&sample(), &files, &both);
        let file = one(&report, "CLAUDE.md");
        assert_eq!(file.state, state, "{claude:?} {file:?}");
        assert_eq!(file.bytes.is_some(), state == State::New);
        assert_eq!(one(&report, "AGENTS.md").state, State::New);
    }
    // Without AGENTS.md a link to it leads nowhere.
    let files = BTreeMap::from([("CLAUDE.md".to_owned(), link("AGENTS.md"))]);
    assert_eq!(planned(&sample(), &files, &[Tool::Claude]).files[0].state, State::Blocked);
    // A folder behind a link is not written into.
    let files = BTreeMap::from([(".cursor".to_owned(), link("../elsewhere"))]);
    let report = planned(&sample(), &files, &[Tool::Cursor]);
    assert!(report.files.iter().all(|file| file.state == State::Blocked), "{report:?}");
}

#[test]
fn a_file_where_a_folder_is_needed_stays() {
    let files = tree(&[(".windsurf/rules", "mine\n"), (".github", "mine\n")]);
    let report = planned(&sample(), &files, &[Tool::Windsurf]);
    assert!(report.files.iter().all(|file| file.state == State::Blocked), "{report:?}");
    let report = planned(&sample(), &files, &[Tool::Copilot]);
    assert!(report.files.iter().all(|file| file.state == State::Blocked), "{report:?}");
}

#[test]
fn files_of_people_with_our_names_are_not_touched() {
    let files = tree(&[
        (".cursor/rules/leadforge.mdc", "---\nalwaysApply: true\n---\nmine\n"),
        (".cursor/rules/leadforge-old.mdc", "mine\n"),
        (".cursor/rules/other.mdc", "mine\n"),
    ]);
    let report = planned(&sample(), &files, &[Tool::Cursor]);
    assert_eq!(one(&report, ".cursor/rules/leadforge.mdc").state, State::Blocked);
    assert!(report.files.iter().all(|file| !file.path.ends_with("old.mdc") && !file.remove));
}

#[test]
fn files_that_no_rule_stands_in_go_unless_people_wrote_there() {
    let mut files = written(&[Tool::Cursor]);
    let web = files.keys().find(|path| path.contains("for-web")).unwrap().clone();
    let report = planned(&without("web"), &files, &[Tool::Cursor]);
    assert_eq!((one(&report, &web).state, one(&report, &web).remove), (State::Stale, true));
    let mine = format!("{}\nmine\n", text(&files, &web));
    files.insert(web.clone(), Seen::File(mine.clone().into()));
    let report = planned(&without("web"), &files, &[Tool::Cursor]);
    let file = one(&report, &web);
    assert_eq!((file.state, file.remove), (State::Stale, false));
    assert_eq!(file.bytes.as_deref(), Some(&b"\nmine\n"[..]));
    let edited = mine.replace("## Web", "## Net");
    files.insert(web.clone(), Seen::File(edited.into()));
    let report = planned(&without("web"), &files, &[Tool::Cursor]);
    let file = one(&report, &web);
    assert_eq!((file.state, file.remove, &file.bytes), (State::Edited, false, &None));
}

#[test]
fn the_file_that_cline_once_read_is_written_in_the_folders_place() {
    let mut files = tree(&[(".clinerules", "mine\n")]);
    let report = planned(&sample(), &files, &[Tool::Cline]);
    assert_eq!(report.files.len(), 1);
    apply(&mut files, &report);
    assert!(text(&files, ".clinerules").starts_with("mine\n"));
    assert!(planned(&sample(), &files, &[Tool::Cline]).clean());
}

#[test]
fn limits_of_tools_are_told_with_their_source() {
    let mut book = sample();
    let Item::Rule(rule) = &mut book.items[2] else { panic!() };
    rule.prose = "words and words\n\n".repeat(3000);
    let report = planned(&book, &BTreeMap::new(), &Tool::ALL);
    let mut out = String::new();
    for file in &report.files {
        for beyond in &file.beyond {
            let limit = beyond.limit;
            let hard = if limit.hard { "reads" } else { "is advised to read" };
            let who = format!("{:?} {hard} {} {}", file.tool, limit.most, limit.unit);
            out.push_str(&format!("{who}; it has {}: {}\n", beyond.has, limit.source));
        }
    }
    insta::assert_snapshot!(out, @r"
    Agents reads 32768 bytes; it has 52044: Codex, project_doc_max_bytes: developers.openai.com/codex/guides/agents-md
    Claude is advised to read 200 lines; it has 6073: Claude Code, memory: code.claude.com/docs/en/memory
    Copilot is advised to read 4000 characters; it has 51625: Copilot code review once read no more; its page no longer says so: github.com/github/docs/issues/42761
    Cursor is advised to read 500 lines; it has 6029: Cursor, rules: cursor.com/docs/rules
    Windsurf reads 12000 characters; it has 51369: Windsurf, memories and rules: docs.windsurf.com/windsurf/cascade/memories
    ");
    assert!(write(&book, Tool::Agents, "x").is_ok());
}
