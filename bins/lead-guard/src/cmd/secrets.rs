//! `lead-guard secrets`: where secrets lie open.

use std::path::PathBuf;

use leadforge_cli_kit::{Context, Failure, Format, Outcome};
use leadforge_durable_fs::{RealDisk, read};
use leadforge_secret_scan::{Confidence, Config, Scanner};

use crate::report::{self, Report};
use crate::sources::{self, Looked};
use crate::{baseline, home};

/// Flags of `secrets`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files and folders, or - for standard input; this folder unless something is named.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Look at what is staged for the next commit.
    #[arg(long, conflicts_with_all = ["history", "paths"])]
    staged: bool,
    /// Look at every content that a file ever had, in all branches and tags, each once.
    #[arg(long, conflicts_with = "paths")]
    history: bool,
    /// Report what is at least so sure.
    #[arg(long, value_name = "CONFIDENCE", default_value = "medium")]
    min_confidence: Sure,
    /// More rules, as a file in gitleaks' format. Repeatable.
    #[arg(long, value_name = "FILE")]
    rules: Vec<PathBuf>,
    /// Leave out lines with a comment such as gitleaks:allow: whoever adds a secret can add the comment, too.
    #[arg(long)]
    allow_comments: bool,
    /// The folder with what is borne, below the repository's root: that of `[review] baseline` in leadforge.toml unless
    /// given, else docs/review/baseline.
    #[arg(long, value_name = "DIR")]
    baseline: Option<String>,
    /// Read what is borne from this commit, not from the files.
    #[arg(long, value_name = "REV")]
    baseline_from: Option<String>,
    /// Bear a finding, named by its fingerprint. Repeatable; needs --reason and --until.
    #[arg(long, value_name = "FINGERPRINT", requires_all = ["reason", "until"])]
    bear: Vec<String>,
    /// Why it is borne.
    #[arg(long, value_name = "TEXT", requires = "bear")]
    reason: Option<String>,
    /// The last day on which it is, as YYYY-MM-DD.
    #[arg(long, value_name = "DAY", requires = "bear")]
    until: Option<String>,
    /// How many files are looked at side by side; as many as there are processors unless said otherwise.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

/// How sure.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Sure {
    /// Also what is more likely an example, an id or a digest.
    Low,
    /// What is likely a secret.
    Medium,
    /// What is as good as certain.
    High,
}

/// A rule file larger than this is none.
const LIMIT: u64 = 4 << 20;

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json, Format::Sarif, Format::Github])?;
    let scanner = scanner(args)?;
    if let Some(threads) = args.threads {
        // Set once per process; a second call cannot happen.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.max(1)).build_global();
    }
    let mut looked: Looked = if args.staged {
        sources::staged(&scanner)?
    } else if args.history {
        sources::history(&scanner)?
    } else if args.paths == [PathBuf::from("-")] {
        sources::stream(&scanner)?
    } else {
        sources::files(&scanner, &args.paths)?
    };
    // Nothing staged is nothing to say; a folder, a history or a stream without anything is a mistake.
    if !args.staged && (looked.texts, looked.skipped) == (0, 0) && looked.missed.is_empty()
        || looked.empty()
    {
        looked.missed.push("there was nothing to look at".to_owned());
    }
    let root = baseline::root();
    let from = args.baseline_from.as_deref();
    let folder = home::folder(args.baseline.as_deref(), from, &root, ctx)?;
    home::tell_of_old(&root, &folder, ctx);
    let known = baseline::load(&folder, from)?;
    let today = baseline::today();
    let report = Report::of(looked, &known, &today, args.allow_comments);
    if !args.bear.is_empty() {
        let (reason, until) = (args.reason.as_deref(), args.until.as_deref());
        return baseline::bear(
            &report,
            &args.bear,
            &folder,
            (reason.unwrap_or_default(), until.unwrap_or_default()),
            ctx,
        );
    }
    report::emit(&report, ctx)
}

fn scanner(args: &Args) -> Result<Scanner, Failure> {
    let mut config = Config {
        least: match args.min_confidence {
            Sure::Low => Confidence::Low,
            Sure::Medium => Confidence::Medium,
            Sure::High => Confidence::High,
        },
        ..Config::default()
    };
    for path in &args.rules {
        let bytes = read(&RealDisk, path, LIMIT)?;
        let name = path.display().to_string();
        let text = String::from_utf8(bytes).map_err(|_| {
            Failure::usage("secrets.rules", format!("{name}: this is no UTF-8 text"))
        })?;
        config.rules.push((name, text));
    }
    Scanner::new(&config).map_err(|error| Failure::usage("secrets.rules", error))
}
