//! Groups as a picture: a row for each, importers first, and in it a cell for every other one that it
//! imports; a group that nobody imports has no column. What goes down is right of the diagonal; what goes back up, which closes a circle, is left
//! of it and of another colour. However many imports there are, no line crosses another.

use std::collections::BTreeMap;
use std::fmt::Write;

use leadforge_markup::html;

use super::{Groups, counted};

/// The widths of a letter of a name and of a letter of a column's head, at the sizes of their texts.
const LETTER: usize = 7;
const SMALL: usize = 6;
/// The width that is kept to where the cells do not get too small for a finger: a telephone still shows letters.
const WIDTH: usize = 480;
/// The room of a number behind a name.
const NUMBER: usize = 26;
const MARGIN: usize = 16;
/// Longer names are cut: their ends tell more than their beginnings.
const LONGEST: usize = 28;

const STYLE: &str = "\
svg{--ink:#1f2328;--soft:#59636e;--line:#d1d9e0;--box:#eaeef2;--down:#0969da;--up:#bc4c00;--page:#fff}\
@media(prefers-color-scheme:dark){svg{--ink:#f0f6fc;--soft:#9198a1;--line:#30363d;--box:#262c36;--down:#4493f8;--up:#f0883e;--page:#0d1117}}\
.page{fill:var(--page)}.own{fill:var(--box)}.grid{stroke:var(--line);fill:none}\
text{font:13px ui-sans-serif,system-ui,'Liberation Sans',sans-serif;fill:var(--ink)}\
.small{font-size:11px;fill:var(--soft)}.count{font-size:10px;text-anchor:middle}.name{text-anchor:end}\
.down{fill:var(--down)}.up{fill:var(--up)}.few{fill-opacity:.22}.some{fill-opacity:.42}.many{fill-opacity:.7}\
.on{fill:var(--page)}.long{font-size:8px}g:hover>rect{stroke:var(--ink)}";

/// Where things stand.
struct Layout {
    cell: usize,
    left: usize,
    top: usize,
    width: usize,
    /// The column of each group; none for one that nobody imports.
    columns: Vec<Option<usize>>,
    /// How many columns there are.
    across: usize,
    /// The names as they are shown, and what their dots stand for.
    names: Vec<String>,
    dots: Option<String>,
}

impl Layout {
    fn of(groups: &Groups) -> Self {
        let mut across = 0;
        let columns = (0..groups.names.len()).map(|at| {
            let imported = groups.imports.keys().any(|(_, to)| *to == at);
            imported.then(|| {
                across += 1;
                across - 1
            })
        });
        let columns: Vec<Option<usize>> = columns.collect();
        let dots = shared(groups);
        let short = |(name, _): &(String, usize)| shown(name, dots.as_deref());
        let names: Vec<String> = groups.names.iter().map(short).collect();
        let longest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0).max(4);
        let number = if groups.plain { 0 } else { NUMBER };
        let left = MARGIN + longest * LETTER + 10 + number;
        let cell = ((WIDTH - MARGIN).saturating_sub(left) / across.max(1)).clamp(17, 32);
        let width = (left + across * cell + MARGIN).max(WIDTH);
        Self { cell, left, top: MARGIN + longest * SMALL + 8, width, columns, across, names, dots }
    }

    fn x(&self, column: usize) -> usize {
        self.left + column * self.cell
    }

    fn y(&self, row: usize) -> usize {
        self.top + row * self.cell
    }
}

