//! Whether there is a wheel of every locked package for the image, and what they weigh.

use leadforge_cli_kit::{Failure, Finding, Level};
use leadforge_container_audit::template::{Config, Flavour, Install, Libc, Machine};

use super::lock::Lock;
use super::marker::Place;
use super::project::Project;
use crate::lock::{fault, uv};

/// What was found out.
#[derive(Default)]
pub(crate) struct Wheels {
    pub(crate) findings: Vec<Finding>,
    /// The bytes of the wheels, and how many packages have none or do not say.
    packed: Option<(u64, usize, usize)>,
}

impl Wheels {
    /// What the wheels weigh, with what the figure is.
    pub(crate) fn packed(&self) -> Option<(u64, String)> {
        let (bytes, count, open) = self.packed?;
        let without = if open == 0 { String::new() } else { format!(", {open} without a figure") };
        Some((bytes, format!("from uv.lock: {count} wheels as they are fetched, packed{without}")))
    }
}

/// Looks at the lock, if the packages come from one.
pub(crate) fn look(
    project: &Project<'_>,
    config: &Config,
    machine: Machine,
) -> Result<Wheels, Failure> {
    let (Install::Lock { extras, .. }, Some(text), Some(pyproject)) =
        (&config.install, (project.text)("uv.lock"), (project.text)("pyproject.toml"))
    else {
        return Ok(unlocked(config));
    };
    let wrong = |error: String| Failure::usage("template.lock", format!("uv.lock: {error}"));
    let name = project.string(&["project", "name"]).unwrap_or_default();
    let lock = Lock::read(text, name).map_err(wrong)?;
    let minor = config.python.trim_start_matches("3.").parse().unwrap_or(0);
    let (libc, libc_name) = match config.flavour {
        Flavour::Alpine => (Libc::Musl(1, 2), "musllinux"),
        Flavour::Slim | Flavour::Distroless => (Libc::Glibc(2, 41), "manylinux"),
    };
    let place = Place { minor, machine: machine.name() };
    let stale = uv::check(pyproject, text, ("pyproject.toml", "uv.lock"));
    let findings = stale.map_err(|error| Failure::usage("template.lock", error))?;
    let mut wheels = Wheels { findings, packed: None };
    let (mut bytes, mut count, mut open) = (0, 0, 0);
    for package in lock.installed(extras, &place) {
        let named = format!("{} {}", package.name, package.version);
        let mut say = |rule: &str, message: String| {
            wheels.findings.push(fault(rule, Level::Warning, message, "uv.lock", package.line));
        };
        if package.git {
            say(
                "template.git",
                format!("{named} comes from a repository, and the image has no git"),
            );
        }
        match package.wheel(minor, libc, machine) {
            Some(size) => {
                count += 1;
                bytes += size.unwrap_or(0);
                open += usize::from(size.is_none());
            }
            None => {
                open += 1;
                let why = if package.wheels.is_empty() {
                    "no wheel at all".to_owned()
                } else {
                    format!(
                        "no {libc_name} wheel for Python {} on {}",
                        config.python,
                        machine.name()
                    )
                };
                let rule = if config.flavour == Flavour::Alpine {
                    "template.no-musllinux"
                } else {
                    "template.no-wheel"
                };
                if !package.git {
                    say(
                        rule,
                        format!(
                            "{named} has {why}: it would be built from source, and the image has no compiler"
                        ),
                    );
                }
            }
        }
    }
    wheels.packed = Some((bytes, count, open));
    Ok(wheels)
}

/// Requirements name no wheels.
fn unlocked(config: &Config) -> Wheels {
    let mut wheels = Wheels::default();
    if config.flavour == Flavour::Alpine {
        let message =
            "requirements.txt names no wheels, so nobody looked whether there are any for Alpine";
        wheels.findings.push(fault(
            "template.unchecked",
            Level::Note,
            message.to_owned(),
            "requirements.txt",
            None,
        ));
    }
    wheels
}
