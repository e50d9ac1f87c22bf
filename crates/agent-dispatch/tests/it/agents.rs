//! Agents: the presets as data, and every preset's call carried out with a stand-in for its program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::process::{Command, Stdio};

use leadforge_agent_dispatch::agent::{self, Agent, Fill, PRESETS, Preset};
use leadforge_agent_dispatch::sandbox::{Kind, run};
use leadforge_agent_dispatch::{AgentConfig, Job, PromptVia, Settled};

use crate::hostile::world::{User, World as Hostile};
use crate::run::{World, job};
use crate::sandbox::{Place, executable, launcher};

/// Says what it was given: arguments, standard input and variables, each as it came.
const STAND_IN: &str = r#"#!/bin/sh
printf '%s\0' "$@" > "$STAND_IN/argv"
cat > "$STAND_IN/stdin"
env -0 > "$STAND_IN/env"
exit 7
"#;

fn resolve(name: &str, table: AgentConfig) -> Agent {
    let tables = BTreeMap::from([(name.to_owned(), table)]);
    agent::resolve(&tables).expect("resolves").remove(name).expect("is there")
}

fn from_preset(preset: &Preset) -> Agent {
    let table = AgentConfig { preset: Some(preset.name.to_owned()), ..AgentConfig::default() };
    resolve("worker", table)
}

/// Texts that a shell, an option parser or our own placeholders would trip over.
fn hostile() -> Vec<String> {
    let control: String =
        (1..0x20u8).chain([0x7f]).map(char::from).chain("\u{9b}\u{202e}\u{feff}".chars()).collect();
    vec![
        "plain".to_owned(),
        "--help".to_owned(),
        "-p x --dangerously".to_owned(),
        "--".to_owned(),
        "-".to_owned(),
        "--message=other\n--model=other".to_owned(),
        "login".to_owned(),
        "A=B".to_owned(),
        "{tree} {id} {prompt_file} {prompt} {{prompt}} {".to_owned(),
        "$(touch x) `touch x` ${HOME} $0 $@ \\$(touch x) ; touch x & | > x < x # ! ~ * ?"
            .to_owned(),
        "'\"'\"'\n\"$(touch x)\"\n'; touch x; '\\".to_owned(),
        "\n\n  two\r\n\tlines  \n\n".to_owned(),
        "%s %n %d %%".to_owned(),
        control,
        format!("\"'{}é\u{1f980}\n", "long $(touch x) ".repeat(100 * 1024 / 16)),
    ]
}

/// What the stand-in was given, and the file that held the text.
struct Given {
    file: String,
    argv: Vec<String>,
    stdin: String,
    env: BTreeMap<String, String>,
}

/// Carries one call out as a run does: no shell of ours, the file on standard input only where that is the
/// agent's way, and no variables but its own.
fn call(agent: &Agent, program: &str, prompt: &str) -> Given {
    let place = tempfile::tempdir().expect("temporary folder");
    let folder = |name: &str| {
        let path = place.path().join(name);
        fs::create_dir(&path).expect("folder");
        path
    };
    let (bin, said) = (folder("bin"), folder("said"));
    // A user may keep a repository anywhere.
    let (tree, tasks) = (folder("it's $(touch x) a tree"), folder("--tasks \"*\" {id}"));
    let stand_in = bin.join(program);
    executable(&stand_in, STAND_IN);
    let file = tasks.join("task.md");
    fs::write(&file, prompt).expect("task file");

    let file_name = file.to_str().expect("plain").to_owned();
    let tree_name = tree.to_str().expect("plain").to_owned();
    let argv = agent.argv(Fill { prompt, prompt_file: &file_name, tree: &tree_name, id: "t-0001" });
    assert_eq!(agent::unfit(&argv), None);
    let stdin = match agent.prompt {
        PromptVia::Stdin => Stdio::from(File::open(&file).expect("opens")),
        PromptVia::File | PromptVia::Argument => Stdio::null(),
    };
    let found = format!("{}:/usr/local/bin:/usr/bin:/bin", bin.display());
    let status = Command::new(&argv[0])
        .args(&argv[1..])
        .current_dir(&tree)
        .env_clear()
        .env("PATH", &found)
        .env("STAND_IN", &said)
        .envs(agent.env.iter().map(|name| (name, "secret")))
        .stdin(stdin)
        .output()
        .expect("starts");
    assert_eq!(status.status.code(), Some(7), "the agent's own exit code comes through");
    assert_eq!(String::from_utf8_lossy(&status.stderr), "", "nothing was misread");
    assert_eq!(fs::read_dir(&tree).expect("lists").count(), 0, "nothing of the text was run");
    assert_eq!(fs::read_to_string(&file).expect("reads"), prompt, "the task's file is as it was");
    let read = |name: &str| fs::read_to_string(said.join(name)).expect("the stand-in spoke");
    let split = |text: String| {
        let mut parts: Vec<String> = text.split('\0').map(str::to_owned).collect();
        assert_eq!(parts.pop().as_deref(), Some(""), "each ends with NUL");
        parts
    };
    let env = split(read("env"))
        .into_iter()
        .map(|line| line.split_once('=').map(|(k, v)| (k.to_owned(), v.to_owned())))
        .collect::<Option<BTreeMap<_, _>>>()
        .expect("NAME=VALUE");
    Given { file: file_name, argv: split(read("argv")), stdin: read("stdin"), env }
}