pub(super) fn render(groups: &Groups) -> String {
    let layout = Layout::of(groups);
    let legend = legend(groups, &layout);
    let below = layout.y(groups.names.len()) + 24;
    let (width, height) = (layout.width, below + legend.len() * 17);
    let modules: usize = groups.names.iter().map(|(_, modules)| modules).sum();
    let imports: usize = groups.imports.values().sum();
    let numbers = format!(", {}, {}", counted(modules, "module"), counted(imports, "import"));
    let numbers = if groups.plain { "" } else { &numbers };
    let title = match &*groups.within {
        "" => "Imports".to_owned(),
        within => format!("Imports in {}", html(within)),
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" style=\"max-width:100%;height:auto\"><title>{title}</title>\n\
         <desc>{}{numbers}</desc><style>{STYLE}</style>\n<rect class=\"page\" width=\"{width}\" height=\"{height}\"/>\n",
        counted(groups.names.len(), "group"),
    );
    grid(&mut svg, &layout, groups.names.len());
    for (at, (name, modules)) in groups.names.iter().enumerate() {
        row(&mut svg, &layout, at, name, (!groups.plain).then_some(*modules));
    }
    for (pair, count) in &groups.imports {
        cell(&mut svg, &layout, groups, *pair, *count);
    }
    for (at, line) in legend.iter().enumerate() {
        let y = below + at * 17;
        let _ = writeln!(svg, "<text class=\"small\" x=\"{MARGIN}\" y=\"{y}\">{line}</text>");
    }
    svg.push_str("</svg>\n");
    svg
}

fn grid(svg: &mut String, layout: &Layout, rows: usize) {
    let mut path = String::new();
    let (right, bottom) = (layout.x(layout.across), layout.y(rows));
    for at in 0..=rows {
        let _ = write!(path, "M{MARGIN} {}H{right}", layout.y(at));
    }
    for at in 0..=layout.across {
        let _ = write!(path, "M{} {}V{bottom}", layout.x(at), layout.top);
    }
    let _ = writeln!(svg, "<path class=\"grid\" d=\"{path}\"/>");
}

/// The name of a group and its size before its row, its name above its column, and a mark where both meet.
fn row(svg: &mut String, layout: &Layout, at: usize, name: &str, modules: Option<usize>) {
    let shown = html(&layout.names[at]);
    let y = layout.y(at);
    let middle = y + layout.cell / 2 + 4;
    let end = layout.left - 8;
    let _ = write!(
        svg,
        "<g><title>{full}{size}</title><text class=\"name\" x=\"{before}\" y=\"{middle}\">{shown}</text>{number}",
        full = html(name),
        size = modules.map(|n| format!(": {}", counted(n, "module"))).unwrap_or_default(),
        before = if modules.is_some() { end - NUMBER } else { end },
        number = modules
            .map(|n| format!(
                "<text class=\"small name\" x=\"{end}\" y=\"{middle}\">{}</text>",
                thousands(n)
            ))
            .unwrap_or_default(),
    );
    if let Some(column) = layout.columns[at] {
        let x = layout.x(column);
        let _ = write!(
            svg,
            "<rect class=\"own\" x=\"{x}\" y=\"{y}\" width=\"{cell}\" height=\"{cell}\"/>\
             <text class=\"small\" transform=\"translate({head} {top})rotate(-90)\">{shown}</text>",
            cell = layout.cell,
            head = x + layout.cell / 2 + 4,
            top = layout.top - 6,
        );
    }
    svg.push_str("</g>\n");
}

fn cell(svg: &mut String, layout: &Layout, groups: &Groups, pair: (usize, usize), count: usize) {
    let (from, to) = pair;
    let column = layout.columns[to].expect("what is imported has a column");
    let way = if Groups::up(&pair) { "up" } else { "down" };
    let (shade, ink) = match count {
        _ if groups.plain => ("most", "on"),
        0..=2 => ("few", ""),
        3..=9 => ("some", ""),
        10..=49 => ("many", "on"),
        _ => ("most", "on"),
    };
    let _ = writeln!(
        svg,
        "<g><title>{name} → {other}{told}</title>\
         <rect class=\"{way} {shade}\" x=\"{x}\" y=\"{y}\" width=\"{cell}\" height=\"{cell}\" rx=\"3\"/>{count}</g>",
        name = html(&groups.names[from].0),
        other = html(&groups.names[to].0),
        told = if groups.plain { String::new() } else { format!(": {}", counted(count, "import")) },
        x = layout.x(column) + 1,
        y = layout.y(from) + 1,
        cell = layout.cell - 2,
        count =
            if groups.plain { String::new() } else { number(layout, (from, column), count, ink) },
    );
}

