//! `lead-sbom template`.

use crate::Folder;

const PROJECT: &str = "[project]\nname = \"shop\"\nversion = \"1\"\nrequires-python = \">=3.12\"\nreadme = \"README.md\"\n\
    dependencies = [\"a\"]\n[project.optional-dependencies]\nweb = [\"b\"]\n[project.scripts]\nshop = \"shop.main:main\"\n\
    [build-system]\nrequires = [\"setuptools\"]\n";
const LOCK: &str = "version = 1\nrequires-python = \">=3.12\"\n\n\
    [[package]]\nname = \"a\"\nversion = \"2\"\nsource = { registry = \"https://pypi.org/simple\" }\n\
    dependencies = [{ name = \"w\", marker = \"sys_platform == 'win32'\" }]\n\
    wheels = [{ url = \"https://x/a-2-cp312-cp312-manylinux_2_17_x86_64.whl\", hash = \"sha256:0\", size = 1000 }]\n\n\
    [[package]]\nname = \"b\"\nversion = \"3\"\nsource = { registry = \"https://pypi.org/simple\" }\n\
    wheels = [{ url = \"https://x/b-3-py3-none-any.whl\", hash = \"sha256:0\", size = 20 }]\n\n\
    [[package]]\nname = \"shop\"\nversion = \"1\"\nsource = { editable = \".\" }\ndependencies = [{ name = \"a\" }]\n\
    [package.optional-dependencies]\nweb = [{ name = \"b\" }]\n[package.metadata]\n\
    requires-dist = [{ name = \"a\" }, { name = \"b\", marker = \"extra == 'web'\" }]\n\n\
    [[package]]\nname = \"w\"\nversion = \"1\"\nsource = { registry = \"https://pypi.org/simple\" }\n";

fn folder() -> Folder {
    Folder::new(&[
        ("pyproject.toml", PROJECT),
        ("uv.lock", LOCK),
        ("README.md", "# Shop\n"),
        ("src/shop/main.py", "def main(): ...\n"),
        (".dockerignore", "*\n!src\n!pyproject.toml\n!uv.lock\n!README.md\n"),
    ])
}

