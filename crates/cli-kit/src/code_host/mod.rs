//! A code host's pull requests: what stands on one, and what is said on it, through GitHub's REST and GraphQL.
//!
//! Reading goes through GraphQL, because only that knows which threads are resolved and which comments are our own:
//! `viewerDidAuthor` is true for a workflow's token too, whose name the two interfaces write differently. Everything
//! that is written goes through REST, but the resolving of threads, which REST does not have.

mod call;

use crate::http::{Method, Request, exchange};
use crate::{Context, Failure};
use call::{Call, Manners};
use serde_json::{Value, json};
use std::time::Duration;

/// More bytes than this are no answer to anything that is asked here.
const LARGEST: u64 = 32 << 20;
/// One answer takes no longer.
const ANSWER: Duration = Duration::from_secs(30);
/// More pages than a pull request has.
const PAGES: usize = 200;

/// The clock, and the waiting: what tests do without.
pub trait Time {
    /// Now, in seconds of Unix time.
    fn now(&self) -> u64;
    /// Does nothing for so long.
    fn wait(&mut self, time: Duration);
}

/// The machine's own.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealTime;

impl Time for RealTime {
    fn now(&self) -> u64 {
        crate::host::now_ms() / 1000
    }
    fn wait(&mut self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// Why something was not done, or why nobody knows.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// The host does not let us.
    Denied(String),
    /// There is no such thing, or we must not see it.
    Missing(String),
    /// The host takes this one not, as it is.
    Invalid(String),
    /// It was not done, and may be another day.
    Later(String),
    /// It may have been done: look before it is tried again.
    Unsure(String),
    /// Nothing was sent.
    Here(Failure),
}

impl Trouble {
    /// What happened, in one line.
    #[must_use]
    pub fn why(&self) -> &str {
        match self {
            Self::Denied(why)
            | Self::Missing(why)
            | Self::Invalid(why)
            | Self::Later(why)
            | Self::Unsure(why) => why,
            Self::Here(failure) => &failure.message,
        }
    }

    fn without(mut self, token: &str) -> Self {
        match &mut self {
            Self::Denied(why)
            | Self::Missing(why)
            | Self::Invalid(why)
            | Self::Later(why)
            | Self::Unsure(why) => *why = why.replace(token, "***"),
            Self::Here(_) => {}
        }
        self
    }
}

/// One pull request of a code host.
pub struct PullRequest<'c> {
    ctx: &'c Context,
    /// The address of the REST interface.
    api: String,
    owner: String,
    name: String,
    number: u64,
    token: String,
    manners: Manners,
}

/// A thread that a comment of our own began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// Its name for [`PullRequest::resolve`].
    pub name: String,
    /// The number of the first comment.
    pub comment: u64,
    /// What that says.
    pub body: String,
    /// Whether somebody else has said something below it.
    pub answered: bool,
    /// Whether it is resolved.
    pub resolved: bool,
}

/// Where a comment goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot<'a> {
    /// The file.
    pub path: &'a str,
    /// The last line; nothing for the file as a whole.
    pub line: Option<u32>,
    /// The first line, when it is another one.
    pub start_line: Option<u32>,
}

const THREADS: &str = "query($owner:String!,$name:String!,$number:Int!,$after:String){repository(owner:$owner,name:$name){pullRequest(number:$number){page:reviewThreads(first:50,after:$after){pageInfo{hasNextPage endCursor}nodes{id isResolved comments(first:50){totalCount nodes{fullDatabaseId body viewerDidAuthor}}}}}}}";
const COMMENTS: &str = "query($owner:String!,$name:String!,$number:Int!,$after:String){repository(owner:$owner,name:$name){pullRequest(number:$number){page:comments(first:100,after:$after){pageInfo{hasNextPage endCursor}nodes{fullDatabaseId body viewerDidAuthor}}}}}";
const RESOLVE: &str =
    "mutation($thread:ID!){resolveReviewThread(input:{threadId:$thread}){thread{isResolved}}}";
const REOPEN: &str =
    "mutation($thread:ID!){unresolveReviewThread(input:{threadId:$thread}){thread{isResolved}}}";

