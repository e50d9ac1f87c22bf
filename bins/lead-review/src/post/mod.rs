//! Says a review on a pull request: what is planned is done, what may have been done is looked at first, and what was
//! not done is named.

mod gone;

use std::collections::{BTreeMap, BTreeSet};

use leadforge_cli_kit::code_host::{PullRequest, Spot, Thread, Trouble};
use leadforge_review_rules::Written;
use leadforge_review_rules::comments::{
    Action, Comment, Limits, Posted, Standing, is_summary, marked, plan,
};
use leadforge_review_rules::identity::Key;
use serde::Serialize;

/// So often it is looked at what stands, and what is missing is said.
const ROUNDS: usize = 6;
/// So often nobody knows whether something was done before it is given up.
const UNSURE: usize = 3;

/// Says one review.
pub(crate) struct Poster<'p> {
    host: PullRequest<'p>,
    written: &'p Written,
    limits: Limits,
    /// Whether files are there at the head, of those that somebody asked about.
    there: BTreeMap<String, bool>,
    /// What the host takes as no comment.
    refused: BTreeSet<Key>,
    /// Whether it takes no comments at all.
    closed: bool,
    /// How often nobody knew whether comments or the summary were posted.
    unsure: (usize, usize),
    /// Whether threads are ours to resolve.
    resolves: bool,
    told: Told,
}

/// What became of a review.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Told {
    /// Comments that were posted.
    pub(crate) posted: usize,
    /// Comments whose text was brought up to date.
    pub(crate) updated: usize,
    /// Comments whose finding is gone.
    pub(crate) resolved: usize,
    /// Findings that the host took as no comment; they stand in the summary.
    pub(crate) only_in_summary: usize,
    /// Whether the summary was posted or brought up to date.
    pub(crate) summary: bool,
    /// What was not done, and why.
    pub(crate) left: Vec<Left>,
}

/// Something that was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Left {
    pub(crate) what: String,
    pub(crate) why: String,
}

/// How a round ends.
enum Next {
    /// Everything stands that can.
    Done,
    /// Look again at what stands.
    Again,
}

impl<'p> Poster<'p> {
    pub(crate) fn new(host: PullRequest<'p>, written: &'p Written, limits: Limits) -> Self {
        Self {
            host,
            written,
            limits,
            there: BTreeMap::new(),
            refused: BTreeSet::new(),
            closed: false,
            unsure: (0, 0),
            resolves: true,
            told: Told::default(),
        }
    }

    /// The pull request's last commit.
    pub(crate) fn head(&mut self) -> Result<String, Trouble> {
        self.host.head()
    }

    /// What would be done.
    pub(crate) fn plan(&mut self) -> Result<Vec<Action>, Trouble> {
        Ok(self.look()?.1)
    }

    /// Does it.
    pub(crate) fn post(mut self) -> Told {
        let mut over = None;
        for _ in 0..ROUNDS {
            match self.round() {
                Ok(Next::Done) => {
                    over = None;
                    break;
                }
                Ok(Next::Again) => over = Some("not everything stands after several tries"),
                Err(trouble) => {
                    self.left("the rest", &trouble);
                    over = None;
                    break;
                }
            }
        }
        if let Some(why) = over {
            self.told.left.push(Left { what: "the rest".to_owned(), why: why.to_owned() });
        }
        self.told.only_in_summary = self.refused.len();
        self.told
    }

    /// What stands, and what is to be done about it.
    fn look(&mut self) -> Result<(Vec<Thread>, Vec<Action>), Trouble> {
        let threads = self.host.threads()?;
        let ours = threads.iter().filter(|thread| marked(&thread.body).is_some());
        let mut posted: Vec<Posted> = ours
            .map(|thread| Posted {
                id: thread.comment,
                body: thread.body.clone(),
                answered: thread.answered,
                resolved: thread.resolved,
            })
            .collect();
        let said = self.host.said()?.into_iter().filter(|(_, body)| is_summary(body));
        posted.extend(said.map(|(id, body)| Posted { id, body, answered: false, resolved: false }));
        gone::ask(&mut self.host, self.written, &posted, &mut self.there)?;
        let (there, change) = (&self.there, &self.written.change);
        let gone = |path: &str| gone::gone(path, change, there);
        let refused = if self.closed {
            self.written.report.keys.iter().cloned().collect()
        } else {
            self.refused.clone()
        };
        let standing = Standing { posted, refused };
        let actions = plan(&self.written.report, change, &standing, &self.limits, &gone);
        Ok((threads, actions))
    }

    fn round(&mut self) -> Result<Next, Trouble> {
        let (threads, actions) = self.look()?;
        let mut again = false;
        for action in actions {
            match action {
                Action::Review { comments } => again |= self.comments(&comments)?,
                Action::Update { id, body } => self.update(id, &body, &threads)?,
                Action::Resolve { id, body } => self.resolve(id, &body, &threads)?,
                // What it says depends on what stands.
                Action::Summary { .. } if again => {}
                Action::Summary { id, body } => again = self.summary(id, &body)?,
            }
        }
        Ok(if again { Next::Again } else { Next::Done })
    }

