//! Planted configuration: live under plain git, inert under every operation of ours.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use leadforge_host_git::{
    Error, Expected, Git, NewCommit, NewWorktree, PrivateGitDir, RefUpdate, TreeEdit,
};

use crate::bed::{config, oid, search_path, who};

/// Name, how it is planted, and the plain command that sets it off. Shell, run in the checkout:
/// `$EVIL` is a program that leaves a marker, `$COMMON` the common git directory.
const VECTORS: &[(&str, &str, &str)] = &[
    ("hook post-checkout", "hook post-checkout", "git checkout -qf side"),
    ("hook reference-transaction", "hook reference-transaction", "git update-ref refs/x HEAD"),
    ("hook pre-commit", "hook pre-commit", "git commit -q --allow-empty -m x"),
    ("hook post-index-change", "hook post-index-change", "git add a.txt"),
    (
        "core.hooksPath",
        "mkdir $BED/hooks; cp $EVIL $BED/hooks/post-checkout; git config core.hooksPath $BED/hooks",
        "git checkout -qf side",
    ),
    ("core.fsmonitor", "git config core.fsmonitor $EVIL", "git status"),
    ("diff.external", "git config diff.external $EVIL", "git diff"),
    ("diff driver command", "git config diff.evil.command $EVIL", "git diff"),
    ("textconv", "git config diff.evil.textconv $EVIL", "git diff"),
    ("filter clean", "git config filter.evil.clean $EVIL", "git add x.ev"),
    ("filter smudge", "git config filter.evil.smudge $EVIL", "rm x.ev; git checkout x.ev"),
    ("filter process", "git config filter.evil.process $EVIL", "git add x.ev"),
    (
        "filter by info/attributes",
        "mkdir -p $COMMON/info; echo 'a.txt filter=i' >$COMMON/info/attributes; git config filter.i.clean $EVIL",
        "git add a.txt",
    ),
    ("merge driver", "git config merge.evil.driver $EVIL", "git merge-tree --write-tree HEAD side"),
    ("core.sshCommand", "git config core.sshCommand $EVIL", "git fetch ssh://host.invalid/x"),
    ("core.gitProxy", "git config core.gitProxy $EVIL", "git fetch git://host.invalid/x"),
    ("core.pager", "git config core.pager $EVIL", "script -qec 'git log' /dev/null"),
    (
        "alias",
        "for n in lg status log worktree merge-tree add; do git config alias.$n \"!$EVIL\"; done",
        "git lg",
    ),
    (
        "gpg.program signing",
        "git config gpg.program $EVIL; git config commit.gpgSign true; git config tag.gpgSign true",
        "git commit -q --allow-empty -m x",
    ),
    (
        "gpg.program verifying",
        "git config gpg.program $EVIL; git config log.showSignature true; \
         { git cat-file commit HEAD | sed '/^committer/q'; \
           printf 'gpgsig -----BEGIN PGP SIGNATURE-----\\n \\n x\\n -----END PGP SIGNATURE-----\\n\\nsigned\\n'; \
         } >$BED/signed; git update-ref HEAD $(git hash-object -t commit -w $BED/signed)",
        "git log -1",
    ),
    (
        "credential.helper",
        "git config credential.helper \"!$EVIL\"",
        "printf 'protocol=https\\nhost=x\\n\\n' | git credential fill",
    ),
    (
        "core.askPass",
        "git config core.askPass $EVIL",
        "printf 'protocol=https\\nhost=x\\n\\n' | git credential fill",
    ),
    ("core.editor", "git config core.editor $EVIL", "git commit --allow-empty"),
    (
        "sequence.editor",
        "git config sequence.editor $EVIL",
        "git checkout -qf; git rebase -i HEAD~1",
    ),
    (
        "include.path",
        "printf '[core]\\n\\tfsmonitor = %s\\n' $EVIL >$BED/more; git config include.path $BED/more",
        "git status",
    ),
    (
        "config.worktree",
        "git config extensions.worktreeConfig true; git config --worktree core.fsmonitor $EVIL",
        "git status",
    ),
    (
        "global configuration",
        "printf '[core]\\n\\tfsmonitor = %s\\n' $EVIL >$HOME/.gitconfig",
        "git status",
    ),
    (
        "uploadpack.packObjectsHook",
        "printf '[uploadpack]\\n\\tpackObjectsHook = %s\\n' $EVIL >$HOME/.gitconfig",
        "git clone -q --no-local . $BED/copy",
    ),
    (
        "nested repository",
        "git init -q nest; cd nest; git commit -q --allow-empty -m n; git config core.fsmonitor $EVIL; \
         cd ..; git add nest 2>/dev/null; echo x >nest/x",
        "git status",
    ),
    (
        "nested repository, untracked",
        "git init -q loose; echo x >loose/x; git -C loose config core.fsmonitor $EVIL",
        "git -C loose status",
    ),
    ("renamed .git", "mv .git .git2; git init -q .; git config core.fsmonitor $EVIL", "git status"),
    (
        "core.alternateRefsCommand",
        "mkdir -p $COMMON/objects/info; echo $BED/upstream/.git/objects >$COMMON/objects/info/alternates; \
         git config core.alternateRefsCommand $EVIL",
        "git rev-list --alternate-refs",
    ),
    (
        "remote helper",
        "git config protocol.ext.allow always; git config remote.origin.url \"ext::$EVIL\"",
        "git fetch",
    ),
    (
        "lazy fetch of a partial clone",
        "git config core.repositoryformatversion 1; git config extensions.partialClone origin; \
         git config remote.origin.promisor true; git config remote.origin.url $BED/upstream; \
         git config remote.origin.uploadpack $EVIL",
        "git cat-file -e 1111111111111111111111111111111111111111",
    ),
    (
        "submodule update command",
        "git submodule --quiet add -f $BED/upstream mod; git config submodule.mod.update \"!$EVIL\"; \
         git -C mod checkout -q --detach HEAD~1",
        "git submodule update mod",
    ),
    (
        "trailer command",
        "git config trailer.t.command $EVIL",
        "echo | git interpret-trailers --trailer t",
    ),
];

