//! What `bench sbom` asks: inventories, advisories, comparisons, images, Dockerfiles.

use super::answers::{self, Truth};
use super::bench::{Case, Places, document, row};
use super::clones;
use super::peers;
use crate::image::made;
use crate::sh::{self, Fail, Result};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Runs of each command where all are quick, and where peers are slow.
const QUICK: u32 = 11;
const SLOW: u32 = 3;
/// How many times less CPU than the fastest peer.
const TIMES: Option<f64> = Some(25.0);

pub(super) fn all(places: &Places<'_>) -> Result<Vec<Case>> {
    let mut cases = inventories(places)?;
    cases.extend(advisories(places)?);
    cases.push(releases(places)?);
    cases.push(faults(places)?);
    cases.extend(images(places)?);
    cases.extend(dockerfiles(places)?);
    Ok(cases)
}

/// Copies files into a new folder.
fn folder(places: &Places<'_>, name: &str, files: &[&str]) -> Result<PathBuf> {
    let dir = places.dir.join(name);
    sh::fresh(&dir)?;
    for file in files {
        let path = places.corpora.join(file);
        let name = path.file_name().expect("the corpora name files").to_owned();
        std::fs::copy(&path, dir.join(name))
            .map_err(|error| Fail::missing(format!("{}: {error}", path.display())))?;
    }
    Ok(dir)
}

/// Lock files, and a tree with several.
fn inventories(places: &Places<'_>) -> Result<Vec<Case>> {
    let found = std::fs::read_to_string(super::truth(&places.corpora)?)?;
    let found: Value =
        serde_json::from_str(&found).map_err(|error| Fail::gate(error.to_string()))?;
    let truth = |file: &str| Rc::new(Truth::of(&found[file]));
    let make = |dir: &Path| peers::ours("make", &[dir]);
    let case = |what: &str, truth: &Truth, rows, cpu, memory| Case {
        what: what.to_owned(),
        truth: Some(truth.whole()),
        rows,
        limits: [cpu, memory, TIMES],
        runs: SLOW,
    };
    let mut cases = Vec::new();
    let (lock, project) = ("job-lead-finder/uv.lock", "job-lead-finder/pyproject.toml");
    let (dir, one) = (folder(places, "python", &[lock, project])?, truth(lock));
    // syft 1.18.1 does not know uv.lock, and uv is no general tool: it has its own line.
    let rows = vec![
        document(make(&dir), &one, true, ""),
        document(peers::cdxgen("python", &dir), &one, true, "110/111 packages, 170/205 edges"),
    ];
    cases.push(case("uv.lock of job-lead-finder", &one, rows, Some(20.0), Some(25.0)));
    cases.push(Case {
        limits: [Some(20.0), Some(25.0), None],
        runs: QUICK,
        ..case(
            "the same, beside its own tool",
            &one,
            vec![
                document(make(&dir), &one, true, ""),
                document(peers::uv(&dir), &one, true, &one.whole()),
            ],
            None,
            None,
        )
    });
    let files = [
        (
            "Cargo.lock of uv",
            "sbom/locks/uv/Cargo.lock",
            "rust",
            None,
            ["753/753 packages, 3160/3160 edges", "753/753 packages, 3056/3160 edges"],
        ),
        (
            "pnpm-lock.yaml of growthbook",
            "sbom/locks/growthbook/pnpm-lock.yaml",
            "js",
            Some(120.0),
            ["2872/2872 packages, 0/7490 edges", "2872/2872 packages, 7070/7490 edges"],
        ),
        (
            "package-lock.json of claude-task-master",
            "sbom/locks/claude-task-master/package-lock.json",
            "js",
            Some(90.0),
            ["872/2131 packages, 0/5584 edges, 20 too many", "2131/2131 packages, 5578/5584 edges"],
        ),
    ];
    for (what, file, kind, cpu, [syft, cdxgen]) in files {
        let name = file.split('/').nth(2).expect("a lock lies in a folder");
        let (dir, one) = (folder(places, name, &[file])?, truth(file));
        let rows = vec![
            document(make(&dir), &one, true, ""),
            document(peers::syft(&format!("dir:{}", dir.display()))?, &one, true, syft),
            document(peers::cdxgen(kind, &dir), &one, true, cdxgen),
        ];
        cases.push(case(what, &one, rows, cpu, None));
    }
    let (dir, one) = (places.dir.join("tree"), truth("sbom/locks/uv/Cargo.lock"));
    clones::UV.files(places.clones, &[], &dir)?;
    let count = sh::capture(sh::program("find").arg(&dir).args(["-type", "f"]))?.lines().count();
    let rows = vec![
        document(make(&dir), &one, false, ""),
        document(
            peers::syft(&format!("dir:{}", dir.display()))?,
            &one,
            false,
            "753/753 packages, 3160/3160 edges",
        ),
        document(peers::cdxgen("rust", &dir), &one, false, "753/753 packages, 3056/3160 edges"),
    ];
    let what = format!("the tree of uv, {count} files, by its Cargo.lock");
    cases.push(case(&what, &one, rows, Some(100.0), None));
    Ok(cases)
}

