//! Commands and answers of the DevTools protocol, matched by number.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::error::{Error, quoted};
use super::process::Process;

/// The events that captures look at; whatever else a page makes Chromium say is dropped unread.
const EVENTS: &[&str] = &[
    "Emulation.virtualTimeBudgetExpired",
    "Fetch.requestPaused",
    "Inspector.targetCrashed",
    "Network.loadingFailed",
    "Network.loadingFinished",
    "Network.requestWillBeSent",
    "Page.javascriptDialogOpening",
    "Runtime.exceptionThrown",
    "Runtime.executionContextCreated",
    "Runtime.executionContextDestroyed",
    "Runtime.executionContextsCleared",
    "Target.attachedToTarget",
    "Target.detachedFromTarget",
];

pub(super) fn wanted(method: &str) -> bool {
    EVENTS.contains(&method)
}

/// The answer to a command: its number, and a result or a refusal.
pub(super) type Reply = (u64, Result<Value, Value>);

/// What Chromium says.
pub(super) enum Message {
    /// The answer to a command.
    Reply(Reply),
    /// Something that happened, in a session where there is one.
    Event { method: String, session: String, params: Value },
}

/// A conversation with one Chromium.
#[derive(Debug)]
pub(super) struct Client {
    process: Process,
    number: u64,
    /// Events that came while somebody waited for an answer.
    early: VecDeque<Value>,
}

impl Client {
    pub(super) fn new(process: Process) -> Self {
        Self { process, number: 0, early: VecDeque::new() }
    }

    pub(super) fn process(&self) -> &Process {
        &self.process
    }

    /// Sends a command and returns its number; an empty session is the browser itself.
    pub(super) fn send(&mut self, session: &str, method: &str, params: Value) -> u64 {
        self.number += 1;
        let mut message = json!({"id": self.number, "method": method, "params": params});
        if !session.is_empty() {
            message["sessionId"] = session.into();
        }
        self.process.send(&message);
        self.number
    }

    /// The next message, or none until `until`.
    pub(super) fn receive(
        &mut self,
        until: Instant,
        doing: &str,
    ) -> Result<Option<Message>, Error> {
        let message = match self.early.pop_front() {
            Some(message) => Some(message),
            None => self.process.receive(until, doing)?,
        };
        Ok(message.map(read))
    }

    /// A command to the browser itself; what happens meanwhile is kept.
    pub(super) fn call(
        &mut self,
        method: &str,
        params: Value,
        within: Duration,
    ) -> Result<Value, Error> {
        let number = self.send("", method, params);
        let until = Instant::now() + within;
        loop {
            let Some(message) = self.process.receive(until, method)? else {
                return Err(Error::Deadline { doing: method.to_owned(), after: within });
            };
            if message["id"].as_u64() == Some(number) {
                let Message::Reply((_, result)) = read(message) else { continue };
                return result.map_err(|error| refused(method, &error));
            }
            if message.get("id").is_none() {
                self.early.push_back(message);
            }
        }
    }

    /// Forgets what a page that is gone has caused.
    pub(super) fn forget(&mut self) {
        self.early.clear();
    }
}

fn read(mut message: Value) -> Message {
    if let Some(number) = message["id"].as_u64() {
        let result = match message.get_mut("error") {
            Some(error) => Err(error.take()),
            None => Ok(message["result"].take()),
        };
        return Message::Reply((number, result));
    }
    Message::Event {
        method: message["method"].as_str().unwrap_or_default().to_owned(),
        session: message["sessionId"].as_str().unwrap_or_default().to_owned(),
        params: message["params"].take(),
    }
}

pub(super) fn refused(method: &str, error: &Value) -> Error {
    let message = error["message"].as_str().unwrap_or("no reason");
    Error::Refused { method: method.to_owned(), message: quoted(message, 300) }
}
