//! What somebody tries who writes the commits and the evidence by hand.

use super::fakes;
use super::forge::{ALWAYS, Forgery, GOOD, OWN, commit_tree, completion, landed, rewritten, with};

#[test]
fn a_forgery_that_lies_about_nothing_is_proven() {
    let repo = landed();
    Forgery::on(&repo).make(&repo);
    let told = repo.verify(&["lf-cc", "--at", "forged"]);
    assert_eq!(told.code, 0, "each fake differs from this in one thing: {}{}", told.out, told.err);
    assert!(told.out.contains("proven"), "{}", told.out);
}

fakes! {
    evidence_of_another_commit || {
        let repo = landed();
        let other = repo.git(&["rev-parse", "main"]);
        rewritten(&repo, "lf-aa", |text| with(&text, "commit", &format!("\"{other}\"")))
    };
    evidence_of_another_task || {
        let repo = landed();
        let path = "docs/TASKS/queue/completed/lf-bb.md";
        let other = repo.git(&["show", &format!("leadforge/run:{path}")]);
        let done = other.split_once("[done]").expect("evidence").1.to_owned();
        rewritten(&repo, "lf-aa", |text| format!("{}[done]{done}\n", text.split_once("[done]").expect("evidence").0))
    };
    evidence_of_another_tree || {
        let repo = landed();
        let other = repo.git(&["rev-parse", "main^{tree}"]);
        rewritten(&repo, "lf-aa", |text| with(&text, "tree", &format!("\"{other}\"")))
    };
    commit_that_does_not_exist || {
        rewritten(&landed(), "lf-aa", |text| with(&text, "commit", &format!("\"{}\"", "1".repeat(40))))
    };
    epoch_0 || {
        let repo = landed();
        Forgery { epoch: 0, ..Forgery::on(&repo) }.look(&repo)
    };
    epoch_as_large_as_can_be || {
        let repo = landed();
        Forgery { epoch: i64::MAX.unsigned_abs(), ..Forgery::on(&repo) }.look(&repo)
    };
    number_that_no_machine_holds || rewritten(&landed(), "lf-aa", |text| with(&text, "epoch", &u64::MAX.to_string()));
    evidence_with_a_key_twice || rewritten(&landed(), "lf-aa", |text| text.replacen("epoch = 1\n", "epoch = 1\nepoch = 1\n", 1));
    evidence_without_checks || {
        rewritten(&landed(), "lf-aa", |text| {
            let (head, rest) = text.split_once("checks = [").expect("checks");
            format!("{head}checks = []{}", rest.split_once("\n]").expect("their end").1)
        })
    };
    evidence_of_a_red_check || rewritten(&landed(), "lf-aa", |text| text.replacen("exit = 0", "exit = 1", 1));
    completed_file_changed_besides || rewritten(&landed(), "lf-aa", |text| text.replace("The text.", "Another text."));
    completed_file_changed_later || {
        let repo = landed();
        let path = "docs/TASKS/queue/completed/lf-aa.md";
        let text = repo.git(&["show", &format!("leadforge/run:{path}")]).replace("agent = \"shell\"", "agent = \"claude\"");
        let made = commit_tree(&repo, &["leadforge/run"], "leadforge/run", "praise", &[(path, Some(&text))]);
        repo.git(&["update-ref", "refs/heads/forged", &made]);
        repo.verify(&["lf-aa", "--at", "forged", "--no-run"])
    };
    completion_that_touches_more || {
        let repo = landed();
        Forgery { more: vec![("a.txt", Some("one more\n"))], ..Forgery::on(&repo) }.look(&repo)
    };
    completion_that_is_a_link || {
        let repo = landed();
        Forgery::on(&repo).make(&repo);
        let blob = repo.git(&["rev-parse", "forged:docs/TASKS/queue/completed/lf-cc.md"]);
        repo.git(&["read-tree", "forged"]);
        repo.git(&["update-index", "--cacheinfo", &format!("120000,{blob},docs/TASKS/queue/completed/lf-cc.md")]);
        let tree = repo.git(&["write-tree"]);
        let message = repo.git(&["log", "-1", "--format=%B", "forged"]);
        let made = repo.git(&["commit-tree", "-p", "forged^", "-m", &message, &tree]);
        repo.git(&["update-ref", "refs/heads/forged", &made]);
        repo.verify(&["lf-cc", "--at", "forged", "--no-run"])
    };
    completion_without_trailers || {
        let repo = landed();
        Forgery { message: &|_| "Complete lf-cc\n".to_owned(), ..Forgery::on(&repo) }.look(&repo)
    };
    trailers_of_another_epoch || {
        let repo = landed();
        let message = |text: String| text.replace("Epoch: 1", "Epoch: 2");
        Forgery { message: &message, ..Forgery::on(&repo) }.look(&repo)
    };
    work_that_edits_the_queue || {
        let repo = landed();
        let work = vec![GOOD, ("docs/TASKS/queue/completed/lf-dd.md", Some("forged\n"))];
        Forgery { work, ..Forgery::on(&repo) }.look(&repo)
    };
    weaker_check_on_the_branch || {
        let repo = landed();
        let tip = weaker(&repo, "easier");
        Forgery { tip, checks: vec!["true", ALWAYS], ..Forgery::on(&repo) }.look(&repo)
    };
    weaker_check_recorded_by_a_forged_record || {
        let repo = landed();
        let tip = weaker(&repo, "Record the queue\n\nLeadForge-Record: leadforge/run\n");
        Forgery { tip, checks: vec!["true", ALWAYS], ..Forgery::on(&repo) }.look(&repo)
    };
    weaker_configuration_on_the_branch || {
        let repo = landed();
        let tip = commit_tree(&repo, &["leadforge/run"], "leadforge/run", "easier", &[("leadforge.toml", Some("[verify]\n"))]);
        Forgery { tip, checks: vec![OWN], ..Forgery::on(&repo) }.look(&repo)
    };
    base_that_is_the_forgers_own || {
        let repo = landed();
        let base = commit_tree(&repo, &["main"], "main", "easier", &[("leadforge.toml", Some("[verify]\n"))]);
        let record = "Record the queue\n\nLeadForge-Record: leadforge/run\n";
        let tip = commit_tree(&repo, &[&base], &base, record, &[]);
        Forgery { tip, base, checks: vec![OWN], ..Forgery::on(&repo) }.look(&repo)
    };
    base_that_is_not_below || {
        let repo = landed();
        let base = repo.git(&["commit-tree", "-m", "elsewhere", "main^{tree}"]);
        Forgery { base, ..Forgery::on(&repo) }.look(&repo)
    };
    check_left_out || {
        let repo = landed();
        Forgery { checks: vec![OWN], ..Forgery::on(&repo) }.look(&repo)
    };
    check_of_the_forgers_own || {
        let repo = landed();
        Forgery { checks: vec![OWN, ALWAYS, "true"], ..Forgery::on(&repo) }.look(&repo)
    };
    one_check_in_the_place_of_two || {
        let repo = landed();
        Forgery { checks: vec![OWN, OWN, ALWAYS], ..Forgery::on(&repo) }.look(&repo)
    };
    tree_that_does_not_pass || {
        let repo = landed();
        Forgery { work: vec![("cc.txt", Some("nothing\n"))], ..Forgery::on(&repo) }.make(&repo);
        repo.verify(&["lf-cc", "--at", "forged"])
    };
    ref_of_the_gate_moved || {
        let repo = landed();
        let other = completion(&repo, "lf-bb");
        repo.git(&["update-ref", "refs/leadforge/done/lf-aa/1", &other]);
        repo.verify(&["lf-aa", "--no-run"])
    };
    merge_that_is_none_of_its_parents || {
        let repo = landed();
        merge(&repo, |tip, work, message| commit_tree(&repo, &[tip, work], "leadforge/run^", message, &[("a.txt", Some("one, but not merged\n"))]))
    };
    merge_whose_parents_lie || {
        let repo = landed();
        merge(&repo, |tip, _, message| commit_tree(&repo, &[tip, "main"], "leadforge/run^", message, &[]))
    };
    completed_again_under_an_older_epoch || {
        let repo = landed();
        Forgery::on(&repo).make(&repo);
        // Taken back, and completed again under the epoch that was used.
        let pending = repo.git(&["show", "main:docs/TASKS/queue/pending/lf-cc.md"]) + "\n";
        let files = [("docs/TASKS/queue/completed/lf-cc.md", None), ("docs/TASKS/queue/pending/lf-cc.md", Some(pending.as_str()))];
        let record = "Record the queue\n\nLeadForge-Record: leadforge/run\n";
        let tip = commit_tree(&repo, &["forged"], "forged", record, &files);
        Forgery { tip, ..Forgery::on(&repo) }.look(&repo)
    };
}

