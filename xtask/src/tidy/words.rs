//! Rules about words that some rooms may not use.

use super::workspace::Workspace;
use super::{Fault, Plant, Rule};

/// The words of a rule, where they are looked for, and who may use them why.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    pub(super) room: Room,
    pub(super) words: &'static [&'static str],
    pub(super) except: &'static [(&'static str, &'static str)],
}

/// No words at all.
pub(super) const NONE: Words = Words { room: Room::Everywhere, words: &[], except: &[] };

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
                except: &[],
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
                except: &[],
            },
            "\nfn planted() {\n    panic!(\"no\");\n}\n",
        ),
        rule(
            "processes",
            "processes start only in host-git, agent-dispatch, the binaries and xtask",
            Words {
                room: Room::Libraries,
                words: &["Command::new", "process::Command", "posix_spawn", "execve", "fork"],
                except: &[
                    ("crates/host-git/", "it runs the user's git"),
                    ("crates/agent-dispatch/", "it runs agents and verification"),
                ],
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
                    "fs::remove_dir",
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
                    "fs::{",
                    "DirBuilder",
                    "Connection::open",
                ],
                except: &[("crates/durable-fs/", "it is the one place that writes")],
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
                except: &[],
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
                except: &[],
            },
            "\nfn planted() -> std::time::SystemTime {\n    std::time::SystemTime::now()\n}\n",
        ),
        rule(
            "order",
            "no result depends on the order of a hash map",
            Words { room: Room::Published, words: &["HashMap", "HashSet"], except: &[] },
            "\nuse std::collections::HashMap;\n",
        ),
        rule(
            "expect",
            "a lint is expected with a reason, never allowed",
            Words {
                room: Room::Everywhere,
                words: &["#[allow", "#![allow", ", allow("],
                except: &[],
            },
            "\n#[allow(dead_code)]\nfn planted() {}\n",
        ),
        rule(
            "unsafe",
            "no unsafe code without a measured need and an ADR",
            Words { room: Room::Everywhere, words: &["unsafe"], except: &[] },
            "\nfn planted() {\n    unsafe { core::hint::unreachable_unchecked() }\n}\n",
        ),
    ]
}

/// Where the words of a rule stand in code that may not use them; and exceptions nobody needs.
fn found(workspace: &Workspace, rule: &Rule) -> Vec<Fault> {
    let Words { room, words, except } = rule.words;
    let mut faults = Vec::new();
    let mut needed = vec![false; except.len()];
    for (path, file) in workspace.rust().filter(|(path, _)| room.holds(path)) {
        let exception = except.iter().position(|(prefix, _)| path.starts_with(prefix));
        for (number, line) in file.code.lines().enumerate() {
            let Some(word) = words.iter().find(|word| contains(line, word)) else {
                continue;
            };
            match exception {
                Some(index) => needed[index] = true,
                None => faults.push(Fault::new(path, number + 1, format!("{word}: {}", rule.says))),
            }
        }
    }
    for ((path, _), _) in except.iter().zip(&needed).filter(|(_, needed)| !**needed) {
        faults.push(Fault::new("xtask/src/tidy/words.rs", 1, format!("{path} needs no exception")));
    }
    faults
}

/// Whether a line has the word, not as a part of a longer one.
fn contains(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back().is_some_and(part) && word.starts_with(part);
        let after =
            line[at + word.len()..].chars().next().is_some_and(part) && word.ends_with(part);
        !before && !after
    })
}
