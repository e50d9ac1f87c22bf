//! What changed, in the words of a person.

use crate::canvas::{CARD, Canvas, PAGE, TEXT, card, compared, compared_with, page};
use leadforge_visual_diff::{Area, Cause, Colour, Config, Diff, Kind, Outcome, Shift, Tolerance};

fn kinds(found: &Diff) -> Vec<Kind> {
    structure(found).regions.iter().map(|region| region.kind).collect()
}

fn structure(found: &Diff) -> &leadforge_visual_diff::Structure {
    found.structure.as_ref().expect("simple pages have a structure")
}

fn area(x: u32, y: u32, width: u32, height: u32) -> Area {
    Area { x, y, width, height }
}

fn lighter(colour: [u8; 3]) -> [u8; 3] {
    match colour {
        PAGE => [15, 23, 41],
        CARD => [43, 59, 85],
        other => other,
    }
}

#[test]
fn a_theme_that_no_threshold_sees_is_one_recolour() {
    let before = page(&[1, 2, 3]);
    let found = compared(&before, &before.mapped(lighter));
    assert_eq!(found.report.counts.counted, 0);
    assert_eq!(kinds(&found), [Kind::Recoloured]);
    let map = &structure(&found).regions[0].recolours;
    let colours: Vec<String> = map.iter().map(|one| format!("{}→{}", one.from, one.to)).collect();
    assert_eq!(colours, ["#080c16→#0f1729", "#1d283a→#2b3b55"]);
    assert_eq!(found.verdict.outcome, Outcome::Different);
    assert_eq!(found.verdict.decided_by, Cause::Kind(Kind::Recoloured));
    assert!(found.summary.ends_with("no layout change"), "{}", found.summary);
}

#[test]
fn a_recolour_that_is_allowed_is_within() {
    let before = page(&[1, 2, 3]);
    let tolerance = Tolerance { allow: vec![Kind::Recoloured], ..Tolerance::default() };
    let found = compared_with(&before, &before.mapped(lighter), &Config::default(), &tolerance);
    assert_eq!(found.verdict.outcome, Outcome::Within);
    assert_eq!(found.verdict.decided_by, Cause::Allowed);
}

#[test]
fn other_words_on_a_recoloured_page_are_told_beside_it() {
    let before = page(&[1, 2, 3]);
    let mut after = before.clone();
    after.fill(area(60, 220, 300, 12), CARD);
    after.text(60, 220, 300, 77, TEXT);
    let found = compared(&before, &after.mapped(lighter));
    assert_eq!(kinds(&found), [Kind::Recoloured, Kind::Content]);
    let text = structure(&found).regions[1].after.expect("it is still there");
    assert_eq!(text.overlap(&area(60, 220, 300, 12)), Some(text));
}

#[test]
fn a_banner_is_one_band_and_the_rest_is_equal() {
    let before = page(&[1, 2, 3, 4]);
    let mut after = before.moved(0, 40, PAGE);
    after.fill(area(0, 0, 800, 40), [190, 30, 30]);
    let found = compared(&before, &after);
    assert!(found.report.counts.counted > 50_000);
    let structure = structure(&found);
    assert!(structure.aligned);
    assert_eq!(structure.residual, 0);
    assert_eq!(structure.inserted, [area(0, 0, 800, 40)]);
    assert_eq!(structure.removed, [area(0, 860, 800, 40)]);
    let shift = Shift { before: area(0, 0, 800, 860), after: area(0, 40, 800, 860) };
    assert_eq!(structure.shifts, [shift]);
    assert_eq!(kinds(&found), [Kind::Added]);
    assert_eq!(structure.regions[0].after, Some(area(0, 0, 800, 40)));
}

#[test]
fn one_pixel_is_a_shift_and_not_a_thousand_changes() {
    let before = page(&[1, 2, 3, 4]);
    let found = compared(&before, &before.moved(0, 1, PAGE));
    assert_eq!((structure(&found).residual, structure(&found).shifts.len()), (0, 1));
    assert_eq!(kinds(&found), []);
    assert_eq!(found.verdict.decided_by, Cause::Kind(Kind::Added), "a row came in");
}

#[test]
fn a_side_bar_moves_the_page_sideways() {
    let before = page(&[1, 2, 3, 4]);
    let mut after = before.moved(96, 0, PAGE);
    after.fill(area(0, 0, 96, 900), [60, 60, 60]);
    let structure = compared(&before, &after).structure.expect("simple pages have one");
    assert_eq!(structure.residual, 0);
    assert_eq!(structure.shifts.len(), 1);
    let Shift { before, after } = structure.shifts[0];
    assert_eq!((after.x - before.x, after.y), (96, before.y));
}