/// Four lock files beside cargo-audit, and the index.
fn advisories(places: &Places<'_>) -> Result<Vec<Case>> {
    let records = ["rustsec-osv.tar.gz", "pypa-vulns.tar.gz"]
        .map(|name| places.corpora.join("sbom").join(name));
    let index = places.dir.join("advisories.lfdb");
    let build = format!("db build --format json --output {}", index.display());
    let sources: Vec<&Path> = records.iter().map(PathBuf::as_path).collect();
    let build = peers::ours(&build, &sources);
    // It is there before the first question.
    sh::capture(sh::program(&build.command[0]).args(&build.command[1..]))?;
    let built = |said: &str| {
        let said: Value =
            serde_json::from_str(said).map_err(|error| Fail::gate(error.to_string()))?;
        Ok(format!("{} records", said["summary"]["records"]))
    };
    let mut cases = vec![Case {
        what: "the index of RustSec and PyPA".to_owned(),
        truth: Some("3867 records".to_owned()),
        rows: vec![row(build, built, "3867 records")],
        limits: [Some(1000.0), None, None],
        runs: SLOW,
    }];
    let database = places.dir.join("advisory-db");
    clones::ADVISORIES.files(places.clones, &[], &database)?;
    for (name, packages, classes) in [
        ("vibe-kanban", "1,137 packages", [22, 23, 11]),
        ("uv", "753 packages", [3, 3, 2]),
        ("gitoxide", "588 packages", [0, 2, 2]),
        ("oxc", "437 packages", [0, 0, 0]),
    ] {
        let lock = format!("sbom/locks/{name}/Cargo.lock");
        let dir = folder(places, &format!("{name}-audit"), &[&lock])?;
        std::fs::create_dir(dir.join(".cargo"))?;
        std::fs::write(dir.join(".cargo/audit.toml"), "[yanked]\nenabled = false\n")?;
        let ask = format!("vulns --format json --fail-on none --db {}", index.display());
        let known = super::bench::known(classes);
        cases.push(Case {
            what: format!("advisories for {name}, {packages}"),
            truth: Some(known.clone()),
            rows: vec![
                row(peers::ours(&ask, &[&dir]), answers::advisories, &known),
                row(peers::audit(&dir, &database), answers::audited, &known),
            ],
            limits: [Some(25.0), None, None],
            runs: QUICK,
        });
    }
    Ok(cases)
}

/// Two releases of uv: their lock files, and documents of them.
fn releases(places: &Places<'_>) -> Result<Case> {
    let mut locks = Vec::new();
    for (at, name) in [(clones::UV_OLD, "old"), (clones::UV_NEW, "new")] {
        let dir = at.files(places.clones, &["Cargo.lock"], &places.dir.join(name))?;
        let document = places.dir.join(format!("{name}.cdx.json"));
        let make = peers::ours("make --output", &[&document, &dir]);
        sh::capture(sh::program(&make.command[0]).args(&make.command[1..]))?;
        locks.push((named(&std::fs::read_to_string(dir.join("Cargo.lock"))?), document));
    }
    let [(old, before), (new, after)] = &locks[..] else {
        return Err(Fail::gate("two releases are compared"));
    };
    let truth =
        answers::came(old.difference(new).count() as u64, new.difference(old).count() as u64);
    Ok(Case {
        what: "what is other in uv 0.12.5 than in 0.11.0, by documents".to_owned(),
        truth: Some(truth.clone()),
        rows: vec![row(
            peers::ours("diff --format json", &[before, after]),
            answers::changed,
            &truth,
        )],
        limits: [Some(50.0), None, None],
        runs: QUICK,
    })
}

/// The packages of a Cargo.lock, which cargo writes with a name, a version and a source on a line each; parts of
/// the project itself have no source, and a comparison leaves them out.
fn named(lock: &str) -> BTreeSet<(String, String)> {
    let lines: Vec<&str> = lock.lines().collect();
    let value = |line: &str, key: &str| Some(line.strip_prefix(key)?.trim_matches('"').to_owned());
    let pair = |lines: &[&str]| {
        value(lines[2], "source = ")?;
        Some((value(lines[0], "name = ")?, value(lines[1], "version = ")?))
    };
    lines.windows(3).filter_map(pair).collect()
}

