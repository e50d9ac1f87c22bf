//! `lead-shot` as its users meet it: every verb and every error, as text and as JSON.

mod approve;
mod capture;
mod changelog;
mod corpus;
mod diff;
mod dir;
mod gallery;
mod lint;
mod notes;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A repository of its own, and how to call the command in it.
struct Repo {
    dir: TempDir,
}

/// What a call left.
struct Answer {
    code: i32,
    out: String,
    err: String,
}

impl Repo {
    /// An empty repository with one commit.
    fn new() -> Self {
        let repo = Self { dir: tempfile::tempdir().expect("a temporary folder") };
        repo.git(&["init", "-q", "-b", "main"]);
        repo.git(&["commit", "-q", "--allow-empty", "-m", "begin"]);
        repo
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("created");
        fs::write(path, bytes).expect("written");
    }

    /// Commits everything, by somebody, at a time that is always the same.
    fn commit(&self, subject: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", subject]);
    }

    fn git(&self, args: &[&str]) {
        let done = Command::new("git")
            .args(["-c", "user.name=Ann", "-c", "user.email=ann@example.org"])
            .args(args)
            .current_dir(self.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("GIT_AUTHOR_DATE", "@1700000000 +0000")
            .env("GIT_COMMITTER_DATE", "@1700000000 +0000")
            .status()
            .expect("git runs");
        assert!(done.success(), "git {args:?}");
    }

    fn run(&self, args: &[&str]) -> Answer {
        self.run_in("", args)
    }

    fn run_in(&self, folder: &str, args: &[&str]) -> Answer {
        self.run_with(folder, args, &[])
    }

    /// With more variables around it.
    fn run_with(&self, folder: &str, args: &[&str], env: &[(&str, &str)]) -> Answer {
        let done = Command::new(env!("CARGO_BIN_EXE_lead-shot"))
            .args(args)
            .current_dir(self.path().join(folder))
            .env_remove("NO_COLOR")
            .envs(env.iter().copied())
            .stdin(Stdio::null())
            .output()
            .expect("the command runs");
        Answer {
            code: done.status.code().expect("no signal"),
            out: self.plain(&done.stdout),
            err: self.plain(&done.stderr),
        }
    }

    /// The JSON of a call, and its exit code.
    fn json(&self, args: &[&str]) -> (i32, Value) {
        let answer = self.run(&[args, &["--format", "json"]].concat());
        (answer.code, serde_json::from_str(&answer.out).expect("JSON"))
    }

    /// Text without what differs from run to run.
    fn plain(&self, bytes: &[u8]) -> String {
        let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        let real = self.path().canonicalize().expect("it exists");
        text.replace(&*real.to_string_lossy(), "REPO")
            .replace(&*self.path().to_string_lossy(), "REPO")
    }
}

/// A picture of one colour.
fn picture(width: u32, height: u32, colour: [u8; 3]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&colour.repeat((width * height) as usize)).expect("rows");
    writer.finish().expect("an end");
    bytes
}

/// A page of 200 by 200: words in rows upon one colour, and a dark box of a height at the top.
fn page(ground: [u8; 3], height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 200, 200);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("a header");
    let pixel = |x: u32, y: u32| match (x, y) {
        (10..60, 10..) if y < 10 + height => [120, 20, 20],
        (20..180, 80..) if y % 12 < 6 && (x * 7 + y / 12 * 5) % 11 < 4 => [200, 210, 220],
        _ => ground,
    };
    let rows: Vec<u8> = (0..200).flat_map(|y| (0..200).flat_map(move |x| pixel(x, y))).collect();
    writer.write_image_data(&rows).expect("rows");
    writer.finish().expect("an end");
    bytes
}