/// A number in a cell.
fn number(layout: &Layout, (row, column): (usize, usize), count: usize, class: &str) -> String {
    let text = thousands(count);
    let class = if text.len() > 2 { format!("{class} long") } else { class.to_owned() };
    let (x, y) = (layout.x(column) + layout.cell / 2, layout.y(row) + layout.cell / 2 + 4);
    let class = format!("count {}", class.trim());
    format!("<text class=\"{}\" x=\"{x}\" y=\"{y}\">{text}</text>", class.trim_end())
}

fn thousands(count: usize) -> String {
    if count > 999 { format!("{}k", count / 1000) } else { count.to_string() }
}

/// What the picture means, and who is not in it.
fn legend(groups: &Groups, layout: &Layout) -> Vec<String> {
    let up = groups.imports.keys().filter(|pair| Groups::up(pair)).count();
    let times = if groups.plain { "" } else { ", so many times" };
    let mut legend = vec![format!("Each row imports what the heads of its cells name{times}.")];
    legend.push(match up {
        0 => "No group imports one above it: there is no circle.".to_owned(),
        up => format!(
            "<tspan class=\"up\">■</tspan> {} back up to a group above: part of a circle.",
            if up == 1 { "One cell goes".to_owned() } else { format!("{up} cells go") }
        ),
    });
    if let Some(dots) = &layout.dots {
        legend.push(format!("… stands for {}", html(dots)));
    }
    if groups.alone.is_empty() {
        return legend;
    }
    let most = (layout.width - 2 * MARGIN) / SMALL;
    let mut line = "With no import from or to another:".to_owned();
    for (at, name) in groups.alone.iter().enumerate() {
        let comma = if at + 1 < groups.alone.len() { "," } else { "" };
        let word = format!(" {}{comma}", shown(name, layout.dots.as_deref()));
        if line.chars().count() + word.chars().count() > most {
            legend.push(html(&std::mem::take(&mut line)));
            if legend.len() > 6 {
                line = format!("and {} more", groups.alone.len() - at);
                break;
            }
        }
        line.push_str(if line.is_empty() { word.trim_start() } else { &word });
    }
    legend.push(html(&line));
    legend
}

/// How most names begin, where that tells nothing but takes room: a word with what divides it from the rest.
fn shared(groups: &Groups) -> Option<String> {
    let names: Vec<&str> = groups.names.iter().map(|(name, _)| name.as_str()).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &names {
        // What stands before another mark is a package, which tells something.
        let mark = name.find(|c: char| !c.is_alphanumeric());
        let Some(end) = mark.filter(|end| name[*end..].starts_with(['_', '-'])) else { continue };
        let (head, rest) = name.split_at(end + 1);
        if head.chars().count() > 3 && !rest.is_empty() {
            *counts.entry(head).or_default() += 1;
        }
    }
    let (most, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    // A name that has to be cut has dots of its own.
    let long = |name: &&str| name.strip_prefix(most).unwrap_or(name).chars().count() >= LONGEST;
    (count > 2 && 2 * count > names.len() && !names.iter().any(long)).then(|| most.to_owned())
}

/// A name as it is shown: with dots for how most begin, or for what is too long.
fn shown(name: &str, dots: Option<&str>) -> String {
    if let Some(rest) =
        dots.and_then(|dots| name.strip_prefix(dots)).filter(|rest| !rest.is_empty())
    {
        return format!("…{rest}");
    }
    let length = name.chars().count();
    if length <= LONGEST {
        return name.to_owned();
    }
    std::iter::once('…').chain(name.chars().skip(length - LONGEST + 1)).collect()
}
