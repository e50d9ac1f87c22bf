//! Made-up releases.

use leadforge_release_notes::*;

pub(crate) fn commit(id: u32, subject: &str) -> Commit {
    Commit {
        id: format!("{id:07x}{id:033x}"),
        parents: 1,
        author_name: "Ann".into(),
        author_email: "ann@x.example".into(),
        committer_name: "Ann".into(),
        committer_email: "ann@x.example".into(),
        subject: subject.into(),
        body: String::new(),
    }
}

pub(crate) fn picture(label: &str, path: &str, hash: &str) -> Picture {
    Picture {
        label: label.into(),
        path: path.into(),
        shown_at: Some(path.into()),
        hash: hash.into(),
        bytes: 1000,
        size: Some((1920, 1080)),
    }
}

pub(crate) fn step(from: usize, to: usize, summary: &str) -> Step {
    Step { from, to, same: summary.is_empty(), summary: summary.into() }
}

/// Three pictures of one screen that ends as it began, a pair that shows nothing, a new screen of
/// a name that is taken, a changed one, a removed one.
pub(crate) fn release() -> Release {
    let mut merge = commit(9, "Merge branch 'main' of example.org:x/y");
    merge.parents = 2;
    let mut breaking = commit(2, "feat(api)!: ports by name (#7)");
    breaking.body = "BREAKING CHANGE: the number 8080\nis gone\n\nCo-authored-by: Claude <noreply@anthropic.com>\n".into();
    let job = |name: &str| format!("docs/pr71/job-{name}.png");
    Release {
        version: "v1.1.0".into(),
        seconds: Some(1_765_424_602),
        since: "v1.0.0".into(),
        commits: vec![
            commit(1, "[AI] fix: the tags (#8)"),
            breaking,
            commit(3, "security: a token in a log"),
            commit(4, "Show it"),
            commit(5, "docs: say so"),
            commit(6, "chore: bump"),
            merge,
        ],
        screens: vec![
            Screen {
                name: "dashboard".into(),
                folder: "docs/pr71".into(),
                pictures: vec![
                    picture("v1.0.0", "docs/pr71/dashboard.png", "d1"),
                    Picture {
                        shown_at: None,
                        ..picture("v1.1.0", "docs/pr71/dashboard.png", "d2")
                    },
                ],
                steps: vec![step(0, 1, "a banner of 40 px is new at the top")],
                ..Screen::default()
            },
            Screen {
                name: "job".into(),
                folder: "docs/pr71".into(),
                status: Status::New,
                pictures: vec![
                    picture("before", &job("before"), "1"),
                    picture("after", &job("after"), "2"),
                    picture("fixed", &job("fixed"), "1"),
                ],
                steps: vec![
                    step(
                        0,
                        1,
                        "theme recolour #080c16→#0f1729 on 97 % of the page; no layout change",
                    ),
                    step(
                        1,
                        2,
                        "theme recolour #0f1729→#080c16 on 97 % of the page; no layout change",
                    ),
                    step(0, 2, ""),
                ],
                ..Screen::default()
            },
            Screen {
                name: "nav".into(),
                folder: "docs/pr71".into(),
                pictures: vec![
                    picture("", "docs/pr71/nav.png", "3"),
                    picture("fixed", "docs/pr71/nav-fixed.png", "3"),
                ],
                steps: vec![step(0, 1, "")],
                ..Screen::default()
            },
            Screen {
                name: "old".into(),
                folder: "s".into(),
                status: Status::Removed,
                gone: vec!["s/old.png".into()],
                ..Screen::default()
            },
            Screen {
                name: "dashboard".into(),
                folder: "s".into(),
                status: Status::New,
                pictures: vec![picture("", "s/dashboard.png", "5")],
                ..Screen::default()
            },
        ],
        same: 2,
        ..Release::default()
    }
}

pub(crate) fn at_github() -> Config {
    let repository = Repository::parse("octo/cat").expect("a repository");
    Config { repository: Some(repository), images: Images::Assets, ..Config::default() }
}
