//! What the crate of the CycloneDX project reads in our documents of version 1.5, the newest it knows.

use cyclonedx_bom::models::bom::{Bom, SpecVersion};
use cyclonedx_bom::validation::Validate as _;
use leadforge_sbom::cyclonedx::{Meta, Spec, write};

use crate::of;

#[test]
fn the_crate_of_cyclonedx_reads_the_same_components_and_edges() {
    let lock = r#"version = 4
[[package]]
name = "app"
version = "0.1.0"
dependencies = ["one", "two"]
[[package]]
name = "one"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
[[package]]
name = "two"
version = "2.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
dependencies = ["one"]
"#;
    let found = of(&[("Cargo.lock", lock)]).expect("it is read");
    let mut bytes = Vec::new();
    write(&found, Spec::V1_5, &Meta::default(), &mut bytes).expect("memory");
    let bom = Bom::parse_from_json_v1_5(bytes.as_slice()).expect("it is read");
    assert!(bom.validate_version(SpecVersion::V1_5).passed());
    let components = bom.components.expect("there are some").0;
    let mut names: Vec<String> = components
        .iter()
        .map(|c| {
            format!("{} {}", c.name, c.purl.as_ref().map_or(String::new(), ToString::to_string))
        })
        .collect();
    let root = bom.metadata.and_then(|metadata| metadata.component).expect("the project");
    names.push(root.name.to_string());
    assert_eq!(names, ["one pkg:cargo/one@1.0.0", "two pkg:cargo/two@2.0.0", "app"]);
    let edges: Vec<(String, Vec<String>)> = bom
        .dependencies
        .expect("there are some")
        .0
        .into_iter()
        .map(|dependency| (dependency.dependency_ref, dependency.dependencies))
        .collect();
    let [app, one, two] =
        ["pkg:cargo/app@0.1.0", "pkg:cargo/one@1.0.0", "pkg:cargo/two@2.0.0"].map(str::to_owned);
    let right = [(app, vec![one.clone(), two.clone()]), (one.clone(), vec![]), (two, vec![one])];
    assert_eq!(edges, right);
}