#[test]
fn from_the_files_of_a_project() {
    let folder = folder();
    let answer = folder.call(&["template", "slim", "--extra", "web", "--port", "80"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    for part in [
        "FROM python:3.12-slim-trixie AS build\n",
        "uv sync --locked --no-dev --no-install-project --extra web\n",
        "COPY pyproject.toml uv.lock README.md ./\nCOPY src src\n",
        "CMD [\"shop\"]\n",
        "EXPOSE 80\n",
    ] {
        assert!(answer.out.contains(part), "{part}\n{}", answer.out);
    }
    assert!(answer.err.contains("started is what [project.scripts]"), "{}", answer.err);
    assert!(answer.err.contains("no digest of python:3.12-slim-trixie is known"), "{}", answer.err);
    // What was written is what our rules want, but for the digests.
    folder.write("Dockerfile", &answer.out);
    let looked = folder.call(&["dockerfile", "--ignore", "image-undigested"]);
    assert_eq!(looked.code, 0, "{}", looked.out);
    assert_eq!(folder.call(&["dockerignore", "--check"]).code, 0);
    let none = folder.call(&["template", "slim", "--extra", "wob"]);
    assert!(none.code == 2 && none.err.contains("it has web"), "{}", none.err);
    assert_eq!(folder.call(&["template", "slim", "--start", "a | b"]).code, 2);
    assert_eq!(folder.call(&["template", "slim", "--python", "3.11"]).code, 2);
    assert_eq!(folder.call(&["template", "slim", "--copy", "../x"]).code, 2);
    assert_eq!(Folder::new(&[("a.py", "")]).call(&["template", "slim"]).code, 3);
}

#[test]
fn alpine_has_another_library() {
    let answer = folder().call(&["template", "alpine"]);
    assert_eq!(answer.code, 1);
    let line = LOCK.lines().position(|line| line == "name = \"a\"").unwrap() + 1;
    let said = format!("uv.lock:{line}: a 2 has no musllinux wheel for Python 3.12 on x86_64");
    assert!(answer.err.contains(&said), "{}", answer.err);
    assert!(!answer.err.contains("w 1"), "what is for Windows is not installed: {}", answer.err);
    assert!(answer.out.starts_with("FROM python:3.12-alpine"), "{}", answer.out);
    // There the only wheel is for another Python, too.
    let other = folder().call(&["template", "distroless", "--start", "uvicorn shop:app"]);
    assert_eq!(other.code, 1);
    assert!(other.err.contains("a 2 has no manylinux wheel for Python 3.13"), "{}", other.err);
    assert!(other.err.contains("[template.host]"), "{}", other.err);
    assert!(other.out.ends_with("CMD [\"-m\", \"uvicorn\", \"shop:app\"]\n"), "{}", other.out);
}

#[test]
fn distroless_has_no_scripts() {
    let answer = folder().call(&["template", "distroless"]);
    assert!(
        answer.out.ends_with(
            "CMD [\"-c\", \"import sys; from shop.main import main; sys.exit(main())\"]\n"
        ),
        "{}",
        answer.out
    );
    let json = folder().call(&["template", "distroless", "--format", "json"]);
    assert_eq!(json.json()["data"]["dockerfile"], answer.out);
}

#[test]
fn requirements_and_platforms() {
    let folder = Folder::new(&[
        ("requirements.txt", "a==1 \\\n    --hash=sha256:0\n"),
        ("app.py", ""),
        ("Procfile", "web: gunicorn -b 0.0.0.0:$PORT app:app\n"),
        (
            "Dockerfile",
            "FROM python:3.11-slim\nFROM python:3.11-slim-trixie@sha256:8f0db7f5f1a9a25a9e8c3fa3f0d3b5e4b2f83a3c7f9b2a6d1e0c4b5a69788796\n",
        ),
    ]);
    let answer = folder.call(&["template", "slim"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    for part in [
        "FROM python:3.11-slim-trixie@sha256:8f0d",
        "uv pip install --python /opt/venv --require-hashes -r requirements.txt\n",
        "CMD [\"gunicorn\", \"-b\", \"0.0.0.0:8000\", \"app:app\"]\n",
        "EXPOSE 8000\n",
        "COPY app.py app.py\n",
    ] {
        assert!(answer.out.contains(part), "{part}\n{}", answer.out);
    }
}

#[test]
fn hostile_projects() {
    let evil = PROJECT.replace("README.md", "x\\nRUN evil");
    let folder = folder();
    folder.write("pyproject.toml", &evil);
    assert!(!folder.call(&["template", "slim"]).out.contains("evil"), "no such file is there");
    folder.write("pyproject.toml", &PROJECT.replace("shop.main:main", "os:x); import evil; (x"));
    assert!(!folder.call(&["template", "distroless"]).out.contains("evil"));
    folder.write("pyproject.toml", "[");
    assert_eq!(folder.call(&["template", "slim"]).code, 2);
    folder.write("pyproject.toml", PROJECT);
    folder.write(
        "uv.lock",
        &LOCK.replace("source = { editable = \".\" }", "source = { editable = \"sub\" }"),
    );
    let several = folder.call(&["template", "slim"]);
    assert!(several.code == 2 && several.err.contains("shop lies in sub"), "{}", several.err);
}

#[test]
fn what_layers_weigh() {
    let folder = folder();
    folder.write(
        "Dockerfile",
        "FROM python:3.12-slim\nCOPY . /app\nRUN pip install .[web]\nCMD [\"shop\"]\n",
    );
    folder.write("inside/x", "12345");
    let answer = folder.call(&["template", "slim", "--extra", "web", "--sizes"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    for part in [
        "not known: no copy of the image was given",
        "not known: what is installed is not locked",
        "| 1020 ",
        "from uv.lock: 2 wheels as they are fetched, packed",
        "measured: 1 files of the context",
    ] {
        assert!(answer.out.contains(part), "{part}\n{}", answer.out);
    }
    let measured = folder.call(&["template", "slim", "--sizes", "--installed", "inside", "inside"]);
    assert_eq!(measured.out.matches("| 5 ").count(), 2, "{}", measured.out);
}