/// The integration branch with an easier definition of lf-cc on top.
fn weaker(repo: &super::Repo, message: &str) -> String {
    let path = "docs/TASKS/queue/pending/lf-cc.md";
    let text = repo.git(&["show", &format!("leadforge/run:{path}")]).replace(OWN, "true") + "\n";
    commit_tree(repo, &["leadforge/run"], "leadforge/run", message, &[(path, Some(&text))])
}

/// The real completion of lf-bb with another merge below it, made from the tip, the work and the merge's message.
pub(super) fn merge(
    repo: &super::Repo,
    make: impl FnOnce(&str, &str, &str) -> String,
) -> super::Answer {
    let real = completion(repo, "lf-bb");
    let tip = repo.git(&["rev-parse", &format!("{real}^^1")]);
    let work = repo.git(&["rev-parse", &format!("{real}^^2")]);
    let merged = make(&tip, &work, &repo.git(&["log", "-1", "--format=%B", &format!("{real}^")]));
    let tree = repo.git(&["rev-parse", &format!("{merged}^{{tree}}")]);
    let path = "docs/TASKS/queue/completed/lf-bb.md";
    let text = repo.git(&["show", &format!("{real}:{path}")]) + "\n";
    let text =
        with(&with(&text, "commit", &format!("\"{merged}\"")), "tree", &format!("\"{tree}\""));
    let message = repo.git(&["log", "-1", "--format=%B", &real]);
    let files = [("docs/TASKS/queue/pending/lf-bb.md", None), (path, Some(text.as_str()))];
    let made = commit_tree(repo, &[&merged], &merged, &message, &files);
    repo.git(&["update-ref", "refs/heads/forged", &made]);
    repo.git(&["update-ref", "-d", "refs/leadforge/done/lf-bb/1"]);
    repo.verify(&["lf-bb", "--at", "forged", "--no-run"])
}
