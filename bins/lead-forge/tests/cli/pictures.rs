//! A run whose tasks change screens: the dossier shows before, after and what changed.

use std::fs;

use super::Repo;

/// A page of 200 by 200: words in rows upon a ground, and a box at the top where there is one.
fn page(ground: [u8; 3], boxed: bool) -> Vec<u8> {
    let pixel = |x: u32, y: u32| match (x, y) {
        (10..60, 10..50) if boxed => [120, 20, 20],
        (20..180, 80..) if y % 12 < 6 && (x * 7 + y / 12 * 5) % 11 < 4 => [200, 210, 220],
        _ => ground,
    };
    png(
        200,
        200,
        &(0..200).flat_map(|y| (0..200).flat_map(move |x| pixel(x, y))).collect::<Vec<_>>(),
    )
}

fn png(width: u32, height: u32, rows: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(rows).expect("rows");
    writer.finish().expect("an end");
    bytes
}

/// What a run of these tasks leaves: the page, the JSON and the Markdown.
pub(super) fn dossier(repo: &Repo) -> (String, serde_json::Value, String) {
    let ran = repo.call(&["run", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}\n{}", ran.out, ran.err);
    let told = ran.json()["data"]["dossier"].clone();
    let read = |form: &str| {
        fs::read_to_string(told[form].as_str().expect("a path")).expect("it was written")
    };
    let json = serde_json::from_str(&read("json")).expect("JSON");
    (read("html"), json, read("markdown"))
}

fn put(repo: &Repo, path: &str, bytes: &[u8]) {
    let path = repo.path().join(path);
    fs::create_dir_all(path.parent().expect("it has one")).expect("created");
    fs::write(path, bytes).expect("written");
}

pub(super) fn committed(repo: &Repo, tasks: &[(&str, &str)]) {
    for (id, front) in tasks {
        repo.task(id, front);
    }
    repo.git(&["add", "-A"]);
    repo.git(&["commit", "-q", "-m", "screens"]);
    repo.accept();
}

#[test]
fn a_task_that_changes_a_screen_is_shown_before_and_after() {
    let repo = Repo::new();
    put(&repo, "screenshots/home.png", &page([8, 12, 22], true));
    put(&repo, "screenshots/same.png", &page([8, 12, 22], true));
    put(&repo, "screenshots/gone.png", &page([1, 2, 3], true));
    put(&repo, "stock/theme", &page([15, 23, 41], true));
    put(&repo, "stock/less", &page([15, 23, 41], false));
    committed(
        &repo,
        &[
            (
                "lf-theme",
                "run = \"cp stock/theme screenshots/home.png && cp stock/theme screenshots/baseline.png && rm screenshots/gone.png\"\nverify = [\"true\"]",
            ),
            (
                "lf-box",
                "run = \"cp stock/less screenshots/baseline-fixed.png\"\nverify = [\"true\"]",
            ),
        ],
    );
    let (html, json, markdown) = dossier(&repo);
    let line = "theme recolour #080c16→#0f1729 on 86 % of the page; no layout change";
    let section = &json["sections"][0];
    assert_eq!(
        (&section["kind"], &section["envelope"]["outcome"]),
        (&"pictures".into(), &"clean".into())
    );
    let told: Vec<_> = section["envelope"]["exhibits"]
        .as_array()
        .expect("exhibits")
        .iter()
        .map(|one| format!("{} | {} | {}", one["title"], one["text"], one["parts"][0]["kind"]))
        .collect();
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(told[0].starts_with("\"screenshots/baseline-fixed.png\" | \"removed "), "{}", told[0]);
    assert_eq!(told[1], "\"screenshots/gone.png\" | \"removed\" | null");
    assert_eq!(told[2], format!("\"screenshots/home.png\" | \"{line}\" | \"recoloured\""));
    assert_eq!(html.matches("src=\"data:image/png;base64,").count(), 5, "two pairs and one alone");
    assert!(html.contains(&format!("{line}</span>")) && html.contains(">lf-theme</a>"), "{html}");
    assert!(html.contains("<rect class=\"line\" x=\"10\" y=\"10\" width=\"50\" height=\"40\">"));
    assert!(markdown.contains("- `screenshots/home.png`: theme recolour"), "{markdown}");
    // Made anew from the commits, nothing else: the same bytes, also when the checkout is elsewhere.
    repo.git(&["checkout", "-q", "--detach", "leadforge/run"]);
    let again = repo.dir.path().join("again");
    let args = ["dossier", "--output", &again.to_string_lossy()];
    assert_eq!(repo.call(&args).code, 0);
    let pictures = |html: &str| {
        html.split_once("id=\"tool-1\"")
            .map(|(_, rest)| rest.split_once("</section>").map(|(part, _)| part.to_owned()))
    };
    let other = fs::read_to_string(again.join("dossier.html")).expect("written");
    assert_eq!(pictures(&other), pictures(&html));
}

#[test]
fn hostile_pictures_hold_nothing_up_and_reach_the_page_only_escaped() {
    let repo = Repo::new();
    let noise: Vec<u8> = (0..1_700_u32 * 1_700 * 3)
        .scan(1_u32, |state, _| {
            *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Some((*state >> 24) as u8)
        })
        .collect();
    put(&repo, "stock/noise", &png(1_700, 1_700, &noise));
    put(&repo, "stock/cut", &page([8, 12, 22], true)[..70]);
    put(&repo, "stock/text", b"<svg onload=alert(1)>");
    put(&repo, "a.png", &page([8, 12, 22], true));
    put(&repo, "v.svg", b"<svg/>");
    let name = "<img src=x onerror=alert(1)>.png";
    let run = format!(
        "cp stock/cut a.png && cp stock/noise '{name}' && cp stock/text v.svg && ln -s /etc/passwd link.png"
    );
    committed(&repo, &[("lf-a", &format!("run = \"{run}\"\nverify = [\"true\"]"))]);
    let (html, json, _) = dossier(&repo);
    assert_eq!(json["verdict"]["answer"], "look", "{}", json["verdict"]);
    let envelope = &json["sections"][0]["envelope"];
    assert_eq!(envelope["findings"][0]["rule"], "picture.unreadable");
    let told: Vec<_> = envelope["exhibits"]
        .as_array()
        .expect("exhibits")
        .iter()
        .map(|one| one["text"].as_str().expect("a text"))
        .collect();
    assert_eq!(told.len(), 3, "a link is no picture: {told:?}");
    assert_eq!(told[0], "new");
    assert!(told[1].starts_with("cannot be compared: a.png is not a whole picture"), "{told:?}");
    assert!(told[2].starts_with("not compared: v.svg is "), "{told:?}");
    assert!(html.contains("left out for the length of this page"));
    assert!(
        html.contains("&lt;img src=x onerror=alert(1)&gt;.png") && !html.contains("<img src=x")
    );
    assert!(!html.contains("<svg onload"));
    assert!(html.len() < 1 << 20, "{}", html.len());
}

#[test]
fn who_cannot_look_says_so_and_the_dossier_is_written() {
    let repo = Repo::new();
    repo.write("leadforge.toml", "[shot]\npictures = [\"[\"]\n");
    committed(&repo, &[("lf-a", "run = \"echo two >> a.txt\"\nverify = [\"true\"]")]);
    let (html, json, _) = dossier(&repo);
    let envelope = &json["sections"][0]["envelope"];
    assert_eq!(envelope["outcome"], "incomplete");
    let why = envelope["findings"][0]["message"].as_str().expect("a reason");
    assert!(why.starts_with("[shot] pictures: "), "{why}");
    assert_eq!(json["verdict"]["answer"], "look");
    assert!(html.contains("1 of 1 task landed"));
}

#[test]
fn no_picture_no_section() {
    let repo = Repo::with(&[("lf-a", "run = \"echo two >> a.txt\"\nverify = [\"true\"]")]);
    let (html, json, _) = dossier(&repo);
    let sections = json["sections"].as_array().map(Vec::as_slice).unwrap_or_default();
    assert!(sections.iter().all(|section| section["kind"] != "pictures"), "{json:#}");
    assert!(!html.contains("<img"));
}
