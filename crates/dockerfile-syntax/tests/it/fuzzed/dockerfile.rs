//! Reads any bytes as a Dockerfile: it ends, and every place lies in the file.

use leadforge_dockerfile_syntax::{Command, Instruction, Kind, Lookup, Span, expand, parse};

pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let file = parse(text);
    let inside = |span: Span| {
        assert!(span.start <= span.end && span.end <= text.len(), "{span:?} of {}", text.len());
        assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{span:?}");
    };
    let lines = text.lines().count() as u64;
    file.faults.iter().for_each(|fault| inside(fault.span));
    file.comments.iter().for_each(|comment| inside(comment.span));
    let mut last = 0;
    for instruction in &file.instructions {
        assert!(instruction.span.start >= last, "instructions overlap");
        last = instruction.span.end;
        assert!(file.line(instruction.span.start) <= lines);
        check(instruction, &inside, text);
    }
    for stage in file.stages() {
        assert!(!stage.instructions.is_empty());
    }
    let known = |name: &str| name.len().is_multiple_of(2).then(|| name.to_owned());
    let known: &dyn Lookup = &known;
    expand(text, '\\', known);
}

fn check(instruction: &Instruction, inside: &dyn Fn(Span), text: &str) {
    inside(instruction.span);
    inside(instruction.keyword.span);
    let first = instruction.keyword.value.chars().next();
    let there = text[instruction.keyword.span.start..].chars().next();
    assert!(first.is_none() || first == there);
    instruction.flags.iter().for_each(|flag| inside(flag.span));
    for heredoc in &instruction.heredocs {
        inside(heredoc.mark);
    }
    match &instruction.kind {
        Kind::Run(command) | Kind::Cmd(command) | Kind::Entrypoint(command) => {
            commands(command, inside);
        }
        Kind::Healthcheck(Some(command)) => commands(command, inside),
        Kind::Onbuild(inner) => check(inner, inside, text),
        Kind::Copy(copy) | Kind::Add(copy) => {
            copy.sources.iter().for_each(|word| inside(word.span));
        }
        Kind::Env(pairs) | Kind::Arg(pairs) | Kind::Label(pairs) => {
            pairs.iter().for_each(|pair| inside(pair.key.span));
        }
        _ => {}
    }
}

fn commands(command: &Command, inside: &dyn Fn(Span)) {
    let script = command.script();
    script.faults.iter().for_each(|fault| inside(fault.span));
    for command in &script.commands {
        inside(command.span);
        command.words.iter().for_each(|word| inside(word.span));
    }
}
