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

#[test]
fn poetry_becomes_a_project() {
    let text = "# ours\n[tool.black]\nline-length = 99\n\n[tool.poetry]\nname = \"shop\"\nversion = \"1.2\"\ndescription = \"A shop\"\n\
        authors = [\"A B <a@b.org>\"]\npackages = [{ include = \"shop\", from = \"src\" }]\n\n[tool.poetry.dependencies]\npython = \"^3.11\"\n\
        httpx = { version = \"^0.27\", extras = [\"http2\"] }\nredis = { version = \"~5.0\", optional = true }\n\
        tomli = { version = \"*\", python = \"<3.11\" }\nlib = { git = \"https://x.org/lib.git\", tag = \"v1\" }\n\n\
        [tool.poetry.extras]\ncache = [\"redis\"]\n\n[tool.poetry.group.dev.dependencies]\npytest = \">=8\"\n\n\
        [tool.poetry.scripts]\nshop = \"shop:main\"\n\n[build-system]\nrequires = [\"poetry-core\"]\nbuild-backend = \"poetry.core.masonry.api\"\n";
    let folder = Folder::new(&[
        ("pyproject.toml", text),
        (
            "Dockerfile",
            "FROM python:3.12-slim\nCOPY pyproject.toml ./\nRUN poetry install --no-root --only main\n",
        ),
    ]);
    let done = folder.call(&["migrate", "uv"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("left to do: poetry.lock: `uv lock` resolves anew"), "{}", done.out);
    let read = |path: &str| std::fs::read_to_string(folder.path().join(path)).unwrap();
    let after = read("pyproject.toml");
    assert!(after.starts_with("# ours\n[tool.black]\nline-length = 99\n\n[project]\n"), "{after}");
    for part in [
        "requires-python = \">=3.11,<4\"",
        "\"httpx[http2]>=0.27,<0.28\"",
        "\"tomli; python_version < '3.11'\"",
        "\"lib @ git+https://x.org/lib.git@v1\"",
        "cache = [\"redis>=5.0,<5.1\"]",
        "dev = [\"pytest>=8\"]",
        "shop = \"shop:main\"",
        "email = \"a@b.org\"",
        "requires = [\"poetry-core>=2.0\"]",
        "from = \"src\"",
    ] {
        assert!(after.contains(part), "{part}\n{after}");
    }
    assert!(!after.contains("[tool.poetry.dependencies]"), "{after}");
    assert!(read("Dockerfile").contains("RUN uv sync --locked --no-dev --no-install-project\n"));
    // What has no place is left, and said.
    folder.write("pyproject.toml", &text.replace("tag = \"v1\"", "subdirectory = \"x\""));
    let left = folder.call(&["migrate", "uv", "--dry-run"]);
    assert!(
        left.out.contains("lib has subdirectory, which has no place in [project]"),
        "{}",
        left.out
    );
    assert!(!left.out.contains("change pyproject.toml"), "{}", left.out);
}

#[test]
fn commands_of_several_lines() {
    let folder = Folder::new(&[
        ("requirements.txt", "a\n"),
        (
            "Dockerfile",
            "FROM python:3.12-slim\nCOPY requirements.txt .\nRUN <<EOF\nset -e\npip install --no-cache-dir \\\n  -r requirements.txt\nEOF\nRUN <<EOF\n#!/usr/bin/env python3\npip install x\nEOF\n",
        ),
        (
            ".github/workflows/ci.yml",
            "jobs:\n  a:\n    steps:\n      - run: |\n          python -m pip install \\\n            -r requirements.txt \\\n            \"django==${{ matrix.django }}\"\n          pip install ${{ matrix.more }}\n          pip install ${{ broken\n      - run: pip install x==${{ inputs.v }} --timeout=${{ inputs.t }}\n      - run: pytest\n",
        ),
    ]);
    assert_eq!(folder.call(&["migrate", "uv"]).code, 0);
    let read = |path: &str| std::fs::read_to_string(folder.path().join(path)).unwrap();
    assert_eq!(
        read(".github/workflows/ci.yml"),
        "jobs:\n  a:\n    steps:\n      - run: |\n          python -m pip install uv==0.13.9 && uv pip install --system -r requirements.txt 'django==${{ matrix.django }}'\n          uv pip install --system ${{ matrix.more }}\n          pip install ${{ broken\n      - run: uv pip install --system x==${{ inputs.v }}\n      - run: pytest\n"
    );
    let dockerfile = read("Dockerfile");
    assert!(
        dockerfile.contains(
            "RUN <<EOF\nset -e\nuv pip install --system --no-cache -r requirements.txt\nEOF\n"
        ),
        "{dockerfile}"
    );
    assert!(dockerfile.contains("#!/usr/bin/env python3\npip install x\n"), "{dockerfile}");
}

#[test]
fn all_or_nothing() {
    let before = "FROM python:3.12-slim\nRUN pip install a\n";
    // The guide has no place where a file is in the way.
    let folder =
        Folder::new(&[("requirements.txt", "a\n"), ("Dockerfile", before), ("docs", "a file\n")]);
    let failed = folder.call(&["migrate", "uv"]);
    assert_eq!(failed.code, 3, "{}", failed.err);
    assert_eq!(std::fs::read_to_string(folder.path().join("Dockerfile")).unwrap(), before);
    assert!(!folder.path().join("pyproject.toml").exists());
}
