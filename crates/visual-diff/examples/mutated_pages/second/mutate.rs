//! What is changed, and what is true of it.

use super::{Item, Model, Set, item};
use crate::dice::{COLOURS, Dice, THEMES};
use crate::truth::Change;
use leadforge_visual_diff::Kind;

/// What has been changed already: no second change is about the same thing or its neighbours.
#[derive(Default)]
struct Touched {
    /// Sections where something came, went or moved.
    sections: Vec<usize>,
    items: Vec<usize>,
    next: usize,
}

/// Changes one to four things.
pub(super) fn some(dice: &mut Dice, before: &Model, after: &mut Model) -> Vec<Change> {
    if dice.roll(16) == 0 {
        return vec![theme(dice, after)];
    }
    let mut touched = Touched::default();
    let mut changes = Vec::new();
    let wanted = dice.pick(&[1, 1, 1, 2, 2, 3, 4]);
    for _ in 0..60 {
        if changes.len() == wanted {
            break;
        }
        let at = dice.roll(after.sections.len());
        let kind =
            dice.pick(&[Kind::Added, Kind::Removed, Kind::Moved, Kind::Recoloured, Kind::Content]);
        let change = match kind {
            Kind::Recoloured => recolour(dice, after, at, &mut touched),
            Kind::Content => content(dice, before, after, at, &mut touched),
            _ if touched.sections.contains(&at) => None,
            _ if at == 0 && dice.roll(2) == 0 => banner(dice, before, after, kind, &mut touched),
            Kind::Moved => moved(dice, after, at, &mut touched),
            _ => comes_or_goes(dice, after, at, kind, &mut touched),
        };
        if let Some(mut change) = change {
            if change.what != BANNER {
                change.what = format!("{:?}: {}", after.sections[at].set, change.what);
            }
            changes.push(change);
        }
    }
    changes
}

const BANNER: &str = "banner";

/// The notice below the head comes, goes, or says something else.
fn banner(
    dice: &mut Dice,
    before: &Model,
    after: &mut Model,
    kind: Kind,
    touched: &mut Touched,
) -> Option<Change> {
    let kind = match (&before.banner, kind) {
        (None, Kind::Added) => {
            after.banner = Some(dice.words(4));
            kind
        }
        (Some(_), Kind::Removed) => {
            after.banner = None;
            kind
        }
        _ => return None,
    };
    touched.sections.push(0);
    Some(Change::plain(kind, BANNER, BANNER))
}

/// All colours of the page become others.
fn theme(dice: &mut Dice, after: &mut Model) -> Change {
    let now = THEMES.iter().position(|theme| *theme == after.theme).unwrap_or(0);
    after.theme = THEMES[(now + 1 + dice.roll(THEMES.len() - 1)) % THEMES.len()];
    Change::plain(Kind::Recoloured, "the page", "page")
}

/// An item that nothing was done to yet, with the place of its run and its own.
fn free(
    dice: &mut Dice,
    model: &Model,
    at: usize,
    touched: &mut Touched,
) -> Option<(usize, usize)> {
    let section = &model.sections[at];
    let run = dice.roll(section.runs.len());
    let place = dice.roll(section.runs[run].len());
    let id = section.runs[run][place].id;
    if touched.items.contains(&id) {
        return None;
    }
    touched.items.push(id);
    Some((run, place))
}

fn recolour(
    dice: &mut Dice,
    after: &mut Model,
    at: usize,
    touched: &mut Touched,
) -> Option<Change> {
    let (run, place) = free(dice, after, at, touched)?;
    let set = after.sections[at].set;
    let item = &mut after.sections[at].runs[run][place];
    let (id, colour) = (item.id, Some(dice.pick(COLOURS)));
    let change = |what: &str, id: String| Some(Change::plain(Kind::Recoloured, what, &id));
    match dice.roll(5) {
        0 if set.boxed() || set == Set::Table => {
            item.ground = colour;
            change("ground", format!("m{id}"))
        }
        1 if set.boxed() => {
            item.border = colour;
            change("border", format!("m{id}"))
        }
        2 if item.button.is_some() => {
            item.button_ground = colour;
            change("button", format!("k{id}"))
        }
        3 if set != Set::Nav => {
            item.ink = colour;
            change("title's ink", format!("t{id}"))
        }
        4 if matches!(set, Set::List | Set::Tiles | Set::Columns) => {
            item.icon_ink = colour;
            change("icon", format!("i{id}"))
        }
        _ => None,
    }
}

