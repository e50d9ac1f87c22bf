//! One page: opened, loaded, brought to its state, photographed.

use std::collections::{BTreeSet, VecDeque};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};

use super::client::{Client, Message, Reply, refused};
use super::error::{Error, quoted};
use super::{Answer, Asked, Content, Picture, Shot};
use crate::Size;

/// The script that runs before all others.
const PRELUDE: &str = include_str!("prelude.js");
/// No side of a picture is longer: Chromium's own limit for one surface.
const LONGEST: u32 = 16_384;
/// Blocked addresses and exceptions beyond these numbers are only counted.
const BLOCKED: usize = 200;
const EXCEPTIONS: usize = 20;
/// After this long without a word, what is held is let go: a script may wait for it within its task.
const STUCK: Duration = Duration::from_millis(400);
/// Nobody runs yet who could wait for anything.
const QUICK: Duration = Duration::from_millis(1);

/// A page of its own.
pub(super) struct Page<'a> {
    pub(super) client: &'a mut Client,
    pub(super) shot: &'a Shot,
    content: &'a dyn Content,
    origin: Option<&'a str>,
    within: Duration,
    until: Instant,
    pub(super) session: String,
    /// Requests that wait for their answer.
    held: VecDeque<Value>,
    /// The request whose answer is under way.
    flight: Option<String>,
    /// What the network part of the page has announced, and will report the end of.
    announced: BTreeSet<String>,
    /// Where scripts run: a session, and a context in it; none is a worker's only one.
    pub(super) worlds: Vec<(String, Option<String>)>,
    pub(super) expired: bool,
    crashed: bool,
    /// How many requests were answered so far.
    pub(super) answered: u64,
    blocked: BTreeSet<String>,
    exceptions: Vec<String>,
    pub(super) warnings: Vec<String>,
}

impl<'a> Page<'a> {
    /// Opens the page and waits until it has settled.
    pub(super) fn open(
        client: &'a mut Client,
        context: &Value,
        shot: &'a Shot,
        content: &'a dyn Content,
        origin: Option<&'a str>,
        within: Duration,
    ) -> Result<Self, Error> {
        let Size { width, height } = shot.viewport;
        if width == 0 || height == 0 || width > LONGEST || height > LONGEST {
            let what = format!("the viewport {width}×{height} is not within 1 to {LONGEST}");
            return Err(Error::Page { url: quoted(&shot.url, 300), what });
        }
        let target = json!({
            "url": "about:blank", "browserContextId": context, "width": width, "height": height,
        });
        let target = client.call("Target.createTarget", target, within)?["targetId"].take();
        let attach = json!({"targetId": target, "flatten": true});
        let session = client.call("Target.attachToTarget", attach, within)?;
        let mut page = Self {
            client,
            shot,
            content,
            origin,
            within,
            until: Instant::now() + within,
            session: session["sessionId"].as_str().unwrap_or_default().to_owned(),
            held: VecDeque::new(),
            flight: None,
            announced: BTreeSet::new(),
            worlds: Vec::new(),
            expired: false,
            crashed: false,
            answered: 0,
            blocked: BTreeSet::new(),
            exceptions: Vec::new(),
            warnings: Vec::new(),
        };
        page.prepare()?;
        page.navigate()?;
        Ok(page)
    }

