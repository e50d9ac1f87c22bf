//! The hidden verb `meta`: man pages, completions, CLI reference and schemas for `xtask codegen`.

use crate::Failure;
use clap::Command;
use clap_complete::Shell;
use std::collections::BTreeMap;

/// A named JSON schema that the binary can print.
pub(crate) type Schema = (&'static str, fn() -> serde_json::Value);

/// Answers `meta WHAT`, where `args` is what follows `meta`.
pub(crate) fn main(
    command: &Command,
    schemas: &[Schema],
    args: &[String],
) -> Result<String, Failure> {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    Ok(match args.as_slice() {
        ["man"] => man(command.clone())?,
        ["markdown"] => markdown(command.clone()),
        ["completions", shell] => completions(
            command.clone(),
            shell.parse().map_err(|error: String| Failure::usage("usage.shell", error))?,
        ),
        ["schema", name] => schemas
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, make)| pretty(&make()))
            .ok_or_else(|| Failure::usage("usage.schema", format!("no schema named {name}")))?,
        ["files"] => pretty(&serde_json::json!(files(command, schemas)?)),
        _ => {
            return Err(Failure::usage(
                "usage.meta",
                "meta takes man, markdown, completions SHELL, schema NAME or files",
            ));
        }
    })
}

/// Every generated file of this binary, keyed by its path under `docs/`.
fn files(command: &Command, schemas: &[Schema]) -> Result<BTreeMap<String, String>, Failure> {
    let name = command.get_name();
    let mut files = BTreeMap::from([(format!("cli/{name}.md"), markdown(command.clone()))]);
    let mut built = command.clone();
    built.build();
    pages(&built, name, &mut files)?;
    for (shell, ending) in [(Shell::Bash, "bash"), (Shell::Zsh, "zsh"), (Shell::Fish, "fish")] {
        let path = format!("cli/completions/{name}.{ending}");
        files.insert(path, completions(command.clone(), shell));
    }
    for (schema, make) in schemas {
        files.insert(format!("schemas/{schema}.json"), pretty(&make()));
    }
    Ok(files)
}

/// A man page for a command and for each of its visible verbs.
fn pages(
    command: &Command,
    name: &str,
    files: &mut BTreeMap<String, String>,
) -> Result<(), Failure> {
    files.insert(format!("cli/man/{name}.1"), man(command.clone())?);
    for verb in command.get_subcommands() {
        if !verb.is_hide_set() && verb.get_name() != "help" {
            pages(verb, &format!("{name}-{}", verb.get_name()), files)?;
        }
    }
    Ok(())
}

fn man(command: Command) -> Result<String, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

fn completions(mut command: Command, shell: Shell) -> String {
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

/// The reference page: each visible command with its help, as it is printed.
fn markdown(command: Command) -> String {
    let mut command = command.term_width(100);
    command.build();
    let mut page = format!("# {}\n", command.get_name());
    section(command, &mut page);
    page
}

fn section(mut command: Command, page: &mut String) {
    let name = command.get_bin_name().unwrap_or(command.get_name()).to_owned();
    let help = command.render_long_help().to_string();
    let help: Vec<&str> = help.trim_end().lines().map(str::trim_end).collect();
    page.push_str(&format!("\n## `{name}`\n\n```text\n{}\n```\n", help.join("\n")));
    for verb in command.get_subcommands() {
        if !verb.is_hide_set() && verb.get_name() != "help" {
            // The common flags stand once, under the binary itself.
            let once = |arg: clap::Arg| if arg.is_global_set() { arg.hide(true) } else { arg };
            section(verb.clone().mut_args(once), page);
        }
    }
}