/// A document that is sound, and one with 200,000 faults: what is held of them must not grow with their number.
fn faults(places: &Places<'_>) -> Result<Case> {
    const COMPONENTS: usize = 200_000;
    let component = |n: usize| json!({ "type": "library", "name": format!("c{n}"), "bom-ref": format!("r{n}") });
    let document = |name: &str, needs: &str| {
        let needs =
            |n: usize| json!({ "ref": format!("r{n}"), "dependsOn": [format!("{needs}{n}")] });
        let document = json!({
            "bomFormat": "CycloneDX",
            "specVersion": "1.7",
            "version": 1,
            "components": (0..COMPONENTS).map(component).collect::<Vec<_>>(),
            "dependencies": (0..COMPONENTS).map(needs).collect::<Vec<_>>(),
        });
        let path = places.dir.join(name);
        std::fs::write(&path, document.to_string())?;
        Ok::<_, Fail>(path)
    };
    let ask = |name: &str, needs: &str, known: &str| {
        let check = peers::ours("check --format json", &[&document(name, needs)?]);
        Ok::<_, Fail>(row(check, answers::told, known))
    };
    Ok(Case {
        what:
            "a document of 200,000 components, 22 MB: sound, and with as many dangling references"
                .to_owned(),
        truth: None,
        rows: vec![
            ask("sound.json", "r", "0 findings")?,
            ask("faulty.json", "gone", "1000 findings")?,
        ],
        limits: [None, Some(450.0), None],
        runs: 3,
    })
}

/// The test image of `conform image`, as docker and as OCI write it.
fn images(places: &Places<'_>) -> Result<Vec<Case>> {
    let test = made::test_image(&places.corpora)?;
    let truth = made::truth_kept(&test)?;
    let squashed = truth["squashed"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let of = |kind: &str| squashed.clone().filter(|label| label.starts_with(kind)).count();
    let truth = format!("{} of Debian, {} of Python", of("deb "), of("pypi "));
    let kinds = [
        ("docker archive", test.join("image.tar"), "docker-archive", 600.0),
        ("OCI layout, gzip", test.join("oci"), "oci-dir", 1500.0),
    ];
    let case = |(what, image, scheme, cpu): (&str, PathBuf, &str, f64)| {
        let file = places.dir.join("image.cdx.json");
        let mut look = peers::ours("image --format json --sbom", &[&file, &image]);
        look.file = Some(file);
        let syft = peers::syft(&format!("{scheme}:{}", image.display()))?;
        Ok(Case {
            what: format!("image, {what}"),
            truth: Some(truth.clone()),
            rows: vec![
                row(look, answers::installed, &truth),
                row(syft, answers::installed, &truth),
            ],
            limits: [Some(cpu), Some(48.0), None],
            runs: 3,
        })
    };
    kinds.into_iter().map(case).collect()
}

/// Dockerfiles: one, and all of the corpora in one call.
fn dockerfiles(places: &Places<'_>) -> Result<Vec<Case>> {
    let dir = places.dir.join("job-lead-finder");
    clones::JLF.files(places.clones, &[], &dir)?;
    let one = dir.join("Dockerfile");
    let mut all = Vec::new();
    let list = std::fs::read_to_string(sh::root().join("tests/corpora/dockerfiles.tsv"))?;
    for line in list.lines().skip(1) {
        let mut fields = line.split('\t');
        let (Some(repository), Some(path)) = (fields.next(), fields.nth(1)) else { continue };
        let folder =
            places.corpora.join("container/dockerfiles").join(repository.replacen('/', "+", 1));
        all.push(folder.join(path));
    }
    let case = |what: String, files: &[&Path], known: [&str; 2]| Case {
        what,
        truth: None,
        rows: vec![
            row(peers::ours("dockerfile --format json", files), answers::linted, known[0]),
            row(peers::hadolint(files), answers::linted, known[1]),
        ],
        limits: [None; 3],
        runs: SLOW,
    };
    let mut cases = vec![case(
        "Dockerfile of job-lead-finder".to_owned(),
        &[&one],
        ["0 of the rules in common, 9 others", "0 of the rules in common, 0 others"],
    )];
    let files: Vec<&Path> = all.iter().map(PathBuf::as_path).collect();
    cases.push(case(
        format!("{} Dockerfiles", files.len()),
        &files,
        ["3054 of the rules in common, 2114 others", "2882 of the rules in common, 399 others"],
    ));
    Ok(cases)
}
