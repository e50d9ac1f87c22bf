//! The first style: cards in a column, beside a side bar, or in a grid.

use super::dice::{COLOURS, Dice, THEMES};
use super::truth::{Change, MEASURE, Mutated};
use leadforge_visual_diff::Kind;
use std::fmt::Write;

/// One card of a page.
#[derive(Clone)]
struct Card {
    id: usize,
    title: String,
    lines: Vec<String>,
    colour: Option<&'static str>,
    button: Option<(String, Option<&'static str>)>,
    badge: Option<(u32, u32, String)>,
    height: u32,
}

#[derive(Clone)]
struct Model {
    theme: [&'static str; 5],
    /// 0: one column; 1: a side bar and a column; 2: a grid.
    layout: usize,
    heading: String,
    cards: Vec<Card>,
    font: &'static str,
    border: bool,
}

/// The page of this number.
pub(crate) fn mutated(seed: u64, number: u64) -> Mutated {
    let mut dice = Dice::of(seed, number);
    let before = model(&mut dice);
    let mut after = before.clone();
    let mut changed = Vec::new();
    let mut touched = Vec::new();
    for _ in 0..1 + dice.roll(3) {
        let kind =
            dice.pick(&[Kind::Added, Kind::Removed, Kind::Moved, Kind::Recoloured, Kind::Content]);
        changed.extend(mutate(&mut dice, &before, &mut after, kind, &mut touched));
    }
    if changed.is_empty() {
        changed.extend(mutate(&mut dice, &before, &mut after, Kind::Content, &mut touched));
    }
    let kinds: Vec<String> = changed.iter().map(|(kind, id)| format!("{kind:?} {id}")).collect();
    let name = format!("layout {}, {}", before.layout, kinds.join(", "));
    let changed = changed.into_iter().map(|(kind, id)| Change::plain(kind, what(&id), &id));
    let changed = changed.collect();
    Mutated { name, width: 1024, before: html(&before), after: html(&after), changed }
}

/// The sort of the element of this id.
fn what(id: &str) -> String {
    id.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-').to_owned()
}

fn model(dice: &mut Dice) -> Model {
    let layout = dice.roll(3);
    let count = if layout == 2 { 4 + dice.roll(5) } else { 4 + dice.roll(3) };
    let height = 150;
    let cards = (0..count)
        .map(|id| Card {
            id,
            title: dice.words(2),
            lines: (0..1 + dice.roll(if layout == 2 { 1 } else { 3 }))
                .map(|_| {
                    let count = 3 + dice.roll(3);
                    dice.words(count)
                })
                .collect(),
            colour: None,
            button: (dice.roll(2) == 0).then(|| (dice.words(1), None)),
            badge: None,
            height: if layout == 2 { height } else { 0 },
        })
        .collect();
    Model {
        theme: dice.pick(THEMES),
        layout,
        heading: dice.words(3),
        cards,
        font: dice.pick(&["DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono"]),
        border: dice.roll(2) == 0,
    }
}

/// Changes one thing; the kind and the id of the element, unless this page has no room for it.
fn mutate(
    dice: &mut Dice,
    before: &Model,
    after: &mut Model,
    kind: Kind,
    touched: &mut Vec<usize>,
) -> Option<(Kind, String)> {
    let free: Vec<usize> =
        before.cards.iter().map(|card| card.id).filter(|id| !touched.contains(id)).collect();
    if free.len() < 2 {
        return None;
    }
    let id = dice.pick(&free);
    let at = after.cards.iter().position(|card| card.id == id)?;
    let flows = after.layout < 2;
    let id = match (kind, dice.roll(2)) {
        (Kind::Added, 0) if flows => {
            let new = 100 + touched.len();
            let lines = 1 + dice.roll(3);
            let card = Card {
                id: new,
                title: dice.words(2),
                lines: (0..lines).map(|_| dice.words(4)).collect(),
                button: None,
                ..after.cards[at].clone()
            };
            after.cards.insert(at, card);
            touched.push(id);
            format!("card{new}")
        }
        (Kind::Added, _) if before.cards[id].button.is_none() => {
            after.cards[at].badge = Some((dice.roll(3) as u32, 14, dice.words(1)));
            format!("badge{id}")
        }
        (Kind::Removed, 0) if flows => {
            after.cards.remove(at);
            format!("card{id}")
        }
        (Kind::Removed, _) if after.cards[at].button.is_some() && !flows => {
            after.cards[at].button = None;
            format!("button{id}")
        }
        (Kind::Moved, _) if flows && after.cards.len() >= 4 && touched.is_empty() => {
            let card = after.cards.remove(at);
            let to = if at >= 2 { at - 2 } else { at + 2 };
            after.cards.insert(to, card);
            // The others stay as they are, so that it is one thing that moved.
            touched.extend(before.cards.iter().map(|card| card.id));
            format!("card{id}")
        }
        (Kind::Recoloured, 0) => {
            after.cards[at].colour = Some(dice.pick(COLOURS));
            format!("card{id}")
        }
        (Kind::Recoloured, _) if after.cards[at].button.is_some() => {
            after.cards[at].button.as_mut()?.1 = Some(dice.pick(COLOURS));
            format!("button{id}")
        }
        (Kind::Content, 0) => {
            after.cards[at].title = dice.others(2, &before.cards[id].title);
            format!("title{id}")
        }
        (Kind::Content, _) => {
            after.cards[at].lines[0] = dice.others(4, &before.cards[id].lines[0]);
            format!("line{id}-0")
        }
        _ => return None,
    };
    touched.extend(
        before.cards.iter().map(|card| card.id).filter(|one| id.ends_with(&format!("card{one}"))),
    );
    if matches!(kind, Kind::Added | Kind::Removed) && id.starts_with("card") && flows {
        // Two neighbours that come or go are one thing to the eye.
        touched.extend(
            [at.checked_sub(1), Some(at + 1)]
                .into_iter()
                .flatten()
                .filter_map(|near| Some(after.cards.get(near)?.id)),
        );
        touched.extend(after.cards.get(at).map(|card| card.id));
    }
    let number: String = id.chars().filter(char::is_ascii_digit).collect();
    touched.extend(number.parse::<usize>().ok());
    touched.extend(
        id.strip_prefix("line").and_then(|rest| rest.split('-').next()?.parse::<usize>().ok()),
    );
    Some((kind, id))
}

fn html(model: &Model) -> String {
    let [page, card, text, quiet, accent] = model.theme;
    let border = if model.border { format!("border:1px solid {quiet};") } else { String::new() };
    let cards = match model.layout {
        2 => "display:grid;grid-template-columns:repeat(3,1fr);gap:20px;padding:24px",
        1 => "margin-left:260px;padding:24px",
        _ => "padding:24px",
    };
    let side = if model.layout == 1 {
        let links: String = (1..8).map(|n| format!("<p>Section {n}</p>")).collect();
        format!("<nav style='position:absolute;left:24px;top:96px;width:180px'>{links}</nav>")
    } else {
        String::new()
    };
    let mut html = format!(
        "<!doctype html><meta charset=utf-8><style>\
         *{{box-sizing:border-box}}body{{margin:0;background:{page};color:{text};font:15px '{}'}}\
         header{{height:72px;padding:20px 24px;font-size:24px;background:{card}}}\
         .card{{position:relative;background:{card};{border}border-radius:6px;padding:18px;margin-bottom:20px}}\
         .grid .card{{margin:0}}h2{{font-size:18px;margin:0 0 10px}}.line{{color:{quiet};margin:0 0 6px}}\
         .button{{display:inline-block;margin-top:8px;background:{accent};color:#fff;padding:7px 16px;border-radius:4px}}\
         .badge{{position:absolute;background:{accent};color:#fff;padding:4px 10px;border-radius:9px;font-size:13px}}\
         </style><header><span data-id=heading>{}</span></header>{side}<main class={} style='{cards}'>",
        model.font,
        model.heading,
        if model.layout == 2 { "grid" } else { "flow" },
    );
    for card in &model.cards {
        let colour = card.colour.map(|colour| format!("background:{colour};")).unwrap_or_default();
        let height =
            if card.height > 0 { format!("height:{}px;", card.height) } else { String::new() };
        let id = card.id;
        write!(html, "<div class=card data-id=card{id} style='{colour}{height}'><h2><span data-id=title{id}>{}</span></h2>", card.title)
            .expect("a string takes any text");
        for (at, line) in card.lines.iter().enumerate() {
            write!(html, "<p class=line><span data-id=line{id}-{at}>{line}</span></p>")
                .expect("a string takes any text");
        }
        if let Some((label, colour)) = &card.button {
            let colour = colour.map(|colour| format!("background:{colour}")).unwrap_or_default();
            write!(html, "<span class=button data-id=button{id} style='{colour}'>{label}</span>")
                .expect("a string takes any text");
        }
        if let Some((place, top, label)) = &card.badge {
            write!(
                html,
                "<span class=badge data-id=badge{id} style='right:{}px;top:{top}px'>{label}</span>",
                14 + place * 10
            )
            .expect("a string takes any text");
        }
        html.push_str("</div>");
    }
    html.push_str("</main><footer style='padding:24px'>Updated never</footer>");
    html.push_str(MEASURE);
    html
}