    /// Everything that is set before the first byte of the page.
    fn prepare(&mut self) -> Result<(), Error> {
        let shot = self.shot;
        let Size { width, height } = shot.viewport;
        let features = json!([
            {"name": "prefers-color-scheme", "value": shot.scheme.as_str()},
            {"name": "prefers-reduced-motion", "value": "no-preference"},
            {"name": "prefers-contrast", "value": "no-preference"},
            {"name": "forced-colors", "value": "none"},
        ]);
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
            "screenWidth": width, "screenHeight": height,
        });
        let auto = json!({"autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true});
        let start = json!({
            "policy": "pause",
            "initialVirtualTime": shot.clock_ms as f64 / 1000.0,
        });
        for (method, params) in [
            ("Page.enable", json!({})),
            ("Network.enable", json!({})),
            ("Network.setBypassServiceWorker", json!({"bypass": true})),
            ("Network.setCacheDisabled", json!({"cacheDisabled": true})),
            ("Page.addScriptToEvaluateOnNewDocument", json!({"source": self.prelude()})),
            ("Runtime.enable", json!({})),
            ("Target.setAutoAttach", auto),
            ("Emulation.setDeviceMetricsOverride", metrics),
            ("Emulation.setScrollbarsHidden", json!({"hidden": true})),
            ("Emulation.setTimezoneOverride", json!({"timezoneId": shot.timezone})),
            ("Emulation.setLocaleOverride", json!({"locale": shot.locale})),
            ("Emulation.setEmulatedMedia", json!({"media": "screen", "features": features})),
            ("Emulation.setFocusEmulationEnabled", json!({"enabled": true})),
            ("Emulation.setHardwareConcurrencyOverride", json!({"hardwareConcurrency": 4})),
            ("Emulation.setVirtualTimePolicy", start),
        ] {
            self.call(method, params)?;
        }
        let agent = self.evaluate("navigator.userAgent")?;
        let language = json!({"userAgent": agent, "acceptLanguage": shot.locale});
        self.call("Emulation.setUserAgentOverride", language).map(drop)
    }

    fn prelude(&self) -> String {
        let given = json!({"clock": self.shot.clock_ms, "seed": self.shot.seed});
        format!("{}({given})", PRELUDE.trim_end())
    }

    /// Loads the page. An app may still be starting: as long as nobody listens, it is asked again.
    fn navigate(&mut self) -> Result<(), Error> {
        let url = json!({"url": self.shot.url});
        loop {
            let session = self.session.clone();
            let number = self.client.send(&session, "Page.navigate", url.clone());
            let reply = loop {
                match self.reply_or_event("the page", QUICK)? {
                    Some((found, reply)) if found == number => break reply,
                    Some(_) => {}
                    None => self.answer_in_turn(),
                }
            };
            let reply = reply.map_err(|error| refused("Page.navigate", &error))?;
            let Some(error) = reply["errorText"].as_str() else { break };
            let starting = self.origin.is_some() && error == "net::ERR_CONNECTION_REFUSED";
            if !starting {
                let what = format!("cannot be loaded: {}", quoted(error, 100));
                return Err(Error::Page { url: quoted(&self.shot.url, 300), what });
            }
            self.blocked.clear();
            std::thread::sleep(Duration::from_millis(50));
        }
        self.load()
    }

    /// Waits for an answer to a command of the page; what the page asks for meanwhile is held.
    pub(super) fn call(&mut self, method: &str, params: Value) -> Result<Value, Error> {
        let session = self.session.clone();
        self.call_in(&session, method, params)
    }

    pub(super) fn call_in(
        &mut self,
        session: &str,
        method: &str,
        params: Value,
    ) -> Result<Value, Error> {
        let number = self.client.send(session, method, params);
        loop {
            match self.reply_or_event(method, STUCK)? {
                Some((found, result)) if found == number => {
                    return result.map_err(|error| refused(method, &error));
                }
                Some(_) => {}
                None => self.answer_next(),
            }
        }
    }

    /// The value of a script in the page's own world; a promise is waited for.
    pub(super) fn evaluate(&mut self, script: &str) -> Result<Value, Error> {
        let params = json!({
            "expression": script, "awaitPromise": true, "returnByValue": true,
            "userGesture": true, "replMode": false,
        });
        let mut done = self.call("Runtime.evaluate", params)?;
        if let Some(thrown) = done.get("exceptionDetails") {
            let text = thrown["exception"]["description"].as_str().or(thrown["text"].as_str());
            let message = quoted(text.unwrap_or("an exception"), 200);
            return Err(Error::Refused { method: "the page's script".to_owned(), message });
        }
        Ok(done["result"]["value"].take())
    }

    /// One reply, or none after `pause` without any word; events are taken in as they come.
    pub(super) fn reply_or_event(
        &mut self,
        doing: &str,
        pause: Duration,
    ) -> Result<Option<Reply>, Error> {
        let mut quiet = Instant::now() + pause;
        loop {
            if self.crashed {
                let what = "its process crashed".to_owned();
                return Err(Error::Page { url: quoted(&self.shot.url, 300), what });
            }
            if Instant::now() >= self.until {
                return Err(Error::Deadline { doing: doing.to_owned(), after: self.within });
            }
            match self.client.receive(quiet.min(self.until), doing)? {
                Some(Message::Reply(reply)) => return Ok(Some(reply)),
                Some(Message::Event { method, session, params }) => {
                    self.take_in(&method, &session, params);
                    quiet = Instant::now() + pause;
                }
                None if Instant::now() >= self.until => {}
                None => return Ok(None),
            }
        }
    }

    /// Takes in one event; returns after it, also where it is no news.
    pub(super) fn one_event(&mut self, doing: &str, until: Instant) -> Result<bool, Error> {
        if self.crashed || Instant::now() >= self.until {
            self.reply_or_event(doing, Duration::ZERO)?;
        }
        match self.client.receive(until.min(self.until), doing)? {
            Some(Message::Event { method, session, params }) => {
                self.take_in(&method, &session, params);
                Ok(true)
            }
            Some(Message::Reply(..)) => Ok(true),
            None => Ok(false),
        }
    }

    fn take_in(&mut self, method: &str, session: &str, params: Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match method {
            "Fetch.requestPaused" => self.held.push_back(params),
            "Network.requestWillBeSent" => drop(self.announced.insert(text(&params["requestId"]))),
            "Network.loadingFinished" | "Network.loadingFailed" => {
                let id = text(&params["requestId"]);
                self.announced.remove(&id);
                if self.flight.as_deref() == Some(&id) {
                    self.flight = None;
                }
            }
            "Emulation.virtualTimeBudgetExpired" => self.expired = true,
            "Inspector.targetCrashed" => self.crashed = true,
            "Page.javascriptDialogOpening" => {
                let answer = json!({"accept": true});
                self.client.send(session, "Page.handleJavaScriptDialog", answer);
            }
            "Runtime.exceptionThrown" if self.exceptions.len() < EXCEPTIONS => {
                let details = &params["exceptionDetails"];
                let said = details["exception"]["description"].as_str();
                let said = said.or(details["text"].as_str()).unwrap_or_default();
                let first = said.lines().next().unwrap_or_default();
                self.exceptions.push(quoted(first, 300));
            }
            "Runtime.executionContextCreated"
                if params["context"]["auxData"]["isDefault"] == true =>
            {
                let id = text(&params["context"]["uniqueId"]);
                self.worlds.push((session.to_owned(), Some(id)));
            }
            "Runtime.executionContextDestroyed" => {
                let id = text(&params["executionContextUniqueId"]);
                self.worlds.retain(|(_, context)| context.as_ref() != Some(&id));
            }
            "Runtime.executionContextsCleared" => {
                self.worlds.retain(|(of, context)| of != session || context.is_none());
            }
            "Target.attachedToTarget" => self.joined(&params),
            "Target.detachedFromTarget" => {
                let gone = text(&params["sessionId"]);
                self.worlds.retain(|(of, _)| *of != gone);
            }
            _ => {}
        }
    }

    /// A worker or a frame in a process of its own has begun, and waits for us.
    fn joined(&mut self, params: &Value) {
        let session = params["sessionId"].as_str().unwrap_or_default().to_owned();
        let kind = params["targetInfo"]["type"].as_str().unwrap_or_default();
        if session == self.session || session.is_empty() {
            return;
        }
        let prelude = self.prelude();
        if kind == "worker" {
            self.client.send(&session, "Runtime.evaluate", json!({"expression": prelude}));
            self.worlds.push((session.clone(), None));
        } else {
            let source = json!({"source": prelude});
            self.client.send(&session, "Page.addScriptToEvaluateOnNewDocument", source);
            self.client.send(&session, "Runtime.enable", json!({}));
        }
        self.client.send(&session, "Network.enable", json!({}));
        self.client.send(&session, "Runtime.runIfWaitingForDebugger", json!({}));
    }

    /// Whether a request waits, or its answer is under way.
    pub(super) fn busy(&self) -> bool {
        self.flight.is_some() || !self.held.is_empty() || !self.announced.is_empty()
    }

    /// Gives up on what was announced and never ends, such as a stream.
    pub(super) fn give_up(&mut self) {
        self.flight = None;
        if self.held.is_empty() {
            self.announced.clear();
        }
    }

    /// Answers the request that waits longest, whatever is under way.
    fn answer_next(&mut self) {
        self.flight = None;
        self.answer_in_turn();
    }

    /// Answers the request that waits longest, unless an answer is under way.
    pub(super) fn answer_in_turn(&mut self) {
        if self.flight.is_some() {
            return;
        }
        let Some(paused) = self.held.pop_front() else { return };
        self.answered += 1;
        let method = paused["request"]["method"].as_str().unwrap_or_default();
        let url = paused["request"]["url"].as_str().unwrap_or_default();
        let ours = self.origin.is_some_and(|origin| is_of(url, origin));
        let answer = match self.content.answer(&Asked { method, url }) {
            Answer::App if !ours => Answer::Block,
            other => other,
        };
        let id = &paused["requestId"];
        let (command, params) = match &answer {
            Answer::Body { status, kind, bytes } => {
                let allow = |name: &str| json!({"name": name, "value": "*"});
                let headers = json!([
                    {"name": "content-type", "value": kind},
                    allow("access-control-allow-origin"),
                    allow("access-control-allow-headers"),
                    allow("access-control-allow-methods"),
                ]);
                let body = BASE64.encode(bytes);
                let params = json!({
                    "requestId": id, "responseCode": status, "responseHeaders": headers, "body": body,
                });
                ("Fetch.fulfillRequest", params)
            }
            Answer::App => ("Fetch.continueRequest", json!({"requestId": id})),
            Answer::Block | Answer::Refuse { .. } => {
                let why = match &answer {
                    Answer::Refuse { why } => format!(" ({})", quoted(why, 300)),
                    _ => String::new(),
                };
                let icon = url.ends_with("/favicon.ico");
                if !icon && self.blocked.len() < BLOCKED {
                    let (method, url) = (quoted(method, 10), quoted(url, 500));
                    self.blocked.insert(format!("{method} {url}{why}"));
                }
                let reason = json!({"requestId": id, "errorReason": "BlockedByClient"});
                ("Fetch.failRequest", reason)
            }
        };
        self.client.send("", command, params);
        let network = paused["networkId"].as_str().unwrap_or_default();
        if self.announced.contains(network) {
            self.flight = Some(network.to_owned());
        }
    }

    /// What is handed back, once the picture is there.
    pub(super) fn finish(&mut self, png: Vec<u8>, size: Size) -> Picture {
        Picture {
            png,
            size,
            blocked: std::mem::take(&mut self.blocked).into_iter().collect(),
            exceptions: std::mem::take(&mut self.exceptions),
            warnings: std::mem::take(&mut self.warnings),
        }
    }
}

/// Whether an address lies in an origin, and not only begins like it.
fn is_of(url: &str, origin: &str) -> bool {
    let rest = url.strip_prefix(origin.trim_end_matches('/'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

pub(super) const fn longest() -> u32 {
    LONGEST
}

pub(super) fn decode(data: &Value) -> Option<Vec<u8>> {
    BASE64.decode(data.as_str()?).ok()
}
