//! Rules about words that some rooms may not use.

use super::exceptions::{EXCEPTIONS, Exception};
use super::workspace::Workspace;
use super::{Fault, Plant, Rule};

/// The words of a rule, and where they are looked for.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    pub(super) room: Room,
    pub(super) words: &'static [&'static str],
}

/// No words at all.
pub(super) const NONE: Words = Words { room: Room::Everywhere, words: &[] };

/// A part of the repository.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    /// The source of the libraries, cli-kit left aside: it is how binaries speak.
    Libraries,
    /// The source of everything that is published.
    Published,
    /// Every Rust file.
    Everywhere,
}

impl Room {
    fn holds(self, path: &str) -> bool {
        let source = path.split('/').nth(2) == Some("src");
        let (library, binary) = (path.starts_with("crates/"), path.starts_with("bins/"));
        match self {
            Self::Libraries => library && source && !path.starts_with("crates/cli-kit/"),
            Self::Published => (library || binary) && source,
            Self::Everywhere => true,
        }
    }
}

const LIB: &str = "crates/markup/src/lib.rs";

pub(super) fn rules() -> Vec<Rule> {
    let rule = |name, says, words, fault| Rule {
        name,
        says,
        check: found,
        plant: Plant::Append(LIB, fault),
        words,
    };
    vec![
        rule(
            "silent",
            "a library never prints, reads the environment, exits or installs a logger or a hook",
            Words {
                room: Room::Libraries,
                words: &[
                    "println!",
                    "eprintln!",
                    "print!",
                    "eprint!",
                    "dbg!",
                    "io::stdout",
                    "io::stderr",
                    "env::var",
                    "env::var_os",
                    "env::vars",
                    "env::vars_os",
                    "env::args",
                    "env::args_os",
                    "env::current_dir",
                    "env::home_dir",
                    "env::temp_dir",
                    "process::exit",
                    "process::abort",
                    "set_logger",
                    "set_global_default",
                    "set_hook",
                ],
            },
            "\nfn planted() -> Option<String> {\n    std::env::var(\"HOME\").ok()\n}\n",
        ),
        rule(
            "panics",
            "nothing that input can reach panics: `expect(\"why it holds\")` is the only way",
            Words {
                room: Room::Published,
                words: &[
                    "panic!",
                    "todo!",
                    "unimplemented!",
                    "unreachable!()",
                    ".unwrap()",
                    ".unwrap_err()",
                ],
            },
            "\nfn planted() {\n    panic!(\"no\");\n}\n",
        ),
        rule(
            "processes",
            "processes start only in host-git, agent-dispatch, visual-diff's capture, the binaries and xtask",
            Words {
                room: Room::Libraries,
                words: &["Command::new", "process::Command", "posix_spawn", "execve", "fork"],
            },
            "\nfn planted() {\n    let _ = std::process::Command::new(\"sh\").spawn();\n}\n",
        ),
        rule(
            "state",
            "state is written through durable-fs, except by git and by SQLite in task-queue",
            Words {
                room: Room::Published,
                words: &[
                    "fs::write",
                    "fs::rename",
                    "fs::remove_file",
                    "fs::remove_dir_all",
                    "fs::create_dir",
                    "fs::create_dir_all",
                    "fs::copy",
                    "fs::hard_link",
                    "fs::set_permissions",
                    "fs::soft_link",
                    "fs::symlink",
                    "File::create",
                    "File::create_new",
                    "File::options",
                    "OpenOptions",
                    "fs::DirBuilder",
                    "Connection::open",
                ],
            },
            "\nfn planted() {\n    let _ = std::fs::write(\"x\", \"y\");\n}\n",
        ),
        rule(
            "sockets",
            "a library opens no socket unless a named feature says so",
            Words {
                room: Room::Libraries,
                words: &[
                    "TcpStream",
                    "TcpListener",
                    "UdpSocket",
                    "UnixStream",
                    "UnixListener",
                    "UnixDatagram",
                    "net::socket",
                    "reqwest",
                    "ureq",
                    "hyper",
                ],
            },
            "\nfn planted() {\n    let _ = std::net::TcpStream::connect(\"127.0.0.1:1\");\n}\n",
        ),
        rule(
            "arguments",
            "time and randomness are arguments",
            Words {
                room: Room::Libraries,
                words: &[
                    "SystemTime::now",
                    "Instant::now",
                    "Timestamp::now",
                    "Zoned::now",
                    "getrandom",
                    "RandomState",
                    "thread_rng",
                    "rand::random",
                ],
            },
            "\nfn planted() -> std::time::SystemTime {\n    std::time::SystemTime::now()\n}\n",
        ),
        rule(
            "order",
            "no result depends on the order of a hash map",
            Words { room: Room::Published, words: &["HashMap", "HashSet", "hash_map", "hash_set"] },
            "\nuse std::collections::HashMap;\n",
        ),
        rule(
            "expect",
            "a lint is expected with a reason, never allowed",
            Words { room: Room::Everywhere, words: &["#[allow", "#![allow", ", allow("] },
            "\n#[allow(dead_code)]\nfn planted() {}\n",
        ),
        rule(
            "unsafe",
            "no unsafe code without a measured need and an ADR",
            Words { room: Room::Everywhere, words: &["unsafe"] },
            "\nfn planted() {\n    unsafe { core::hint::unreachable_unchecked() }\n}\n",
        ),
    ]
}

