//! The report for a terminal.

use std::io::{self, Write};

use leadforge_markup::terminal;

use super::{PathBytes, Report};

/// Writes the report as tables.
///
/// # Errors
/// What the writer gives.
pub fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let size = &report.size;
    let names = report.names.iter().chain([&report.platform]).map(|name| terminal(name));
    writeln!(out, "{} {}", names.collect::<Vec<_>>().join(" "), report.id)?;
    let user = if report.user.is_empty() { "root" } else { &report.user };
    writeln!(out, "runs as {}", terminal(user))?;
    writeln!(out, "\n{:>15}  packed layers", bytes(size.packed))?;
    writeln!(out, "{:>15}  files of all layers", bytes(size.files))?;
    writeln!(out, "{:>15}  remain", bytes(size.visible))?;
    writeln!(out, "{:>15}  out of reach: total minus what remains", bytes(size.hidden))?;
    let wasted = &report.wasted;
    writeln!(
        out,
        "{:>15}  wasted as dive counts it, efficiency {}",
        bytes(wasted.bytes),
        wasted.efficiency
    )?;
    writeln!(
        out,
        "\n{:>5} {:>15} {:>15} {:>15} {:>9}  made by",
        "layer", "packed", "files", "hidden", "entries"
    )?;
    for layer in &report.layers {
        writeln!(
            out,
            "{:>5} {:>15} {:>15} {:>15} {:>9}  {}",
            layer.index,
            bytes(layer.packed),
            bytes(layer.bytes),
            bytes(layer.hidden),
            layer.entries,
            terminal(&short(&layer.created_by))
        )?;
    }
    for (title, paths) in [
        ("biggest folders", &report.biggest_folders),
        ("biggest files", &report.biggest_files),
        ("most out of reach", &report.biggest_hidden),
        ("most wasted, as dive counts it", &wasted.biggest),
    ] {
        list(out, title, paths)?;
    }
    Ok(())
}

fn list(out: &mut dyn Write, title: &str, paths: &[PathBytes]) -> io::Result<()> {
    if paths.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title}")?;
    paths.iter().try_for_each(|path| {
        writeln!(out, "{:>15}  {} (layer {})", bytes(path.bytes), terminal(&path.path), path.layer)
    })
}

/// A command in one short line.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 72;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST {
        return line;
    }
    line.chars().take(MOST - 1).chain(['…']).collect()
}

/// A number with its thousands apart: `1,220,598`.
pub(super) fn bytes(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        let all = [0, 999, 1000, 1_220_598].map(bytes);
        assert_eq!(all, ["0", "999", "1,000", "1,220,598"]);
    }

    #[test]
    fn a_long_command_is_cut_between_characters() {
        assert_eq!(short("a\n  b"), "a b");
        assert_eq!(short(&"é".repeat(80)).chars().count(), 72);
    }
}
