//! One picture that is configured: everything that decides its bytes, as plain data with a digest.

use std::collections::BTreeMap;
use std::path::Path;

use globset::GlobSet;
use leadforge_cli_kit::{Failure, globs};
use leadforge_durable_fs::{RealDisk, RelPath, read};
use leadforge_visual_diff::Size;
use leadforge_visual_diff::capture::{REVISION, Scheme, Shot, Stub, kind_of};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::config;
use super::fill::fill;
use super::served::Served;
use crate::config::Shot as Table;

/// Where pages are that no app serves.
const ORIGIN: &str = "http://localhost";
/// A stub's file is not larger than this.
const LARGEST: u64 = 16 << 20;

/// A picture to take.
pub(crate) struct Plan {
    /// The screen, and the scheme where it has several.
    pub(crate) name: String,
    screen: String,
    /// Where the picture lies, below the repository's root.
    pub(crate) file: RelPath,
    /// The page.
    pub(crate) source: Option<RelPath>,
    /// What Chromium is asked for.
    pub(crate) shot: Shot,
    /// The origin of the page.
    pub(crate) origin: String,
    /// Answers made up beforehand.
    pub(crate) stubs: Vec<Stub>,
    /// Folders by address.
    pub(crate) serve: Vec<(String, Served)>,
    /// Whether the app answers what nothing else does.
    pub(crate) app: bool,
    values: BTreeMap<String, String>,
    watch: GlobSet,
    watched: Vec<String>,
}

impl Plan {
    /// The page as an answer, filled.
    pub(crate) fn document(&self, bytes: &[u8]) -> Stub {
        let path = self.shot.url.strip_prefix(&self.origin).unwrap_or("/");
        Stub {
            method: Some("GET".to_owned()),
            url: path.split(['?', '#']).next().unwrap_or("/").to_owned(),
            status: 200,
            kind: "text/html; charset=utf-8".to_owned(),
            bytes: fill(bytes, &self.values),
        }
    }

    /// Whether it is a picture of the screen of this name, in one of its schemes.
    pub(crate) fn of(&self, screen: &str) -> bool {
        self.screen == screen
    }

    /// Whether a file takes part in the picture.
    pub(crate) fn watches(&self, path: &str) -> bool {
        // What is written must not look like a source of what is written next.
        let folder = self.file.as_str().trim_end_matches(|c| c != '/');
        self.watch.is_match(path) && !path.starts_with(folder)
    }

    /// A digest of everything but sources, Chromium and fonts.
    pub(crate) fn settings(&self) -> String {
        let stubs: Vec<_> = self
            .stubs
            .iter()
            .map(|stub| json!([stub.method, stub.url, stub.status, stub.kind, digest(&stub.bytes)]))
            .collect();
        let serve: Vec<_> =
            self.serve.iter().map(|(at, from)| json!([at, from.as_str()])).collect();
        let all = json!([
            REVISION,
            self.shot,
            self.origin,
            stubs,
            serve,
            self.app,
            self.values,
            self.source.as_ref().map(RelPath::as_str),
            self.watched,
        ]);
        digest(all.to_string().as_bytes())
    }
}

/// `sha256:` and 64 hex digits.
pub(crate) fn digest(bytes: &[u8]) -> String {
    let hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

/// Every picture that is configured, in the order of the file; `base` is where stubs' files are.
pub(crate) fn plans(table: &Table, base: &Path) -> Result<Vec<Plan>, Failure> {
    if table.screen.is_empty() {
        return Err(Failure::usage("shot.none", "no screen is configured")
            .hint("describe one under [[shot.screen]] in leadforge.toml: name, source or url"));
    }
    let common = &table.defaults;
    if !common.name.is_empty() || common.source.is_some() || !common.steps.is_empty() {
        let what = "[shot.defaults] holds name, source or steps, which belong to one screen";
        return Err(Failure::usage("shot.defaults", what));
    }
    let mut plans: Vec<Plan> = Vec::new();
    for screen in &table.screen {
        for plan in of_screen(table, screen, base)? {
            if plans.iter().any(|other| other.file == plan.file) {
                return Err(wrong(&screen.name, "two screens have this name"));
            }
            plans.push(plan);
        }
    }
    Ok(plans)
}

fn wrong(name: &str, what: impl std::fmt::Display) -> Failure {
    Failure::usage("shot.screen", format!("[[shot.screen]] \"{name}\": {what}"))
}

/// The pictures that the screens promise, as they lie below the folder of pictures.
pub(crate) fn promised(table: &Table) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for screen in &table.screen {
        let name = |picture: Named| picture.file.components().last().map(str::to_owned);
        found.extend(named(table, screen)?.into_iter().filter_map(name));
    }
    Ok(found)
}

/// One picture of a screen by its name.
struct Named {
    name: String,
    file: RelPath,
    scheme: Scheme,
}

/// What the pictures of a screen are called: after it, and after the scheme where it has several.
fn named(table: &Table, screen: &config::Screen) -> Result<Vec<Named>, Failure> {
    let path = |text: &str| RelPath::parse(text).map_err(|refused| wrong(&screen.name, refused));
    if path(&screen.name)?.components().count() != 1 {
        return Err(wrong(&screen.name, "the name is one name, without `/`"));
    }
    let schemes = screen.schemes.clone().or_else(|| table.defaults.schemes.clone());
    let schemes = schemes.unwrap_or_else(|| vec![Scheme::Light]);
    let folder = table.folder.as_deref().unwrap_or("screenshots");
    let one = |scheme: &Scheme| {
        let ending =
            if schemes.len() > 1 { format!("-{}", scheme.as_str()) } else { String::new() };
        let name = format!("{}{ending}", screen.name);
        Ok(Named { file: path(&format!("{folder}/{name}.png"))?, name, scheme: *scheme })
    };
    schemes.iter().map(one).collect()
}

