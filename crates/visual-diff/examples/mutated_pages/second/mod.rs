//! The second style: tables, forms, lists, tiles, columns and articles, on narrow and wide pages.

mod html;
mod mutate;

use crate::dice::{Dice, THEMES};
use crate::truth::Mutated;

/// How the items of a section are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    /// Rows of a table.
    Table,
    /// Labels and fields, with buttons that have a border.
    Form,
    /// A list with icons.
    List,
    /// Boxes that flow like words, with shadows.
    Tiles,
    /// Cards in columns beside each other.
    Columns,
    /// Headed paragraphs, the first beside a floating picture.
    Article,
    /// Links in a line.
    Nav,
}

const SETS: &[Set] = &[Set::Table, Set::Form, Set::List, Set::Tiles, Set::Columns, Set::Article];

impl Set {
    /// Whether each item has a ground or a border of its own.
    fn boxed(self) -> bool {
        matches!(self, Self::Tiles | Self::Columns | Self::Form | Self::Nav)
    }
}

/// One row, field, entry, tile, card, paragraph or link.
#[derive(Clone)]
struct Item {
    id: usize,
    title: String,
    /// The last word of the title, which a change may be about.
    last: String,
    body: String,
    /// Words that a change put behind the body.
    more: Option<String>,
    number: u32,
    icon: usize,
    button: Option<String>,
    ground: Option<&'static str>,
    ink: Option<&'static str>,
    border: Option<&'static str>,
    button_ground: Option<&'static str>,
    icon_ink: Option<&'static str>,
}

#[derive(Clone)]
struct Section {
    set: Set,
    heading: String,
    /// One run of items; of columns, one for each.
    runs: Vec<Vec<Item>>,
}

#[derive(Clone)]
struct Model {
    theme: [&'static str; 5],
    font: &'static str,
    size: usize,
    /// The height of a line: with most sizes 1.45 is no whole number of pixels, and what is pushed is drawn a
    /// little otherwise.
    line: &'static str,
    width: u32,
    radius: usize,
    shadow: bool,
    gradient: bool,
    /// The side of the links.
    nav: &'static str,
    heading: String,
    /// A notice between the head and the sections.
    banner: Option<String>,
    sections: Vec<Section>,
}

/// The page of this number.
pub(crate) fn mutated(seed: u64, number: u64) -> Mutated {
    let mut dice = Dice::of(seed ^ 0x5eed, number);
    let before = model(&mut dice);
    let mut after = before.clone();
    let changed = mutate::some(&mut dice, &before, &mut after);
    let what: Vec<String> =
        changed.iter().map(|one| format!("{:?}, {}", one.kind(), one.what)).collect();
    let sets: Vec<String> = before.sections.iter().map(|one| format!("{:?}", one.set)).collect();
    let name = format!(
        "{} at {}, lines {}: {}",
        sets.join(" "),
        before.width,
        before.line,
        what.join("; ")
    );
    let [before, after] = [&before, &after].map(|model| (model.width, html::page(model)));
    Mutated { name, width: before.0, before: before.1, after: after.1, changed }
}

const FONTS: &[&str] = &[
    "DejaVu Sans",
    "DejaVu Serif",
    "DejaVu Sans Mono",
    "Liberation Sans",
    "Liberation Serif",
    "Liberation Sans Narrow",
];

fn model(dice: &mut Dice) -> Model {
    let mut next = 0;
    let width = dice.pick(&[390, 768, 1024, 1280]);
    let mut sections = vec![section(dice, Set::Nav, width, &mut next)];
    for _ in 0..1 + dice.roll(3) {
        let set = dice.pick(SETS);
        sections.push(section(dice, set, width, &mut next));
    }
    Model {
        theme: dice.pick(THEMES),
        font: dice.pick(FONTS),
        size: 14 + dice.roll(4),
        line: dice.pick(&["normal", "normal", "24px", "1.45"]),
        width,
        radius: dice.pick(&[0, 4, 10, 16]),
        shadow: dice.roll(2) == 0,
        gradient: dice.roll(2) == 0,
        nav: dice.pick(&["left", "right"]),
        heading: dice.words(2),
        banner: (dice.roll(3) == 0).then(|| dice.words(4)),
        sections,
    }
}

fn section(dice: &mut Dice, set: Set, width: u32, next: &mut usize) -> Section {
    let narrow = width < 700;
    let (runs, least, spread) = match set {
        Set::Table => (1, 5, 8),
        Set::Form => (1, 3, 3),
        Set::List => (1, 4, 6),
        Set::Tiles => (1, 5, 5),
        Set::Columns if narrow => (1, 3, 2),
        Set::Columns => (2 + dice.roll(2), 2, 2),
        Set::Article => (1, 3, 3),
        Set::Nav if narrow => (1, 2, 1),
        Set::Nav => (1, 3, 2),
    };
    let runs = (0..runs)
        .map(|_| (0..least + dice.roll(spread)).map(|_| item(dice, set, next)).collect())
        .collect();
    Section { set, heading: dice.words(2), runs }
}

fn item(dice: &mut Dice, set: Set, next: &mut usize) -> Item {
    let id = *next;
    *next += 1;
    let words = match set {
        Set::Nav => 0,
        Set::Form | Set::List => 2 + dice.roll(3),
        Set::Table => 1 + dice.roll(3),
        Set::Tiles => 3 + dice.roll(3),
        Set::Columns => 6 + dice.roll(12),
        Set::Article => 20 + dice.roll(30),
    };
    let title = if matches!(set, Set::Nav | Set::Tiles) { String::new() } else { dice.words(1) };
    let button = matches!(set, Set::Columns | Set::Form | Set::Table) && dice.roll(2) == 0;
    Item {
        id,
        title,
        last: dice.words(1),
        body: dice.words(words),
        more: None,
        number: 10 + dice.roll(9000) as u32,
        icon: dice.roll(4),
        button: button.then(|| dice.words(1)),
        ground: None,
        ink: None,
        border: None,
        button_ground: None,
        icon_ink: None,
    }
}