    /// Posts comments, and says whether to look again at what stands.
    fn comments(&mut self, comments: &[Comment]) -> Result<bool, Trouble> {
        if self.closed {
            return Ok(true);
        }
        let paths: Vec<String> = comments.iter().map(|comment| comment.path.to_string()).collect();
        let placed: Vec<(Spot<'_>, &Comment)> = comments
            .iter()
            .zip(&paths)
            .map(|(comment, path)| (spot(comment, path), comment))
            .collect();
        let (lines, files): (Vec<_>, Vec<_>) =
            placed.into_iter().partition(|(spot, _)| spot.line.is_some());
        let (mut again, mut single) = (false, files);
        if !lines.is_empty() {
            let told: Vec<(Spot<'_>, &str)> =
                lines.iter().map(|(spot, comment)| (*spot, &*comment.body)).collect();
            let body = match told.len() {
                1 => "1 comment; the summary has all findings.".to_owned(),
                count => format!("{count} comments; the summary has all findings."),
            };
            match self.host.review(&self.written.head, &body, &told) {
                Ok(()) => self.told.posted += lines.len(),
                // One of them is wrong, and the host does not say which.
                Err(Trouble::Invalid(_)) => single.splice(0..0, lines).for_each(drop),
                Err(trouble) => return self.stopped(trouble),
            }
        }
        for (spot, comment) in single {
            match self.single(&spot, comment) {
                Ok(true) => self.told.posted += 1,
                Ok(false) => {
                    self.refused.insert(comment.key.clone());
                    again = true;
                }
                Err(trouble) => return self.stopped(trouble),
            }
        }
        Ok(again)
    }

    /// On its lines, or else on its file; says whether one of both was taken.
    fn single(&mut self, spot: &Spot<'_>, comment: &Comment) -> Result<bool, Trouble> {
        let file = Spot { line: None, start_line: None, ..*spot };
        let spots = if spot.line.is_some() { &[*spot, file][..] } else { &[file] };
        for spot in spots {
            match self.host.comment(&self.written.head, spot, &comment.body) {
                Ok(()) => return Ok(true),
                Err(Trouble::Invalid(_)) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(false)
    }

    /// No comment was posted, or nobody knows; whether it goes on.
    fn stopped(&mut self, trouble: Trouble) -> Result<bool, Trouble> {
        match trouble {
            Trouble::Unsure(_) if self.unsure.0 < UNSURE => self.unsure.0 += 1,
            Trouble::Later(_) | Trouble::Here(_) => return Err(trouble),
            other => {
                self.left("comments", &other);
                self.closed = true;
            }
        }
        Ok(true)
    }

    fn update(&mut self, id: u64, body: &str, threads: &[Thread]) -> Result<(), Trouble> {
        if self.edit(id, body)? {
            self.told.updated += 1;
            let closed = threads.iter().find(|thread| thread.comment == id && thread.resolved);
            if let Some(thread) = closed.filter(|_| self.resolves) {
                self.resolves = self.host.resolve(&thread.name, false).is_ok();
            }
        }
        Ok(())
    }

    /// The comment says it first: who must not resolve threads has said it all the same.
    fn resolve(&mut self, id: u64, body: &str, threads: &[Thread]) -> Result<(), Trouble> {
        if self.edit(id, body)? {
            self.told.resolved += 1;
            if let Some(thread) =
                threads.iter().find(|thread| thread.comment == id && self.resolves)
            {
                self.resolves = self.host.resolve(&thread.name, true).is_ok();
            }
        }
        Ok(())
    }

    fn edit(&mut self, id: u64, body: &str) -> Result<bool, Trouble> {
        match self.host.edit_comment(id, body) {
            Ok(()) => return Ok(true),
            Err(trouble @ (Trouble::Later(_) | Trouble::Here(_))) => return Err(trouble),
            Err(trouble) => self.left(&format!("comment {id}"), &trouble),
        }
        Ok(false)
    }

    /// Says whether to look again at what stands.
    fn summary(&mut self, id: Option<u64>, body: &str) -> Result<bool, Trouble> {
        let done = match id {
            Some(id) => self.host.edit_said(id, body),
            None => self.host.say(body),
        };
        match done {
            Ok(()) => self.told.summary = true,
            Err(Trouble::Unsure(_)) if self.unsure.1 < UNSURE => {
                self.unsure.1 += 1;
                return Ok(true);
            }
            Err(trouble @ (Trouble::Later(_) | Trouble::Here(_))) => return Err(trouble),
            Err(trouble) => self.left("the summary", &trouble),
        }
        Ok(false)
    }

    fn left(&mut self, what: &str, trouble: &Trouble) {
        let left = Left { what: what.to_owned(), why: trouble.why().to_owned() };
        if !self.told.left.contains(&left) {
            self.told.left.push(left);
        }
    }
}

fn spot<'s>(comment: &Comment, path: &'s str) -> Spot<'s> {
    Spot { path, line: comment.line, start_line: comment.start_line }
}
