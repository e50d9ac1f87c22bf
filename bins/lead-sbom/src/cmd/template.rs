//! `lead-sbom template`: a Dockerfile for the project that lies here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Context, Failure, Finding, Format, Level, Outcome, Report};
use leadforge_container_audit::image::Config as Shown;
use leadforge_container_audit::template::{Config, Flavour, Machine, Written, write};
use leadforge_dockerfile_syntax::{Kind, parse};
use leadforge_markup::{markdown_table, terminal};
use leadforge_oci_image::Config as Reading;

use crate::context;
use crate::image::{host, look};
use crate::template::marker::admits;
use crate::template::project::{Project, port_of};
use crate::template::sizes::{self, Known, Weight, weigh};
use crate::template::wheels::{self, Wheels};

/// Flags of `template`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What the image stands on.
    flavour: Base,
    /// The folder of the project, which is the build context.
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// The Python, such as 3.13; by default the one of the Dockerfile, of .python-version, or the oldest the project is for.
    #[arg(long, value_name = "VERSION")]
    python: Option<String>,
    /// Install an extra of the project. Repeatable.
    #[arg(long, value_name = "NAME")]
    extra: Vec<String>,
    /// What is started; by default what railway.toml, a Procfile, the Dockerfile or [project.scripts] says.
    #[arg(long, value_name = "COMMAND")]
    start: Option<String>,
    /// The port it listens on; by default the one that the start names.
    #[arg(long)]
    port: Option<u16>,
    /// The path that answers when it is healthy; by default the one of railway.toml.
    #[arg(long, value_name = "PATH")]
    health: Option<String>,
    /// A folder below /app that it writes to. Repeatable.
    #[arg(long, value_name = "FOLDER")]
    writable: Vec<String>,
    /// A further file or folder that is copied with the sources. Repeatable.
    #[arg(long, value_name = "PATH")]
    copy: Vec<String>,
    /// The digest of an image: NAME@sha256:… Repeatable; those in the project's Dockerfiles are known.
    #[arg(long, value_name = "IMAGE")]
    pin: Vec<String>,
    /// The processor that wheels are looked for.
    #[arg(long, value_enum, default_value = "amd64")]
    arch: Arch,
    /// Write no Dockerfile, but what the layers of the one that is there and of this one weigh.
    #[arg(long)]
    sizes: bool,
    /// For --sizes: a copy of an image, an OCI layout or what docker save wrote: NAME=PATH. Repeatable.
    #[arg(long, value_name = "NAME=PATH", requires = "sizes")]
    image: Vec<String>,
    /// For --sizes: a folder with what is installed now, and one with what this one installs.
    #[arg(long, value_names = ["BEFORE", "AFTER"], num_args = 2, requires = "sizes")]
    installed: Vec<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Base {
    /// Debian with little more than the base system.
    Slim,
    /// Alpine: small, and with another C library than most wheels are made for.
    Alpine,
    /// Python and what it needs, without a shell.
    Distroless,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Arch {
    Amd64,
    Arm64,
}

/// The files of the top folder that say something of the project.
const READ: &[&str] = &[
    "pyproject.toml",
    "uv.lock",
    "requirements.txt",
    "railway.toml",
    "Procfile",
    "Dockerfile",
    ".python-version",
    ".dockerignore",
];

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let files = context::files(&args.folder)?;
    let mut texts = BTreeMap::new();
    for name in READ.iter().filter(|name| files.iter().any(|file| file == *name)) {
        texts.insert(*name, context::text(&args.folder.join(name))?);
    }
    let text = |name: &str| texts.get(name).map(String::as_str);
    let pyproject = text("pyproject.toml").map(|text| text.parse()).transpose();
    let pyproject = pyproject.map_err(|error: toml::de::Error| {
        Failure::usage("template.pyproject", format!("pyproject.toml: {}", error.message()))
    })?;
    let project = Project { files: &files, text: &text, pyproject };
    let config = config(args, &project, ctx)?;
    let written = write(&config).map_err(|error| {
        Failure::usage("template.config", format!("{}: {error}", args.folder.display()))
    })?;
    let machine = match args.arch {
        Arch::Amd64 => Machine::X8664,
        Arch::Arm64 => Machine::Aarch64,
    };
    let wheels = wheels::look(&project, &config, machine)?;
    let findings = findings(&project, &config, &written, &wheels);
    if args.sizes {
        return weights(args, &project, &written.text, &wheels, ctx);
    }
    let report = Report::of(findings.clone()).with_data(&serde_json::json!({
        "dockerfile": written.text, "unpinned": written.unpinned, "start": config.start,
    }));
    let mut report = report;
    let serious = findings.iter().any(|finding| finding.level != Level::Note);
    report.outcome = if serious { Outcome::Findings } else { Outcome::Clean };
    for finding in &findings {
        match finding.level {
            Level::Note => ctx.note(&shown(finding)),
            Level::Error | Level::Warning => ctx.warn(&shown(finding)),
        }
    }
    ctx.emit(&report, |out| out.write_all(written.text.as_bytes()))
}

