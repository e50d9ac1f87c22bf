//! Criteria as they stand in a document: the items of its lists.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use sha2::{Digest, Sha256};

use super::CriteriaError;

/// One item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Its name in the ledger: its section's and its own, in letters, digits and hyphens.
    pub id: String,
    /// What it begins with in bold, or its first words.
    pub name: String,
    /// The heading that it stands under.
    pub section: String,
    /// The line on which it begins.
    pub line: u32,
    /// All that it says, on one line, without marks.
    pub words: String,
}

/// The criteria of a document, or of one section of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// The items of all lists, of any depth, in their order.
    pub criteria: Vec<Criterion>,
    /// Lines with words that are neither a heading nor part of an item.
    pub beside: Vec<u32>,
    /// The first line and the last.
    pub lines: (u32, u32),
    /// The documents that the whole text mentions, by their paths.
    pub documents: BTreeSet<String>,
}

impl Criterion {
    /// By what the words are recognised.
    #[must_use]
    pub fn digest(&self) -> String {
        let digest = Sha256::digest(self.words.as_bytes());
        digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Prose {
    /// Reads a document.
    ///
    /// `section` is the text of a heading: what stands below it, up to the next heading of its level, is read then.
    /// Every line with words is a heading's, an item's or one of [`beside`](Self::beside): nothing is left out.
    ///
    /// # Errors
    /// When the section is not there, or stands twice, or there is no item.
    pub fn read(text: &str, section: Option<&str>) -> Result<Self, CriteriaError> {
        let starts: Vec<usize> =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let line = |at: usize| starts.partition_point(|&start| start <= at);
        let whole = match section {
            None => 0..text.len(),
            Some(section) => find(text, section, &line)?,
        };
        let mut read = Reader::default();
        for (event, range) in Parser::new(text).into_offset_iter() {
            let inside = range.start >= whole.start && range.start < whole.end;
            read.event(event, range, inside, &line);
        }
        let first = line(whole.start);
        let last = line(whole.end.saturating_sub(1));
        let beside = (first..=last).filter(|at| {
            let start = starts[at - 1];
            let words = text[start..].lines().next().is_some_and(|line| !line.trim().is_empty());
            words && !read.known.contains(at)
        });
        let number = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
        let beside = beside.map(number).collect();
        if read.criteria.is_empty() {
            return Err(CriteriaError::new(first, "no list here has an item"));
        }
        let documents = documents(text);
        let lines = (number(first), number(last));
        Ok(Self { criteria: distinct(read.criteria), beside, lines, documents })
    }
}

/// Where a section stands, from its heading on.
fn find(
    text: &str,
    section: &str,
    line: &impl Fn(usize) -> usize,
) -> Result<Range<usize>, CriteriaError> {
    let mut found: Option<(Range<usize>, HeadingLevel)> = None;
    let mut open: Option<(usize, HeadingLevel, String)> = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                if let Some((found, at)) = &mut found
                    && found.end == usize::MAX
                    && level <= *at
                {
                    found.end = range.start;
                }
                open = Some((range.start, level, String::new()));
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((_, _, title)) = &mut open {
                    title.push_str(&words);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((start, level, title)) = open.take()
                    && title.trim() == section.trim()
                {
                    if let Some((before, _)) = found {
                        let reason =
                            format!("{section:?} stands on line {} already", line(before.start));
                        return Err(CriteriaError::new(line(start), reason));
                    }
                    found = Some((start..usize::MAX, level));
                }
            }
            _ => {}
        }
    }
    let (range, _) =
        found.ok_or_else(|| CriteriaError::new(1, format!("no heading says {section:?}")))?;
    Ok(range.start..range.end.min(text.len()))
}

/// What has been read so far.
#[derive(Default)]
struct Reader {
    criteria: Vec<Criterion>,
    known: BTreeSet<usize>,
    section: String,
    heading: bool,
    /// The open items, innermost last: the name, the words, and the criterion's place in the list.
    items: Vec<Item>,
}

