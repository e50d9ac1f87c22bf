//! Secrets beside what only looks like them, in the forms in which both are written down.

use leadforge_secret_scan::{Confidence, Config, Scanner};

fn rules(path: &str, text: &str) -> Vec<String> {
    Scanner::built_in().scan(path, text.as_bytes()).into_iter().map(|found| found.rule).collect()
}

/// Drawn for this test.
const DRAWN: &str = "Zf3D0LXCM3EIMbgJpUNnkRtOfOueHznB";

#[test]
fn secrets_are_found_in_the_forms_of_programs_shells_and_settings() {
    for (path, text) in [
        ("a.py", "client = Client(api_key='VALUE')"),
        ("a.ts", "new Client({ apiKey: \"VALUE\" })"),
        ("a.json", "{\"service\": {\"accessToken\": \"VALUE\"}}"),
        ("a.json", "{\"env\": \"{\\\"token\\\": \\\"VALUE\\\"}\"}"),
        ("a.yml", "  - name: SERVICE_TOKEN\n    value: VALUE\n"),
        ("a.xml", "<serviceApiKey>VALUE</serviceApiKey>"),
        ("a.xml", "<add key=\"ServiceApiKey\" value=\"VALUE\" />"),
        ("a.sh", "tool login --token VALUE"),
        ("a.sh", "curl -H 'X-Api-Key: VALUE' https://x.org"),
        ("a.txt", "https://x.org/items?api_key=VALUE&page=2"),
        ("Dockerfile", "ENV SERVICE_API_KEY=VALUE"),
        ("a.http", "Authorization: Bearer VALUE\n"),
        ("a.md", "The api key is VALUE, keep it."),
        ("a.cs", "\"Endpoint=x;AccessKey=VALUE;\""),
    ] {
        let text = text.replace("VALUE", DRAWN);
        assert_eq!(rules(path, &text).len(), 1, "{path}: {text}");
    }
}

#[test]
fn passwords_may_be_made_of_words_but_not_of_those_words() {
    for text in [
        "password: 'Winter2024!'",
        "DB_PASSWORD=\"xK9#mPq2vL7w\"",
        "url: postgres://app:Tr0ub4dor-and-3@db/app",
    ] {
        assert_eq!(rules("settings.yml", text).len(), 1, "{text}");
    }
    for text in [
        "password: 'changeme'",
        "password: 'rootpasswd'",
        "password: ${DB_PASSWORD}",
        "password: \"{{ db_password }}\"",
        "password: 'xxxxxxxxxxxx'",
        "password: <your password>",
        "url: postgres://user:password@localhost/app",
        "url: postgres://app:app@db/app",
    ] {
        assert!(rules("settings.yml", text).is_empty(), "{text}");
    }
}

#[test]
fn what_only_looks_like_a_secret_is_left_alone() {
    for (path, text) in [
        ("a.py", "token = get_session_token_2(request)"),
        ("a.js", "const token = process.env.API_TOKEN_V2;"),
        (
            "a.py",
            "checksum_key = 'sha256'; digest = '9f86d081884c7d659a2feaa0c55ad0159f86d081884c7d659a2feaa0c55ad015'",
        ),
        (
            "a.json",
            "{\"integrity\": \"sha512-Zf3D0LXCM3EIMbgJpUNnkRtOfOueHznBZf3D0LXCM3EIMbgJpUNnkRtOfOueHznB==\"}",
        ),
        ("a.json", "{\"keyId\": \"dafa7817-e246-48f3-91a7-e87653d587b8\"}"),
        ("a.go", "publicKey := \"9Cnzj4p4WGeKLs1Pt8QuKUpRKfFLfRYC9AIKjbJTWit\""),
        ("a.ts", "export const STORAGE_KEY = 'app-session-storage-v2';"),
        ("a.md", "export API_KEY=your_api_key_here"),
        ("de.po", "msgid \"Password\"\nmsgstr \"Passwort1\""),
        (
            "a.html",
            "<input type=\"hidden\" name=\"authenticity_token\" value=\"Zf3D0LXCM3EIMbgJpUNnkRtOfOueHznB\">",
        ),
        (
            "a.py",
            "lines = ['-----BEGIN PRIVATE KEY-----'] + [data[i : i + 64] for i in range(0, len(data), 64)] + ['-----END PRIVATE KEY-----']",
        ),
        ("a.json", "{\"a passkey\", \"62e54e98-c209-4df3-b692-de71bb6a8528\": 1}"),
    ] {
        assert!(rules(path, text).is_empty(), "{path}: {text}: {:?}", rules(path, text));
    }
}

#[test]
fn what_is_less_sure_is_there_for_who_asks() {
    let config = Config { least: Confidence::Low, ..Config::default() };
    let scanner = Scanner::new(&config).expect("the built-in rules");
    let text = format!("key = {DRAWN}\n");
    assert!(Scanner::built_in().scan("", text.as_bytes()).is_empty());
    let found = scanner.scan("", text.as_bytes());
    assert_eq!((found.len(), found[0].confidence), (1, Confidence::Low));
    assert!(found[0].because.contains(&"its name says little, and nothing is quoted"));
}

#[test]
fn in_what_is_no_text_only_forms_of_their_own_count() {
    let text = format!("\0\u{1}token = \"{DRAWN}\"\0ghp_0b1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx2\0");
    assert_eq!(rules("a.o", &text), ["github-pat"]);
    assert_eq!(rules("a.txt", &text.replace('\0', " ")).len(), 2);
}
