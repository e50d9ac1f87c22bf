//! The hand-labelled answer for job-lead-finder's task sources; `cargo xtask conform tasks` runs it.

use std::fs;
use std::path::{Path, PathBuf};

use leadforge_task_queue::Queue;
use leadforge_task_queue::import::{self, Why};

use crate::import_hostile::unaccounted;

/// File, priority, hours, agent, number of touched files, title.
type Labelled = (&'static str, &'static str, Option<f64>, &'static str, usize, &'static str);

/// Labelled by reading the files: file, priority, hours, agent, touched files, title. A task that
/// stands in a `.ai-tasks` file and in the list counts where its objectives are.
const TASKS: &[Labelled] = &[
    (
        ".ai-tasks/STRATEGY-auto-revert-on-failure.md",
        "P3",
        None,
        "",
        0,
        "Auto-fix common issues before revert",
    ),
    (
        ".ai-tasks/STRATEGY-auto-revert-on-failure.md",
        "P3",
        None,
        "",
        0,
        "Auto-merge revert PR if approved",
    ),
    (
        ".ai-tasks/STRATEGY-auto-revert-on-failure.md",
        "P3",
        None,
        "",
        0,
        "ML prediction of likely failures",
    ),
    (
        ".ai-tasks/STRATEGY-auto-revert-on-failure.md",
        "P3",
        None,
        "",
        0,
        "Metrics dashboard (revert frequency)",
    ),
    (
        ".ai-tasks/STRATEGY-auto-revert-on-failure.md",
        "P3",
        None,
        "",
        0,
        "Slack/Discord notifications",
    ),
    (
        ".ai-tasks/TODO-brave-search-integration.md",
        "P2",
        Some(1.5),
        "",
        0,
        "Brave Search MCP Integration",
    ),
    (
        ".ai-tasks/TODO-gemini-model-upgrade.md",
        "P2",
        None,
        "",
        5,
        "Upgrade to Latest Gemini Models",
    ),
    (
        ".ai-tasks/TODO-security-constants-configurable.md",
        "P3",
        Some(2.5),
        "",
        0,
        "Make Security Constants Configurable",
    ),
    (
        ".ai-tasks/current-task.md",
        "P0",
        None,
        "",
        0,
        "Verify version bump auto-merge after next merge",
    ),
    (
        ".ai-tasks/track-2-copilot.md",
        "P1",
        None,
        "copilot",
        0,
        "Email Server Integration for Aggregator Automation",
    ),
    (".ai-tasks/track-3-copilot.md", "P1", None, "copilot", 0, "Learning from Job Suggestions"),
    (
        ".ai-tasks/track-4-copilot.md",
        "P1",
        None,
        "copilot",
        0,
        "Provider-Agnostic AI Evaluation Framework",
    ),
    (".ai-tasks/track-5-copilot.md", "P1", None, "copilot", 0, "AI Profile System"),
    (".ai-tasks/track-6-copilot.md", "P1", None, "copilot", 0, "Small Language Model Integration"),
    (".ai-tasks/track-7-copilot.md", "P1", None, "copilot", 0, "Tech Demo Portfolio Generator"),
    (
        ".ai-tasks/track-8-gemini-logo-ui.md",
        "P2",
        None,
        "gemini",
        1,
        "Add Company Logo Placeholders to Job Search Results",
    ),
    (
        ".ai-tasks/track-ollama-pr90-fix.md",
        "P1",
        Some(0.38),
        "ollama",
        0,
        "Fix PR #90 Test Failures",
    ),
    ("docs/TODO.md", "P0", None, "", 0, "Resync AI Instructions"),
    ("docs/TODO.md", "P0", None, "", 1, "Architecture Documentation"),
    ("docs/TODO.md", "P0", None, "", 1, "Task Planning"),
    ("docs/TODO.md", "P0", None, "", 1, "Technical Documentation"),
    ("docs/TODO.md", "P1", None, "", 0, "Claude Code Settings - Agent Support"),
    ("docs/TODO.md", "P1", None, "", 3, "Async Test Failures - pytest-asyncio Configuration"),
    ("docs/TODO.md", "P2", None, "", 0, "Copilot Usage Tracking API"),
    ("docs/TODO.md", "P3", None, "", 0, "Cross-platform setup utility (setup_dev.py)"),
    (
        "docs/TODO.md",
        "P3",
        None,
        "",
        0,
        "File size limits per format (e.g., 2MB for PDF, 1MB for DOCX)",
    ),
    ("docs/TODO.md", "P3", None, "", 0, "Mojibake Pattern Validation"),
    ("docs/TODO.md", "P3", None, "", 0, "OCR for image-based PDFs - requires pytesseract"),
    ("docs/TODO.md", "P3", None, "", 0, "Rate limiting on upload endpoint"),
    ("docs/TODO.md", "P3", None, "", 0, "Resume preview in UI before saving"),
    ("docs/TODO.md", "P3", None, "", 0, "Resume version history"),
    (
        "docs/TODO.md",
        "P3",
        None,
        "",
        0,
        "Sandboxed parsing (run pypdf/docx in isolated subprocess)",
    ),
    ("docs/TODO.md", "P3", None, "", 0, "Support .odt (OpenDocument) - requires odfpy package"),
    (
        "docs/TODO.md",
        "P3",
        None,
        "",
        0,
        "Support .rtf (Rich Text Format) - requires striprtf package",
    ),
    ("docs/TODO.md", "P3", None, "", 0, "Support multiple resumes (resume library)"),
];