/// The arguments that must arrive, computed without the code under test.
fn expected(arguments: &[&str], prompt: &str, file: &str) -> Vec<String> {
    arguments
        .iter()
        .map(|part| match part.contains("{prompt_file}") {
            true => part.replace("{prompt_file}", file),
            false => part.replace("{prompt}", prompt),
        })
        .collect()
}

#[test]
fn every_preset_resolves_and_states_where_it_comes_from() {
    let mut names = Vec::new();
    for preset in PRESETS {
        let agent = from_preset(preset);
        assert_eq!(agent.command, preset.command, "{}", preset.name);
        assert_eq!(agent.prompt, preset.prompt, "{}", preset.name);
        assert_eq!(agent.env, preset.env, "{}", preset.name);
        assert_eq!(agent.files, preset.files, "{}", preset.name);
        assert_eq!(agent.hosts, preset.hosts, "{}", preset.name);
        assert!(preset.source.starts_with("https://"), "{}: {}", preset.name, preset.source);
        let (_, date) = preset.source.rsplit_once(", ").expect("a date at its end");
        assert!(is_date(date), "{}: {date}", preset.name);
        assert_ne!(preset.checked, Some(""), "{}", preset.name);
        names.push(preset.name);
    }
    assert_eq!(
        names,
        ["aider", "aider-ollama", "claude", "codex", "copilot", "cursor", "gemini"],
        "sorted, and none is lost"
    );
    let not_run: Vec<_> = PRESETS.iter().filter(|p| p.checked.is_none()).map(|p| p.name).collect();
    assert_eq!(not_run, ["cursor"]);
}

fn is_date(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00"
}

#[test]
fn a_preset_uses_only_the_placeholder_of_its_way() {
    for preset in PRESETS {
        let placeholders: Vec<&str> = preset
            .command
            .iter()
            .flat_map(|part| ["{prompt_file}", "{prompt}", "{tree}", "{id}"].map(|p| (part, p)))
            .filter(|(part, placeholder)| part.contains(placeholder))
            .map(|(_, placeholder)| placeholder)
            .collect();
        let expected: &[&str] = match preset.prompt {
            PromptVia::Stdin => &[],
            PromptVia::File => &["{prompt_file}"],
            PromptVia::Argument => &["{prompt}"],
        };
        assert_eq!(placeholders, expected, "{}", preset.name);
    }
}

#[test]
fn a_preset_names_variables_files_and_hosts_in_their_form() {
    for preset in PRESETS {
        for name in preset.env {
            let fine =
                name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_' || b.is_ascii_digit());
            assert!(fine && !name.is_empty(), "{}: {name}", preset.name);
        }
        for file in preset.files {
            assert!(file.starts_with("~/"), "{}: {file}", preset.name);
        }
        for host in preset.hosts {
            let (name, port) = host.rsplit_once(':').expect("name:port");
            assert!(port.parse::<u16>().is_ok_and(|port| port > 0), "{}: {host}", preset.name);
            assert!(!name.is_empty() && !name.contains(['*', '/', ':']), "{}: {host}", preset.name);
        }
        let unique: BTreeSet<_> = preset.env.iter().chain(preset.hosts).collect();
        assert_eq!(unique.len(), preset.env.len() + preset.hosts.len(), "{}", preset.name);
    }
}

