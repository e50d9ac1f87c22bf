//! The notes of one version, as the body of a release.

use std::collections::BTreeMap;

use leadforge_authorship::{Identities, Kind};
use leadforge_markup::{markdown, markdown_code};
use serde::Serialize;

use crate::Error;
use crate::assets::Asset;
use crate::data::Release;
use crate::fit::{Group, LeftOut, Piece, fit};
use crate::links::{Repository, commit, reference};
use crate::people::{Contributor, contributors};
use crate::sections::{Entry, Section, sort};
use crate::visual::visual;

/// How the documents are written.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the repository is, for links to commits, pull requests and files of the release.
    pub repository: Option<Repository>,
    /// How pictures are reached.
    pub images: Images,
    /// What leads from the document's folder to the tree's root, such as `../`.
    pub prefix: String,
    /// The longest text in UTF-16 units; GitHub takes 125,000 for a release.
    pub length: usize,
    /// The most bytes of pictures for one version.
    pub picture_bytes: u64,
    /// Parts for types of commits, in lower case, beside the known ones.
    pub types: BTreeMap<String, Section>,
    /// Who stands behind a mailbox.
    pub authorship: leadforge_authorship::Config,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            repository: None,
            images: Images::Paths,
            prefix: String::new(),
            length: 125_000,
            picture_bytes: 100 << 20,
            types: BTreeMap::new(),
            authorship: leadforge_authorship::Config::default(),
        }
    }
}

/// How pictures are reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Images {
    /// By their paths in the tree.
    #[default]
    Paths,
    /// As files of the release at the code host.
    Assets,
}

/// A finished document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notes {
    /// The Markdown.
    pub text: String,
    /// The pictures it shows, by screen, under the names that it links to.
    pub assets: Vec<Asset>,
    /// What did not fit.
    pub left_out: Vec<LeftOut>,
    /// How many commits stand in each part.
    pub sections: BTreeMap<Section, usize>,
    /// Who contributed.
    pub contributors: Vec<Contributor>,
}

/// Writes the notes of one version.
///
/// # Errors
/// [`Error::NoRelease`] when pictures are to be files of a release and there is no repository or
/// no tag to find them under.
pub fn render_notes(release: &Release, config: &Config) -> Result<Notes, Error> {
    if config.images == Images::Assets
        && (config.repository.is_none() || release.version.is_empty())
    {
        return Err(Error::NoRelease);
    }
    let sections = sort(&release.commits, &config.types);
    let people = contributors(&release.commits, &Identities::new(&config.authorship));
    let pictures = visual(release, config);
    let mut groups = vec![Group { pieces: vec![piece(intro(release))], ..Group::default() }];
    groups.push(breaking(&sections, config));
    let part = |section: &Section| sections.get(section).map(|entries| (*section, entries));
    let own = |group: (Section, &Vec<Entry>)| entries(group.0, group.1, config);
    groups.extend(Section::ALL.iter().filter(|s| **s < Section::Other).filter_map(part).map(own));
    let shown = pictures.folds.len();
    groups.push(visual_group(pictures.folds, &pictures.lines, release));
    let at = groups.len() - 1;
    groups.extend(Section::ALL.iter().filter(|s| **s >= Section::Other).filter_map(part).map(own));
    groups.push(contributed(&people));
    let (text, left_out) = fit(&groups, config.length);
    let screens = left_out
        .iter()
        .find(|left| left.what == groups[at].nouns.0 || left.what == groups[at].nouns.1);
    let kept = shown - screens.map_or(0, |left| left.count.min(shown));
    Ok(Notes {
        text: text.trim_end().to_owned() + "\n",
        assets: pictures.assets.into_iter().take(kept).flatten().collect(),
        left_out,
        sections: sections.iter().map(|(section, entries)| (*section, entries.len())).collect(),
        contributors: people,
    })
}

fn piece(text: String) -> Piece {
    Piece { text, name: String::new() }
}

/// How many commits, since what, and what a reader should know about the tag.
fn intro(release: &Release) -> String {
    let commits = match release.commits.len() {
        1 => "1 commit".to_owned(),
        many => format!("{many} commits"),
    };
    let since = match release.since.as_str() {
        "" => String::new(),
        since => format!(" since {}", markdown_code(&clip(since, 100))),
    };
    let day = release.day().map_or_else(String::new, |day| format!(", tagged {day}"));
    format!("{commits}{since}{day}.\n\n{}{}", off(release), incomplete(release))
}

/// A tag off the main line.
fn off(release: &Release) -> String {
    release.off.as_ref().map_or_else(String::new, |main| {
        let (tag, main) = (clip(release.title(), 100), clip(main, 100));
        format!(
            "> [!NOTE]\n> {} is off the main line: {} does not contain it.\n\n",
            markdown_code(&tag),
            markdown_code(&main)
        )
    })
}