fn of_screen(table: &Table, screen: &config::Screen, base: &Path) -> Result<Vec<Plan>, Failure> {
    let common = &table.defaults;
    let name = &screen.name;
    let bad = |what: &dyn std::fmt::Display| wrong(name, what);
    let path = |text: &str| RelPath::parse(text).map_err(|refused| bad(&refused));
    let named = named(table, screen)?;
    let source = screen.source.as_deref().map(path).transpose()?;
    let app = table.app.as_ref();
    let origin = app.map_or(ORIGIN, |app| app.origin.trim_end_matches('/'));
    let url = screen.url.as_deref().or(common.url.as_deref()).unwrap_or("/");
    let url = if url.starts_with('/') { format!("{origin}{url}") } else { url.to_owned() };
    let inside =
        url.strip_prefix(origin).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if !inside {
        return Err(bad(&format!("the url {url} is not at {origin}")));
    }
    let url = if url == origin { format!("{url}/") } else { url };
    let usual = Shot::default();
    let clock = screen.clock.as_ref().or(common.clock.as_ref());
    let clock_ms = match clock {
        Some(text) => {
            let time: Result<jiff::Timestamp, _> = text.parse();
            time.map_err(|error| bad(&format!("clock: {error}")))?.as_millisecond()
        }
        None => usual.clock_ms,
    };
    let viewport = screen.viewport.or(common.viewport);
    let text = |one: &Option<String>, other: &Option<String>, usual: &str| {
        one.clone().or_else(|| other.clone()).unwrap_or_else(|| usual.to_owned())
    };
    let shot = Shot {
        url,
        viewport: viewport.map_or(usual.viewport, |[width, height]| Size { width, height }),
        full_page: screen.full_page.or(common.full_page).unwrap_or(false),
        scheme: Scheme::Light,
        clock_ms,
        timezone: text(&screen.timezone, &common.timezone, &usual.timezone),
        locale: text(&screen.locale, &common.locale, &usual.locale),
        seed: screen.seed.or(common.seed).unwrap_or(usual.seed),
        settle_ms: screen.settle_ms.or(common.settle_ms).unwrap_or(usual.settle_ms),
        mask: [common.mask.clone(), screen.mask.clone()].concat(),
        steps: screen.steps.clone(),
    };
    let mut serve = common.serve.clone();
    serve.extend(screen.serve.clone());
    let serve: Vec<(String, Served)> = serve
        .into_iter()
        .rev()
        .map(|(at, from)| Ok((at, Served::parse(&from).map_err(|refused| bad(&refused))?)))
        .collect::<Result<_, Failure>>()?;
    let stubs: Vec<Stub> = screen
        .stub
        .iter()
        .chain(&common.stub)
        .map(|stub| answer(stub, base).map_err(|what| bad(&what)))
        .collect::<Result<_, _>>()?;
    let mut watched = [common.watch.clone(), screen.watch.clone()].concat();
    watched.extend(source.iter().map(|path| globset::escape(path.as_str())));
    watched.extend(serve.iter().map(|(_, from)| from.glob()));
    let files =
        [&common.stub, &screen.stub].into_iter().flatten().filter_map(|stub| stub.file.as_deref());
    watched.extend(files.map(globset::escape));
    watched.sort();
    watched.dedup();
    let watch = globs(&format!("[[shot.screen]] \"{name}\": watch"), &watched)?;
    let mut values = common.values.clone();
    values.extend(screen.values.clone());
    let plan = |picture: Named| Plan {
        name: picture.name,
        screen: name.clone(),
        file: picture.file,
        source: source.clone(),
        shot: Shot { scheme: picture.scheme, ..shot.clone() },
        origin: origin.to_owned(),
        stubs: stubs.clone(),
        serve: serve.clone(),
        app: app.is_some(),
        values: values.clone(),
        watch: watch.clone(),
        watched: watched.clone(),
    };
    Ok(named.into_iter().map(plan).collect())
}

/// A stub with its body at hand.
fn answer(stub: &config::Stub, base: &Path) -> Result<Stub, String> {
    if stub.url.is_empty() {
        return Err("a stub has no url".to_owned());
    }
    let (usual, bytes) = match (&stub.json, &stub.body, &stub.file) {
        (None, None, None) => ("text/plain; charset=utf-8", Vec::new()),
        (Some(json), None, None) => ("application/json", json.to_string().into_bytes()),
        (None, Some(body), None) => ("text/plain; charset=utf-8", body.clone().into_bytes()),
        (None, None, Some(file)) => {
            let path = RelPath::parse(file).map_err(|refused| refused.to_string())?;
            let found =
                path.resolve(&RealDisk, base).and_then(|path| read(&RealDisk, &path, LARGEST));
            (kind_of(file), found.map_err(|error| format!("stub {}: {error}", stub.url))?)
        }
        _ => return Err(format!("stub {}: one of json, body and file", stub.url)),
    };
    Ok(Stub {
        method: stub.method.clone(),
        url: stub.url.clone(),
        status: stub.status.unwrap_or(200),
        kind: stub.kind.clone().unwrap_or_else(|| usual.to_owned()),
        bytes,
    })
}
