//! What the report of an image says, on images made here and on those of dive.

use std::path::{Path, PathBuf};

use leadforge_container_audit::image::{Audit, Config, Gate, Report, page, render};
use leadforge_oci_image::{Config as Reading, Digest, Error, Image};
use serde_json::json;
use tar::{Builder, EntryType, Header};
use tempfile::TempDir;

/// An entry of a layer: a file with so many bytes, a hard link to a path, or a folder.
enum Is {
    File(usize),
    Link(&'static str),
    Folder,
}

fn layer(entries: &[(&str, Is)]) -> Vec<u8> {
    let mut tar = Builder::new(Vec::new());
    for (path, is) in entries {
        let mut header = Header::new_ustar();
        header.set_mode(0o644);
        match is {
            Is::File(size) => {
                header.set_size(*size as u64);
                tar.append_data(&mut header, path, vec![b'x'; *size].as_slice()).expect("memory");
            }
            Is::Link(target) => {
                header.set_entry_type(EntryType::Link);
                header.set_size(0);
                tar.append_link(&mut header, path, target).expect("memory");
            }
            Is::Folder => {
                header.set_entry_type(EntryType::Directory);
                header.set_size(0);
                tar.append_data(&mut header, path, [].as_slice()).expect("memory");
            }
        }
    }
    tar.into_inner().expect("memory")
}

fn archive(dir: &TempDir, layers: &[Vec<u8>]) -> PathBuf {
    let mut tar = Builder::new(Vec::new());
    let mut put = |name: &str, bytes: &[u8]| {
        let mut header = Header::new_ustar();
        header.set_size(bytes.len() as u64);
        tar.append_data(&mut header, name, bytes).expect("memory");
    };
    let ids: Vec<String> = layers.iter().map(|tar| Digest::sha256(tar).to_string()).collect();
    let history: Vec<_> =
        ids.iter().map(|_| json!({"created_by": "RUN <b>make</b>\u{1b}[2J"})).collect();
    let config = json!({"os": "linux", "architecture": "amd64", "history": history,
        "rootfs": {"type": "layers", "diff_ids": ids}});
    let names: Vec<String> = (0..layers.len()).map(|n| format!("{n}.tar")).collect();
    names.iter().zip(layers).for_each(|(name, bytes)| put(name, bytes));
    put("c", config.to_string().as_bytes());
    put("manifest.json", json!([{"Config": "c", "Layers": names}]).to_string().as_bytes());
    let path = dir.path().join("image.tar");
    std::fs::write(&path, tar.into_inner().expect("memory")).expect("written");
    path
}

fn look(path: &Path) -> Result<Report, Error> {
    let config = Reading::default();
    let image = Image::open(path, &config)?;
    let mut audit = Audit::new(&image, &config.limits);
    let read = image.read(|entry, _| audit.entry(entry).map(drop))?;
    Ok(audit.finish(&image, &read, &Config::default()))
}

fn report(layers: &[Vec<u8>]) -> Report {
    let dir = tempfile::tempdir().expect("a folder");
    look(&archive(&dir, layers)).expect("a sound image")
}

/// What lies upon what in most of these tests.
fn layers() -> Vec<Vec<u8>> {
    vec![
        layer(&[
            ("d/a", Is::File(100)),
            ("d/b", Is::File(50)),
            ("c", Is::File(10)),
            ("e/f", Is::File(7)),
        ]),
        layer(&[("c", Is::File(30)), ("d/h", Is::Link("d/a"))]),
        layer(&[("d/.wh.a", Is::File(0)), (".wh.e", Is::File(0)), ("d/empty", Is::Folder)]),
    ]
}

#[test]
fn hidden_bytes_are_total_minus_visible_and_each_layer_has_its_part() {
    let report = report(&layers());
    // The first `c` is replaced and `e/f` removed; `d/a` lives on as `d/h`.
    assert_eq!((report.size.files, report.size.visible, report.size.hidden), (197, 180, 17));
    let hidden: Vec<u64> = report.layers.iter().map(|layer| layer.hidden).collect();
    assert_eq!(hidden, [17, 0, 0]);
    let most: Vec<_> = report.biggest_hidden.iter().map(|p| (p.path.as_str(), p.bytes)).collect();
    assert_eq!(most, [("c", 10), ("e/f", 7)]);
    let files: Vec<_> = report.biggest_files.iter().map(|p| (p.path.as_str(), p.bytes)).collect();
    assert_eq!(files, [("d/b", 50), ("c", 30)]);
}

#[test]
fn wasted_bytes_are_those_that_dive_counts() {
    let wasted = report(&layers()).wasted;
    // d/a 100 and a whiteout of nothing; c 10 and 30. The whiteout of e weighs the 7 of e/f once.
    assert_eq!((wasted.bytes, wasted.user_bytes), (140, 30));
    let (least, sum) = (50 + 7 + 7 + 10, 50 + 7 + 7 + 100 + 40);
    assert!((wasted.efficiency - f64::from(least) / f64::from(sum)).abs() < 1e-15);
    let paths: Vec<_> = wasted.biggest.iter().map(|p| (p.path.as_str(), p.bytes)).collect();
    assert_eq!(paths, [("d/a", 100), ("c", 40)]);
}

#[test]
fn an_image_of_nothing_is_efficient() {
    let report = report(&[layer(&[])]);
    assert_eq!((report.size.files, report.wasted.bytes), (0, 0));
    assert!((report.wasted.efficiency - 1.0).abs() < f64::EPSILON);
}

#[test]
fn the_gate_is_red_one_byte_above_and_green_on_it() {
    let report = report(&layers());
    let rules = |gate: &Gate| gate.check(&report).iter().map(|b| b.rule).collect::<Vec<_>>();
    assert_eq!(rules(&Gate::default()), Vec::<&str>::new());
    let (size, packed, hidden) = (report.size.files, report.size.packed, report.size.hidden);
    let least = Some(report.wasted.efficiency);
    let exact = Gate {
        max_size: Some(size),
        max_packed: Some(packed),
        max_hidden: Some(hidden),
        min_efficiency: least,
    };
    assert_eq!(rules(&exact), Vec::<&str>::new());
    let less = Gate {
        max_size: Some(size - 1),
        max_packed: Some(packed - 1),
        max_hidden: Some(hidden - 1),
        min_efficiency: least.map(|least| least + 1e-9),
    };
    assert_eq!(rules(&less), ["image.size", "image.packed", "image.hidden", "image.efficiency"]);
}

#[test]
fn what_an_image_says_reaches_no_terminal_and_no_page_as_it_is() {
    let mut layers = layers();
    layers.push(layer(&[("<img src=x>\u{1b}]0;x", Is::File(1000))]));
    let report = report(&layers);
    let mut text = Vec::new();
    render(&report, &mut text).expect("memory");
    let text = String::from_utf8(text).expect("text");
    assert!(text.contains("out of reach: total minus what remains"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
    let page = page(&report);
    assert!(page.contains("<svg") && page.contains("class=\"gone\""));
    assert!(!page.contains("<img") && !page.contains("<b>") && !page.contains('\u{1b}'));
}

#[test]
#[ignore = "needs the corpora: cargo xtask conform image"]
fn dives_published_figures_to_the_last_digit() {
    let corpora = std::env::var_os("LEADFORGE_CORPORA").expect("cargo xtask conform sets it");
    let path = Path::new(&corpora).join("container/dive/test-docker-image.tar");
    let report = look(&path).expect("dive's own image");
    let wasted = &report.wasted;
    assert_eq!(wasted.efficiency.to_string(), "0.9844212134184309");
    assert_eq!((report.size.files, wasted.user_bytes, wasted.bytes), (1_220_598, 66_237, 32_025));
    assert_eq!(wasted.ratio.to_string(), "0.4834911001404049");
}
