//! Every text in every field that reaches a person, in every output: it is shown and does nothing.

use comrak::nodes::NodeValue;
use scraper::{Html, Selector};

use super::texts::TEXTS;
use super::{one_line, toml};
use crate::{Answer, Repo};

/// What the agents do: print, name a file, and commit, all with the text of their task.
const ACT: &str = r#"text="payload/$1"
cat "$text"; cat "$text" >&2
name="$(head -c 60 "$text" | tr -d '/\000')"
printf x > "f-$name"
printf x > "$(printf 'not-\377-utf8-%s' "$1")"
git add -A; git -c user.name="$name" -c user.email=x@example.org commit -qm "$(cat "$text")"
exit $(( $1 % 3 == 2 ))
"#;

const AGENT: &str = "<b>ev\u{202e}il</b> ::error::x ##[error]y | `z`";

const BRANCH: &str = "lead/<b>|`$(id)`&\u{202e}'\"##";

/// The queue of one task per text, and what is configured with texts of its own.
fn repository() -> Repo {
    let repo = Repo::new();
    let agent = toml(AGENT);
    repo.write(
        "leadforge.toml",
        &format!(
            "[run]\nbranch = {}\njobs = 4\n[verify]\nalways = [\"true # ::error::x ##[error]y <b>\\u202e\"]\n\
             [agent.{agent}]\ncommand = [\"/bin/sh\", \"-c\", \"sh ./act.sh $(sed -n 's/^number //p')\"]\n",
            toml(BRANCH)
        ),
    );
    repo.write("act.sh", ACT);
    for (n, (name, text)) in TEXTS.iter().enumerate() {
        repo.write(&format!("payload/{n}"), text);
        let line = toml(&one_line(text));
        let lines = toml(&text.replace(|c: char| c.is_control() && c != '\n', ""));
        let who = if n % 2 == 0 {
            format!("run = \"sh ./act.sh {n} #\"\n")
        } else {
            format!("agents = [{agent}]\n")
        };
        let check = format!("cat payload/{n}; test $(({n} % 3)) = 0 # {}", one_line(text));
        repo.write(
            &format!("docs/TASKS/queue/pending/t-{name}.md"),
            &format!(
                "+++\ntitle = {line}\nresources = [{line}]\nsymbols = [{}]\nsource = {line}\nverify = [{}]\n\
                 tries = 1\n{who}+++\nnumber {n}\n{}\n",
                toml(&format!("a.txt::{}", one_line(text))),
                toml(&check),
                text.replace('\0', ""),
            ),
        );
        // One for an agent that is not there, so that its name stands in a reason.
        repo.write(
            &format!("docs/TASKS/queue/pending/s-{name}.md"),
            &format!("+++\ntitle = \"x\"\nagents = [{line}]\nverify = [{lines}]\n+++\n"),
        );
    }
    repo.git(&["add", "-A"]);
    repo.git(&["commit", "-q", "-m", "tasks"]);
    repo
}

/// True for what a terminal or a reader would obey and not see.
fn hidden(c: char) -> bool {
    let code = u32::from(c);
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(code, 0xad | 0x034f | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff)
        || matches!(code, 0xe0000..=0xe0fff)
}

/// As a terminal and as a runner of GitHub reads what is printed.
fn inert(what: &str, answer: &Answer) {
    assert_ne!(answer.code, 101, "{what}: {}", answer.err);
    for text in [&answer.out, &answer.err] {
        for line in text.lines() {
            let ours = what.ends_with("github")
                && ["::error ", "::warning ", "::notice "].iter().any(|c| line.starts_with(c))
                && line.split("::").nth(1).is_some_and(|head| head.contains("title="));
            assert!(ours || !line.trim_start().starts_with("::"), "{what}: {line:?}");
            let older = ["##[", "##vso[", "##teamcity["];
            assert!(!older.iter().any(|c| line.contains(c)), "{what}: {line:?}");
            let data = what.ends_with("json") || what.ends_with("sarif");
            assert!(data || !line.contains(hidden), "{what}: {line:?}");
        }
    }
}

/// Calls in every format, and looks at each answer.
fn every(repo: &Repo, bin: &str, args: &[&str]) -> usize {
    for format in ["human", "github", "json", "sarif"] {
        let answer = repo.call(bin, &[args, &["--format", format]].concat());
        inert(&format!("{bin} {args:?} --format {format}"), &answer);
        if format == "json" && !answer.out.is_empty() {
            answer.json();
        }
    }
    4
}