/// Where the words of a rule stand in code that may not use them; and exceptions nobody needs.
fn found(workspace: &Workspace, rule: &Rule) -> Vec<Fault> {
    let mine: Vec<&Exception> = EXCEPTIONS.iter().filter(|e| e.rule == rule.name).collect();
    let mut needed = vec![false; mine.len()];
    let mut faults = Vec::new();
    for (path, file) in workspace.rust().filter(|(path, _)| rule.words.room.holds(path)) {
        for (line, word) in uses(&file.code, rule.words.words) {
            match mine.iter().position(|exception| path.starts_with(exception.path)) {
                Some(index) => needed[index] = true,
                None => faults.push(Fault::new(path, line, format!("{word}: {}", rule.says))),
            }
        }
    }
    for (exception, _) in mine.iter().zip(needed).filter(|(_, needed)| !needed) {
        let message = format!("{} needs no exception ({})", exception.path, exception.reason);
        faults.push(Fault::new("xtask/src/tidy/exceptions.rs", 1, message));
    }
    faults
}

/// Each line that uses one of the words, and the first of them there.
fn uses<'a>(code: &str, words: &[&'a str]) -> Vec<(usize, &'a str)> {
    let mut uses: Vec<(usize, &str)> = Vec::new();
    for (number, line) in code.lines().enumerate() {
        uses.extend(words.iter().find(|word| contains(line, word)).map(|word| (number + 1, *word)));
    }
    for word in words {
        let Some((module, name)) = word.rsplit_once("::") else {
            continue;
        };
        // The same word in a list: `use std::fs::{self, write};`
        for (at, list) in code.match_indices(&format!("{module}::{{")) {
            if code[..at].chars().next_back().is_some_and(part) {
                continue;
            }
            let items = code[at + list.len()..].split(['}', ';']).next().unwrap_or_default();
            if items.split(',').any(|item| item.split_whitespace().next() == Some(name)) {
                uses.push((code[..at].matches('\n').count() + 1, word));
            }
        }
    }
    uses
}

/// A character of a word.
fn part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether a line has the word, not as a part of a longer one.
fn contains(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back().is_some_and(part) && word.starts_with(part);
        let after =
            line[at + word.len()..].chars().next().is_some_and(part) && word.ends_with(part);
        !before && !after
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_and_in_lists() {
        let words = ["fs::write", "panic!"];
        assert_eq!(
            uses("std::fs::write(p);\nmy_fs::write(p); fs::writer();", &words),
            [(1, "fs::write")]
        );
        assert_eq!(
            uses("use std::fs::{\n    self,\n    write as w,\n};", &words),
            [(1, "fs::write")]
        );
        assert_eq!(
            uses("use std::fs::{self, read};\nuse durable_fs::{write};\nno_panic!();", &words),
            []
        );
    }
}
