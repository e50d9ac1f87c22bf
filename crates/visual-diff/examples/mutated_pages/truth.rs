//! What is true of a change: the kinds and boxes that a person may give it.

use leadforge_visual_diff::{Area, Kind};
use std::collections::BTreeMap;

/// Where the marked elements are.
pub(crate) type Boxes = BTreeMap<String, Area>;

/// One reading of a change: its kind, and the elements that it was before and is after.
pub(crate) type Reading = (Kind, Option<String>, Option<String>);

/// What was done to a page.
pub(crate) struct Change {
    /// The sort of the change, for the table of faults.
    pub(crate) what: String,
    /// The first is meant; the others look the same, as when two neighbours change places.
    pub(crate) any: Vec<Reading>,
}

impl Change {
    /// One element that came, went, or is there before and after.
    pub(crate) fn plain(kind: Kind, what: impl Into<String>, id: &str) -> Self {
        let before = (kind != Kind::Added).then(|| id.to_owned());
        let after = (kind != Kind::Removed).then(|| id.to_owned());
        Self { what: what.into(), any: vec![(kind, before, after)] }
    }

    pub(crate) fn kind(&self) -> Kind {
        self.any[0].0
    }
}

/// The same with the boxes that the documents told.
pub(crate) struct Truth {
    pub(crate) what: String,
    pub(crate) any: Vec<(Kind, Option<Area>, Option<Area>)>,
}

/// A page and its successor.
pub(crate) struct Mutated {
    pub(crate) name: String,
    pub(crate) width: u32,
    pub(crate) before: String,
    pub(crate) after: String,
    pub(crate) changed: Vec<Change>,
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

    /// None when an element that the change is about was not on the page: the generator is wrong.
    pub(crate) fn truth(&self, was: &Boxes, is: &Boxes) -> Option<Vec<Truth>> {
        let find = |boxes: &Boxes, id: &Option<String>| match id {
            None => Some(None),
            Some(id) => boxes.get(id).map(|area| Some(*area)),
        };
        let of = |change: &Change| {
            let reading = |(kind, before, after): &Reading| {
                Some((*kind, find(was, before)?, find(is, after)?))
            };
            let any = change.any.iter().map(reading).collect::<Option<_>>()?;
            Some(Truth { what: format!("{:?}, {}", change.kind(), change.what), any })
        };
        self.changed.iter().map(of).collect()
    }
}

/// What a page does at its end: it tells where its marked elements are.
///
/// `data-id` names an element; `page` is all of it.
pub(crate) const MEASURE: &str = "<script>\
    addEventListener('load',()=>{const all=document.documentElement;\
    let t='page,0,0,'+innerWidth+','+Math.max(innerHeight,all.scrollHeight)+';';\
    for(const e of document.querySelectorAll('[data-id]')){\
    const r=e.getBoundingClientRect();const x=Math.floor(r.left),y=Math.floor(r.top);\
    t+=e.dataset.id+','+x+','+y+','+(Math.ceil(r.right)-x)+','+(Math.ceil(r.bottom)-y)+';'}\
    fetch('/boxes?'+t)})</script>";
