//! Groups as a picture: a row for each, importers first, and in it a cell for every other one that it
//! imports. What goes down is right of the diagonal; what goes back up, which closes a circle, is left
//! of it and of another colour. However many imports there are, no line crosses another.

use std::fmt::Write;

use leadforge_markup::html;

use super::{Groups, counted};

/// The widths of a letter of a name and of a letter of a column's head, at the sizes of their texts.
const LETTER: usize = 7;
const SMALL: usize = 6;
/// The width that is kept to where the cells do not get too small for a finger.
const WIDTH: usize = 600;
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
}

impl Layout {
    fn of(groups: &Groups) -> Self {
        let count = groups.names.len().max(1);
        let longest = groups.names.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        let longest = longest.clamp(4, LONGEST);
        let left = MARGIN + longest * LETTER + 10;
        let cell = ((WIDTH - MARGIN).saturating_sub(left) / count).clamp(17, 32);
        let width = (left + count * cell + MARGIN).max(WIDTH);
        Self { cell, left, top: MARGIN + longest * SMALL + 8, width }
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
    let legend = legend(groups, layout.width);
    let below = layout.y(groups.names.len()) + 24;
    let (width, height) = (layout.width, below + legend.len() * 17);
    let modules: usize = groups.names.iter().map(|(_, modules)| modules).sum();
    let imports: usize = groups.imports.values().sum();
    let numbers = format!(", {}, {}", counted(modules, "module"), counted(imports, "import"));
    let numbers = if groups.plain { "" } else { &numbers };
    let title = if groups.within.is_empty() { "Imports" } else { "Imports in" };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" style=\"max-width:100%;height:auto\"><title>{title} {}</title>\n\
         <desc>{}{numbers}</desc><style>{STYLE}</style>\n<rect class=\"page\" width=\"{width}\" height=\"{height}\"/>\n",
        html(&groups.within),
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

fn grid(svg: &mut String, layout: &Layout, count: usize) {
    let mut path = String::new();
    let (right, bottom) = (layout.x(count), layout.y(count));
    for at in 0..=count {
        let _ = write!(
            path,
            "M{MARGIN} {}H{right}M{} {}V{bottom}",
            layout.y(at),
            layout.x(at),
            layout.top
        );
    }
    let _ = writeln!(svg, "<path class=\"grid\" d=\"{path}\"/>");
}

/// The name of a group before its row and above its column, and its size where both meet.
fn row(svg: &mut String, layout: &Layout, at: usize, name: &str, modules: Option<usize>) {
    let shown = html(&cut(name));
    let (x, y) = (layout.x(at), layout.y(at));
    let middle = y + layout.cell / 2 + 4;
    let _ = writeln!(
        svg,
        "<g><title>{full}{size}</title><rect class=\"own\" x=\"{x}\" y=\"{y}\" width=\"{cell}\" height=\"{cell}\"/>\
         <text class=\"name\" x=\"{end}\" y=\"{middle}\">{shown}</text>\
         <text class=\"small\" transform=\"translate({head} {top})rotate(-90)\">{shown}</text>{count}</g>",
        full = html(name),
        size = modules.map(|n| format!(": {}", counted(n, "module"))).unwrap_or_default(),
        cell = layout.cell,
        end = layout.left - 8,
        head = x + layout.cell / 2 + 4,
        top = layout.top - 6,
        count = modules.map(|n| number(layout, (at, at), n, "small")).unwrap_or_default(),
    );
}

fn cell(svg: &mut String, layout: &Layout, groups: &Groups, pair: (usize, usize), count: usize) {
    let (from, to) = pair;
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
        x = layout.x(to) + 1,
        y = layout.y(from) + 1,
        cell = layout.cell - 2,
        count = if groups.plain { String::new() } else { number(layout, pair, count, ink) },
    );
}

/// A number in a cell.
fn number(layout: &Layout, (row, column): (usize, usize), count: usize, class: &str) -> String {
    let text = if count > 999 { format!("{}k", count / 1000) } else { count.to_string() };
    let class = if text.len() > 2 { format!("{class} long") } else { class.to_owned() };
    let (x, y) = (layout.x(column) + layout.cell / 2, layout.y(row) + layout.cell / 2 + 4);
    let class = format!("count {}", class.trim());
    format!("<text class=\"{}\" x=\"{x}\" y=\"{y}\">{text}</text>", class.trim_end())
}

/// What the picture means, and who is not in it.
fn legend(groups: &Groups, width: usize) -> Vec<String> {
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
    if groups.alone.is_empty() {
        return legend;
    }
    let most = (width - 2 * MARGIN) / SMALL;
    let mut line = "With no import from or to another:".to_owned();
    for (at, name) in groups.alone.iter().enumerate() {
        let comma = if at + 1 < groups.alone.len() { "," } else { "" };
        let word = format!(" {}{comma}", cut(name));
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

fn cut(name: &str) -> String {
    let length = name.chars().count();
    if length <= LONGEST {
        return name.to_owned();
    }
    std::iter::once('…').chain(name.chars().skip(length - LONGEST + 1)).collect()
}