fn content(
    dice: &mut Dice,
    before: &Model,
    after: &mut Model,
    at: usize,
    touched: &mut Touched,
) -> Option<Change> {
    let (run, place) = free(dice, after, at, touched)?;
    let set = before.sections[at].set;
    let item = &mut after.sections[at].runs[run][place];
    let id = item.id;
    let change = |what: &str, id: String| Some(Change::plain(Kind::Content, what, &id));
    match dice.roll(4) {
        0 => {
            item.last = dice.others(1, &item.last);
            let mut change = Change::plain(Kind::Content, "a word", &format!("w{id}"));
            // Of a title one may say that the title changed; a link is as wide as its word, and in a list the
            // rest of the line is pushed.
            let whole = if matches!(set, Set::Nav | Set::List) { "m" } else { "t" };
            let whole = Some(format!("{whole}{id}"));
            change.any.push((Kind::Content, whole.clone(), whole));
            Some(change)
        }
        1 if matches!(set, Set::Table | Set::Tiles | Set::List) => {
            let digits = item.number.to_string().len();
            let least = 10_u32.pow(u32::try_from(digits).ok()? - 1);
            item.number = (item.number + least * (1 + dice.roll(8) as u32)) % (least * 10);
            item.number = item.number.max(least);
            change("a number", format!("n{id}"))
        }
        2 if !item.body.is_empty() => {
            let count = item.body.split(' ').count();
            item.body = dice.others(count, &item.body);
            change("all words", format!("b{id}"))
        }
        3 if matches!(set, Set::Columns | Set::Article) => {
            item.more = Some(dice.words(if set == Set::Article { 18 } else { 7 }));
            let body = Some(format!("b{id}"));
            Some(Change {
                what: "more words".to_owned(),
                any: vec![
                    (Kind::Content, body.clone(), body.clone()),
                    (Kind::Content, body, Some(format!("x{id}"))),
                    (Kind::Added, None, Some(format!("x{id}"))),
                ],
            })
        }
        _ => None,
    }
}

/// Where something may come or go: tiles and links at their end, mostly, as all behind them flows on.
fn place(dice: &mut Dice, set: Set, run: &[Item]) -> usize {
    let all = run.len();
    match set {
        Set::Article => 1 + dice.roll(all - 1),
        Set::Tiles | Set::Nav if dice.roll(4) > 0 => all - 1,
        _ => dice.roll(all),
    }
}

fn comes_or_goes(
    dice: &mut Dice,
    after: &mut Model,
    at: usize,
    kind: Kind,
    touched: &mut Touched,
) -> Option<Change> {
    let set = after.sections[at].set;
    let run = dice.roll(after.sections[at].runs.len());
    let run = &mut after.sections[at].runs[run];
    let place = place(dice, set, run);
    let last = place + 1 == run.len();
    let near: Vec<usize> =
        run[place.saturating_sub(1)..(place + 2).min(run.len())].iter().map(|one| one.id).collect();
    if run.len() < 3 || near.iter().any(|id| touched.items.contains(id)) {
        return None;
    }
    touched.items.extend(near);
    touched.sections.push(at);
    let what = if last { "at the end" } else { "inside" };
    if kind == Kind::Removed {
        let gone = run.remove(place);
        return Some(Change::plain(kind, what, &format!("m{}", gone.id)));
    }
    touched.next += 1;
    let mut next = 1000 + touched.next;
    let new = item(dice, set, &mut next);
    touched.items.push(new.id);
    let id = format!("m{}", new.id);
    run.insert(if last { place + 1 } else { place }, new);
    Some(Change::plain(kind, what, &id))
}

fn moved(dice: &mut Dice, after: &mut Model, at: usize, touched: &mut Touched) -> Option<Change> {
    let section = &mut after.sections[at];
    let set = section.set;
    if matches!(set, Set::Nav | Set::Tiles)
        || section.runs.iter().flatten().any(|one| touched.items.contains(&one.id))
    {
        return None;
    }
    let from = dice.roll(section.runs.len());
    if section.runs[from].len() < 3 {
        return None;
    }
    let first = usize::from(set == Set::Article);
    let place = first + dice.roll(section.runs[from].len() - first);
    touched.sections.push(at);
    touched.items.extend(section.runs.iter().flatten().map(|one| one.id));
    let to = if section.runs.len() > 1 && dice.roll(2) == 0 {
        (from + 1) % section.runs.len()
    } else {
        from
    };
    let mut neighbour = None;
    let moving = section.runs[from].remove(place);
    let id = format!("m{}", moving.id);
    let run = &mut section.runs[to];
    let (what, target) = if to != from {
        ("into another column", dice.roll(run.len() + 1))
    } else if dice.roll(2) == 0 || run.len() < 4 {
        // One place on: it and its neighbour changed places.
        let target = if place > first { place - 1 } else { place + 1 };
        neighbour = Some(format!("m{}", run[target.min(place)].id));
        ("one place", target)
    } else {
        let far = if place > run.len() / 2 { first } else { run.len() };
        ("far", far)
    };
    run.insert(target, moving);
    let mut change = Change::plain(Kind::Moved, what, &id);
    change.any.extend(neighbour.map(|other| (Kind::Moved, Some(other.clone()), Some(other))));
    Some(change)
}