fn shown(finding: &Finding) -> String {
    let at = finding.at.as_ref().map_or_else(String::new, |at| {
        let line = at.line.map_or_else(String::new, |line| format!(":{line}"));
        format!("{}{line}: ", at.path)
    });
    terminal(&format!("{at}{} [{}]", finding.message, finding.rule))
}

/// What is written, from the flags and the files.
fn config(args: &Args, project: &Project<'_>, ctx: &Context) -> Result<Config, Failure> {
    let flavour = match args.flavour {
        Base::Slim => Flavour::Slim,
        Base::Alpine => Flavour::Alpine,
        Base::Distroless => Flavour::Distroless,
    };
    let shown = args.folder.display();
    let install = project.install(&args.extra).ok_or_else(|| {
        let message =
            format!("{shown}: neither pyproject.toml with uv.lock nor requirements.txt is there");
        Failure::cannot_look("template.nothing", message)
            .hint("run `uv lock`, or `lead-sbom migrate uv`")
    })?;
    let known =
        project.value(&["project", "optional-dependencies"]).and_then(toml::Value::as_table);
    for extra in &args.extra {
        if !known.is_some_and(|known| known.contains_key(extra)) {
            let names: Vec<&str> =
                known.into_iter().flat_map(|k| k.keys().map(String::as_str)).collect();
            let message = format!("--extra {extra}: pyproject.toml has no such extra");
            return Err(
                Failure::usage("usage.extra", message).hint(format!("it has {}", names.join(", ")))
            );
        }
    }
    let given = args.port;
    let start = match &args.start {
        Some(command) => leadforge_container_audit::template::words(command, given.unwrap_or(8000))
            .ok_or_else(|| {
                let message =
                    format!("--start {command:?}: one command without a shell is asked for");
                Failure::usage("usage.start", message)
            })?,
        None => {
            let start = project.start(given.unwrap_or(8000)).ok_or_else(|| {
                let message = format!("{shown}: nothing says what is started");
                Failure::usage("template.start", message).hint("say it with --start 'python -m …'")
            })?;
            ctx.note(&format!("started is what {} says: {}", start.said_by, start.words.join(" ")));
            start.words
        }
    };
    let port = given.or_else(|| port_of(&start));
    let start = match (flavour, start.first().and_then(|name| project.script(name))) {
        // No script of a package is there, but what it calls is.
        (Flavour::Distroless, Some((module, function))) => {
            let call = format!(
                "import sys; from {module} import {}; sys.exit({function}())",
                function.split('.').next().unwrap_or_default()
            );
            let head = ["python".to_owned(), "-c".to_owned(), call];
            head.into_iter().chain(start.into_iter().skip(1)).collect()
        }
        _ => start,
    };
    let python = match &args.python {
        Some(python) => python.clone(),
        None => python(project, flavour),
    };
    if let Some(wanted) = project.string(&["project", "requires-python"])
        && !admits(wanted, &python)
    {
        let message = format!("Python {python}: the project is for {wanted}");
        return Err(Failure::usage("template.python", message)
            .hint("name another with --python, or take another flavour"));
    }
    let mut sources = project.sources();
    sources.extend(args.copy.iter().map(|path| path.trim_end_matches('/').to_owned()));
    let mut writable = args.writable.clone();
    writable.extend(project.volumes());
    writable.sort();
    writable.dedup();
    Ok(Config {
        flavour,
        python,
        install,
        metadata: project.metadata(),
        sources,
        start,
        port,
        health: args.health.clone().or_else(|| project.health()).filter(|_| port.is_some()),
        writable,
        pins: pins(args, project)?,
    })
}

/// The Python of the Dockerfile that is there, of `.python-version`, or the oldest that the project is for.
fn python(project: &Project<'_>, flavour: Flavour) -> String {
    if flavour == Flavour::Distroless {
        return "3.13".to_owned();
    }
    let minor = |text: &str| {
        let rest = &text[text.find("3.")? + 2..];
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (!digits.is_empty()).then(|| format!("3.{digits}"))
    };
    let image = (project.text)("Dockerfile").and_then(|text| {
        let at = text.find("python:3.")?;
        minor(&text[at..])
    });
    let file = || (project.text)(".python-version").and_then(minor);
    let oldest = || project.string(&["project", "requires-python"]).and_then(minor);
    image.or_else(file).or_else(oldest).unwrap_or_else(|| "3.13".to_owned())
}

/// Digests by image: those that are given, and those of the Dockerfile that is there.
fn pins(args: &Args, project: &Project<'_>) -> Result<BTreeMap<String, String>, Failure> {
    let mut found = BTreeMap::new();
    if let Some(text) = (project.text)("Dockerfile") {
        for instruction in &parse(text).instructions {
            let image = match &instruction.kind {
                Kind::From(from) => Some(from.image.value.as_str()),
                _ => instruction.flag("from"),
            };
            if let Some((name, digest)) = image.and_then(|image| image.split_once('@'))
                && digest.starts_with("sha256:")
            {
                found.insert(name.to_owned(), digest.to_owned());
            }
        }
    }
    for pin in &args.pin {
        let (name, digest) = pin.split_once('@').ok_or_else(|| {
            Failure::usage("usage.pin", format!("--pin {pin}: NAME@sha256:… is asked for"))
        })?;
        found.insert(name.to_owned(), digest.to_owned());
    }
    Ok(found)
}

