//! The parser: directives, continuations, here documents, forms and flags.

use leadforge_dockerfile_syntax::{Command, Dockerfile, Instruction, Kind, parse};

fn clean(text: &str) -> Dockerfile {
    let file = parse(text);
    assert_eq!(file.faults, vec![], "{text}");
    file
}

fn names(file: &Dockerfile) -> Vec<String> {
    file.instructions.iter().map(Instruction::name).collect()
}

#[test]
fn continuation() {
    let file = clean("FROM a\nRUN one \\\n  # note\n\n\t&& two \\  \n && three\\\\\nUSER b\n");
    assert_eq!(names(&file), ["FROM", "RUN", "USER"]);
    assert_eq!(
        file.instructions[1].rest.as_str(),
        "one   \t&& two  && three\\\\".replace("   \t", " \t")
    );
    assert_eq!(file.comments[0].text, " note");
    let Kind::Run(run) = &file.instructions[1].kind else { panic!() };
    let script = run.script();
    let lines: Vec<u64> = script.commands.iter().map(|c| file.line(c.span.start)).collect();
    assert_eq!(lines, [2, 5, 6]);
}

#[test]
fn windows_escape() {
    let file = clean(
        "# syntax=docker/dockerfile:1\r\n# escape=`\r\n\r\nFROM x\r\nRUN dir C:\\ `\r\n /s\r\nUSER y",
    );
    assert_eq!(names(&file), ["FROM", "RUN", "USER"]);
    assert_eq!(file.instructions[1].rest.as_str(), "dir C:\\  /s");
    assert_eq!(file.directives[0].value, "docker/dockerfile:1");
    assert_eq!(clean("# note\n# escape=`\nFROM a`\n").escape, '\\');
    assert_eq!(parse("# escape=x\nFROM a").faults.len(), 1);
}

#[test]
fn heredocs() {
    let file = clean(
        "FROM a\nCOPY <<-\"ONE\" 3<<TWO x /to/\n\t$A\n\tONE\nb\nTWO\nRUN <<EOF\nif a; then\n  b\nfi\nEOF\nRUN python3 <<'EOF' > y && c\nd\nEOF\nUSER e\n",
    );
    assert_eq!(names(&file), ["FROM", "COPY", "RUN", "RUN", "USER"]);
    let [one, two] = &file.instructions[1].heredocs[..] else { panic!() };
    assert_eq!(
        (one.name.as_str(), one.expands, one.chomps, one.body.as_str()),
        ("ONE", false, true, "$A\n")
    );
    assert_eq!((two.expands, two.descriptor, two.body.as_str()), (true, 3, "b\n"));
    let Kind::Copy(copy) = &file.instructions[1].kind else { panic!() };
    assert_eq!(copy.sources.iter().map(|w| w.value.as_str()).collect::<Vec<_>>(), ["x"]);
    assert_eq!(copy.target.value, "/to/");
    let Kind::Run(run) = &file.instructions[2].kind else { panic!() };
    let script = run.script();
    assert_eq!(script.commands.iter().map(|c| c.name().unwrap()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(file.line(script.commands[1].span.start), 9);
    let Kind::Run(run) = &file.instructions[3].kind else { panic!() };
    assert_eq!(run.script().commands.len(), 2);
    assert_eq!(parse("RUN <<EOF\nx\n").faults.len(), 1);
    // None of these announces one.
    assert_eq!(
        names(&clean("FROM a\nRUN x <<<y\nRUN echo \"<<EOF\"\nENV a=<<b\n")),
        ["FROM", "RUN", "RUN", "ENV"]
    );
}

#[test]
fn forms_and_flags() {
    let file = clean(
        "from --platform=$BUILDPLATFORM a as b\ncopy --from=b --chown=1:2 [\"a b\", \"c\"]\nrun --mount=type=cache,target=/x,id=\"y\" --network=none [\"a\", \"b\\\"c\"]\n\
         ENTRYPOINT [ \"x\" ]\nCMD [x]\nHEALTHCHECK --interval=3s CMD curl -f x\nHEALTHCHECK none\nONBUILD RUN --mount=type=secret,id=a b\nADD a b c/\nVOLUME [\"/a\", \"/b\"]\n",
    );
    let kinds = |at: usize| &file.instructions[at].kind;
    assert_eq!(file.instructions[0].flag("platform"), Some("$BUILDPLATFORM"));
    let Kind::Copy(copy) = kinds(1) else { panic!() };
    assert!(copy.json && copy.sources[0].value == "a b");
    let mount = &file.instructions[2].flags[0];
    assert_eq!(
        (mount.field(&["dst", "target"]), mount.field(&["type"])),
        (Some("/x"), Some("cache"))
    );
    let Kind::Run(Command::Exec(words)) = kinds(2) else { panic!() };
    assert_eq!(words[1].value, "b\"c");
    assert!(matches!(kinds(3), Kind::Entrypoint(command) if command.is_exec()));
    assert!(matches!(kinds(4), Kind::Cmd(command) if !command.is_exec()));
    assert!(matches!(kinds(5), Kind::Healthcheck(Some(_))));
    assert!(matches!(kinds(6), Kind::Healthcheck(None)));
    let Kind::Onbuild(inner) = kinds(7) else { panic!() };
    assert_eq!((inner.name().as_str(), inner.flags.len()), ("RUN", 1));
    let Kind::Add(add) = kinds(8) else { panic!() };
    assert_eq!((add.sources.len(), add.target.value.as_str()), (2, "c/"));
    assert!(matches!(kinds(9), Kind::Volume(words) if words.len() == 2));
}

#[test]
fn pairs() {
    let file = clean(
        "FROM a\nENV A=1 B=\"x y\" C=a\\ b\nENV OLD the rest = x\nLABEL \"k\"=v\nARG N\nARG M=1 P=2\n",
    );
    let Kind::Env(pairs) = &file.instructions[1].kind else { panic!() };
    let shown: Vec<(&str, &str)> = pairs
        .iter()
        .map(|pair| (pair.key.value.as_str(), pair.value.as_ref().map_or("", |v| v.value.as_str())))
        .collect();
    assert_eq!(shown, [("A", "1"), ("B", "\"x y\""), ("C", "a\\ b")]);
    let Kind::Env(pairs) = &file.instructions[2].kind else { panic!() };
    assert_eq!(pairs[0].value.as_ref().unwrap().value, "the rest = x");
    let Kind::Label(pairs) = &file.instructions[3].kind else { panic!() };
    assert_eq!(pairs[0].key.value, "k");
    let Kind::Arg(pairs) = &file.instructions[5].kind else { panic!() };
    assert_eq!(pairs.len(), 2);
}

#[test]
fn faults_have_places() {
    let file = parse("FROM\nFORM x\nFROM a b\nCOPY x\nRUN\n");
    let lines: Vec<u64> = file.faults.iter().map(|fault| file.line(fault.span.start)).collect();
    assert_eq!(lines, [1, 2, 3, 4, 5]);
}