/// What is no task, and why: a status report, a process, a hollow task, finished and dropped entries.
const LEFT: &[(&str, &str, &str)] = &[
    (
        ".ai-tasks/NEXT_STEPS.md",
        "Prose",
        "Next Steps - PR Management: no open box, no section with a priority, status or effort",
    ),
    (
        ".ai-tasks/WORKFLOW-pr-approval-merge.md",
        "Prose",
        "Workflow: PR Approval → Merge Process: no open box, no section with a priority, status or effort",
    ),
    (
        ".ai-tasks/track-1-gemini.md.failed",
        "Empty",
        "Containerized AI Resource Monitor Dashboard: its section \"Objectives\" is empty",
    ),
    (
        "docs/TODO.md",
        "Decided",
        "PDF Text Cleaning (ui_server.py:771-777): Skip for now - adds complexity without meaningful…",
    ),
    ("docs/TODO.md", "Done", "Containerized AI Resource Monitor Dashboard"),
    ("docs/TODO.md", "Done", "Integration Test CI Isolation"),
    (
        "docs/TODO.md",
        "Same(\".ai-tasks/track-2-copilot.md\")",
        "Email Server Integration for Aggregator Automation",
    ),
    ("docs/TODO.md", "Same(\".ai-tasks/track-3-copilot.md\")", "Learning from Job Suggestions"),
    (
        "docs/TODO.md",
        "Same(\".ai-tasks/track-4-copilot.md\")",
        "Provider-Agnostic AI Evaluation Framework",
    ),
    ("docs/TODO.md", "Same(\".ai-tasks/track-5-copilot.md\")", "AI Profile System"),
    ("docs/TODO.md", "Same(\".ai-tasks/track-6-copilot.md\")", "Small Language Model Integration"),
    ("docs/TODO.md", "Same(\".ai-tasks/track-7-copilot.md\")", "Tech Demo Portfolio Generator"),
];

fn sources() -> Vec<(String, Vec<u8>)> {
    let corpora = std::env::var_os("LEADFORGE_CORPORA")
        .expect("LEADFORGE_CORPORA names the folder of the corpora");
    let root = Path::new(&corpora).join("job-lead-finder");
    let folder = fs::read_dir(root.join(".ai-tasks")).expect("the corpus is complete");
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("readable").path()).collect();
    paths.push(root.join("docs/TODO.md"));
    paths.sort();
    let name = |path: &Path| path.strip_prefix(&root).expect("below").display().to_string();
    paths.iter().map(|p| (name(p), fs::read(p).expect("readable"))).collect()
}

#[test]
#[ignore = "reads others' data: cargo xtask conform tasks"]
fn job_lead_finder_as_a_person_reads_it() {
    let sources = sources();
    assert_eq!(sources.len(), 17);
    let import = import::read_all(sources.iter().map(|(p, b)| (p.as_str(), b.as_slice())));
    for (path, bytes) in &sources {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        assert_eq!(unaccounted(path, text, &import), [], "{path}");
    }
    let plan = import::plan(&import, &Queue::default()).expect("no cycle");
    let planned = |key: &String| plan.files.iter().any(|file| file.key == *key);
    let mut found: Vec<_> = import
        .drafts
        .iter()
        .filter(|d| planned(&d.key))
        .map(|d| {
            let hours = d.estimate.and_then(|e| e.hours);
            (
                d.at.path.as_str(),
                d.priority.as_str(),
                hours,
                d.agents.concat(),
                d.touches.len(),
                d.title.as_str(),
            )
        })
        .collect();
    found.sort_by(|a, b| (a.0, a.1, a.4, a.5).cmp(&(b.0, b.1, b.4, b.5)));
    let labelled: Vec<_> = TASKS
        .iter()
        .map(|(p, prio, h, a, n, t)| (*p, *prio, *h, (*a).to_owned(), *n, *t))
        .collect();
    assert_eq!(found, labelled);
    let left: Vec<_> = plan
        .remarks
        .iter()
        .filter(|r| r.why.left_out() && (r.why != Why::Prose || r.what.contains("no open box")))
        .map(|r| (r.at.path.as_str(), format!("{:?}", r.why), r.what.as_str()))
        .collect();
    let mut left = left;
    left.sort();
    let labelled: Vec<_> =
        LEFT.iter().map(|(p, why, what)| (*p, (*why).to_owned(), *what)).collect();
    assert_eq!(left, labelled);
}

#[test]
#[ignore = "reads others' data: cargo xtask conform tasks"]
fn a_second_import_of_job_lead_finder_changes_nothing() {
    let sources = sources();
    let import = import::read_all(sources.iter().map(|(p, b)| (p.as_str(), b.as_slice())));
    let plan = import::plan(&import, &Queue::default()).expect("no cycle");
    let files = plan.files.iter().map(|file| (file.path.as_str(), &file.bytes));
    let queue = Queue::from_files(files).expect("every planned file can be read");
    assert_eq!(import::plan(&import, &queue).expect("no cycle").files, []);
}
