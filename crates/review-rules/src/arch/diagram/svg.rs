//! Groups as a picture: one below the other, importers first; what goes down is an arc on the
//! right, what goes back up, which closes a circle, a dashed one on the left.

use std::fmt::Write;

use super::Groups;

/// The height of a row, and the width of a letter at the size of the text.
const ROW: usize = 44;
const LETTER: usize = 8;
/// The width that boxes and arcs together keep to, so that a phone shows them readably.
const WIDTH: usize = 480;

const STYLE: &str = "\
svg{--ink:#1f2328;--soft:#59636e;--box:#f6f8fa;--line:#8c959f;--down:#0969da;--up:#c2410c;--page:#ffffff}\
@media(prefers-color-scheme:dark){svg{--ink:#f0f6fc;--soft:#9198a1;--box:#212830;--line:#656c76;--down:#4493f8;--up:#f0883e;--page:#0d1117}}\
.page{fill:var(--page)}.box{fill:var(--box);stroke:var(--line)}\
text{font:14px ui-sans-serif,system-ui,'Liberation Sans',sans-serif;fill:var(--ink)}\
.small{font-size:11px;fill:var(--soft)}path{fill:none;stroke-opacity:.8}\
.down{stroke:var(--down)}.up{stroke:var(--up);stroke-dasharray:5 3}\
.tip-down{fill:var(--down)}.tip-up{fill:var(--up)}";

/// Text between tags.
fn escaped(text: &str) -> String {
    leadforge_markup::html(text)
}

pub(super) fn render(groups: &Groups) -> String {
    let rows = groups.names.len();
    let up = groups.imports.keys().any(|(from, to)| from > to);
    // Side margins hold the arcs: as wide as the width leaves them beside the longest name.
    let longest = groups.names.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let wide = (longest * LETTER + 24).clamp(120, if up { 260 } else { 320 });
    let left = if up { (WIDTH - wide) / 2 } else { 12 };
    let right = WIDTH - left - wide;
    let height = rows * ROW + 52;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
         height=\"{height}\" role=\"img\" style=\"max-width:100%;height:auto\"><title>Imports</title><style>{STYLE}</style>\n\
         <rect class=\"page\" width=\"{WIDTH}\" height=\"{height}\"/>\n"
    );
    for (&(from, to), count) in &groups.imports {
        arc(&mut svg, groups, (from, to, *count), (left, wide, right));
    }
    for (at, (name, modules)) in groups.names.iter().enumerate() {
        let y = at * ROW + 10;
        let most = (wide - 24) / LETTER;
        let shown: String = if name.chars().count() > most {
            // The end of a name tells more than its beginning.
            let skip = name.chars().count() - most + 1;
            std::iter::once('…').chain(name.chars().skip(skip)).collect()
        } else {
            name.clone()
        };
        let plural = if *modules == 1 { "module" } else { "modules" };
        let _ = writeln!(
            svg,
            "<g><title>{full}</title><rect class=\"box\" x=\"{left}\" y=\"{y}\" width=\"{wide}\" height=\"34\" rx=\"6\"/>\
             <text x=\"{x}\" y=\"{name_y}\">{shown}</text><text class=\"small\" x=\"{x}\" y=\"{size_y}\">{modules} {plural}</text></g>",
            full = escaped(name),
            x = left + 10,
            name_y = y + 16,
            size_y = y + 29,
            shown = escaped(&shown),
        );
    }
    let y = rows * ROW + 36;
    let legend = if up {
        "→ imports what is below   ⇠ imports what is above: a circle"
    } else {
        "→ imports what is below"
    };
    let _ = write!(svg, "<text class=\"small\" x=\"12\" y=\"{y}\">{legend}</text>\n</svg>\n");
    svg
}

/// One arc from the side of a box to the side of another, with its tip.
fn arc(
    svg: &mut String,
    groups: &Groups,
    (from, to, count): (usize, usize, usize),
    (left, wide, right): (usize, usize, usize),
) {
    let rows = groups.names.len().max(2);
    let down = from < to;
    let span = from.abs_diff(to);
    // Farther ones reach farther out, and none leaves the picture.
    let room = if down { right } else { left }.saturating_sub(16);
    let reach = 14 + room.saturating_sub(14) * (span - 1) / (rows - 1).max(1);
    // Ends on one box are apart, so that arcs can be told from each other.
    let slot = |at: usize, other: usize| {
        let step = (at.abs_diff(other)).min(5) * 2;
        if other > at { at * ROW + 44 - 6 - 10 + step / 2 } else { at * ROW + 14 + 10 - step / 2 }
    };
    let (y1, y2) = (slot(from, to), slot(to, from));
    // A curve goes three quarters of the way to where its handles are.
    let handle = reach * 4 / 3;
    let x = if down { left + wide } else { left };
    let out = match x.checked_sub(handle).filter(|_| !down) {
        Some(out) => format!("{out}"),
        None if down => format!("{}", x + handle),
        None => format!("-{}", handle - x),
    };
    let class = if down { "down" } else { "up" };
    let stroke = match count {
        0..=2 => "1",
        3..=9 => "1.6",
        10..=49 => "2.4",
        _ => "3.2",
    };
    let (name, other) = (escaped(&groups.names[from].0), escaped(&groups.names[to].0));
    let plural = if count == 1 { "import" } else { "imports" };
    let back = if down { x + 7 } else { x - 7 };
    let _ = writeln!(
        svg,
        "<g><title>{name} → {other}: {count} {plural}</title>\
         <path class=\"{class}\" stroke-width=\"{stroke}\" d=\"M{x} {y1}C{out} {y1} {out} {y2} {back} {y2}\"/>\
         <path class=\"tip-{class}\" style=\"fill:var(--{class})\" d=\"M{x} {y2}L{back} {a}L{back} {b}Z\"/></g>",
        a = y2 - 4,
        b = y2 + 4,
    );
}