#[test]
fn a_preset_calls_the_program_it_names() {
    for preset in PRESETS {
        let arguments = preset.arguments();
        assert!(arguments.len() >= 4, "{}: {arguments:?}", preset.name);
        assert!(preset.command.ends_with(arguments), "{}", preset.name);
        let before = &preset.command[..preset.command.len() - arguments.len()];
        assert_eq!(before.last(), Some(&preset.program), "{}", preset.name);
    }
}

#[test]
fn a_text_never_becomes_an_option() {
    for preset in PRESETS.iter().filter(|p| p.prompt == PromptVia::Argument) {
        let arguments = preset.arguments();
        let at = arguments.iter().position(|part| part.contains("{prompt}")).expect("takes it");
        let closed = arguments[..at].contains(&"--");
        let joined = arguments[at].starts_with("--") && arguments[at].ends_with("={prompt}");
        assert!(closed || joined, "{}: {arguments:?}", preset.name);
    }
}

#[test]
fn every_preset_carries_hostile_text_byte_for_byte() {
    for preset in PRESETS {
        for prompt in hostile() {
            carried(&from_preset(preset), preset.program, preset.arguments(), &prompt);
        }
    }
}

#[test]
fn a_command_of_the_users_own_carries_hostile_text_each_way() {
    let ways: [(PromptVia, &[&str]); 4] = [
        (PromptVia::Stdin, &["run", "-", "{unknown}", "{\"a\":\"{}\"}"]),
        (PromptVia::File, &["run", "{prompt_file}"]),
        (PromptVia::Argument, &["run", "--prompt={prompt}", "--rest"]),
        (PromptVia::Argument, &["run", "--", "{prompt}"]),
    ];
    for (prompt_via, arguments) in ways {
        let command: Vec<String> =
            std::iter::once(&"worker").chain(arguments).map(|part| (*part).to_owned()).collect();
        let table = AgentConfig {
            command: Some(command),
            prompt: Some(prompt_via),
            env: Some(vec!["OWN_KEY".to_owned()]),
            ..AgentConfig::default()
        };
        let agent = resolve("own", table);
        for prompt in hostile() {
            carried(&agent, "worker", arguments, &prompt);
        }
    }
}

/// The text arrives once, by the agent's way and no other, and nothing else is changed by it.
fn carried(agent: &Agent, program: &str, arguments: &[&str], prompt: &str) {
    let given = call(agent, program, prompt);
    let at = format!("{:?} with {:.60?}", agent.command, prompt);
    assert_eq!(given.argv, expected(arguments, prompt, &given.file), "{at}");
    match agent.prompt {
        PromptVia::Stdin => assert_eq!(given.stdin, prompt, "{at}"),
        PromptVia::File | PromptVia::Argument => assert_eq!(given.stdin, "", "{at}"),
    }
    let own: BTreeSet<&str> = agent.env.iter().map(String::as_str).collect();
    let set: BTreeSet<&str> = own.iter().copied().chain(["PATH", "STAND_IN"]).collect();
    for (name, value) in &given.env {
        // The stand-in's shell sets these three itself.
        let shell = ["PWD", "SHLVL", "OLDPWD", "_"].contains(&name.as_str());
        assert!(shell || set.contains(name.as_str()), "{name} is not the agent's: {at}");
        assert!(own.contains(name.as_str()) == (value == "secret"), "{name}={value}: {at}");
    }
    for name in own {
        assert_eq!(given.env.get(name).map(String::as_str), Some("secret"), "{name}: {at}");
    }
}

