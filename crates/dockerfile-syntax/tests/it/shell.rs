//! The shell splitter: which commands there are, with which words.

use leadforge_dockerfile_syntax::Text;
use leadforge_dockerfile_syntax::shell::{Join, Script, split};

fn script(text: &str) -> Script {
    split(&Text::at(text, 0))
}

/// Every command on a line, its words parted by a bar.
fn shown(text: &str) -> Vec<String> {
    let script = script(text);
    assert_eq!(script.faults, vec![], "{text}");
    let words = |words: &[leadforge_dockerfile_syntax::shell::Token]| {
        words.iter().map(|word| word.value.clone()).collect::<Vec<_>>().join("|")
    };
    script.commands.iter().map(|command| words(&command.words)).collect()
}

#[test]
fn lists() {
    let text =
        "set -eux; apt-get update && apt-get install -y \"a b\" 'c'\\ d || true & cat x|sort";
    assert_eq!(
        shown(text),
        ["set|-eux", "apt-get|update", "apt-get|install|-y|a b|c d", "true", "cat|x", "sort"]
    );
    let script = script(text);
    let joins: Vec<Join> = script.commands.iter().map(|command| command.join).collect();
    assert_eq!(joins, [Join::Then, Join::Then, Join::And, Join::Or, Join::Then, Join::Pipe]);
    assert_eq!(script.pipes.len(), 1);
}

#[test]
fn compounds() {
    assert_eq!(
        shown(
            "if [ -f x ]; then a; elif b; then c; else d; fi; for i in 1 $(seq 3); do e $i; done | f"
        ),
        ["[|-f|x|]", "a", "b", "c", "d", "seq|3", "e|$i", "f"]
    );
    assert_eq!(
        shown(
            "case \"$a\" in x|y) b;; (*) c ;; esac && d; while read -r l; do e; done < f; { g; } ; (h && i)"
        ),
        ["b", "c", "d", "read|-r|l", "e", "", "g", "h", "i"]
    );
    assert_eq!(
        shown("f() { a; }; function g { b; }; f; ! c; [[ a && b < c ]] && d"),
        ["a", "b", "f", "c", "[[|a|b|c|]]", "d"]
    );
    assert_eq!(shown("for ((i=0;i<3;i++)); do a; done; ((x++)); y=$((1+(2))) b"), ["a", "b"]);
}

#[test]
fn substitutions() {
    assert_eq!(
        shown("A=$(b | c) d \"$(e \"f g\")\" `h i` ${J:-$(k)}"),
        ["b", "c", "e|f g", "h|i", "k", "d|$(e \"f g\")|`h i`|${J:-$(k)}"]
    );
    assert_eq!(shown("a <(b) >(c)"), ["b", "c", "a|<(b)|>(c)"]);
    assert_eq!(shown("a=(x $(y)) b"), ["y", "b"]);
    assert_eq!(shown("echo $((1 + 2)) $(( (3) ))"), ["echo|$((1 + 2))|$(( (3) ))"]);
}

#[test]
fn redirects() {
    assert_eq!(shown("a 2>/dev/null >&2 x1 >> y &> z"), ["a|x1"]);
    assert_eq!(shown("a 12 > b"), ["a|12"]);
    assert_eq!(shown("cat <<EOF > x\na; b\nEOF\nc"), ["cat", "c"]);
    assert_eq!(shown("a # b && c\nd"), ["a", "d"]);
    assert_eq!(shown("a &&\n b |\n c"), ["a", "b", "c"]);
}

#[test]
fn faults() {
    for text in
        ["a 'b", "a \"b", "a $(b", "a `b", "a )", "(a", "case x in y) z", "a ${b", "[[ a", "a > "]
    {
        assert_ne!(script(text).faults, vec![], "{text}");
    }
}
