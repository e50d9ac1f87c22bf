//! Checks of CIS and dockle, and what leaks from a context.

use super::found;
use leadforge_container_audit::dockerfile::{Config, Severity, Surroundings, check, mend};
use proptest::prelude::*;

fn ours(text: &str) -> String {
    let common = ["image-undigested", "root-user", "no-healthcheck"];
    found(text, |rule| !rule.starts_with("DL") && !common.contains(&rule)).join(" ")
}

#[test]
fn bits_of_owners() {
    let run = |command: &str| ours(&format!("FROM a:1\nRUN {command}\n"));
    for command in [
        "chmod u+s /x",
        "chmod 4755 /x",
        "chmod 06755 /x",
        "chmod +s /x",
        "install -m 4755 a /x",
        "chmod a=rxs /x",
    ] {
        assert_eq!(run(command), "setuid-bit@2", "{command}");
    }
    for command in [
        "chmod 755 /x",
        "chmod 1777 /tmp",
        "chmod 2775 /var/x",
        "chmod g+s /var/x",
        "chmod u-s /x",
        "install -d -m 3777 /x",
        "chmod a+r /x",
        "chmod --reference=s /x",
        "find / -perm 4755",
    ] {
        assert!(!run(command).contains("setuid"), "{command}");
    }
    assert_eq!(ours("FROM a:1\nCOPY --chmod=4755 a /b\n"), "setuid-bit@2");
}

#[test]
fn origins_and_releases() {
    let run = |command: &str| ours(&format!("FROM debian:13\nRUN {command}\n"));
    for command in [
        "apt-get install -y --allow-unauthenticated x",
        "curl -sk https://a/b",
        "curl -fsSLk https://a/b",
        "wget --no-check-certificate https://a/b",
        "pip install --trusted-host=a -r b",
        "apk add --allow-untrusted x",
        "git config --global http.sslVerify false",
        "npm config set strict-ssl false",
    ] {
        assert_eq!(run(command), "unverified-source@2", "{command}");
    }
    for command in [
        "curl -fsSL https://a/b -o k",
        "curl -k https://localhost/x",
        "apk add --allow-untrusted /tmp/a.apk",
        "curl --key x https://a/b",
    ] {
        assert_eq!(run(command), "", "{command}");
    }
    assert_eq!(run("apt-get update && apt-get dist-upgrade -y"), "release-upgrade@2");
    assert_eq!(run("apt-get update && apt-get upgrade -y"), "");
    let text = "FROM debian:13\nRUN apt-get dist-upgrade -y\n";
    let report = check(text, &Config::default(), &Surroundings::default());
    assert!(mend(text, &report.findings).0.contains("apt-get upgrade -y"));
}

#[test]
fn passwords_volumes_ports() {
    for command in [
        "echo 'root:root' | chpasswd",
        "passwd -d root",
        "useradd -p abc x",
        "echo a | passwd --stdin root",
    ] {
        assert_eq!(ours(&format!("FROM a:1\nRUN {command}\n")), "password-in-image@2", "{command}");
    }
    for command in
        ["echo \"root:$P\" | chpasswd", "passwd -l root", "useradd -p '*' x", "echo passwd"]
    {
        assert_eq!(ours(&format!("FROM a:1\nRUN {command}\n")), "", "{command}");
    }
    assert_eq!(
        ours("FROM a:1\nVOLUME /etc/\nVOLUME [\"/data\", \"/\"]\nVOLUME /etc/x\n"),
        "volume-system@2 volume-system@3"
    );
    assert_eq!(ours("FROM a:1\nEXPOSE 80 22/tcp\nEXPOSE 2222\n"), "ssh-server@2");
}