#[test]
fn what_linux_cannot_carry_as_an_argument_is_said_beforehand() {
    let table = |prompt| AgentConfig {
        command: Some(vec!["worker".to_owned(), "{prompt}".to_owned()]),
        prompt: Some(prompt),
        ..AgentConfig::default()
    };
    let agent = resolve("own", table(PromptVia::Argument));
    let fill = |prompt| Fill { prompt, prompt_file: "/t/task.md", tree: "/t/tree", id: "t-0001" };
    let starts = |argv: &[String]| {
        Command::new("true").args(&argv[1..]).status().is_ok_and(|status| status.success())
    };
    let most = "x".repeat(128 * 1024 - 1);
    let more = "x".repeat(128 * 1024);
    for (prompt, refusal) in [
        (most.as_str(), None),
        (
            more.as_str(),
            Some(
                "this agent takes the task's text as an argument of 131072 bytes, and Linux allows 131071",
            ),
        ),
        ("a\0b", Some("the task's text has a NUL in it, and this agent takes it as an argument")),
    ] {
        let argv = agent.argv(fill(prompt));
        assert_eq!(agent::unfit(&argv).as_deref(), refusal);
        // The system is the judge of where the limit lies.
        assert_eq!(starts(&argv), refusal.is_none(), "{} bytes", prompt.len());
    }
}

#[test]
fn a_task_starts_as_a_heading_whatever_it_is_called() {
    // `-` would be an option, `/` and `!` are commands to several agents, `&` hands the task to a cloud, `@`
    // includes a file.
    for title in ["--help", "/run touch x", "!touch x", "& go", "@/etc/passwd", "", "\n!touch x"] {
        let job = Job {
            id: "t-0001".to_owned(),
            title: title.to_owned(),
            body: "!touch x\n/run touch x".to_owned(),
            ..Job::default()
        };
        let text = agent::prompt(&job, &["true".to_owned()], Some("- because"));
        assert!(text.starts_with("# "), "{text}");
        assert!(!text.contains('\0'));
    }
}

/// An agent of the user's own with these files.
fn with_files(files: &[&str]) -> AgentConfig {
    AgentConfig {
        command: Some(["sh", "-c", "echo two >> a.txt"].map(str::to_owned).to_vec()),
        files: Some(files.iter().map(|file| (*file).to_owned()).collect()),
        ..AgentConfig::default()
    }
}

#[test]
fn a_login_file_is_found_at_its_place_in_the_private_home() {
    let script = "cat ~/.tool/login ~/.named; ls -A ~ | tr '\\n' ' '; echo more > ~/.tool/cache";
    for kind in [Kind::Bubblewrap, Kind::Landlock, Kind::None] {
        let place = Place::new();
        let user = place.path("user");
        fs::create_dir_all(user.join(".tool")).expect("folder");
        fs::write(user.join(".tool/login"), "key ").expect("login");
        fs::write(user.join(".tool/other"), "not given").expect("file");
        std::os::unix::fs::symlink(".tool/login", user.join(".named")).expect("link");
        let agent = resolve("x", with_files(&["~/.tool/login", "~/.named"]));
        let mut spec = place.spec(kind, script);
        spec.readable = agent.readable(Some(&user)).expect("both are there");
        let outcome = run(&spec, &launcher()).expect("runs");
        assert!(outcome.success(), "{kind}: {}", place.log());
        assert_eq!(place.log(), "key key .named .tool ", "{kind}");
        assert_eq!(fs::read(user.join(".tool/login")).expect("kept"), b"key ", "{kind}");
        assert!(!user.join(".tool/cache").exists(), "{kind}");
    }
}

#[test]
fn a_login_file_is_found_whoever_runs() {
    let script = "
home = E['HOME']
show(home + '/.tool/login'); print(sorted(os.listdir(home)), flush=True)
open(home + '/.tool/cache', 'w').write('x')
open(E['MINE'], 'a').write('forged')";
    for user in User::all() {
        for kind in [Kind::Bubblewrap, Kind::Landlock] {
            let mut world = Hostile::new(user);
            let home = world.at("home");
            fs::create_dir_all(home.join(".tool")).expect("folder");
            fs::write(home.join(".tool/login"), "key").expect("login");
            let agent = resolve("x", with_files(&["~/.tool/login"]));
            let mut spec = world.spec(kind, script);
            spec.env.insert("MINE".into(), home.join(".tool/login").into());
            spec.readable.extend(agent.readable(Some(&home)).expect("it is there"));
            world.run(&spec).expect("runs");
            let log = fs::read_to_string(&spec.log).expect("log");
            let at = format!("{user:?} {kind}: {log}");
            assert!(log.starts_with("b'key'\n['.tool']\nrefused: "), "{at}");
            assert!(!log.contains("cache"), "{at}");
            assert_eq!(world.escapes(&spec, &log), [""; 0], "{at}");
            assert_eq!(fs::read(home.join(".tool/login")).expect("kept"), b"key", "{at}");
        }
    }
}

