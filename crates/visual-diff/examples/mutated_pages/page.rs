//! Pages as they were and as they are, and what is true of the change.

use leadforge_visual_diff::{Area, Kind};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Where the marked elements are.
pub(crate) type Boxes = BTreeMap<String, Area>;

/// What happened to one element.
pub(crate) struct Truth {
    pub(crate) kind: Kind,
    pub(crate) before: Option<Area>,
    pub(crate) after: Option<Area>,
}

/// A page and its successor.
pub(crate) struct Mutated {
    pub(crate) name: String,
    pub(crate) before: String,
    pub(crate) after: String,
    changed: Vec<(Kind, String)>,
}

impl Mutated {
    /// Reads what a page told of its elements: `id,x,y,width,height;…`.
    pub(crate) fn boxes(text: &str) -> Option<Boxes> {
        let one = |part: &str| {
            let (id, numbers) = part.split_once(',')?;
            let numbers: Vec<u32> =
                numbers.split(',').map(|n| n.parse().ok()).collect::<Option<_>>()?;
            let [x, y, width, height] = numbers.try_into().ok()?;
            Some((id.to_owned(), Area { x, y, width, height }))
        };
        text.split(';').filter(|part| !part.is_empty()).map(one).collect()
    }

    pub(crate) fn truth(&self, was: &Boxes, is: &Boxes) -> Vec<Truth> {
        let of = |(kind, id): &(Kind, String)| Truth {
            kind: *kind,
            before: was.get(id).copied().filter(|_| *kind != Kind::Added),
            after: is.get(id).copied().filter(|_| *kind != Kind::Removed),
        };
        self.changed.iter().map(of).collect()
    }
}

/// Numbers that look random and are the same for a seed (xorshift64*).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % sides as u64) as usize
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }

    /// Other words than these, one for one.
    fn others(&mut self, count: usize, than: &str) -> String {
        let mut old = than.split(' ');
        let mut words = Vec::new();
        while words.len() < count {
            let (word, was) = (self.pick(WORDS), old.next());
            let word = if was == Some(word) {
                WORDS[(self.roll(WORDS.len() - 1)
                    + 1
                    + WORDS.iter().position(|one| *one == word).unwrap_or(0))
                    % WORDS.len()]
            } else {
                word
            };
            words.push(word);
        }
        words.join(" ")
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.pick(WORDS)).collect::<Vec<_>>().join(" ")
    }
}

const WORDS: &[&str] = &[
    "Backend", "queue", "remote", "salary", "Denver", "engineer", "Python", "review", "resume",
    "match", "score", "profile", "company", "search", "worker", "monthly", "release", "tracker",
    "blocked", "cloud", "invoice", "harbour", "window", "station", "copper", "library", "garden",
    "signal", "orbit", "paper",
];

/// Page, card, text, quiet text, accent.
const THEMES: &[[&str; 5]] = &[
    ["#ffffff", "#f4f5f7", "#1f2933", "#52606d", "#2563eb"],
    ["#080c16", "#0c1322", "#e9eaec", "#9b9da2", "#0c78c5"],
    ["#f9f9f9", "#ffffff", "#333333", "#666666", "#667eea"],
    ["#0f172a", "#1e293b", "#f1f5f9", "#94a3b8", "#06b6d4"],
    ["#fdf6e3", "#eee8d5", "#073642", "#586e75", "#b58900"],
];

/// Other colours for what is recoloured.
const COLOURS: &[&str] = &["#b91c1c", "#15803d", "#7c3aed", "#c2410c", "#0f766e", "#be185d"];

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
    let mut dice = Dice((seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15)) | 1);
    (0..8).for_each(|_| {
        dice.roll(2);
    });
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
    Mutated { name, before: html(&before), after: html(&after), changed }
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
    html.push_str(
        "</main><footer style='padding:24px'>Updated never</footer><script>\
         addEventListener('load',()=>{let t='';for(const e of document.querySelectorAll('[data-id]')){\
         const r=e.getBoundingClientRect();const x=Math.floor(r.left),y=Math.floor(r.top);\
         t+=e.dataset.id+','+x+','+y+','+(Math.ceil(r.right)-x)+','+(Math.ceil(r.bottom)-y)+';'}\
         fetch('/boxes?'+t)})</script>",
    );
    html
}
