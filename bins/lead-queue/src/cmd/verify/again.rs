//! Running the commands once more: trust first, then the fence, then the recorded tree.

use std::collections::BTreeMap;
use std::path::Path;

use clap::ValueEnum;
use leadforge_agent_dispatch::sandbox::{self, Kind, Launcher};
use leadforge_agent_dispatch::{
    Again, Audit, Config, Host, RunConfig, SandboxConfig, Setup, Stop, VerifyConfig, again,
};
use leadforge_cli_kit::host::{self, home, now_ms};
use leadforge_cli_kit::trust::{Status, Store, Subject};
use leadforge_cli_kit::{Config as File, Context, Event, Exit, Failure};
use leadforge_durable_fs::RealDisk;
use leadforge_host_git::Git;

use super::{Args, stopped};

/// Which sandbox to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Fence {
    /// Bubblewrap where it works, Landlock otherwise; refuse when neither does.
    #[default]
    Auto,
    /// Namespaces, through bubblewrap.
    Bubblewrap,
    /// Landlock and seccomp.
    Landlock,
    /// No fence at all: the commands can do whatever you can.
    None,
}

/// Runs what the audit found, if the user trusts it.
pub(super) fn run(
    git: &Git,
    args: &Args,
    ctx: &Context,
    audit: &Audit,
) -> Result<Vec<Again>, Failure> {
    let file = File::parse(Path::new("leadforge.toml"), &audit.config)?;
    let config = Config {
        run: file.load_table::<RunConfig>("run")?,
        sandbox: file.load_table::<SandboxConfig>("sandbox")?,
        verify: file.load_table::<VerifyConfig>("verify")?,
        ..Config::default()
    };
    // The configuration's own commands are a part of the subject already.
    let own = audit.commands.len().saturating_sub(config.verify.always.len());
    let mut subject = Subject::new(&file);
    for (line, _) in &audit.commands[..own] {
        subject.command("verify", line);
    }
    trusted(git, args, ctx, &subject, &audit.id)?;
    let program = std::env::current_exe()
        .map_err(|e| Failure::cannot_look("io.exe", format!("this program's own path: {e}")))?;
    let launcher = Launcher::new(program);
    let session: [u8; 8] = host::entropy()?;
    let vars = std::env::vars_os()
        .filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?)))
        .collect();
    let stop = Stop::default();
    stop_on_interrupt(ctx, &stop)?;
    let setup = Setup {
        git,
        disk: &RealDisk,
        config: &config,
        agents: &BTreeMap::new(),
        host: &Host { vars, home: home() },
        sandbox: fence(args.sandbox, &launcher, git)?,
        launcher,
        clock: &now_ms,
        session: session.iter().map(|byte| format!("{byte:02x}")).collect(),
        branch: config.run.branch.clone(),
        workers: 1,
        user: ("LeadForge".to_owned(), "leadforge@localhost.invalid".to_owned()),
        stop,
    };
    let reporter = ctx.reporter();
    let mut told = |one: &Again| {
        let word = if one.passed { "green" } else { "red" };
        reporter.report(&Event::new(word, &audit.id, &one.check.command));
    };
    again(&setup, audit, &mut told).map_err(|e| stopped(&e))
}

/// Exit 4 unless the user has accepted these commands, in a run or by their digest.
fn trusted(
    git: &Git,
    args: &Args,
    ctx: &Context,
    subject: &Subject,
    id: &str,
) -> Result<(), Failure> {
    let digest = subject.digest();
    match &args.trust {
        Some(given) if *given == digest => return Ok(()),
        Some(given) => {
            let message = format!("--trust {given} is not the digest of what would run");
            return Err(Failure::refused("trust.digest", message).hint(format!("it is {digest}")));
        }
        None => {}
    }
    let status = Store::new(&ctx.state_dir()?).status(git.common_dir(), subject)?;
    if status == Status::Trusted {
        return Ok(());
    }
    let lines: Vec<String> =
        subject.lines().map(|line| format!("would run under: {line}")).collect();
    Err(Failure::refused("trust.none", format!("the commands of {id} are not trusted here"))
        .details(lines)
        .hint(format!("accept exactly these: lead-queue verify {id} --trust {digest}; or run nothing: --no-run")))
}

/// The sandbox to use: never none unless it was typed.
fn fence(wanted: Fence, launcher: &Launcher, git: &Git) -> Result<Kind, Failure> {
    let tried = match wanted {
        Fence::None => return Ok(Kind::None),
        Fence::Bubblewrap => vec![Kind::Bubblewrap],
        Fence::Landlock => vec![Kind::Landlock],
        Fence::Auto => vec![Kind::Bubblewrap, Kind::Landlock],
    };
    let state = git.state_dir();
    leadforge_durable_fs::create_dir_all(&RealDisk, &state)
        .map_err(|e| Failure::from_error(Exit::CannotLook, "io", &e))?;
    let found = sandbox::detect(launcher, &state)
        .map_err(|e| Failure::from_error(Exit::CannotLook, "sandbox", &e))?;
    found.choose(&tried).map_err(|reasons| {
        Failure::refused("sandbox.none", "no sandbox works here, and nothing runs without one")
            .details(reasons)
            .hint("install bubblewrap (apt-get install bubblewrap), or look at the commits only: --no-run")
    })
}

/// The first Control-C ends what runs.
fn stop_on_interrupt(ctx: &Context, stop: &Stop) -> Result<(), Failure> {
    let interrupt = ctx.interrupt()?;
    let stop = stop.clone();
    std::thread::spawn(move || {
        while !interrupt.raised() {
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        stop.stop();
    });
    Ok(())
}
