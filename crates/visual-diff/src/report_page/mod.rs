//! One self-contained page: every picture of two folders with its verdict, to be looked at in four ways.

mod item;

use leadforge_markup::{Html, Page, el};

use crate::{Item, State};

/// A picture as the page shows it.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'i> {
    /// What became of it.
    pub item: &'i Item,
    /// What decided it, in words.
    pub decision: &'i str,
    /// Where the baseline is: an encoded path from the page, or a `data:` address.
    pub before: Option<&'i str>,
    /// Where the new picture is.
    pub after: Option<&'i str>,
}

/// Writes the page; what needs a look stands first, each state sorted by path.
#[must_use]
pub fn report_page(title: &str, shown: &[Shown<'_>]) -> String {
    let mut sorted: Vec<&Shown<'_>> = shown.iter().collect();
    sorted.sort_by_key(|shown| (shown.item.state, &shown.item.path));
    let numbered: Vec<(usize, &Shown<'_>)> = (1..).zip(sorted).collect();
    let tiles = [State::Failed, State::Deleted, State::New, State::Passed].map(|state| {
        let count = shown.iter().filter(|shown| shown.item.state == state).count();
        let label = el("span").class("label").text(item::word(state));
        let value = el("span").class("value").text(count);
        el("li").class("tile card").with(label).with(value)
    });
    let looked = numbered.iter().filter(|(_, shown)| shown.item.state != State::Passed);
    let passed: Vec<_> =
        numbered.iter().filter(|(_, shown)| shown.item.state == State::Passed).collect();
    let list = el("ul").each(passed.iter().map(|(_, shown)| item::passed(shown)));
    let folded = (!passed.is_empty()).then(|| {
        let summary = el("summary").text(format!("{} passed", passed.len()));
        Html::from(el("details").class("passed card").with(summary).with(list))
    });
    let keys = "Keys: n and p go to the next and the previous picture, 1 to 4 choose the view.";
    let page = Page {
        title: title.to_owned(),
        description: "Pictures before and after, and what changed between them.".to_owned(),
        header: Html::new()
            .with(el("h1").text(title))
            .with(el("p").class("muted small keys").text(keys)),
        main: Html::new()
            .with(el("ul").class("tiles").each(tiles))
            .with(
                looked
                    .map(|(number, shown)| Html::from(item::section(*number, shown)))
                    .collect::<Html>(),
            )
            .with(folded),
        style: include_str!("page.css"),
        script: include_str!("page.js"),
        pictures: true,
        ..Page::default()
    };
    page.render()
}
