//! A code host on this machine, with pull requests that remember what was said on them, and with bad days.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use serde_json::{Value, json};

/// Who posts, as this host knows them.
pub(crate) const US: &str = "Bearer the-token-of-this-test";

/// What a pull request has.
#[derive(Clone, Default)]
pub(crate) struct State {
    pub(crate) head: String,
    pub(crate) threads: Vec<Thread>,
    pub(crate) said: Vec<Said>,
    /// Lines that the host says are not in the diff, by path.
    pub(crate) outside: BTreeSet<String>,
    /// The files at the head.
    pub(crate) files: BTreeSet<String>,
    /// So many things are on a page.
    pub(crate) page: usize,
    pub(crate) next: u64,
}

#[derive(Clone, Debug)]
pub(crate) struct Thread {
    pub(crate) path: String,
    pub(crate) line: Option<u64>,
    pub(crate) said: Vec<Said>,
    pub(crate) resolved: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) id: u64,
    pub(crate) ours: bool,
    pub(crate) body: String,
}

/// How an answer goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing is done, and this is said.
    Says(u16),
    /// Nothing is done, and the connection ends.
    Cut,
    /// It is done, and the connection ends.
    Lost,
    /// It is done, and the answer is an error of a server in between.
    Gateway,
    /// It is done, and the answer is a page for people.
    Page,
    /// It leads somewhere else.
    Elsewhere,
}

type Fails = Arc<dyn Fn(usize, &str) -> Option<Fault> + Send + Sync>;

/// A code host, until it is dropped.
pub(crate) struct Host {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    fails: Arc<Mutex<Fails>>,
    calls: Arc<Mutex<Vec<String>>>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl State {
    pub(crate) fn new() -> Self {
        Self { page: 2, next: 3_000_000_000, ..Self::default() }
    }

    fn id(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// A comment of a person's.
    pub(crate) fn person(&mut self, body: &str) -> Said {
        Said { id: self.id(), ours: false, body: body.to_owned() }
    }

    /// Posts a comment, or says that its line is none.
    fn comment(&mut self, comment: &Value) -> Result<(), ()> {
        let (path, body) = (comment["path"].as_str().unwrap(), comment["body"].as_str().unwrap());
        let line = comment["line"].as_u64();
        assert!(line.is_some() || comment["subject_type"] == "file", "{comment}");
        assert!(body.chars().count() <= 65_536, "a text that is too long");
        if line.is_some() && self.outside.contains(path) {
            return Err(());
        }
        let said = vec![Said { id: self.id(), ours: true, body: body.to_owned() }];
        self.threads.push(Thread { path: path.to_owned(), line, said, resolved: false });
        Ok(())
    }

    fn answer(&mut self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let no = |status| (status, json!({ "message": "no" }));
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match (method, &parts[..]) {
            ("GET", ["repos", "o", "r", "pulls", "7"]) => {
                (200, json!({"head": {"sha": self.head}}))
            }
            ("HEAD", ["repos", "o", "r", "contents", ..]) => {
                let name = parts[4..].join("/");
                let (name, at) = name.split_once("?ref=").unwrap();
                assert_eq!(at, self.head);
                if self.files.contains(name) { (200, Value::Null) } else { no(404) }
            }
            ("POST", ["graphql"]) => (200, self.graph(body)),
            ("POST", ["repos", "o", "r", "pulls", "7", "reviews"]) => {
                assert_eq!(body["commit_id"], self.head);
                assert_eq!(body["event"], "COMMENT");
                let before = self.threads.len();
                let comments = body["comments"].as_array().unwrap();
                assert!(comments.len() <= 30, "too many at once");
                for comment in comments {
                    assert!(comment["line"].is_u64(), "a review has comments on lines only");
                    if self.comment(comment).is_err() {
                        self.threads.truncate(before);
                        return no(422);
                    }
                }
                (200, json!({}))
            }
            ("POST", ["repos", "o", "r", "pulls", "7", "comments"]) => {
                assert_eq!(body["commit_id"], self.head);
                if self.comment(body).is_ok() { (201, json!({})) } else { no(422) }
            }
            ("POST", ["repos", "o", "r", "issues", "7", "comments"]) => {
                let body = body["body"].as_str().unwrap().to_owned();
                assert!(body.chars().count() <= 65_536, "a text that is too long");
                let said = Said { id: self.id(), ours: true, body };
                self.said.push(said);
                (201, json!({}))
            }
            ("PATCH", ["repos", "o", "r", kind, "comments", id]) => {
                let id: u64 = id.parse().unwrap();
                let text = body["body"].as_str().unwrap();
                let threads = self.threads.iter_mut().flat_map(|thread| &mut thread.said);
                let found = match *kind {
                    "pulls" => threads.into_iter().find(|said| said.id == id),
                    _ => self.said.iter_mut().find(|said| said.id == id),
                };
                match found {
                    Some(said) => {
                        assert!(said.ours, "what somebody else said is edited");
                        said.body = text.to_owned();
                        (200, json!({}))
                    }
                    None => no(404),
                }
            }
            _ => panic!("nobody asks for {method} {path}"),
        }
    }

    fn graph(&mut self, body: &Value) -> Value {
        let (query, variables) = (body["query"].as_str().unwrap(), &body["variables"]);
        if let Some(name) = variables["thread"].as_str() {
            let at: usize = name.strip_prefix("thread-").unwrap().parse().unwrap();
            self.threads[at].resolved = !query.contains("unresolve");
            return json!({"data": {"thread": {}}});
        }
        assert_eq!((&variables["owner"], &variables["name"]), (&json!("o"), &json!("r")));
        let said = |said: &Said| json!({"fullDatabaseId": said.id.to_string(), "body": said.body, "viewerDidAuthor": said.ours});
        let all: Vec<Value> = if query.contains("reviewThreads") {
            let threads = self.threads.iter().enumerate();
            threads
                .map(|(at, thread)| {
                    let nodes: Vec<Value> = thread.said.iter().map(said).collect();
                    json!({
                        "id": format!("thread-{at}"), "isResolved": thread.resolved,
                        "comments": {"totalCount": nodes.len(), "nodes": nodes},
                    })
                })
                .collect()
        } else {
            self.said.iter().map(said).collect()
        };
        let from: usize = variables["after"].as_str().map_or(0, |after| after.parse().unwrap());
        let to = (from + self.page).min(all.len());
        json!({"data": {"repository": {"pullRequest": {"page": {
            "pageInfo": {"hasNextPage": to < all.len(), "endCursor": to.to_string()},
            "nodes": all[from..to],
        }}}}})
    }

    /// What comments of ours say by their first lines, sorted, those that are mended left out.
    pub(crate) fn markers(&self) -> Vec<String> {
        let first = |thread: &Thread| thread.said[0].body.lines().next().unwrap().to_owned();
        let mut markers: Vec<String> =
            self.threads.iter().filter(|thread| thread.said[0].ours).map(first).collect();
        markers.retain(|marker| !marker.ends_with(" mended -->"));
        markers.sort();
        markers
    }

    /// The summaries of ours.
    pub(crate) fn summaries(&self) -> Vec<&str> {
        let ours = self.said.iter().filter(|said| said.ours);
        ours.map(|said| &*said.body).collect()
    }
}

impl Host {
    pub(crate) fn new(state: State) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let never: Fails = Arc::new(|_, _| None);
        let mut host = Self {
            address,
            state: Arc::new(Mutex::new(state)),
            fails: Arc::new(Mutex::new(never)),
            calls: Arc::default(),
            over: Arc::default(),
            thread: None,
        };
        let (state, fails) = (Arc::clone(&host.state), Arc::clone(&host.fails));
        let (calls, over) = (Arc::clone(&host.calls), Arc::clone(&host.over));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                let fails = Arc::clone(&fails.lock().unwrap());
                serve(&mut stream.unwrap(), &state, &*fails, &calls);
            }
        });
        host.thread = Some(thread);
        host
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on a call goes wrong when this says so, by its number from 0 and its line.
    pub(crate) fn fails(
        &self,
        fails: impl Fn(usize, &str) -> Option<Fault> + Send + Sync + 'static,
    ) {
        *self.fails.lock().unwrap() = Arc::new(fails);
        self.calls.lock().unwrap().clear();
    }

    /// The calls since it was last said how they go wrong.
    pub(crate) fn calls(&self) -> Vec<String> {
        self.calls.lock().unwrap().clone()
    }

    pub(crate) fn state<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.state.lock().unwrap())
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        // The listener is woken up to see it.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking(), "the host met what no host takes");
        }
    }
}

