//! Hostile text reaches every rule and none of them fails.

use leadforge_container_audit::dockerfile::{Config, RULES, Surroundings, check, mend};

#[test]
fn hostile() {
    let pieces = [
        "FROM ",
        "a AS b",
        "\nRUN ",
        "apt-get install ",
        "é",
        "\"",
        "$(",
        ")",
        " | ",
        "\nCOPY --from=",
        "0",
        "9",
        " / /",
        "\nUSER ",
        "\nENV A=$A",
        "\nCMD [\"$X\"]",
        "\nADD ",
        "{",
        "}",
        "chmod ",
        "77é",
        "-e",
        " .",
        "\nONBUILD ",
        "pip install ",
        "\nARG X=1",
        "[",
        "\\\n",
        "<<EOF",
        "\nEOF",
        "--mount=from=",
        "useradd -u ",
        "\nLABEL é=é",
    ];
    let mut seed = 1_u64;
    for _ in 0..4000 {
        let mut text = String::new();
        for _ in 0..16 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        let found = check(&text, &Config::default(), &Surroundings::default()).findings;
        mend(&text, &found);
    }
}

#[test]
fn rules_are_told_once() {
    let mut codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count);
}
