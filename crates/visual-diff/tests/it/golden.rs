//! pixelmatch's own tests at v5.3.0 and v7.2.0, and its counts on other people's pictures.

use crate::made;
use leadforge_visual_diff::{
    Config, Counts, DiffPicture, Drawing, Profile, Rows, Tolerance, compare, compare_with, diff,
};
use std::path::PathBuf;

/// A picture of the corpora.
fn corpus(path: &str) -> PathBuf {
    let corpora = std::env::var_os("LEADFORGE_CORPORA")
        .expect("LEADFORGE_CORPORA names the folder of the corpora");
    PathBuf::from(corpora).join(path)
}

fn pixels(path: &PathBuf) -> Vec<u8> {
    made::rgba(&std::fs::read(path).expect("the corpora are complete")).expect("it is a picture")
}

/// One test of `test/test.js`: pictures, golden picture, count, how it is drawn and counted.
type Golden = (&'static str, &'static str, &'static str, u64, Drawing, f64);

fn goldens(version: &str) -> Vec<Golden> {
    let plain = Drawing::default();
    let mask = Drawing { mask: true, ..plain };
    let coloured =
        Drawing { alpha: 0.5, aa_color: [0, 192, 0], diff_color: [255, 0, 255], ..plain };
    let both = Drawing { diff_color_alt: Some([0, 255, 0]), ..plain };
    let clear = if version == "v5.3.0" { 0 } else { 6 };
    let mut goldens = vec![
        ("1a", "1b", "1diff", 143, plain, 0.05),
        ("1a", "1b", "1diffmask", 143, mask, 0.05),
        ("1a", "1a", "1emptydiffmask", 0, mask, 0.0),
        ("2a", "2b", "2diff", 12_437, coloured, 0.05),
        ("3a", "3b", "3diff", 212, plain, 0.05),
        ("4a", "4b", "4diff", 36_049, plain, 0.05),
        ("5a", "5b", "5diff", clear, plain, 0.05),
        ("6a", "6b", "6diff", 51, plain, 0.05),
        ("6a", "6a", "6empty", 0, plain, 0.0),
        ("7a", "7b", "7diff", 2448, both, 0.1),
    ];
    if version == "v7.2.0" {
        goldens.push(("1a", "1b", "1diffdefaultthreshold", 106, plain, 0.1));
        goldens.push(("8a", "5b", "8diff", 32_896, plain, 0.05));
    }
    goldens
}

#[test]
#[ignore = "reads others' data: cargo xtask conform visual"]
fn golden_counts_and_pictures_are_pixelmatchs() {
    for (version, profile) in [("v5.3.0", Profile::Pm5), ("v7.2.0", Profile::Pm7)] {
        for (before, after, golden, count, drawing, threshold) in goldens(version) {
            let file = |name: &str| corpus(&format!("visual/pixelmatch-{version}/{name}.png"));
            let config = Config { profile, threshold, ..Config::default() };
            let mut png = Vec::new();
            let mut picture = DiffPicture::new(drawing, &config, &mut png).unwrap();
            let report =
                compare_with(&file(before), &file(after), &config, &mut [&mut picture]).unwrap();
            picture.finish().unwrap();
            assert_eq!(report.counts.counted, count, "{version} {golden}");
            let (drawn, golden_pixels) = (made::rgba(&png).unwrap(), pixels(&file(golden)));
            assert!(drawn == golden_pixels, "{version} {golden}: the picture is another");
        }
    }
}

/// Pictures, pixels that differ at all, then without and with smoothed edges in both profiles.
type Row = (&'static str, &'static str, u64, [u64; 2], [u64; 2]);

/// pixelmatch 6.0.0 and 7.2.0, run by node on the same files.
const TABLE: &[Row] = &[
    ("pixelmatch-v7.2.0/1a", "pixelmatch-v7.2.0/1b", 12_933, [106, 167], [106, 167]),
    ("pixelmatch-v7.2.0/2a", "pixelmatch-v7.2.0/2b", 31_695, [9730, 10_010], [9730, 10_010]),
    ("pixelmatch-v7.2.0/3a", "pixelmatch-v7.2.0/3b", 583, [178, 344], [178, 344]),
    ("pixelmatch-v7.2.0/4a", "pixelmatch-v7.2.0/4b", 69_117, [6889, 10_002], [6889, 10_002]),
    ("pixelmatch-v7.2.0/5a", "pixelmatch-v7.2.0/5b", 256, [0, 256], [6, 208]),
    ("pixelmatch-v7.2.0/6a", "pixelmatch-v7.2.0/6b", 4900, [51, 4900], [51, 4900]),
    ("pixelmatch-v7.2.0/7a", "pixelmatch-v7.2.0/7b", 7575, [2448, 2737], [2448, 2737]),
    ("pixelmatch-v7.2.0/8a", "pixelmatch-v7.2.0/5b", 32_896, [0, 0], [32_896, 32_896]),
    (
        "odiff/www.cypress.io",
        "odiff/www.cypress.io-1",
        1_685_840,
        [927_205, 1_091_034],
        [927_205, 1_091_034],
    ),
    ("pr71/ai-monitor-before", "pr71/ai-monitor", 85_356, [639, 895], [639, 895]),
    ("pr71/ai-monitor", "pr71/ai-monitor-fixed", 2_735_249, [639, 1054], [639, 1054]),
    ("pr71/dashboard-before", "pr71/dashboard", 1_954_004, [592, 1252], [592, 1252]),
    ("pr71/job-search-before", "pr71/job-search", 2_014_255, [0, 0], [0, 0]),
    ("pr71/job-search-before", "pr71/job-search-fixed", 0, [0, 0], [0, 0]),
    ("pr71/nav-page", "pr71/nav-page-fixed", 0, [0, 0], [0, 0]),
];

fn pair(path: &str) -> PathBuf {
    match path.strip_prefix("pr71/") {
        Some(name) => corpus(&format!("job-lead-finder/docs/images/pr71/{name}.png")),
        None => corpus(&format!("visual/{path}.png")),
    }
}

#[test]
#[ignore = "reads others' data: cargo xtask conform visual"]
fn counts_on_real_pictures_are_pixelmatchs() {
    for (before, after, different, pm5, pm7) in TABLE {
        for (profile, counted) in [(Profile::Pm5, pm5), (Profile::Pm7, pm7)] {
            for (include_aa, counted) in [false, true].into_iter().zip(counted) {
                let config = Config { profile, include_aa, ..Config::default() };
                let counts = compare(&pair(before), &pair(after), &config).unwrap().counts;
                let found = Counts { anti_aliased: 0, ..counts };
                let expected =
                    Counts { different: *different, counted: *counted, ..Counts::default() };
                assert_eq!(found, expected, "{before} {profile:?} {include_aa}");
            }
        }
    }
}

/// The CRC of the pixels of each file of PngSuite, by Pillow or, at 16 bits, by pypng.
fn truth() -> Vec<(String, u8, u32)> {
    let path = std::env::var_os("LEADFORGE_PNGSUITE_TRUTH")
        .expect("cargo xtask conform visual writes LEADFORGE_PNGSUITE_TRUTH");
    let text = std::fs::read_to_string(path).expect("it was just written");
    let line = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        (words[0].to_owned(), words[1].parse().expect("bits"), words[2].parse().expect("a CRC"))
    };
    text.lines().map(line).collect()
}

