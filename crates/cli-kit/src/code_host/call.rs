//! One call to a code host: when to wait, when to ask again, and what an answer means.

use super::{Time, Trouble};
use crate::http::{Method, NoReply, Reply};
use serde_json::Value;
use std::time::Duration;

/// So often a call is made that changes nothing when it is made twice.
const TRIES: u32 = 4;
/// Before the second try; doubled each time.
const PAUSE: Duration = Duration::from_millis(250);
/// What GitHub asks for when it refuses for too much at once and does not say how long.
const A_MINUTE: Duration = Duration::from_secs(60);
/// So many changes go without a pause; from then on one a second, as GitHub asks of who makes many.
const AT_ONCE: u32 = 20;
/// More characters of what a host says are not told.
const WORDS: usize = 300;

/// How a code host is spoken to: with how much patience, and what was spent of it.
pub(super) struct Manners {
    pub(super) time: Box<dyn Time>,
    /// How much may still be waited for a host that asks to come back.
    pub(super) left: Duration,
    changes: u32,
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call<'a> {
    pub(super) method: Method,
    pub(super) path: &'a str,
    pub(super) body: Option<&'a Value>,
    /// Whether it may be made twice and is done once.
    pub(super) again: bool,
    /// Whether the answer is GraphQL's, whose errors come as a success.
    pub(super) graph: bool,
}

impl Manners {
    pub(super) fn new(time: Box<dyn Time>, patience: Duration) -> Self {
        Self { time, left: patience, changes: 0 }
    }

