//! `lead-sbom lock check`.

use crate::Folder;

const PROJECT: &str = "[project]\nname = \"My_App\"\nversion = \"0.2\"\nrequires-python = \">=3.12\"\n\
    dependencies = [\"httpx[http2] >= 0.27, <1\"]\n[project.optional-dependencies]\nweb = [\"uvicorn>=0.30; python_version > '3'\"]\n";
const LOCK: &str = "version = 1\nrequires-python = \">=3.12\"\n\n[[package]]\nname = \"my-app\"\nversion = \"0.2\"\n\
    source = { editable = \".\" }\n\n[package.metadata]\nrequires-dist = [\n\
    { name = \"httpx\", extras = [\"http2\"], specifier = \">=0.27,<1\" },\n\
    { name = \"uvicorn\", marker = \"extra == 'web'\", specifier = \">=0.30\" },\n]\n";

fn folder(lock: &str) -> Folder {
    Folder::new(&[("pyproject.toml", PROJECT), ("uv.lock", lock)])
}

#[test]
fn fresh() {
    let answer = folder(LOCK).call(&["lock", "check"]);
    assert_eq!(
        (answer.code, answer.out.as_str()),
        (0, "1 projects, 0 findings\n"),
        "{}",
        answer.err
    );
}

#[test]
fn stale() {
    let old = LOCK
        .replace("version = \"0.2\"", "version = \"0.1\"")
        .replace(">=0.30", ">=0.29")
        .replace(">=3.12", ">=3.11");
    let answer = folder(&old).call(&["lock", "check"]);
    assert_eq!(answer.code, 1);
    for part in [
        "uv.lock:6: my-app is 0.1 here and 0.2 in pyproject.toml",
        "for Python >=3.11",
        "uvicorn>=0.30 of pyproject.toml is not",
        "uvicorn>=0.29 is in it and no more",
    ] {
        assert!(answer.out.contains(part), "{part}\n{}", answer.out);
    }
}

#[test]
fn missing_and_unused() {
    let folder = folder(LOCK);
    folder.write("Dockerfile", "FROM a:1\nRUN pip install --upgrade pip && \\\n pip install .[web]\nRUN uv sync --locked\n");
    folder.write(".github/workflows/ci.yml", "jobs:\n  a:\n    steps:\n      - run: pip install -r r.txt\n      - run: |\n          uv export --locked | uv pip install -r -\n");
    let answer = folder.call(&["lock", "check"]);
    assert_eq!(answer.code, 1);
    assert!(
        answer.out.contains("Dockerfile:3: `pip install .[web]` does not follow uv.lock"),
        "{}",
        answer.out
    );
    assert!(answer.out.contains("ci.yml:4:"), "{}", answer.out);
    assert!(answer.out.ends_with("1 projects, 2 findings\n"), "{}", answer.out);
    let answer = Folder::new(&[("pyproject.toml", PROJECT)]).call(&["lock", "check"]);
    assert!(answer.code == 1 && answer.out.contains("lock.missing"), "{}", answer.out);
    assert_eq!(Folder::new(&[("a", "")]).call(&["lock", "check"]).code, 3);
    let broken =
        Folder::new(&[("pyproject.toml", PROJECT), ("uv.lock", "[")]).call(&["lock", "check"]);
    assert_eq!(broken.code, 2);
}

#[test]
fn npm() {
    let project = r#"{"version":"2.0.0","dependencies":{"a":"^1"}}"#;
    let lock = r#"{"lockfileVersion":3,"packages":{"":{"version":"1.0.0","dependencies":{"a":"^1","b":"2"}}}}"#;
    let answer = Folder::new(&[("package.json", project), ("package-lock.json", lock)])
        .call(&["lock", "check"]);
    assert_eq!(answer.code, 1);
    assert!(
        answer.out.contains("1.0.0 here and 2.0.0")
            && answer.out.contains("b is in it and no more"),
        "{}",
        answer.out
    );
}