/// A checkout of one layout, which can be put back as it was.
struct Place {
    dir: tempfile::TempDir,
    tree: PathBuf,
    common: PathBuf,
}

impl Place {
    fn new(layout: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let bed = dir.path().canonicalize().unwrap();
        let (tree, common) = match layout {
            "clone" => ("bed/clone", "bed/clone/.git"),
            "worktree" => ("bed/linked", "bed/clone/.git"),
            "submodule" => ("bed/super/sub", "bed/super/.git/modules/sub"),
            other => panic!("{other}"),
        };
        let place = Self { tree: bed.join(tree), common: bed.join(common), dir };
        fs::create_dir(place.bed()).unwrap();
        let made = place.shell(
            "",
            &place.bed(),
            "mkdir home markers evil
             git init -q -b main upstream; cd upstream; echo one >a.txt; echo one >x.ev
             echo '*.ev filter=evil diff=evil merge=evil' >.gitattributes
             git add .; git commit -qm first; echo two >>a.txt; git commit -qam second
             git checkout -q -b side; echo side >x.ev; git commit -qam side
             git checkout -q main; echo main >x.ev; git commit -qam third; cd ..
             git clone -q upstream clone; git -C clone branch -q side origin/side
             case $TREE in
             */linked) git -C clone worktree add -q -b linked ../linked;;
             */super/sub) git init -q super; cd super
                git submodule --quiet add ../upstream sub; git -C sub branch -q side origin/side;;
             esac
             cp -a $BED $BED/../pristine",
        );
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        place
    }

    fn bed(&self) -> PathBuf {
        self.dir.path().canonicalize().unwrap().join("bed")
    }

    fn reset(&self) {
        fs::remove_dir_all(self.bed()).unwrap();
        let root = self.dir.path();
        let copied = Command::new("cp").args(["-a", "pristine", "bed"]).current_dir(root).status();
        assert!(copied.unwrap().success());
    }

    /// Plants one vector, whose program leaves a marker of its own.
    fn plant(&self, (name, plant, _): &(&str, &str, &str)) {
        let program = self.bed().join("evil").join(slug(name));
        let marker = self.bed().join("markers").join(slug(name));
        fs::write(&program, format!("#!/bin/sh\n>{}\n", marker.display())).unwrap();
        fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        let planted = self.shell(name, &self.tree, plant);
        assert!(planted.status.success(), "{name}: {}", String::from_utf8_lossy(&planted.stderr));
    }

    /// Changes files, and forgets what planting itself may have set off.
    fn arm(&self) {
        for (name, text) in [("x.ev", "dirty\n"), ("a.txt", "dirty\n"), ("new.ev", "new\n")] {
            fs::write(self.tree.join(name), text).unwrap();
        }
        for marker in fs::read_dir(self.bed().join("markers")).unwrap() {
            fs::remove_file(marker.unwrap().path()).unwrap();
        }
    }

    fn shell(&self, name: &str, cwd: &Path, script: &str) -> Output {
        let bed = self.bed();
        let hook = "hook() { mkdir -p $COMMON/hooks; cp $EVIL $COMMON/hooks/$1; }\n";
        Command::new("sh")
            .env_clear()
            .env("PATH", search_path())
            .env("HOME", bed.join("home"))
            .env("EVIL", bed.join("evil").join(slug(name)))
            .env("BED", &bed)
            .env("TREE", &self.tree)
            .env("COMMON", &self.common)
            .envs([("GIT_AUTHOR_NAME", "a"), ("GIT_AUTHOR_EMAIL", "a@x.org")])
            .envs([("GIT_COMMITTER_NAME", "a"), ("GIT_COMMITTER_EMAIL", "a@x.org")])
            .envs([("GIT_CONFIG_COUNT", "1"), ("GIT_CONFIG_KEY_0", "protocol.file.allow")])
            .env("GIT_CONFIG_VALUE_0", "always")
            .arg("-c")
            .arg(format!("{hook}{script}"))
            .current_dir(cwd)
            .output()
            .unwrap()
    }

    fn fired(&self) -> BTreeSet<String> {
        let markers = fs::read_dir(self.bed().join("markers")).unwrap();
        markers.map(|marker| marker.unwrap().file_name().into_string().unwrap()).collect()
    }
}