    /// Makes a call through `send`.
    pub(super) fn call(
        &mut self,
        call: &Call<'_>,
        send: &mut dyn FnMut(&Call<'_>) -> Result<Reply, NoReply>,
    ) -> Result<Value, Trouble> {
        if !call.again || call.method == Method::Patch {
            self.changes += 1;
            if self.changes > AT_ONCE {
                self.time.wait(Duration::from_secs(1));
            }
        }
        let mut last = String::new();
        for attempt in 0..TRIES {
            let pause = PAUSE * 2_u32.saturating_pow(attempt);
            let unknown = match send(call) {
                Err(NoReply::NotSent(failure)) => return Err(Trouble::Here(failure)),
                Err(NoReply::Unknown(why)) => (why, pause),
                Ok(reply) => match meaning(&reply, call, self.time.now()) {
                    Meaning::Done(value) => return Ok(value),
                    Meaning::No(trouble) => return Err(trouble),
                    Meaning::Unknown(why, wait) => (why, wait.unwrap_or(pause)),
                    // It was not done, so it may be asked again whatever it is.
                    Meaning::Later(why, wait) => {
                        self.rest(wait).map_err(|()| {
                            let seconds = wait.as_secs();
                            Trouble::Later(format!("{why}; it asks to come back in {seconds} s"))
                        })?;
                        last = why;
                        continue;
                    }
                },
            };
            let (why, wait) = unknown;
            if !call.again {
                // Whoever asked looks whether it was done, and does so later.
                let _ = self.rest(wait);
                return Err(Trouble::Unsure(why));
            }
            last = why;
            if attempt + 1 < TRIES && self.rest(wait).is_err() {
                break;
            }
        }
        Err(Trouble::Later(last))
    }

    /// Waits, if there is patience for it.
    fn rest(&mut self, wait: Duration) -> Result<(), ()> {
        self.left = self.left.checked_sub(wait).ok_or(())?;
        if !wait.is_zero() {
            self.time.wait(wait);
        }
        Ok(())
    }
}

/// What an answer means for who asked.
enum Meaning {
    Done(Value),
    No(Trouble),
    /// Not done; again after this.
    Later(String, Duration),
    /// Nobody knows whether it was done.
    Unknown(String, Option<Duration>),
}

fn meaning(reply: &Reply, call: &Call<'_>, now: u64) -> Meaning {
    let status = reply.status;
    let value = serde_json::from_slice::<Value>(&reply.body);
    let told = value.as_ref().ok().and_then(|value| value["message"].as_str()).unwrap_or_default();
    let why = match told {
        "" => format!("it answers {status}"),
        told => format!("it answers {status}: {}", words(told)),
    };
    let limited = told.to_lowercase().contains("rate limit")
        || !reply.header("retry-after").is_empty()
        || reply.header("x-ratelimit-remaining") == "0";
    match status {
        200..=299 if call.method == Method::Head || status == 204 => Meaning::Done(Value::Null),
        200..=299 => match value {
            Ok(value) if call.graph => graph(value, reply, now),
            Ok(value) => Meaning::Done(value),
            Err(error) => Meaning::Unknown(format!("its answer is no JSON: {error}"), None),
        },
        429 => Meaning::Later(why, pause(reply, now)),
        403 if limited => Meaning::Later(why, pause(reply, now)),
        400 | 409 | 413 | 422 => Meaning::No(Trouble::Invalid(why)),
        408 | 500..=599 => Meaning::Unknown(why, seconds(reply)),
        404 | 410 => Meaning::No(Trouble::Missing(why)),
        _ => Meaning::No(Trouble::Denied(why)),
    }
}

/// GraphQL answers 200 to everything that it understood; a part of an answer is none.
fn graph(mut value: Value, reply: &Reply, now: u64) -> Meaning {
    let Some(first) = value["errors"].as_array().and_then(|errors| errors.first()) else {
        return match value["data"].take() {
            data @ Value::Object(_) => Meaning::Done(data),
            _ => Meaning::Unknown("its answer has no data".to_owned(), None),
        };
    };
    let why = format!("it answers: {}", words(first["message"].as_str().unwrap_or_default()));
    match first["type"].as_str().unwrap_or_default() {
        "RATE_LIMITED" => Meaning::Later(why, pause(reply, now)),
        "NOT_FOUND" => Meaning::No(Trouble::Missing(why)),
        "FORBIDDEN" | "INSUFFICIENT_SCOPES" => Meaning::No(Trouble::Denied(why)),
        _ => Meaning::Unknown(why, None),
    }
}

/// How long a host that refuses for too much asks to stay away.
fn pause(reply: &Reply, now: u64) -> Duration {
    let reset = || {
        let at: u64 = reply.header("x-ratelimit-reset").parse().ok()?;
        // A second more: its clock and ours need not agree to the moment.
        Some(Duration::from_secs(at.saturating_sub(now) + 1))
    };
    let used_up = reply.header("x-ratelimit-remaining") == "0";
    seconds(reply).or_else(|| reset().filter(|_| used_up)).unwrap_or(A_MINUTE)
}

fn seconds(reply: &Reply) -> Option<Duration> {
    reply.header("retry-after").trim().parse().ok().map(Duration::from_secs)
}

/// What a host says, in one short line.
fn words(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(WORDS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::rc::Rc;

    struct Clock(Rc<RefCell<Vec<u64>>>);
    impl Time for Clock {
        fn now(&self) -> u64 {
            1_000
        }
        fn wait(&mut self, time: Duration) {
            self.0.borrow_mut().push(u64::try_from(time.as_millis()).expect("short"));
        }
    }

    fn reply(status: u16, headers: &[(&str, &str)], body: &str) -> Result<Reply, NoReply> {
        let headers = headers.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        Ok(Reply { status, headers, body: body.as_bytes().to_vec() })
    }

    /// What comes of these answers, how many were asked for, and what was waited in milliseconds.
    fn told(
        again: bool,
        patience: u64,
        answers: Vec<Result<Reply, NoReply>>,
    ) -> (String, usize, Vec<u64>) {
        let waits = Rc::new(RefCell::new(Vec::new()));
        let time = Box::new(Clock(Rc::clone(&waits)));
        let mut manners = Manners::new(time, Duration::from_secs(patience));
        let method = if again { Method::Get } else { Method::Post };
        let call = Call { method, path: "/x", body: None, again, graph: false };
        let (mut answers, mut asked) = (answers.into_iter(), 0);
        let result = manners.call(&call, &mut |_| {
            asked += 1;
            answers.next().expect("it is not asked more often than it may")
        });
        let result = match result {
            Ok(value) => value.to_string(),
            Err(trouble) => format!("{trouble:?}"),
        };
        let waits = waits.borrow().clone();
        (result, asked, waits)
    }

    #[test]
    fn what_asks_to_come_back_is_asked_again_when_there_is_patience() {
        let ok = || reply(200, &[], "1");
        let after = |text: &str| reply(429, &[("retry-after", text)], "{}");
        for again in [true, false] {
            assert_eq!(told(again, 10, vec![after("7"), ok()]), ("1".into(), 2, vec![7_000]));
            let (result, asked, waits) = told(again, 10, vec![after("11")]);
            assert!(result.starts_with("Later(") && result.contains("in 11 s"), "{result}");
            assert_eq!((asked, waits.len()), (1, 0));
            // Together they may not take longer either.
            assert_eq!(told(again, 10, vec![after("7"), after("7")]).1, 2);
        }
        let used_up = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1004")];
        assert_eq!(told(false, 10, vec![reply(403, &used_up, "{}"), ok()]).2, [5_000]);
        let secondary = r#"{"message":"You have exceeded a secondary rate limit"}"#;
        assert_eq!(told(false, 90, vec![reply(403, &[], secondary), ok()]).2, [60_000]);
        // A number that is none, or that is too large to be one, is a minute.
        assert_eq!(told(false, 90, vec![after("soon"), ok()]).2, [60_000]);
    }

    #[test]
    fn only_what_changes_nothing_is_asked_twice_when_nobody_knows() {
        let lost = || Err(NoReply::Unknown("the server broke off".to_owned()));
        let ok = || reply(200, &[], "1");
        assert_eq!(
            told(true, 10, vec![lost(), reply(502, &[], ""), ok()]),
            ("1".into(), 3, vec![250, 500])
        );
        assert!(told(true, 10, vec![lost(), lost(), lost(), lost()]).0.starts_with("Later("));
        for answer in [lost(), reply(503, &[], ""), reply(200, &[], "<html>")] {
            let (result, asked, _) = told(false, 10, vec![answer]);
            assert!(result.starts_with("Unsure("), "{result}");
            assert_eq!(asked, 1);
        }
    }

    #[test]
    fn a_no_is_a_no() {
        for (status, word) in [(401, "Denied"), (403, "Denied"), (404, "Missing"), (422, "Invalid")]
        {
            let (result, asked, waits) = told(true, 10, vec![reply(status, &[], "{}")]);
            assert!(result.starts_with(word), "{result}");
            assert_eq!((asked, waits.len()), (1, 0));
        }
    }

    #[test]
    fn many_changes_go_one_a_second() {
        let waits = Rc::new(RefCell::new(Vec::new()));
        let time = Box::new(Clock(Rc::clone(&waits)));
        let mut manners = Manners::new(time, Duration::ZERO);
        let call =
            Call { method: Method::Post, path: "/x", body: None, again: false, graph: false };
        for _ in 0..AT_ONCE + 2 {
            let done = manners.call(&call, &mut |_| reply(201, &[], "{}"));
            assert!(done.is_ok());
        }
        assert_eq!(*waits.borrow(), [1_000, 1_000]);
    }

    #[test]
    fn an_error_of_graphql_is_no_success() {
        let call = Call { method: Method::Post, path: "/x", body: None, again: true, graph: true };
        for (body, wanted) in [
            (r#"{"data":{"a":1}}"#, "Done"),
            (r#"{"data":{"a":null},"errors":[{"type":"FORBIDDEN","message":"no"}]}"#, "Denied"),
            (r#"{"data":{"a":1},"errors":[{"type":"NOT_FOUND"}]}"#, "Missing"),
            (r#"{"errors":[{"type":"RATE_LIMITED"}]}"#, "Later"),
            (r#"{"errors":[{"message":"Something went wrong"}]}"#, "Unknown"),
            (r#"{"data":null}"#, "Unknown"),
        ] {
            let reply = reply(200, &[], body).expect("an answer");
            let word = match meaning(&reply, &call, 0) {
                Meaning::Done(_) => "Done",
                Meaning::No(Trouble::Denied(_)) => "Denied",
                Meaning::No(_) => "Missing",
                Meaning::Later(..) => "Later",
                Meaning::Unknown(..) => "Unknown",
            };
            assert_eq!(word, wanted, "{body}");
        }
    }
}
