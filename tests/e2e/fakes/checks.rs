//! What goes on in the verification commands, where the agent's own code runs.

use super::{Answer, Repo, fakes};

/// A task whose work is fine and whose checks are these.
fn checked(config: &str, verify: &[&str]) -> Answer {
    Repo::cheat(config, &front(verify))
}

pub(super) fn front(verify: &[&str]) -> String {
    format!("run = \"echo two >> a.txt\"\nverify = {}\ntries = 1", serde_json::json!(verify))
}

/// The same without a fence, so that a check can reach the repository while it is being landed.
pub(super) fn unfenced(command: &str) -> (Repo, Answer) {
    let repo = Repo::new();
    let command = command.replace("REPO", &repo.path().display().to_string());
    repo.task("lf-aa", &front(&[&command]));
    repo.commit("task");
    let answer = repo.run(&["-q", "--sandbox", "none"]);
    (repo, answer)
}

fakes! {
    one_check_prepares_the_next || {
        let repo = Repo::new();
        repo.write("gate.sh", "grep -q GOOD a.txt\n");
        repo.task("lf-aa", "run = \"printf 'echo GOOD > a.txt; echo true > gate.sh' > own.sh\"\nverify = [\"sh own.sh\", \"sh gate.sh\"]\ntries = 1");
        repo.commit("gate");
        repo.run(&["-q", "--format", "json"])
    };
    one_check_edits_the_git_directory || {
        checked("", &["git config forged.by me; git config forged.by", "git config forged.by"])
    };
    check_that_takes_for_ever || checked("[sandbox]\ncheck_seconds = 1\n", &["sleep 600"]);
    check_that_runs_out_of_memory || {
        checked("[sandbox]\nmemory_mib = 64\n", &["head -c 400000000 /dev/zero | tail | wc -c"])
    };
    check_that_is_killed || checked("", &["kill -9 $$"]);
    log_of_a_gigabyte || checked("", &["yes passed | head -c 1000000000"]);
    cache_prepared_by_the_change || {
        let config = "[[verify.prepare]]\ncommand = \"sh prep.sh\"\nlocks = [\"lock\"]\n";
        let run = "run = \"echo 2 > lock; echo 'echo two > $LEADFORGE_CACHE/tool' > prep.sh\"";
        let repo = Repo::ready(config, &[("lf-aa", &format!("{run}\nverify = [\"test -e $LEADFORGE_CACHE/tool\", \"grep -q two $LEADFORGE_CACHE/tool\"]\ntries = 1"))]);
        repo.write("prep.sh", "echo one > $LEADFORGE_CACHE/tool\n");
        repo.write("lock", "1\n");
        repo.commit("prep");
        repo.run(&["-q", "--format", "json"])
    };
    cache_written_by_a_check || {
        let config = "[[verify.prepare]]\ncommand = \"echo one > $LEADFORGE_CACHE/tool\"\nlocks = [\"a.txt\"]\n";
        checked(config, &["grep -q one $LEADFORGE_CACHE/tool", "echo two > $LEADFORGE_CACHE/tool; grep -q two $LEADFORGE_CACHE/tool"])
    };
    branch_moved_while_it_is_verified || {
        let (repo, answer) = unfenced("git -C REPO update-ref refs/heads/lf/lf-aa/1 main");
        repo.nothing_landed();
        answer
    };
    integration_branch_moved_while_it_is_verified || {
        let (repo, answer) = unfenced("git -C REPO update-ref refs/heads/leadforge/run main");
        repo.nothing_landed();
        answer
    };
}