fn slug(name: &str) -> String {
    name.replace([' ', '.', ',', '/'], "-")
}

/// Every public operation, on the checkout itself and on a worktree of ours.
fn everything(git: &Git, place: &Place) -> Result<(), Error> {
    let bed = place.bed();
    git.user()?;
    let repository = git.common_dir().to_owned();
    let none = || Error::MissingObject { repository, name: "HEAD".into() };
    let head = git.resolve("HEAD")?.ok_or_else(none)?;
    let side = git.resolve("refs/heads/side")?.expect("there is a side branch");
    let tree = git.tree_of(&head)?;
    let absent = oid("1111111111111111111111111111111111111111");
    git.cat(&["HEAD:x.ev", "HEAD:nope", absent.as_str()])?;
    git.merge_trees(&[
        (head.clone(), side.clone()),
        (side.clone(), head.clone()),
        (head.clone(), absent),
    ])?;
    git.merge_base(&head, &side)?;
    git.is_ancestor(&side, &head)?;
    git.diff(&head, &side)?;
    git.patch(&head, &side, 3)?;
    git.log("HEAD", 0)?;
    git.ls_tree(&head, "")?;
    git.check_supported(&head)?;
    git.object_dirs()?;
    let put = TreeEdit::Put { path: "y.ev".into(), bytes: b"y".to_vec(), executable: false };
    let edited = git.edit_tree(&tree, &[put, TreeEdit::Remove { path: "x.ev".into() }])?;
    let commit = git.commit_tree(&NewCommit {
        tree: edited,
        parents: vec![head.clone()],
        message: "feat: x\n\nt: y\n".into(),
        author: who("a"),
        committer: who("a"),
    })?;
    let name = "refs/heads/lf/x".to_owned();
    git.update_refs(&[RefUpdate {
        name,
        new: Some(commit.clone()),
        old: Some(Expected::Missing),
    }])?;
    git.refs("")?;
    git.delete_branch("lf/x", &commit)?;
    git.export(&commit, &bed.join("out"))?;
    if let Some(main) = git.main_checkout()? {
        git.snapshot(&main)?;
    }
    for listed in git.worktrees()? {
        git.snapshot(&listed)?;
        git.rescue(&listed, "users")?;
    }
    let path = bed.join("ours");
    let new = NewWorktree { path: path.clone(), branch: Some("lf/ours".into()), at: head.clone() };
    let ours = git.worktree_add(&new)?;
    fs::write(path.join("x.ev"), "changed\n").unwrap();
    fs::write(path.join("new.ev"), "new\n").unwrap();
    git.snapshot(&ours)?;
    git.private_git_dir(&PrivateGitDir {
        dir: bed.join("private"),
        tree: path,
        head,
        branch: "inside".into(),
        user: ("a".into(), "a@x.org".into()),
        index: None,
    })?;
    git.worktree_remove(&ours, "ours")?;
    git.sweep()?;
    Ok(())
}

const RENAMED: &str = "renamed .git";

/// All vectors at once against everything of ours; then each alone against plain git.
fn proof(layout: &str) {
    let place = Place::new(layout);
    let mut ours = BTreeSet::new();
    for renamed in [false, true] {
        place.reset();
        // The host knows the repository before an agent gets at it.
        let git = Git::discover(&place.tree, &config()).unwrap();
        for vector in VECTORS.iter().filter(|vector| (vector.0 == RENAMED) == renamed) {
            place.plant(vector);
        }
        place.arm();
        let done = everything(&git, &place);
        ours.extend(place.fired());
        assert_eq!(ours, BTreeSet::new(), "executed by ours in a {layout}");
        // Whoever renames the .git of a main checkout takes the repository away: an error is right.
        let taken_away = renamed && layout == "clone";
        assert!(done.is_ok() || taken_away, "{layout}: {}", done.unwrap_err());
        // And once more as a process that starts only now.
        if let Ok(again) = Git::discover(&place.tree, &config())
            && let Ok(Some(main)) = again.main_checkout()
        {
            again.snapshot(&main).unwrap();
        }
        ours.extend(place.fired());
    }
    let mut dead = Vec::new();
    for vector @ (name, _, set_off) in VECTORS {
        place.reset();
        place.plant(vector);
        place.arm();
        place.shell(name, &place.tree, set_off);
        if place.fired().is_empty() {
            dead.push(*name);
        }
    }
    assert_eq!(ours, BTreeSet::new(), "executed by ours in a {layout}");
    assert!(dead.is_empty(), "dead under plain git in a {layout}, so they prove nothing: {dead:?}");
}

#[test]
fn nothing_runs_in_a_clone() {
    proof("clone");
}

#[test]
fn nothing_runs_in_a_worktree() {
    proof("worktree");
}

#[test]
fn nothing_runs_in_a_submodule() {
    proof("submodule");
}