#[test]
fn a_column_may_move_beside_one_that_stays() {
    let two = |gap: u32| {
        let mut canvas = Canvas::new(1280, 900, PAGE);
        for line in 0..20 {
            canvas.text(40, 60 + 40 * line, 300, 900 + line, TEXT);
        }
        for at in 0..4 {
            card(&mut canvas, 500, 60 + gap + 140 * at, 50 + at);
        }
        canvas
    };
    let found = compared(&two(0), &two(70));
    let structure = structure(&found);
    assert_eq!(structure.residual, 0, "{}", found.summary);
    assert!(structure.shifts.iter().all(|shift| shift.before.x >= 340), "the left stays");
    assert!(structure.shifts.iter().all(|shift| shift.after.y == shift.before.y + 70));
}

#[test]
fn a_card_that_moved_is_one_thing() {
    let found = compared(&page(&[1, 2, 3, 4]), &page(&[2, 3, 4, 1]));
    assert_eq!(kinds(&found), [Kind::Moved], "{}", found.summary);
    let moved = &structure(&found).regions[0];
    assert_eq!(moved.before, Some(area(40, 60, 700, 120)));
    assert_eq!(moved.after, Some(area(40, 480, 700, 120)));
}

#[test]
fn a_card_that_came_or_went_is_the_whole_card() {
    let found = compared(&page(&[1, 2, 3]), &page(&[1, 9, 2, 3]));
    assert_eq!(kinds(&found), [Kind::Added], "{}", found.summary);
    assert_eq!(structure(&found).regions[0].after, Some(area(40, 200, 700, 120)));
    let found = compared(&page(&[1, 9, 2, 3]), &page(&[1, 2, 3]));
    assert_eq!(kinds(&found), [Kind::Removed], "{}", found.summary);
    assert_eq!(structure(&found).regions[0].before, Some(area(40, 200, 700, 120)));
}

#[test]
fn one_recoloured_card_is_a_part() {
    let before = page(&[1, 2, 3]);
    let mut after = before.clone();
    for y in 200..320 {
        for x in 40..740 {
            if after.get(x, y) == CARD {
                after.set(x, y, [124, 58, 237]);
            }
        }
    }
    let found = compared(&before, &after);
    assert_eq!(kinds(&found), [Kind::Recoloured]);
    let region = &structure(&found).regions[0];
    assert_eq!(region.after, Some(area(40, 200, 700, 120)));
    assert_eq!(region.recolours[0].to, Colour([124, 58, 237, 255]));
}

#[test]
fn pages_with_nothing_in_common_are_not_aligned() {
    let mut other = Canvas::new(800, 500, [250, 250, 250]);
    (0..12).for_each(|at| other.text(30, 30 + at * 38, 700, 5000 + at, [20, 20, 20]));
    let found = compared(&page(&[1, 2, 3]), &other);
    assert!(!structure(&found).aligned, "{}", found.summary);
    assert_eq!(found.verdict.outcome, Outcome::Different);
}

#[test]
fn noise_is_no_finding() {
    let before = page(&[1, 2, 3]);
    let mut noisy = before.clone();
    for n in 0..4000_u32 {
        let (x, y) = (n * 7 % 800, n * 13 % 900);
        let [r, g, b] = before.get(x, y);
        noisy.set(x, y, [r + 1, g, b - 1]);
    }
    let found = compared(&before, &noisy);
    assert_eq!(found.report.counts.different, 4000);
    assert_eq!(kinds(&found), [], "{}", found.summary);
    assert_eq!(found.verdict.outcome, Outcome::Within);
}

#[test]
fn what_is_ignored_is_not_looked_at() {
    let before = page(&[1, 2, 3]);
    let mut after = before.clone();
    after.fill(area(600, 70, 80, 20), [200, 200, 0]);
    let config = Config { ignore: vec![area(590, 60, 120, 40)], ..Config::default() };
    let found = compared_with(&before, &after, &config, &Tolerance::default());
    assert_eq!(kinds(&found), []);
    assert_eq!(found.verdict.outcome, Outcome::Within);
}

#[test]
fn the_same_pictures_give_the_same_words() {
    let (before, after) = (page(&[1, 2, 3, 4]), page(&[4, 1, 7, 3]));
    let one = serde_json::to_string(&compared(&before, &after)).expect("plain data");
    assert_eq!(one, serde_json::to_string(&compared(&before, &after)).expect("plain data"));
}
