//! A model behind an address that speaks as OpenAI's chat completions do.

use std::time::Duration;

use leadforge_cli_kit::http::{Method, NoReply, Reply, Request, exchange, permitted, shown};
use leadforge_cli_kit::{Context, Failure};
use leadforge_review_rules::ai::Reviewer;
use serde::Deserialize;
use serde_json::json;

/// From where the token is.
const TOKEN: &str = "LEADFORGE_AI_TOKEN";
/// So much of what a server says about its trouble is told.
const WORDS: usize = 200;

/// A server and one of its models.
pub(super) struct Server<'c> {
    ctx: &'c Context,
    url: String,
    model: String,
    token: Option<String>,
    patience: Duration,
    most: usize,
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
    #[serde(default)]
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    content: Option<String>,
    #[serde(default)]
    refusal: Option<String>,
}

impl<'c> Server<'c> {
    /// It, unless it may not be asked.
    pub(super) fn new(
        ctx: &'c Context,
        url: &str,
        model: &str,
        patience: Duration,
        most: usize,
    ) -> Result<Self, Failure> {
        permitted(ctx, url)?;
        let token = std::env::var(TOKEN).ok().map(|token| token.trim().to_owned());
        let token = token.filter(|token| !token.is_empty());
        if token.as_ref().is_some_and(|token| !token.bytes().all(|byte| byte.is_ascii_graphic())) {
            let message = format!("{TOKEN} holds what no token is made of");
            return Err(Failure::usage("ai.token", message));
        }
        let (url, model) = (completions(url), model.to_owned());
        Ok(Self { ctx, url, model, token, patience, most })
    }

    /// The address for people.
    pub(super) fn shown(&self) -> String {
        shown(&self.url)
    }

    /// Why an answer is none, by its status.
    fn refused(&self, reply: &Reply) -> String {
        let status = reply.status;
        let why = match (status, &self.token) {
            (401 | 403, Some(_)) => format!("the token of {TOKEN} is not accepted"),
            (401 | 403, None) => format!("there is no token in {TOKEN}"),
            (404, _) => "no such address or model is there".to_owned(),
            (429, _) => match reply.header("retry-after").trim().parse::<u32>() {
                Ok(seconds) => format!("asked too often; it says to wait {seconds} s"),
                Err(_) => "asked too often".to_owned(),
            },
            (300..=399, _) => "it sends on to elsewhere".to_owned(),
            (500.., _) => "the server is in trouble".to_owned(),
            _ => "it does not take the question".to_owned(),
        };
        format!("the server answers {status}: {why}{}", self.words(&reply.body))
    }

    /// What a server says about its trouble, unless it repeats who asked.
    fn words(&self, body: &[u8]) -> String {
        let value: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
        let error = &value["error"];
        let told = error["message"].as_str().or_else(|| error.as_str()).unwrap_or_default();
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        let repeats = self.token.as_ref().is_some_and(|token| told.contains(token.as_str()));
        if told.is_empty() || repeats {
            return String::new();
        }
        format!(" ({})", told.chars().take(WORDS).collect::<String>())
    }
}

impl Reviewer for Server<'_> {
    fn answer(&self, prompt: &str) -> Result<Vec<u8>, String> {
        let body = json!({
            "model": self.model,
            "messages": [{"role": "user", "content": prompt}],
            "stream": false,
        });
        let body = body.to_string();
        let bearer = self.token.as_ref().map(|token| format!("Bearer {token}"));
        let mut headers =
            vec![("content-type", "application/json"), ("accept", "application/json")];
        headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
        let reply = exchange(
            self.ctx,
            &Request {
                method: Method::Post,
                url: &self.url,
                headers: &headers,
                body: Some(body.as_bytes()),
                // What is quoted in JSON is longer than it is.
                limit: 2 * self.most as u64,
                patience: self.patience,
            },
        );
        let reply = reply.map_err(|error| match error {
            NoReply::NotSent(failure) => failure.message,
            NoReply::Unknown(why) => format!("{}: {why}", self.shown()),
        })?;
        if !(200..300).contains(&reply.status) {
            return Err(self.refused(&reply));
        }
        content(&reply.body)
    }
}

/// What the model said.
fn content(body: &[u8]) -> Result<Vec<u8>, String> {
    let answer: Completion = serde_json::from_slice(body)
        .map_err(|error| format!("the server's answer is no chat completion: {error}"))?;
    let choice = answer.choices.into_iter().next().ok_or("the answer is empty")?;
    if choice.message.refusal.is_some_and(|refusal| !refusal.is_empty()) {
        return Err("the model refused to answer".to_owned());
    }
    match choice.finish_reason.as_deref() {
        Some("length") => Err("the answer is cut off: the model's limit was reached".to_owned()),
        Some("content_filter") => Err("the answer was held back by a filter".to_owned()),
        _ => Ok(choice.message.content.unwrap_or_default().into_bytes()),
    }
}

/// Where completions are asked for, below the base of an API.
fn completions(url: &str) -> String {
    const PATH: &str = "/chat/completions";
    let (base, query) =
        url.split_once('?').map_or((url, None), |(base, query)| (base, Some(query)));
    let base = base.trim_end_matches('/');
    let base = base.strip_suffix(PATH).unwrap_or(base);
    query.map_or_else(|| format!("{base}{PATH}"), |query| format!("{base}{PATH}?{query}"))
}