impl<'c> PullRequest<'c> {
    /// A pull request of `repository` (`owner/name`) at the host whose REST interface is at `api`; the host may ask to
    /// wait for `patience` in all.
    ///
    /// # Errors
    /// Exit 2 when the repository's name or the token is none.
    pub fn new(
        ctx: &'c Context,
        (api, repository, number): (&str, &str, u64),
        token: &str,
        (time, patience): (Box<dyn Time>, Duration),
    ) -> Result<Self, Failure> {
        let part = |part: &str| {
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            !part.is_empty() && part.chars().all(plain) && part.chars().any(|c| c != '.')
        };
        let names = repository.split_once('/').filter(|(owner, name)| part(owner) && part(name));
        let (owner, name) = names.ok_or_else(|| {
            let message = format!("{repository:?} is no repository");
            Failure::usage("host.repository", message).hint("it is owner/name")
        })?;
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            // What it holds is not shown.
            return Err(Failure::usage("host.token", "the token holds what no token does"));
        }
        Ok(Self {
            ctx,
            api: api.trim_end_matches('/').to_owned(),
            owner: owner.to_owned(),
            name: name.to_owned(),
            number,
            token: token.to_owned(),
            manners: Manners::new(time, patience),
        })
    }

    /// Its last commit, as of now.
    ///
    /// # Errors
    /// See [`Trouble`], as of everything below.
    pub fn head(&mut self) -> Result<String, Trouble> {
        let path = format!("{}/pulls/{}", self.root(), self.number);
        let answer = self.rest(Method::Get, &path, None)?;
        let none = || Trouble::Denied("its answer is no pull request".to_owned());
        answer["head"]["sha"].as_str().map(str::to_owned).ok_or_else(none)
    }

    /// The threads that comments of our own began.
    pub fn threads(&mut self) -> Result<Vec<Thread>, Trouble> {
        let mut threads = Vec::new();
        for node in self.pages(THREADS)? {
            let said = node["comments"]["nodes"].as_array().map_or(&[][..], Vec::as_slice);
            let Some((first, rest)) = said.split_first() else { continue };
            if first["viewerDidAuthor"] != true {
                continue;
            }
            let all = node["comments"]["totalCount"].as_u64();
            let unseen = all != u64::try_from(said.len()).ok();
            let (Some(name), Some(comment)) = (node["id"].as_str(), number(first)) else {
                return Err(Trouble::Denied("its answer is no thread".to_owned()));
            };
            threads.push(Thread {
                name: name.to_owned(),
                comment,
                body: text(first),
                answered: unseen || rest.iter().any(|said| said["viewerDidAuthor"] != true),
                resolved: node["isResolved"] == true,
            });
        }
        Ok(threads)
    }

    /// What we ourselves have said below it, each with its number.
    pub fn said(&mut self) -> Result<Vec<(u64, String)>, Trouble> {
        let nodes = self.pages(COMMENTS)?;
        let ours = nodes.iter().filter(|node| node["viewerDidAuthor"] == true);
        let told = ours.map(|node| Some((number(node)?, text(node))));
        let none = || Trouble::Denied("its answer is no comment".to_owned());
        told.collect::<Option<_>>().ok_or_else(none)
    }

    /// Whether a file is there at a commit.
    pub fn has(&mut self, path: &str, commit: &str) -> Result<bool, Trouble> {
        let path = format!("{}/contents/{}?ref={commit}", self.root(), encoded(path));
        match self.rest(Method::Head, &path, None) {
            Ok(_) => Ok(true),
            Err(Trouble::Missing(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// Says something about several lines at once.
    pub fn review(
        &mut self,
        commit: &str,
        body: &str,
        comments: &[(Spot<'_>, &str)],
    ) -> Result<(), Trouble> {
        let comments: Vec<Value> =
            comments.iter().map(|(spot, body)| spotted(spot, body)).collect();
        let body = json!({
            "commit_id": commit, "event": "COMMENT", "body": body, "comments": comments,
        });
        let path = format!("{}/pulls/{}/reviews", self.root(), self.number);
        self.rest(Method::Post, &path, Some(&body)).map(drop)
    }

    /// Says something about one line, or about a file.
    pub fn comment(&mut self, commit: &str, spot: &Spot<'_>, body: &str) -> Result<(), Trouble> {
        let mut body = spotted(spot, body);
        body["commit_id"] = commit.into();
        if spot.line.is_none() {
            body["subject_type"] = "file".into();
        }
        let path = format!("{}/pulls/{}/comments", self.root(), self.number);
        self.rest(Method::Post, &path, Some(&body)).map(drop)
    }

    /// Gives a comment of a thread another text.
    pub fn edit_comment(&mut self, id: u64, body: &str) -> Result<(), Trouble> {
        let path = format!("{}/pulls/comments/{id}", self.root());
        self.rest(Method::Patch, &path, Some(&json!({ "body": body }))).map(drop)
    }

    /// Says something below the pull request.
    pub fn say(&mut self, body: &str) -> Result<(), Trouble> {
        let path = format!("{}/issues/{}/comments", self.root(), self.number);
        self.rest(Method::Post, &path, Some(&json!({ "body": body }))).map(drop)
    }

    /// Gives what was said below it another text.
    pub fn edit_said(&mut self, id: u64, body: &str) -> Result<(), Trouble> {
        let path = format!("{}/issues/comments/{id}", self.root());
        self.rest(Method::Patch, &path, Some(&json!({ "body": body }))).map(drop)
    }

    /// Closes a thread, or opens it again. A workflow's token needs `contents: write` for it, which nobody should give
    /// for this: who calls says it in the comment as well.
    pub fn resolve(&mut self, thread: &str, closed: bool) -> Result<(), Trouble> {
        let query = if closed { RESOLVE } else { REOPEN };
        self.graph(query, &json!({ "thread": thread })).map(drop)
    }

    fn root(&self) -> String {
        format!("/repos/{}/{}", self.owner, self.name)
    }

    fn pages(&mut self, query: &str) -> Result<Vec<Value>, Trouble> {
        let (mut nodes, mut after) = (Vec::new(), Value::Null);
        for _ in 0..PAGES {
            let mut answer = self.graph(
                query,
                &json!({
                    "owner": self.owner, "name": self.name, "number": self.number, "after": after,
                }),
            )?;
            let page = &mut answer["repository"]["pullRequest"]["page"];
            let Value::Array(mut more) = page["nodes"].take() else {
                return Err(Trouble::Missing("it knows no such pull request".to_owned()));
            };
            nodes.append(&mut more);
            if page["pageInfo"]["hasNextPage"] != true {
                return Ok(nodes);
            }
            after = page["pageInfo"]["endCursor"].take();
        }
        Err(Trouble::Denied(format!("it has more than {PAGES} pages of comments")))
    }

    fn rest(&mut self, method: Method, path: &str, body: Option<&Value>) -> Result<Value, Trouble> {
        let path = format!("{}{path}", self.api);
        self.call(&Call { method, path: &path, body, again: method != Method::Post, graph: false })
    }

    fn graph(&mut self, query: &str, variables: &Value) -> Result<Value, Trouble> {
        // An own host has /api/v3 for the one and /api/graphql for the other.
        let path = format!("{}/graphql", self.api.strip_suffix("/v3").unwrap_or(&self.api));
        let body = json!({ "query": query, "variables": variables });
        let method = Method::Post;
        self.call(&Call { method, path: &path, body: Some(&body), again: true, graph: true })
    }

    fn call(&mut self, call: &Call<'_>) -> Result<Value, Trouble> {
        let authorization = format!("Bearer {}", self.token);
        let headers = [
            ("authorization", authorization.as_str()),
            ("accept", "application/vnd.github+json"),
            ("content-type", "application/json"),
            ("x-github-api-version", "2022-11-28"),
        ];
        let ctx = self.ctx;
        let token = &self.token;
        let mut send = |call: &Call<'_>| {
            let body = call.body.map(Value::to_string);
            let body = body.as_deref().map(str::as_bytes);
            let (limit, patience) = (LARGEST, ANSWER);
            let (method, url) = (call.method, call.path);
            let ask = Request { method, url, headers: &headers, body, limit, patience };
            exchange(ctx, &ask)
        };
        // Whatever a host echoes, the token is not told.
        self.manners.call(call, &mut send).map_err(|trouble| trouble.without(token))
    }
}

fn spotted(spot: &Spot<'_>, body: &str) -> Value {
    let mut value = json!({ "path": spot.path, "body": body });
    if let Some(line) = spot.line {
        value["line"] = line.into();
        value["side"] = "RIGHT".into();
        if let Some(start) = spot.start_line {
            value["start_line"] = start.into();
            value["start_side"] = "RIGHT".into();
        }
    }
    value
}

/// Numbers that are too large for a number of GraphQL come as text.
fn number(node: &Value) -> Option<u64> {
    let id = &node["fullDatabaseId"];
    id.as_u64().or_else(|| id.as_str()?.parse().ok())
}

fn text(node: &Value) -> String {
    node["body"].as_str().unwrap_or_default().replace("\r\n", "\n")
}

/// A path for an address: letters, digits and a few signs stay, every other byte is `%` and its number.
fn encoded(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