/// What somebody should know before the Dockerfile is built.
fn findings(
    project: &Project<'_>,
    config: &Config,
    written: &Written,
    wheels: &Wheels,
) -> Vec<Finding> {
    let mut found = wheels.findings.clone();
    let mut say = |rule: &str, level: Level, message: String| {
        found.push(Finding::new(rule, level, message));
    };
    let requires = project.value(&["build-system", "requires"]).and_then(toml::Value::as_array);
    let scm = ["setuptools-scm", "setuptools_scm", "hatch-vcs", "versioningit", "poetry-dynamic"];
    let mut tool = requires.into_iter().flatten().filter_map(toml::Value::as_str);
    if let Some(tool) = tool.find(|name| scm.iter().any(|s| name.starts_with(s))) {
        let message = format!(
            "{tool} takes the version from git, which is not in the context: give it as a build argument"
        );
        say("template.version", Level::Warning, message);
    }
    if config.sources.is_empty() {
        let message = "no sources were found: name them with --copy";
        say("template.sources", Level::Warning, message.to_owned());
    }
    let is = |name: &str| config.start.iter().any(|word| word == name);
    let bound = config
        .start
        .iter()
        .any(|word| word.starts_with("--host") || word.starts_with("--bind") || word == "-b");
    if (is("uvicorn") || is("flask")) && !bound {
        let message = "it listens on 127.0.0.1, where nothing outside the container reaches it: --start '… --host 0.0.0.0'";
        say("template.host", Level::Warning, message.to_owned());
    }
    for image in &written.unpinned {
        let message = format!(
            "no digest of {image} is known: `docker buildx imagetools inspect {image}` tells it, --pin {image}@sha256:… puts it in"
        );
        say("template.unpinned", Level::Note, message);
    }
    found
}

/// What the layers weigh, before and after.
fn weights(
    args: &Args,
    project: &Project<'_>,
    after: &str,
    wheels: &Wheels,
    ctx: &Context,
) -> Result<Outcome, Failure> {
    let mut images = BTreeMap::new();
    for given in &args.image {
        let (name, path) = given.split_once('=').ok_or_else(|| {
            Failure::usage("usage.image", format!("--image {given}: NAME=PATH is asked for"))
        })?;
        let config = Reading { host: host(), ..Reading::default() };
        let looked = look(Path::new(path), &config, &Shown::default(), ctx.gauge())?;
        images.insert(name.to_owned(), looked.report.size.files);
    }
    let measured = |at: usize| {
        let folder = args.installed.get(at);
        let weigh = |path: &PathBuf| {
            Ok::<_, Failure>((
                sizes::folder(path)?,
                "measured: the files of the folder given".to_owned(),
            ))
        };
        folder.map(weigh).transpose()
    };
    let before = (project.text)("Dockerfile");
    let follows = before.is_some_and(|text| {
        crate::lock::installs::of_dockerfile(text).iter().all(|install| install.locked)
    });
    let known = |packages| Known {
        root: &args.folder,
        files: project.files,
        ignore: (project.text)(".dockerignore"),
        images: &images,
        packages,
    };
    let old = measured(0)?.or_else(|| wheels.packed().filter(|_| follows));
    let old = before.map(|text| weigh(text, &known(old))).transpose()?.unwrap_or_default();
    let new = weigh(after, &known(measured(1)?.or_else(|| wheels.packed())))?;
    let report =
        Report::new(Outcome::Clean).with_data(&serde_json::json!({ "before": old, "after": new }));
    ctx.emit(&report, |out| {
        for (title, all) in [("before", &old), ("after", &new)] {
            if !all.is_empty() {
                writeln!(out, "{}", table(title, all))?;
            }
        }
        Ok(())
    })
}

fn table(title: &str, all: &[Weight]) -> String {
    let figure =
        |bytes: Option<u64>| bytes.map_or_else(|| "?".to_owned(), |bytes| bytes.to_string());
    let mut rows: Vec<Vec<String>> = all
        .iter()
        .map(|weight| {
            let layer = leadforge_markup::markdown(&weight.layer);
            vec![layer, figure(weight.bytes), weight.is.clone()]
        })
        .collect();
    let sum: u64 = all.iter().filter_map(|weight| weight.bytes).sum();
    let open = all.iter().filter(|weight| weight.bytes.is_none()).count();
    let is = if open == 0 {
        "the sum".to_owned()
    } else {
        format!("the sum without {open} that are not known")
    };
    rows.push(vec!["all".to_owned(), sum.to_string(), is]);
    markdown_table(&[title, "bytes", "what the figure is"], &rows)
}