#[test]
fn a_login_file_cannot_be_changed_for_the_user() {
    for kind in [Kind::Bubblewrap, Kind::Landlock, Kind::None] {
        let place = Place::new();
        let user = place.path("user");
        fs::create_dir(&user).expect("folder");
        fs::write(user.join("login"), "key").expect("login");
        let agent = resolve("x", with_files(&["~/login"]));
        let mut spec = place.spec(kind, "echo forged > ~/login; rm -f ~/login; true");
        spec.readable = agent.readable(Some(&user)).expect("it is there");
        run(&spec, &launcher()).expect("runs");
        assert_eq!(fs::read(user.join("login")).expect("kept"), b"key", "{kind}: {}", place.log());
    }
}

#[test]
fn a_file_that_cannot_be_given_is_named_with_its_agent() {
    let place = Place::new();
    let user = place.dir.path();
    std::os::unix::fs::symlink("loop", user.join("loop")).expect("a link to itself");
    fs::write(user.join("plain"), "").expect("written");
    let said = |file: &str, home| {
        resolve("x", with_files(&[file])).readable(home).expect_err("it cannot be given")
    };
    let known = [
        ("~/.tool/login", "does not exist"),
        ("/no/such/file", "does not exist"),
        ("~/loop", "cannot be looked at: Too many levels of symbolic links (os error 40)"),
        ("~/loop/login", "cannot be looked at: Too many levels of symbolic links (os error 40)"),
        ("~/plain/login", "does not exist"),
        ("login", "is neither an absolute path nor one below ~/"),
        ("~", "is neither an absolute path nor one below ~/"),
        ("~/../login", "is neither an absolute path nor one below ~/"),
        ("~/", "is the whole home; name what of it the agent needs"),
        ("~/.", "is the whole home; name what of it the agent needs"),
    ];
    for (file, what) in known {
        assert_eq!(said(file, Some(user)), format!("[agent.x] files: {file} {what}"));
    }
    let unknown = "[agent.x] files: ~/a cannot be found: the home folder is not known";
    assert_eq!(said("~/a", None), unknown);
}

#[test]
fn a_missing_file_is_said_before_a_try_is_spent() {
    let mut world = World::new(&[("a.txt", "one\n")]);
    world.config.agent.insert("x".to_owned(), with_files(&["/no/such/login"]));
    let mut task = job("lf-a", "", "grep -q two a.txt");
    task.run = None;
    task.tries = 1;
    let told = world.run(&[task]);
    let Settled::Skipped { reason } = told.outcome("lf-a") else {
        panic!("nothing is spent on it")
    };
    assert!(reason.contains("[agent.x] files: /no/such/login does not exist"), "{reason}");
    assert_eq!(world.leftovers(), Vec::<String>::new());
}

#[test]
fn every_preset_that_leaves_this_machine_has_a_key() {
    for preset in PRESETS {
        let local = preset.hosts.iter().all(|host| host.starts_with("127.0.0.1:"));
        let keys = preset.env.iter().filter(|name| Preset::is_key(name)).count();
        assert_eq!(keys == 0, local, "{}", preset.name);
    }
    let others: Vec<_> = PRESETS
        .iter()
        .flat_map(|preset| preset.env)
        .filter(|name| !Preset::is_key(name))
        .copied()
        .collect();
    assert_eq!(
        others,
        ["AIDER_MODEL", "ANTHROPIC_MODEL", "IS_SANDBOX", "COPILOT_MODEL", "GEMINI_MODEL"]
    );
}
