//! No secret in any output, in any format, from any source, in no message of an error.

use crate::{Folder, token};

/// Secrets of several kinds, each with a text around it.
fn secrets() -> Vec<(String, String)> {
    let pem = format!(
        "{}{}",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC",
        "Bt3DEKePbHmI4m9VcemUMpwFoiPyybQM".repeat(3)
    );
    vec![
        (token('2'), "a = '{s}'\n".into()),
        ("xK9#mPq2vL7w".into(), "password: \"{s}\"\n".into()),
        ("Zf3D0LXCM3EIMbgJpUNnkRtOfOueHznB".into(), "API_TOKEN={s}\n".into()),
        ("Tr0ub4dor-and-3".into(), "url = postgres://app:{s}@db.internal/app\n".into()),
        (pem, "-----BEGIN PRIVATE KEY-----\n{s}\n-----END PRIVATE KEY-----\n".into()),
    ]
}

#[test]
fn a_secret_is_never_printed() {
    let folder = Folder::repository();
    let mut all = String::new();
    for (secret, form) in secrets() {
        all.push_str(&form.replace("{s}", &secret));
    }
    folder.write("settings.ini", &all);
    folder.commit("settings");
    folder.write("settings.ini", &format!("{all}\n"));
    folder.git(&["add", "settings.ini"]);
    let mut looked = 0;
    for format in ["human", "json", "sarif", "github"] {
        for source in [&["."][..], &["--staged"], &["--history"], &["-"]] {
            for more in [&["-v"][..], &["--min-confidence", "low"]] {
                let args = [source, &["--format", format], more].concat();
                let answer = folder.call_with(&args, all.as_bytes());
                assert_eq!(answer.code, 1, "{args:?}: {}", answer.err);
                for (secret, _) in secrets() {
                    // Not even a part of it that would be of use.
                    for part in secret.as_bytes().windows(8) {
                        let part = String::from_utf8_lossy(part);
                        for output in [&answer.out, &answer.err] {
                            assert!(
                                !output.contains(&*part),
                                "{args:?} printed a part of a secret"
                            );
                        }
                    }
                }
                looked += 1;
            }
        }
    }
    assert_eq!(looked, 32);
    // All of them were found, so that their absence means something.
    let mut rules = folder.call(&[".", "--format", "json"]).rules();
    rules.sort();
    assert_eq!(
        rules,
        ["generic-api-key", "github-pat", "private-key", "quoted-password", "url-credentials"]
    );
}

#[test]
fn errors_do_not_quote_what_they_read() {
    let folder = Folder::new();
    let secret = token('3');
    folder.write(
        "rules.toml",
        &format!("[[rules]]\nid = \"x\"\nregex = '''({secret}'''\nkeywords = [\"x\"]\n"),
    );
    let answer = folder.call(&["--rules", "rules.toml", "."]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("rule `x`"), "{}", answer.err);
    folder.write("broken.toml", &format!("[[rules]]\nid = {secret}\n"));
    let answer = folder.call(&["--rules", "broken.toml", "."]);
    assert_eq!((answer.code, answer.err.contains("broken.toml:2")), (2, true), "{}", answer.err);
    assert!(!answer.err.contains(&secret) && !answer.out.contains(&secret));
}

#[test]
fn what_is_kept_of_a_secret_tells_nothing_of_it() {
    let folder = Folder::repository();
    let secret = token('4');
    folder.write("a.py", &format!("a = '{secret}'\n"));
    let print = folder.call(&["--format", "json"]).json()["findings"][0]["fingerprint"].clone();
    let print = print.as_str().expect("a fingerprint");
    let args = ["--bear", print, "--reason", "revoked", "--until", "2999-01-01"];
    assert_eq!(folder.call(&args).code, 0);
    let mut kept = 0;
    for file in std::fs::read_dir(folder.path().join("docs/review/baseline")).expect("a folder") {
        let path = file.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("text") + &path.display().to_string();
        assert!(
            !secret
                .as_bytes()
                .windows(8)
                .any(|part| text.contains(&*String::from_utf8_lossy(part)))
        );
        // Nor is the fingerprint that every report shows.
        assert!(!text.contains(print.split(':').nth(1).expect("a digest")));
        kept += 1;
    }
    assert_eq!(kept, 1);
}