#[test]
fn what_was_not_seen() {
    // The host of raw files has `.git` in its name, and is no repository.
    assert_eq!(
        ours("FROM a:1\nADD https://raw.githubusercontent.com/a/b/c /d\n"),
        "add-unverified@2"
    );
    assert_eq!(ours("FROM a:1\nADD https://x/a/b.git#v1 /d\n"), "");
    assert_eq!(ours("FROM a:1\nRUN curl x | python3.12 -\n"), "piped-script@2");
    // Behind a program that is the entry point, a CMD is its arguments.
    let health = |text: &str| found(text, |rule| rule == "no-healthcheck").join(" ");
    assert_eq!(health("FROM debian:13\nENTRYPOINT [\"npx\", \"x\"]\nCMD [\"test\"]\n"), "");
    assert_eq!(
        health("FROM debian:13\nENTRYPOINT [\"/entrypoint.sh\"]\nCMD [\"serve\"]\n"),
        "no-healthcheck@1"
    );
    assert_eq!(
        health("FROM debian:13\nENTRYPOINT [\"tini\", \"--\"]\nCMD [\"serve\"]\n"),
        "no-healthcheck@1"
    );
}

fn leaks(text: &str, files: &[&str], ignore: Option<&str>) -> Vec<String> {
    let mut files: Vec<String> = files.iter().map(|file| (*file).to_owned()).collect();
    files.sort();
    let around = Surroundings { files: Some(files), ignore: ignore.map(str::to_owned) };
    let found = check(text, &Config::default(), &around).findings;
    let leaks = found.iter().filter(|finding| finding.rule == "context-leak");
    leaks.map(|f| format!("{:?} {} {}", f.severity, f.line, f.message)).collect()
}

#[test]
fn contexts() {
    let text = "FROM a:1\nCOPY package.json /x/\nCOPY . /x\n";
    let files = [
        ".env",
        ".git/HEAD",
        ".env.example",
        "a.js",
        "certs/server.key",
        "node_modules/b/c.js",
        "package.json",
        "src/__pycache__/a.pyc",
        "tests/server.key",
        "apt.key",
    ];
    let said = leaks(text, &files, Some("docs\n"));
    assert_eq!(said.len(), 4, "{said:?}");
    assert_eq!(
        said.iter().find(|said| said.starts_with("Error")).unwrap(),
        "Error 3 .env and 1 more comes into the image: secrets stay in the image for everybody; add `**/.env` to .dockerignore"
    );
    assert!(said.iter().any(|s| s.starts_with("Warning 3 .git/HEAD")), "{said:?}");
    assert!(said.iter().any(|s| s.starts_with("Info 3 src/__pycache__/a.pyc")), "{said:?}");
    // What the file leaves out does not come in.
    let all = "**/.env\n**/*.key\n.git\n**/node_modules\n**/__pycache__\n";
    assert!(leaks(text, &files, Some(all)).is_empty());
    // Taken back it does.
    assert_eq!(leaks(text, &files, Some(&format!("{all}!.env\n"))).len(), 1);
    // Without a file another rule speaks of the rest, and secrets are told.
    let without = leaks(text, &files, None);
    assert!(without.len() == 1 && without[0].starts_with("Error"), "{without:?}");
    // Only what is copied counts, and what is named is meant.
    assert!(leaks("FROM a:1\nCOPY a.js .env /x/\n", &files, Some("")).is_empty());
    assert_eq!(leaks("FROM a:1\nCOPY certs /x\n", &files, Some("")).len(), 1);
    assert!(leaks("FROM a:1 AS b\nFROM a:1\nCOPY --from=b / /x\n", &files, Some("")).is_empty());
}

#[test]
fn severities() {
    let text = "FROM a:1\nRUN echo root:x | chpasswd\n";
    let report = check(text, &Config::default(), &Surroundings::default());
    let worst = report.findings.iter().find(|finding| finding.rule == "password-in-image").unwrap();
    assert_eq!(worst.severity, Severity::Error);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Names and commands of any shape fail nothing.
    #[test]
    fn hostile(
        names in prop::collection::vec("[a-z.é/\\n*!#]{0,24}", 0..12),
        command in "(chmod|install -m|curl|passwd|useradd -p|apt-get|VOLUME|apk add)? ?[ -~é]{0,40}",
        ignore in "[ -~\n]{0,60}",
    ) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        leaks(&format!("FROM a:1\nCOPY {command} /x\nRUN {command}\nVOLUME {command}\nEXPOSE {command}\n"), &names, Some(&ignore));
    }
}
