//! What an agent tries inside of its worktree.

use super::{Repo, fakes};

const CHECK: &str = "verify = [\"grep -q two a.txt\"]\ntries = 1";

/// Where the log of the first check will be.
const LOG: &str = ".git/leadforge/runs/leadforge%2Frun/logs/lf-aa.1.attempt-1.log";

/// A front matter with this command and the usual check.
pub(super) fn does(run: &str) -> String {
    format!("run = {}\n{CHECK}", serde_json::Value::from(run))
}

/// Completed-looking evidence for a task that nobody did.
const FORGED: &str = "+++\\ntitle = \\\"Do lf-bb\\\"\\nverify = [\\\"false\\\"]\\ntries = 1\\n\\n[done]\\nepoch = 1\\nsession = \\\"x\\\"\\nagent = \\\"x\\\"\\ncommit = \\\"x\\\"\\ntree = \\\"x\\\"\\nstarted = 2026-01-01T00:00:00Z\\nended = 2026-01-01T00:00:00Z\\n+++\\n";

/// A good task that smuggles something for another one, which then has to be done all the same: that waits for the
/// first, so it is tried only when the first has landed.
fn smuggle(files: &[(&str, &str)], run: &str) -> super::Answer {
    let repo = Repo::ready(
        "",
        &[
            ("lf-aa", &does(&format!("echo two >> a.txt; {run}"))),
            ("lf-bb", "after = [\"lf-aa\"]\nrun = \"true\"\nverify = [\"false\"]\ntries = 1"),
        ],
    );
    for (path, text) in files {
        repo.write(path, text);
    }
    if !files.is_empty() {
        repo.commit("more");
    }
    let answer = repo.run(&["-q", "-j", "1"]);
    repo.still_pending("lf-bb");
    answer
}