#[derive(Default)]
struct Item {
    place: usize,
    words: String,
    bold: Option<String>,
    strong: bool,
}

impl Reader {
    fn event(
        &mut self,
        event: Event<'_>,
        range: Range<usize>,
        inside: bool,
        line: &impl Fn(usize) -> usize,
    ) {
        let last = |range: &Range<usize>| line(range.end.saturating_sub(1).max(range.start));
        match event {
            Event::Start(Tag::Heading { .. }) if self.items.is_empty() => {
                self.section.clear();
                self.heading = true;
                self.known.extend(line(range.start)..=last(&range));
            }
            Event::End(TagEnd::Heading(_)) => self.heading = false,
            Event::Start(Tag::Item) if inside => {
                let criterion = Criterion {
                    id: String::new(),
                    name: String::new(),
                    section: joined(&self.section),
                    line: u32::try_from(line(range.start)).unwrap_or(u32::MAX),
                    words: String::new(),
                };
                self.known.extend(line(range.start)..=last(&range));
                self.items.push(Item { place: self.criteria.len(), ..Item::default() });
                self.criteria.push(criterion);
            }
            Event::End(TagEnd::Item) if inside => {
                if let Some(item) = self.items.pop() {
                    let criterion = &mut self.criteria[item.place];
                    criterion.words = joined(&item.words);
                    let bold = item.bold.map(|bold| joined(&bold).trim_end_matches(':').to_owned());
                    let bold = bold.filter(|bold| !bold.is_empty());
                    let first = || {
                        let words = criterion.words.split(' ').take(6).collect::<Vec<_>>();
                        words.join(" ").trim_end_matches(['?', '.', ':', ',']).to_owned()
                    };
                    criterion.name = bold.unwrap_or_else(first);
                }
            }
            Event::Start(Tag::Strong) => {
                if let Some(item) = self.items.last_mut() {
                    item.strong = item.words.trim().is_empty();
                }
            }
            Event::End(TagEnd::Strong) => {
                if let Some(item) = self.items.last_mut() {
                    item.strong = false;
                }
            }
            Event::Text(words)
            | Event::Code(words)
            | Event::Html(words)
            | Event::InlineHtml(words) => self.words(&words),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph) => self.words(" "),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.heading {
            self.section.push_str(words);
        }
        if let Some(item) = self.items.last_mut() {
            item.words.push_str(words);
            if item.strong {
                item.bold.get_or_insert_default().push_str(words);
            }
        }
    }
}

/// A text on one line.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same with names of which none stands twice.
fn distinct(mut criteria: Vec<Criterion>) -> Vec<Criterion> {
    let mut taken = BTreeSet::new();
    for criterion in &mut criteria {
        let parts = [slug(&criterion.section), slug(&criterion.name)];
        let parts: Vec<&str> = parts.iter().map(|part| &**part).filter(|p| !p.is_empty()).collect();
        let plain = if parts.is_empty() { "criterion".to_owned() } else { parts.join(".") };
        let mut id = plain.clone();
        let mut count = 1;
        while !taken.insert(id.clone()) {
            count += 1;
            id = format!("{plain}-{count}");
        }
        criterion.id = id;
        if criterion.name.is_empty() {
            criterion.name.clone_from(&criterion.id);
        }
    }
    criteria
}

/// A text as part of a name; what stands in parentheses is left out.
fn slug(text: &str) -> String {
    let text = text.split(" (").next().unwrap_or_default();
    let mut slug = String::new();
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') && letter != '\'' {
            slug.push('-');
        }
        if slug.len() >= 60 {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

fn documents(text: &str) -> BTreeSet<String> {
    let part = |letter: char| letter.is_ascii_alphanumeric() || "_-./".contains(letter);
    let words = text.split(|letter: char| !part(letter));
    let named = words.map(|word| word.trim_matches('.').trim_start_matches("./"));
    named.filter(|word| word.len() > 3 && word.ends_with(".md")).map(str::to_owned).collect()
}