/// A repository without all of its history.
pub(crate) fn incomplete(release: &Release) -> String {
    release.incomplete.as_ref().map_or_else(String::new, |why| {
        format!("> [!WARNING]\n> Not complete: {}.\n\n", markdown(&clip(why, 300)))
    })
}

fn breaking(sections: &BTreeMap<Section, Vec<Entry>>, config: &Config) -> Group {
    let pieces = sections.values().flatten().flat_map(|entry| {
        entry.breaks.iter().map(|text| {
            let link = commit(config.repository.as_ref(), &entry.id);
            piece(format!("- {} ({link})\n", markdown(&clip(text, 1000))))
        })
    });
    Group {
        rank: 1,
        head: "## ⚠️ Breaking changes\n\n".to_owned(),
        tail: "\n".to_owned(),
        pieces: pieces.collect(),
        nouns: ("breaking change", "breaking changes"),
    }
}

fn entries(section: Section, entries: &[Entry], config: &Config) -> Group {
    let folded = section >= Section::Maintenance;
    let count = entries.len();
    let (head, tail) = if folded {
        let commits = if count == 1 { "commit" } else { "commits" };
        let title = section.title();
        (format!("<details><summary>{title}: {count} {commits}</summary>\n\n"), "\n</details>\n\n")
    } else {
        (format!("## {}\n\n", section.title()), "\n")
    };
    let (rank, nouns) = match section {
        Section::Other => (2, ("other commit", "other commits")),
        Section::Maintenance => (5, ("commit of maintenance", "commits of maintenance")),
        Section::Merges => (6, ("merge", "merges")),
        _ => (2, ("commit", "commits")),
    };
    let pieces = entries.iter().map(|entry| piece(item(entry, config))).collect();
    Group { rank, head, tail: tail.to_owned(), pieces, nouns }
}

fn item(entry: &Entry, config: &Config) -> String {
    let repository = config.repository.as_ref();
    let scope = entry
        .scope
        .as_ref()
        .map_or_else(String::new, |scope| format!("**{}:** ", markdown(&clip(scope, 60))));
    let text = match entry.text.as_str() {
        "" => "*no subject*".to_owned(),
        text => markdown(&clip(text, 300)),
    };
    let mut behind: Vec<String> =
        entry.references.iter().map(|number| reference(repository, number)).collect();
    behind.push(commit(repository, &entry.id));
    let breaks = if entry.breaks.is_empty() { "" } else { " ⚠️" };
    format!("- {scope}{text} ({}){breaks}\n", behind.join(", "))
}

fn visual_group(folds: Vec<Piece>, lines: &str, release: &Release) -> Group {
    let mut tail = lines.to_owned();
    let gone = release.screens.iter().any(|screen| !screen.gone.is_empty());
    if folds.is_empty() && lines.is_empty() && !gone && release.same == 0 {
        return Group::default();
    }
    let mut pieces = folds;
    if pieces.is_empty() {
        pieces.push(piece("No screen changed.\n\n".to_owned()));
    }
    if release.same > 0 {
        tail.push_str(&same(release.same));
    }
    Group {
        rank: 4,
        head: "## 🎨 Visual Changes\n\n".to_owned(),
        tail,
        pieces,
        nouns: ("screen", "screens"),
    }
}

/// The word about pictures that nothing happened to.
pub(crate) fn same(count: usize) -> String {
    match count {
        1 => "1 other picture is the same as before.\n\n".to_owned(),
        count => format!("{count} other pictures are the same as before.\n\n"),
    }
}

fn contributed(people: &[Contributor]) -> Group {
    let kinds = [
        (Kind::Person, "People"),
        (Kind::Agent, "Agents"),
        (Kind::Automation, "Automation"),
        (Kind::Unmarked, "Unmarked (nothing says whether a person or a program wrote these)"),
    ];
    let line = |(kind, head): (Kind, &str)| {
        let of: Vec<String> = people.iter().filter(|c| c.kind == kind).map(shown).collect();
        (!of.is_empty()).then(|| piece(format!("- {head}: {}\n", of.join(", "))))
    };
    Group {
        rank: 3,
        head: "## Contributors\n\n".to_owned(),
        tail: "\n".to_owned(),
        pieces: kinds.into_iter().filter_map(line).collect(),
        nouns: ("line of contributors", "lines of contributors"),
    }
}

fn shown(one: &Contributor) -> String {
    let words = match (one.commits, one.helped) {
        (0, helped) => format!("named in {helped}"),
        (commits, 0) => commits.to_string(),
        (commits, helped) => format!("{commits}, named in {helped} more"),
    };
    format!("{} ({words})", markdown(&clip(&one.name, 80)))
}

/// The first characters of a text, with a sign that there were more.
pub(crate) fn clip(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}
