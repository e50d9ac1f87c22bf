//! `lead-sbom dependabot`.

use crate::Folder;

#[test]
fn ecosystems() {
    let folder = Folder::new(&[
        ("Cargo.toml", ""),
        ("Cargo.lock", ""),
        ("crates/a/Cargo.toml", ""),
        ("app/uv.lock", ""),
        ("app/requirements.txt", ""),
        ("Dockerfile", ""),
        ("tools/Dockerfile.dev", ""),
        (".github/workflows/ci.yml", ""),
        ("web/package.json", ""),
        ("web/node_modules/b/package.json", ""),
    ]);
    let text = folder.call(&["dependabot"]).out;
    let named: Vec<&str> = text
        .lines()
        .filter(|l| l.contains("ecosystem") || l.contains("direct") || l.contains("- \""))
        .map(str::trim)
        .collect();
    assert_eq!(
        named,
        [
            "- package-ecosystem: cargo",
            "directory: \"/\"",
            "- package-ecosystem: docker",
            "directories:",
            "- \"/\"",
            "- \"/tools\"",
            "- package-ecosystem: github-actions",
            "directory: \"/\"",
            "- package-ecosystem: npm",
            "directory: \"/web\"",
            "- package-ecosystem: uv",
            "directory: \"/app\"",
        ]
    );
    assert_eq!(folder.call(&["dependabot", "--check"]).code, 1);
    assert_eq!(folder.call(&["dependabot", "--write"]).code, 0);
    assert_eq!(folder.call(&["dependabot", "--check"]).code, 0);
    assert_eq!(folder.call(&["dependabot", "--write"]).code, 4);
    folder.write("go.mod", "");
    let missing = folder.call(&["dependabot", "--check"]);
    assert!(
        missing.code == 1 && missing.out.contains("gomod (/) is not looked after"),
        "{}",
        missing.out
    );
    assert_eq!(Folder::new(&[("a", "")]).call(&["dependabot"]).code, 3);
}