fn serve(
    stream: &mut TcpStream,
    state: &Mutex<State>,
    fails: &dyn Fn(usize, &str) -> Option<Fault>,
    calls: &Mutex<Vec<String>>,
) {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count == 1) {
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    if head.is_empty() {
        return;
    }
    let header = |name: &str| {
        let lines = head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    let length = header("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let mut line = head.lines().next().unwrap().split(' ');
    let (method, path) = (line.next().unwrap(), line.next().unwrap());
    let number = {
        let mut calls = calls.lock().unwrap();
        let query = body["query"].as_str().unwrap_or_default();
        let what = query.split_once("page:").map_or(query, |(_, query)| query);
        calls.push(
            format!("{method} {path} {}", what.split('(').next().unwrap()).trim_end().to_owned(),
        );
        calls.len() - 1
    };
    let line = format!("{method} {path}");
    let fault = fails(number, &line);
    let say = |stream: &mut TcpStream, status: u16, headers: &str, body: &str| {
        let body = if method == "HEAD" { "" } else { body };
        let length = body.len();
        let text = format!(
            "HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
        // Whoever asked may have gone.
        let _ = stream.write_all(text.as_bytes());
    };
    match fault {
        Some(Fault::Cut) => return,
        Some(Fault::Says(status)) => {
            let soon = if matches!(status, 429 | 500..) { "retry-after: 0\r\n" } else { "" };
            // A careless host repeats who asked.
            let told = header("authorization").unwrap_or_default();
            let body = json!({"message": format!("it is a bad day for {told}")});
            return say(stream, status, soon, &body.to_string());
        }
        Some(Fault::Elsewhere) => {
            let to = "location: http://localhost:9/other\r\n";
            return say(stream, 307, to, "");
        }
        _ => {}
    }
    if header("authorization") != Some(US) {
        return say(stream, 401, "", "{}");
    }
    let (status, answer) = state.lock().unwrap().answer(method, path, &body);
    match fault {
        Some(Fault::Lost) => {}
        Some(Fault::Gateway) => say(stream, 502, "retry-after: 0\r\n", "<html>"),
        Some(Fault::Page) => say(stream, 200, "", "<html>"),
        _ => say(stream, status, "", &answer.to_string()),
    }
}