fn page(html: &str) {
    let page = Html::parse_document(html);
    let select = |what: &str| {
        let selector = Selector::parse(what).expect("a selector of this file");
        page.select(&selector).map(|found| found.html()).collect::<Vec<_>>()
    };
    let never = "script, img, iframe, form, input, base, object, embed, link, meta[http-equiv=refresh], \
                 [autofocus], [srcdoc], [action], image, foreignObject";
    assert_eq!(select(never), [""; 0]);
    assert_eq!(select("style").len(), 1, "the page's own");
    assert_eq!(select("main").len(), 1);
    for node in page.tree.nodes().filter_map(|node| node.value().as_element().cloned()) {
        for (name, value) in node.attrs() {
            assert!(!name.starts_with("on"), "{name}={value}");
            let link = matches!(name, "href" | "src" | "xlink:href" | "formaction");
            assert!(!link || value.starts_with('#'), "{name}={value}");
        }
    }
    assert!(!html.contains(hidden), "controls came through");
}

fn markdown(text: &str) {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    let arena = comrak::Arena::new();
    for node in comrak::parse_document(&arena, text, &options).descendants() {
        match &node.data.borrow().value {
            NodeValue::Image(link) => panic!("a picture: {}", link.url),
            NodeValue::Link(link) => {
                let evil = ["evil", "javascript", "mailto", "file:", "www."];
                assert!(!evil.iter().any(|e| link.url.contains(e)), "a link: {}", link.url);
            }
            NodeValue::HtmlBlock(block) => allowed(&block.literal),
            NodeValue::HtmlInline(tag) => allowed(tag),
            NodeValue::TaskItem(_) | NodeValue::Math(_) => {
                panic!("forged: {:?}", node.data.borrow())
            }
            NodeValue::Heading(_) => {
                let heading: String = node
                    .descendants()
                    .filter_map(|n| n.data.borrow().value.text().map(|t| t.to_string()))
                    .collect();
                assert!(!heading.starts_with("All tasks landed") && heading != "out", "{heading}");
            }
            _ => {}
        }
    }
    assert!(!text.contains(hidden), "controls came through");
}

/// Markup of ours within Markdown.
fn allowed(html: &str) {
    let tags = html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
    for tag in tags {
        let ours = ["details", "/details", "summary", "/summary", "code", "/code", "b", "/b", "br"];
        assert!(ours.contains(&tag), "markup came through: {html:?}");
    }
}

#[test]
fn every_text_is_shown_everywhere_and_does_nothing() {
    let repo = repository();
    let mut outputs = 0;
    for args in [
        &["ready"][..],
        &["graph"],
        &["graph", "--as", "dot"],
        &["graph", "--as", "mermaid"],
        &["doctor"],
    ] {
        outputs += every(&repo, "lead-queue", args);
    }
    for (name, _) in TEXTS {
        let shown = repo.queue(&["show", &format!("t-{name}")]);
        assert_eq!(shown.code, 0, "{name}: {}", shown.err);
        inert(&format!("lead-queue show {name}"), &shown);
        inert("lead-queue show", &repo.queue(&["show", &format!("s-{name}")]));
        outputs += 2;
    }
    for args in [&["trust"][..], &["doctor"]] {
        outputs += every(&repo, "lead-forge", args);
    }
    // Nothing around them, so that a text which ran would reach the repository.
    let ran = repo.run(&["--sandbox", "none"]);
    assert_eq!(ran.code, 1, "some of them fail: {}", ran.err);
    inert("lead-forge run", &ran);
    assert!(ran.err.lines().count() > TEXTS.len() * 4, "progress tells of each: {}", ran.err);
    // What a terminal is told of the path is escaped and wrapped.
    let runs = std::fs::read_dir(repo.path().join(".git/leadforge/runs")).expect("a run");
    let run = runs.flatten().next().expect("one run").path();
    let read = |name: &str| std::fs::read_to_string(run.join(name)).expect("it is there");
    page(&read("dossier.html"));
    markdown(&read("dossier.md"));
    let json: serde_json::Value = serde_json::from_str(&read("dossier.json")).expect("JSON");
    let tasks = json["tasks"].as_array().expect("a list");
    let how = |outcome: &str| tasks.iter().filter(|t| t["outcome"] == outcome).count();
    assert_eq!(tasks.len(), TEXTS.len() * 2);
    let (landed, failed, skipped) = (how("landed"), how("failed"), how("skipped"));
    assert!(
        landed >= TEXTS.len() / 4 && failed >= TEXTS.len() / 2 && skipped >= TEXTS.len(),
        "{landed} landed, {failed} failed, {skipped} skipped"
    );
    let accepted = ["run", "--land", BRANCH];
    outputs += every(&repo, "lead-forge", &accepted)
        + every(&repo, "lead-forge", &["dossier", "--land", BRANCH]);
    for (name, _) in TEXTS {
        inert("lead-queue show", &repo.queue(&["show", &format!("t-{name}")]));
        outputs += 1;
    }
    outputs += 2 + every(&repo, "lead-queue", &["doctor"]);
    assert!(!repo.path().join("planted").exists(), "nothing was run");
    println!(
        "{} texts in 14 fields, {} tasks, {outputs} outputs: {landed} landed, {failed} failed, \
              {skipped} skipped",
        TEXTS.len(),
        tasks.len()
    );
}