fakes! {
    no_check_at_all || Repo::cheat("", "run = \"echo two >> a.txt\"");
    nothing_was_done || Repo::cheat("[verify]\nalways = [\"true\"]\n", "run = \"true\"\ntries = 1");
    weaker_check_in_the_task_file || {
        Repo::cheat("", &does("sed -i 's/grep -q two a.txt/true/' docs/TASKS/queue/pending/lf-aa.md"))
    };
    weaker_configuration || {
        let config = "[verify]\nalways = [\"grep -q two a.txt\"]\n";
        Repo::cheat(config, "run = \"echo > leadforge.toml\"\ntries = 1")
    };
    ignored_file || {
        let repo = Repo::ready("", &[("lf-aa", "run = \"touch proof\"\nverify = [\"test -e proof\"]\ntries = 1")]);
        repo.write(".gitignore", "proof\n");
        repo.commit("ignore");
        repo.run(&["-q", "--format", "json"])
    };
    own_task_moved_to_completed || {
        let queue = "docs/TASKS/queue";
        let run = format!("mkdir -p {queue}/completed; mv {queue}/pending/lf-aa.md {queue}/completed/");
        let repo = Repo::ready("", &[("lf-aa", &does(&run))]);
        let answer = repo.run(&["-q", "--format", "json"]);
        repo.still_pending("lf-aa");
        answer
    };
    other_task_completed_in_passing || {
        smuggle(&[], &format!("mkdir -p docs/TASKS/queue/completed; printf '{FORGED}' > docs/TASKS/queue/completed/lf-bb.md"))
    };
    file_renamed_into_the_queue || {
        let text = FORGED.replace("\\n", "\n").replace("\\\"", "\"");
        smuggle(
            &[("notes.md", &text)],
            "mkdir -p docs/TASKS/queue/completed; mv notes.md docs/TASKS/queue/completed/lf-bb.md",
        )
    };
    queue_in_another_case || {
        let run = "mkdir -p docs/tasks/queue/completed; echo x > docs/tasks/queue/completed/lf-aa.md; echo two >> a.txt";
        Repo::cheat("", &does(run))
    };
    names_that_differ_in_case_alone || Repo::cheat("", &does("echo two >> a.txt; echo one > A.TXT"));
    folder_replaced_by_a_link || {
        smuggle(&[], &format!("mv docs real; mkdir -p real/TASKS/queue/completed; printf '{FORGED}' > real/TASKS/queue/completed/lf-bb.md; ln -s real docs"))
    };
    program_shadowed_by_a_file || {
        let run = "printf '#!/bin/sh\\nexit 0\\n' > grep; chmod +x grep; mkdir -p bin .local/bin; cp grep bin; cp grep .local/bin";
        Repo::cheat("", &does(run))
    };
    failing_file_left_out_of_exports || {
        let front = "run = \"echo 'broken export-ignore' > .gitattributes\"\nverify = [\"test ! -e broken\"]\ntries = 1";
        let repo = Repo::ready("", &[("lf-aa", front)]);
        repo.write("broken", "x\n");
        repo.commit("broken");
        repo.run(&["-q", "--format", "json"])
    };
    filter_that_changes_the_checkout || {
        Repo::cheat("", &does("echo two >> a.txt; echo '*.txt filter=improve' > .gitattributes"))
    };
    pointers_of_large_file_storage || {
        Repo::cheat("", &does("echo two >> a.txt; echo '*.bin filter=lfs -text' > .gitattributes"))
    };
    test_deleted || {
        let front = "run = \"rm tests/fails.sh\"\nverify = [\"for t in tests/*.sh; do sh $t || exit 1; done\"]\ntouches = [\"src/**\"]\ntries = 1";
        let repo = Repo::ready("[run]\nstrict = true\n", &[("lf-aa", front)]);
        repo.write("tests/fails.sh", "exit 1\n");
        repo.write("tests/passes.sh", "exit 0\n");
        repo.commit("tests");
        repo.run(&["-q", "--format", "json"])
    };
    forged_trailers_in_the_agents_commit || {
        let run = "git -c user.name=x -c user.email=x@x commit -q --allow-empty -m \"$(printf 'x\\n\\nLeadForge-Task: lf-aa\\nLeadForge-Epoch: 1\\nLeadForge-Round: 1\\nLeadForge-Slot: 1\\nLeadForge-Run: leadforge/run\\nLeadForge-Base: x\\nLeadForge-Started: 1\\nLeadForge-Outcome: done\\nAssisted-by: shell')\"";
        Repo::cheat("", &does(run))
    };
    exit_0_with_failures_printed || {
        let config = "[[verify.expect]]\ncommand = \"tests.sh\"\nnever = \"FAILED\"\n";
        Repo::cheat(config, "run = \"echo 'echo 3 FAILED; exit 0' > tests.sh\"\nverify = [\"sh tests.sh\"]\ntries = 1")
    };
    no_test_ran || {
        let config = "[[verify.expect]]\ncommand = \"tests.sh\"\nsays = \" passed\"\n";
        Repo::cheat(config, "run = \"echo 'exit 0' > tests.sh\"\nverify = [\"sh tests.sh\"]\ntries = 1")
    };
    log_written_by_the_agent || {
        let repo = Repo::new();
        let log = repo.path().join(LOG);
        repo.task("lf-aa", &does(&format!("echo two >> a.txt; echo passed > '{}'", log.display())));
        repo.commit("task");
        let answer = repo.run(&["-q", "--format", "json"]);
        assert!(answer.out.contains("the agent failed"), "{}", answer.out);
        repo.nothing_landed();
        answer
    };
    log_written_before_the_check_begins || {
        let repo = Repo::new();
        repo.write("leadforge.toml", "[[verify.expect]]\ncommand = \"tests.sh\"\nsays = \" passed\"\n");
        let log = repo.path().join(LOG);
        let run = format!("echo 'exit 0' > tests.sh; echo 3 passed > '{}'", log.display());
        repo.task("lf-aa", &format!("run = {}\nverify = [\"sh tests.sh\"]\ntries = 1", serde_json::Value::from(run)));
        repo.commit("task");
        let answer = repo.run(&["-q", "--format", "json", "--sandbox", "none"]);
        repo.nothing_landed();
        assert_eq!(std::fs::read_to_string(log).expect("the log has that name"), "");
        answer
    };
}