#[test]
#[ignore = "reads others' data: cargo xtask conform visual"]
fn pngsuite_is_read_as_others_read_it_or_refused() {
    let truth = truth();
    let mut files: Vec<PathBuf> = std::fs::read_dir(corpus("visual/pngsuite"))
        .expect("the corpora are complete")
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert_eq!(files.len(), 175);
    let mut refused = 0;
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with('x') {
            assert!(made::rgba(&std::fs::read(&file).unwrap()).is_err(), "{name} is corrupt");
            refused += 1;
            continue;
        }
        let (_, bits, crc) = truth.iter().find(|(of, ..)| *of == name).expect("each has a truth");
        let found = if *bits == 16 {
            let mut rows = Rows::open(&file, &Default::default()).unwrap();
            let (mut raw, mut all) = (vec![0; rows.row_bytes()], Vec::new());
            let mut wide = vec![0; rows.facts().size.width as usize * 4];
            while rows.read(&mut raw).unwrap() {
                rows.layout().rgba16(&raw, &mut wide);
                all.extend(wide.iter().flat_map(|sample| sample.to_be_bytes()));
            }
            all
        } else {
            pixels(&file)
        };
        assert_eq!(crc32fast::hash(&found), *crc, "{name} shows other pixels");
    }
    assert_eq!(refused, 14);
}

/// What odiff 4.5.0 counts with all edges; its decoders round otherwise, so that counts are near and not equal.
const WHOLE: &[(&str, &str, u64)] =
    &[("tiger.jpg", "tiger-2.jpg", 7808), ("donkey.png", "donkey.webp", 101_890)];

#[test]
#[ignore = "reads others' data: cargo xtask conform visual"]
fn counts_on_jpeg_and_webp_are_nearly_odiffs() {
    let config = Config { include_aa: true, ..Config::default() };
    for (before, after, counted) in WHOLE {
        let files = [before, after].map(|name| corpus(&format!("visual/odiff/{name}")));
        let found = compare(&files[0], &files[1], &config).unwrap().counts.counted;
        assert!(found.abs_diff(*counted) * 100 <= *counted, "{before} {after}: {found}, {counted}");
    }
}

#[test]
#[ignore = "reads others' data: cargo xtask conform visual"]
fn a_theme_is_one_recolour_of_the_page() {
    let pairs = [
        ("ai-monitor", "ai-monitor-fixed", "#0f1729→#080c16, #1d283a→#0c1322 on 96 %"),
        ("job-search", "job-search-fixed", "#0f1729→#080c16, #1d283a→#0c1322 on 97 %"),
        ("dashboard-before", "dashboard", "#080c16→#0f1729, #0c1322→#1d283a on 94 %"),
    ];
    for (before, after, map) in pairs {
        let [before, after] = [before, after]
            .map(|name| corpus(&format!("job-lead-finder/docs/images/pr71/{name}.png")));
        let found = diff(&before, &after, &Config::default(), &Tolerance::default());
        let summary = found.expect("both are pictures").summary;
        let said = format!("theme recolour {map} of the page; ");
        assert!(summary.starts_with(&said), "{summary}");
        assert!(summary.ends_with("no layout change"), "{summary}");
    }
}