#[test]
fn every_text_as_an_argument_or_a_broken_file_is_refused_in_one_harmless_line() {
    let repo = Repo::new();
    for (n, (name, text)) in TEXTS.iter().enumerate() {
        let line = one_line(text);
        let raw = toml(text);
        for (key, value) in [
            ("title", raw.clone()),
            ("touches", format!("[{raw}]")),
            ("symbols", format!("[{raw}]")),
            ("hosts", format!("[{raw}]")),
            ("after", format!("[{raw}]")),
            ("priority", raw.clone()),
        ] {
            let title = if key == "title" { "" } else { "title = \"x\"\n" };
            repo.write(
                &format!("docs/TASKS/queue/pending/b-{key}-{n}.md"),
                &format!("+++\n{title}{key} = {value}\n+++\n"),
            );
        }
        repo.write(
            &format!("docs/TASKS/queue/pending/k-{n}.md"),
            &format!("+++\ntitle = \"x\"\n{raw} = 1\n+++\n"),
        );
        let odd = line.replace('/', " ").chars().take(60).collect::<String>();
        repo.write(&format!("docs/TASKS/queue/pending/{odd}.md"), "x");
        repo.write(
            "T.md",
            &format!("- [ ] {text}\n  - **Files**: `{line}`\n\n## {line}\n{text}\n"),
        );
        let (id, body) = (format!("--id=a-{name}"), text.replace('\0', ""));
        for args in [
            &["show", "--", &line][..],
            &["claim", "--", &line],
            &["beat", "--", &line],
            &["done", "--", &line],
            &["release", "--", &line],
            &["import", "--dry-run", "T.md"],
            &["import", "--", &line],
            &[
                "add",
                &id,
                "--symbol",
                &format!("a::{line}"),
                "--resource",
                &line,
                "--verify",
                "true",
                "--body",
                &body,
                "--",
                &line,
            ],
            &["claim", &format!("a-{name}"), "--agent", &line],
            &["show", &format!("a-{name}")],
        ] {
            inert(&format!("lead-queue {args:?}"), &repo.queue(args));
        }
        for args in [
            &["run", "--", &line][..],
            &["dossier", "--land", &line],
            &["--config", &line, "run"],
            &["run", "--trust", &line],
        ] {
            inert(&format!("lead-forge {args:?}"), &repo.call("lead-forge", args));
        }
        repo.write(
            "leadforge.toml",
            &format!("[run]\nbranch = {raw}\nagent = {raw}\n[agent.{raw}]\npreset = {raw}\n"),
        );
        inert("lead-forge doctor", &repo.call("lead-forge", &["doctor"]));
        repo.write("leadforge.toml", &format!("{raw} = {text}\n"));
        inert("lead-forge trust", &repo.call("lead-forge", &["trust"]));
        std::fs::remove_file(repo.path().join("leadforge.toml")).expect("it was written");
    }
    for args in [&["doctor"][..], &["ready"], &["graph"]] {
        every(&repo, "lead-queue", args);
    }
    assert!(!repo.path().join("planted").exists(), "nothing was run");
}
