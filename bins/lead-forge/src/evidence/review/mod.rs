//! The review of what landed, by the rules of the commit that the run started from: what landed cannot switch them off.

mod secrets;
mod states;
mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use leadforge_cli_kit::{CONFIG_FILE, Config as File, Failure, host};
use leadforge_review_rules::baseline::Entry;
use leadforge_review_rules::rules::RuleSet;
use leadforge_review_rules::size::{self, Class, Classes};
use leadforge_review_rules::{Config, Evidence, REQUIRED, Tree, review};
use leadforge_scorecard::Envelope;
use serde::Deserialize;

use super::Scene;
use states::{Files, change};

/// What of `[review]` a dossier needs; `lead-review` reads the table whole, and says what it does not know.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    require: Option<BTreeSet<String>>,
    rules: Option<String>,
    baseline: Option<String>,
    size: Size,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Size {
    warn: Option<u32>,
    error: Option<u32>,
    count: Option<Vec<Class>>,
    classes: BTreeMap<Class, Vec<String>>,
}

/// Reviews what is between the two ends; nothing to say where nothing changed.
pub(super) fn look(scene: &Scene<'_>) -> Result<Option<Envelope>, Failure> {
    let change = change(scene.git, scene.base, scene.tip)?;
    if change.files.is_empty() {
        return Ok(None);
    }
    let wrong = |what: String| Failure::cannot_look("review", what);
    let base = Files::of(scene.git, scene.base)?;
    let config = base.text(CONFIG_FILE)?.unwrap_or_default();
    let config = File::parse(Path::new("leadforge.toml of the base"), config.as_bytes())?;
    let asked: Asked = config.load_table("review")?;
    let (rules, from) = rules(&base, asked.rules.as_deref())?;
    let head = Files::of(scene.git, scene.tip)?;
    let sources = rules.sources(head.paths().map_err(wrong)?);
    let changed = change.files.iter().map(|file| file.path.clone());
    let head = head.with(sources.into_iter().chain(changed))?;
    let old = change.files.iter().map(|file| file.old_path.as_ref().unwrap_or(&file.path).clone());
    let base = base.with(old)?;
    let plain = size::Config::default();
    let own: Vec<(Class, Vec<String>)> = asked.size.classes.into_iter().collect();
    let config = Config {
        required: asked.require.unwrap_or_else(|| REQUIRED.map(str::to_owned).into()),
        size: size::Config {
            classes: Classes::new(&own).map_err(wrong)?,
            count: asked.size.count.unwrap_or(plain.count),
            warn: asked.size.warn.unwrap_or(plain.warn),
            error: asked.size.error.unwrap_or(plain.error),
        },
        baseline: borne(&base, asked.baseline.as_deref().unwrap_or("docs/review/baseline"))?,
        today: today(),
    };
    let found = secrets::check(&change, &base, &head);
    let evidence = Evidence {
        head: &head,
        base: &base,
        others: [("secrets".to_owned(), found)].into_iter().collect(),
    };
    let report = review(&change, &rules, evidence, &config);
    let compared = format!("{} against {}", scene.tip.short(10), scene.base.short(10));
    Ok(Some(told::envelope(&report, &from, compared)))
}

/// The rules of the base, or those that are built in, and which of both.
fn rules(base: &Files<'_>, named: Option<&str>) -> Result<(RuleSet, String), Failure> {
    let path = named.unwrap_or("docs/review/RULES.md");
    let wrong = |what: String| Failure::cannot_look("review.rules", what);
    let Some(text) = base.text(path)? else {
        return match named {
            Some(_) => {
                Err(wrong(format!("[review] rules names {path}, which the base does not have")))
            }
            None => Ok((RuleSet::builtin(), format!("built in: the base has no {path}"))),
        };
    };
    let set = RuleSet::read(path, &text).map_err(|error| wrong(error.to_string()))?;
    if let Some(broken) = set.test().first() {
        return Err(wrong(format!("{path}:{}: {}: {}", broken.line, broken.rule, broken.reason)));
    }
    let count = set.rules.len();
    Ok((set, format!("{count} of {path} at the base")))
}

/// What the base lets pass.
fn borne(base: &Files<'_>, folder: &str) -> Result<Vec<Entry>, Failure> {
    let wrong = |what: String| Failure::cannot_look("review.baseline", what);
    let folder = format!("{}/", folder.trim_matches('/'));
    let mut entries = Vec::new();
    for path in base.paths().map_err(wrong)? {
        let own = path.as_str().filter(|name| name.starts_with(&folder) && name.ends_with(".toml"));
        if let Some(name) = own {
            let text = base.text(name)?.unwrap_or_default();
            entries.push(Entry::read(name, &text).map_err(|error| wrong(error.to_string()))?);
        }
    }
    Ok(entries)
}

/// The day on which this runs, in UTC.
fn today() -> String {
    let now = i64::try_from(host::now_ms()).unwrap_or(i64::MAX);
    let at = jiff::Timestamp::from_millisecond(now).unwrap_or(jiff::Timestamp::MAX);
    at.strftime("%Y-%m-%d").to_string()
}
