//! What package managers installed: dpkg, Python.

use leadforge_sbom::{Inventory, wants};

use crate::of;

/// `from -> to` of each edge, without `pkg:`.
fn edges(found: &Inventory) -> Vec<String> {
    let name =
        |index: usize| found.components[index].reference.trim_start_matches("pkg:").to_owned();
    let words = |edge: &leadforge_sbom::Edge| {
        let marker = edge.marker.as_ref().map_or(String::new(), |marker| format!(" | {marker}"));
        format!("{} -> {} {:?}{marker}", name(edge.from), name(edge.to), edge.scope)
    };
    found.edges.iter().map(words).collect()
}

const STATUS: &str = "\
Package: base-files
Status: install ok installed
Maintainer: Santiago <s@example.org>
Architecture: amd64
Version: 12.4
Pre-Depends: awk

Package: gone
Status: deinstall ok config-files
Architecture: amd64
Version: 1

Package: mawk
Status: install ok installed
Architecture: amd64
Version: 1.3.4.20200120-3.1
Provides: awk (= 1),
 other
Depends: libc6 (>= 2.36), perl:any | nothing

Package: libc6
Status: install ok installed
Architecture: amd64
Source: glibc (2.36-9)
Version: 2.36-9+deb12u3

Package: python3-six
Status: install ok triggers-pending
Architecture: all
Source: six
Version: 1:1.16.0-4
Depends: base-files
";

#[test]
fn dpkg_gives_what_is_installed_and_whom_it_needs() {
    let found = of(&[
        ("var/lib/dpkg/status", STATUS),
        ("usr/lib/os-release", "NAME=x\nID=debian\nVERSION_ID=\"12\"\n"),
        (
            "usr/share/doc/mawk/copyright",
            "Format: x\n\nFiles: *\nLicense: GPL-2\n\nLicense: GPL-2\n x\n",
        ),
    ])
    .expect("read");
    insta::assert_snapshot!(edges(&found).join("\n"), @r"
    deb/debian/base-files@12.4?arch=amd64&distro=debian-12 -> deb/debian/mawk@1.3.4.20200120-3.1?arch=amd64&distro=debian-12 Runtime
    deb/debian/mawk@1.3.4.20200120-3.1?arch=amd64&distro=debian-12 -> deb/debian/libc6@2.36-9%2Bdeb12u3?arch=amd64&distro=debian-12&upstream=glibc%402.36-9 Runtime
    deb/debian/python3-six@1:1.16.0-4?arch=all&distro=debian-12&upstream=six -> deb/debian/base-files@12.4?arch=amd64&distro=debian-12 Runtime
    ");
    let six = found.components.iter().find(|c| c.name == "python3-six").expect("it is installed");
    assert_eq!(
        six.purl,
        "pkg:deb/debian/python3-six@1:1.16.0-4?arch=all&distro=debian-12&upstream=six"
    );
    let mawk = found.components.iter().find(|c| c.name == "mawk").expect("it is installed");
    assert_eq!(mawk.licences, ["GPL-2"]);
    assert_eq!(found.components[0].supplier.as_deref(), Some("Santiago <s@example.org>"));
    assert!(!found.components.iter().any(|c| c.name == "gone"));
}

#[test]
fn what_the_distribution_owns_is_its_own() {
    let six = "Metadata-Version: 2.1\nName: six\nVersion: 1.16.0\n";
    let web = "Metadata-Version: 2.4\nName: My_Web\nVersion: 2\nLicense-Expression: MIT\nAuthor: Ann\n\
        Requires-Dist: six>=1\nRequires-Dist: absent; python_version<'3'\nRequires-Dist: tool ; extra == \"dev\"\n\n\
        Name: not a header\n";
    let tool = "Metadata-Version: 2.1\nName: tool\nVersion: 3\nClassifier: License :: OSI Approved :: BSD License\n";
    let at = "usr/lib/python3/dist-packages/six-1.16.0.egg-info";
    let files = [
        ("var/lib/dpkg/status", STATUS),
        (
            "var/lib/dpkg/info/python3-six.list",
            "/.\n/usr/lib/python3/dist-packages/six-1.16.0.egg-info\n",
        ),
        (at, six),
        ("opt/venv/lib/python3.11/site-packages/my_web-2.dist-info/METADATA", web),
        ("opt/venv/lib/python3.11/site-packages/tool-3.dist-info/METADATA", tool),
        (
            "opt/venv/lib/python3.11/site-packages/tool-3.dist-info/direct_url.json",
            r#"{"url": "https://u:p@example.org/t.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}}"#,
        ),
    ];
    let found = of(&files).expect("read");
    let python: Vec<String> =
        edges(&found).into_iter().filter(|edge| edge.starts_with("pypi")).collect();
    insta::assert_snapshot!(python.join("\n"), @r#"
    pypi/my-web@2 -> deb/debian/python3-six@1:1.16.0-4?arch=all&upstream=six Runtime
    pypi/my-web@2 -> pypi/tool@3?vcs_url=git%2Bhttps:%2F%2Fexample.org%2Ft.git%40abc Extra("dev")
    "#);
    let six = found.components.iter().find(|c| c.name.ends_with("six")).expect("one, and only one");
    assert_eq!(six.occurrences.len(), 2, "{:?}", six.occurrences);
    assert!(!found.components.iter().any(|c| c.name == "six"));
    let licences: Vec<_> = found
        .components
        .iter()
        .filter(|c| c.purl.starts_with("pkg:pypi"))
        .map(|c| &c.licences[0])
        .collect();
    assert_eq!(licences, ["MIT", "BSD License"]);
    assert!(!format!("{found:?}").contains("u:p"));
    assert!(files.iter().all(|(path, _)| wants(path)));
}

#[test]
fn distroless_images_have_a_file_for_each_package() {
    let one = "Package: tzdata\nVersion: 2024a-0\nArchitecture: all\nDepends: base\n";
    let two = "Package: base\nVersion: 1\nArchitecture: amd64\n";
    let sums =
        "d41d8cd98f00b204e9800998ecf8427e  usr/lib/python3/dist-packages/x-1.dist-info/METADATA\n";
    let found = of(&[
        ("var/lib/dpkg/status.d/base", two),
        ("var/lib/dpkg/status.d/base.md5sums", sums),
        ("var/lib/dpkg/status.d/tzdata", one),
        ("usr/lib/python3/dist-packages/x-1.dist-info/METADATA", "Name: x\nVersion: 1\n"),
    ])
    .expect("read");
    insta::assert_snapshot!(edges(&found).join("\n"), @"deb/debian/tzdata@2024a-0?arch=all -> deb/debian/base@1?arch=amd64 Runtime");
    let places: Vec<_> =
        found.components.iter().flat_map(|c| &c.occurrences).map(|o| &o.path).collect();
    assert_eq!(places.len(), 3, "{places:?}");
}
