//! A model as one more reviewer, when somebody asks for one.
//!
//! What it is asked and what of its answer counts is the library's; here is where it runs, what is taken out before it
//! sees anything, and what the report tells of it.

mod command;
mod criteria;
mod redactor;
mod told;
mod url;

use std::time::Duration;

use leadforge_cli_kit::trust::{Store, Subject};
use leadforge_cli_kit::{Config, Context, Exit, Failure, Interrupt, Repository};
use leadforge_review_rules::ai::{Limits, Memory, Question, Redact, Reviewer, Sent, review};
use leadforge_review_rules::rules::RuleSet;
use leadforge_review_rules::{Checked, Looked};

use crate::policy::Review;
use crate::states::States;
use redactor::Redactor;
pub(crate) use told::Told;

/// The flags' heading.
const HEADING: &str = "A model as a reviewer (none unless asked for)";

/// Which model is asked, if any.
#[derive(clap::Args, Clone, Default)]
pub(crate) struct Ask {
    /// Have this command, run by sh, judge the criteria that are a model's: the question on its standard input, the
    /// answer on its standard output.
    #[arg(long, help_heading = HEADING, value_name = "COMMAND", conflicts_with = "ai_url")]
    ai_cmd: Option<String>,
    /// Have a model behind this address judge them: the base of an API as OpenAI's, such as <http://127.0.0.1:11434/v1>.
    /// Without TLS only on this machine. A token is read from LEADFORGE_AI_TOKEN.
    #[arg(long, help_heading = HEADING, value_name = "URL", requires = "ai_model")]
    ai_url: Option<String>,
    /// The model's name there.
    #[arg(long, help_heading = HEADING, value_name = "NAME", requires = "ai_url")]
    ai_model: Option<String>,
    /// So many bytes of new lines it is sent, and a fifth of that of documents; 200,000 unless given or set in
    /// `[review.ai]`. What does not fit is named.
    #[arg(long, help_heading = HEADING, value_name = "BYTES")]
    ai_bytes: Option<usize>,
    /// So many seconds it may take; 300 unless given or set in `[review.ai]`.
    #[arg(long, help_heading = HEADING, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    ai_seconds: Option<u64>,
    /// Ask no model, whatever leadforge.toml says.
    #[arg(long, help_heading = HEADING, conflicts_with_all = ["ai_cmd", "ai_url", "ai_bytes", "ai_seconds"])]
    no_ai: bool,
    /// Run the command of `[review.ai]` if this is the digest of all that would run.
    #[arg(long, help_heading = HEADING, value_name = "DIGEST")]
    trust: Option<String>,
}

/// Where the configured command is from, and whether its answer is required.
pub(crate) struct Configured<'c> {
    pub(crate) config: &'c Config,
    pub(crate) required: bool,
}

/// A model that may be asked.
pub(crate) struct Model<'c> {
    by: String,
    reviewer: Box<dyn Reviewer + 'c>,
    /// Whether a review without its answer is incomplete.
    pub(crate) required: bool,
    limits: Limits,
    interrupt: Option<Interrupt>,
}

impl Model<'_> {
    /// So many bytes of documents it is sent.
    pub(crate) fn pages(&self) -> usize {
        self.limits.lines / 5
    }
}

/// A model that takes longer is none, unless somebody says so.
const SECONDS: u64 = 300;

impl Ask {
    /// The model that is to be asked; refused before anything is looked at when it may not be.
    pub(crate) fn model<'c>(
        &self,
        configured: Option<&Configured<'_>>,
        states: &States,
        ctx: &'c Context,
    ) -> Result<Option<Model<'c>>, Failure> {
        let set: Review = match configured {
            Some(configured) => configured.config.load_table("review")?,
            None => Review::default(),
        };
        if set.ai.seconds == Some(0) {
            let message = "[review.ai] seconds has to be at least 1";
            return Err(Failure::usage("config.invalid", message));
        }
        let seconds = self.ai_seconds.or(set.ai.seconds).unwrap_or(SECONDS);
        let plain = Limits::default();
        let bytes = self.ai_bytes.or(set.ai.bytes).unwrap_or(plain.lines);
        let limits = Limits { lines: bytes, ..plain };
        let (patience, most) = (Duration::from_secs(seconds), limits.answer);
        let command = |words: Vec<String>, by: &str, required: bool| -> Result<_, Failure> {
            let interrupt = ctx.interrupt()?;
            let root = states.root.clone();
            let reviewer =
                command::Program { words, root, patience, most, interrupt: interrupt.clone() };
            let (by, reviewer) = (by.to_owned(), Box::new(reviewer));
            let (limits, interrupt) = (limits.clone(), Some(interrupt));
            Ok(Some(Model { by, reviewer, required, limits, interrupt }))
        };
        if self.no_ai {
            return Ok(None);
        }
        if let Some(line) = &self.ai_cmd {
            let words = ["/bin/sh", "-c", line].map(str::to_owned).to_vec();
            return command(words, "the command of --ai-cmd", true);
        }
        if let (Some(url), Some(model)) = (&self.ai_url, &self.ai_model) {
            let reviewer = url::Server::new(ctx, url, model, patience, most)?;
            let by = format!("{model} at {}", reviewer.shown());
            return Ok(Some(Model {
                by,
                reviewer: Box::new(reviewer),
                required: true,
                limits,
                interrupt: None,
            }));
        }
        let Some(configured) = configured.filter(|_| !set.ai.command.is_empty()) else {
            return Ok(None);
        };
        let subject = Subject::new(configured.config);
        let store = Store::new(&ctx.state_dir()?);
        let common = Repository::here()?.git.common_dir().to_owned();
        let trusted = store.status(&common, &subject)?.require(&subject, self.trust.as_deref());
        trusted.map_err(|failure| {
            let hint = failure.hint.clone().unwrap_or_default();
            Failure { message: format!("[review.ai] command: {}", failure.message), ..failure }
                .hint(format!("{hint}, or ask no model: --no-ai"))
        })?;
        command(set.ai.command, "the command of [review.ai]", configured.required)
    }
}

/// Asks it.
pub(crate) fn check(
    model: &Model<'_>,
    states: &States,
    rules: &RuleSet,
    memory: Memory,
    ctx: &Context,
) -> Result<(Checked, Told), Failure> {
    let blind = |why: String| {
        let checked = Checked { findings: Vec::new(), looked: Looked::no(why) };
        let told = Told::new(&model.by, Sent::default(), &checked.looked);
        Ok((checked, told))
    };
    let criteria = match criteria::of(states, rules) {
        Ok(criteria) if criteria.is_empty() => {
            let why = format!(
                "no criterion is a model's to judge: neither {} nor the rules of the base have one",
                criteria::ledger(&states.review)
            );
            return blind(why);
        }
        Ok(criteria) => criteria,
        Err(why) => return blind(why),
    };
    let redactor = match Redactor::new(states) {
        Ok(redactor) => redactor,
        Err(why) => return blind(why),
    };
    let question =
        Question { criteria, pages: memory.pages, classes: states.review.size()?.classes };
    ctx.note(&format!("asking {}", model.by));
    let (mut checked, sent) =
        review(&states.change, &question, &model.limits, &redactor, &*model.reviewer);
    if model.interrupt.as_ref().is_some_and(Interrupt::raised) {
        return Err(Failure::new(Exit::Interrupted, "review.interrupted", "interrupted"));
    }
    if let Looked::No { why } = &mut checked.looked {
        // What a program says on its way down may be what it was given.
        *why = redactor.redact(why).0;
    }
    let told = Told::new(&model.by, sent, &checked.looked);
    Ok((checked, told))
}
