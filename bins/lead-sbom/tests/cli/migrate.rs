//! `lead-sbom migrate uv`.

use crate::Folder;

#[test]
fn requirements_become_a_project() {
    let folder = Folder::new(&[
        ("requirements.txt", "# web\nhttpx[http2]>=0.27 # why\n-r other.txt\n"),
        (
            "Dockerfile",
            "FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install --upgrade pip && \\\n    pip install --no-cache-dir -r requirements.txt \"a>=1\"\n",
        ),
        (
            ".github/workflows/ci.yml",
            "jobs:\n  a:\n    steps:\n      - run: python -m pip install --upgrade pip\n      - run: |\n          pip install -r requirements.txt\n          pytest\n  b:\n    steps:\n      - run: pip install httpx\n",
        ),
    ]);
    let shown = folder.call(&["migrate", "uv", "--dry-run"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(shown.out.contains("    - RUN pip install --upgrade pip && \\\n"), "{}", shown.out);
    assert!(!folder.path().join("pyproject.toml").exists());
    let done = folder.call(&["migrate", "uv"]);
    assert!(
        done.out.contains("left to do: requirements.txt: `-r other.txt` has no place"),
        "{}",
        done.out
    );
    let read = |path: &str| std::fs::read_to_string(folder.path().join(path)).unwrap();
    assert_eq!(
        read("Dockerfile"),
        "FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.13.9 /uv /uvx /bin/\nCOPY requirements.txt .\n\
         RUN uv --version && \\\n    uv pip install --system --no-cache -r requirements.txt 'a>=1'\n"
    );
    assert_eq!(
        read(".github/workflows/ci.yml"),
        "jobs:\n  a:\n    steps:\n      - run: python -m pip install uv==0.13.9\n      - run: |\n          uv pip install --system -r requirements.txt\n          pytest\n  b:\n    steps:\n      - run: python -m pip install uv==0.13.9 && uv pip install --system httpx\n"
    );
    assert!(read("pyproject.toml").contains(
        "requires-python = \">=3.12\"\ndependencies = [\n    \"httpx[http2]>=0.27\",\n]"
    ));
    assert!(read("docs/uv.md").contains("uv sync --locked"));
    assert!(folder.call(&["migrate", "uv"]).out.starts_with("nothing to do"), "it is done once");
}

#[test]
fn a_lock_is_followed() {
    let folder = Folder::new(&[
        (
            "pyproject.toml",
            "[project]\nname = \"a\"\nversion = \"1\"\n[project.optional-dependencies]\nweb = []\n",
        ),
        (
            "uv.lock",
            "version = 1\n[[package]]\nname = \"a\"\nversion = \"1\"\nsource = { editable = \".\" }\n",
        ),
        (
            "Dockerfile",
            "FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/\nCOPY pyproject.toml /app/\nRUN uv venv /v && . /v/bin/activate && uv pip install --no-cache '.[web]'\nRUN poetry install --no-root --only main\n",
        ),
    ]);
    assert_eq!(folder.call(&["migrate", "uv"]).code, 0);
    let text = std::fs::read_to_string(folder.path().join("Dockerfile")).unwrap();
    assert_eq!(
        text,
        "FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.13.9 /uv /bin/\nCOPY pyproject.toml uv.lock /app/\n\
         RUN uv venv /v && . /v/bin/activate && uv export --quiet --locked --no-dev --no-emit-project --extra web --output-file /tmp/locked.txt \
         && uv pip install --no-cache -r /tmp/locked.txt && uv pip install --no-cache --no-deps .\n\
         RUN uv sync --locked --no-dev --no-install-project\n"
    );
    assert_eq!(folder.call(&["lock", "check"]).code, 0);
    assert_eq!(Folder::new(&[("a", "")]).call(&["migrate", "uv"]).code, 3);
}
