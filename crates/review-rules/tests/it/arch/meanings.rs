//! What imports of each language mean; the table in `docs/review/imports.md` says the same.

use super::tree::{links, missed};

#[test]
fn python() {
    let tree = &[
        ("setup.py", "import helper\n"),
        ("helper.py", ""),
        ("src/app/__init__.py", "from .core import Thing\n"),
        (
            "src/app/core.py",
            "import app\nfrom app import Thing, web\nfrom app.web import *\nimport app.web.x, requests.a\n",
        ),
        ("src/app/web/__init__.py", "from ..core import Thing\nfrom . import x, y\n"),
        (
            "src/app/web/x.py",
            "def f():\n    from ns.part import one\n    from ns import part, two\n",
        ),
        ("src/app/web/y.pyi", "import app.core\n"),
        ("src/ns/part/one.py", ""),
        ("src/ns/two.py", "import x\n"),
        ("src/app/json.py", "import json\n"),
    ];
    insta::assert_snapshot!(links(tree), @r##"
    app:1 > app.core Plain
    app.core:1 > app Plain
    app.core:2 > app Plain
    app.core:2 > app.web Plain
    app.core:3 > app.web Plain
    app.core:4 > app.web.x Plain
    app.core:4 > requests Plain (outside)
    app.json:1 > json Plain (outside)
    app.web:1 > app.core Plain
    app.web:2 > app.web.x Plain
    app.web:2 > app.web.y Plain
    app.web.x:2 > ns.part.one Lazy
    app.web.x:3 > ns.two Lazy
    app.web.y:1 > app.core Types
    ns.two:1 > x Plain (outside)
    setup:1 > helper Plain
    "##);
    assert!(missed(tree).is_empty(), "{:?}", missed(tree));
    insta::assert_snapshot!(missed(&[
        ("app/__init__.py", "from . import gone\nfrom ... import far\nimport app.lost\nimport other\n"),
        ("app/x.py", "try:\n  from ._version import v\nexcept ImportError:\n  v = 0\n"),
        ("app/bad.py", "x = 'open\n"),
    ]).join("\n"), @r##"
    app/__init__.py: line 2: what lies above its top is not in the tree
    app/bad.py: line 1: a string that does not end on its line; its imports are not known
    "##);
}

#[test]
fn scripts() {
    let tree = &[
        (
            "package.json",
            r##"{"name": "top", "workspaces": ["packages/*"], "imports": {"#lib/*": "./src/lib/*.ts", "#dep": "lodash"}}"##,
        ),
        (
            "tsconfig.base.json",
            "{ // paths\n \"compilerOptions\": { \"baseUrl\": \"./src\", \"paths\": { \"@/*\": [\"./*\"], \"exact\": [\"lib/b\"], }, }, }",
        ),
        ("tsconfig.json", r#"{"extends": ["./tsconfig.base"], "compilerOptions": {}}"#),
        (
            "src/a.ts",
            "import type { T } from './lib';\nimport { type U, type V } from './lib/b.js';\nimport w, { type U } from './lib/b.js';\nexport * from '@/lib/b';\nimport 'exact';\nimport c = require('#lib/b');\nlet t: import('./types').T;\n",
        ),
        ("src/lib/index.ts", "export { b } from './b';\nexport type { B } from './c';\n"),
        (
            "src/lib/b.ts",
            "const x = await import('../a');\nasync () => { await import(`../types`); require('./c'); };\nrequire('./c');\nimport(y);\n",
        ),
        (
            "src/lib/c.jsx",
            "import './style.css';\nimport data from './data.json?raw';\nimport react, { x } from 'react/jsx-runtime';\nimport fs from 'node:fs';\nimport '@scope/pkg/deep';\nimport lib from 'lib/b';\nimport dep from '#dep';\n",
        ),
        ("src/lib/style.css", ""),
        ("src/lib/data.json", "{}"),
        ("src/types.d.ts", "declare module 'x' { import { y } from './a'; }\n"),
        (
            "packages/one/package.json",
            r#"{"name": "@top/one", "exports": {".": {"types": "./dist/index.d.ts", "default": "./dist/index.js"}, "./*": "./src/*.ts"}}"#,
        ),
        ("packages/one/src/index.ts", "import '@top/two';\nimport '@top/one/extra';\n"),
        ("packages/one/src/extra.ts", ""),
        ("packages/two/package.json", r#"{"name": "@top/two", "main": "lib/main.js"}"#),
        (
            "packages/two/lib/main.js",
            "const { x } = require('@top/one');\n(function (require) { require('./none') })();\n",
        ),
    ];
    insta::assert_snapshot!(links(tree), @r##"
    packages/one/src/index.ts:2 > packages/one/src/extra.ts Plain
    packages/one/src/index.ts:1 > packages/two/lib/main.js Plain
    packages/two/lib/main.js:1 > packages/one/src/index.ts Plain
    src/a.ts:2 > src/lib/b.ts Types
    src/a.ts:3 > src/lib/b.ts Plain
    src/a.ts:4 > src/lib/b.ts Plain
    src/a.ts:5 > src/lib/b.ts Plain
    src/a.ts:6 > src/lib/b.ts Plain
    src/a.ts:1 > src/lib/index.ts Types
    src/a.ts:7 > src/types.d.ts Types
    src/lib/b.ts:1 > src/a.ts Lazy
    src/lib/b.ts:2 > src/lib/c.jsx Lazy
    src/lib/b.ts:3 > src/lib/c.jsx Plain
    src/lib/b.ts:2 > src/types.d.ts Lazy
    src/lib/c.jsx:5 > @scope/pkg Plain (outside)
    src/lib/c.jsx:7 > lodash Plain (outside)
    src/lib/c.jsx:4 > node:fs Plain (outside)
    src/lib/c.jsx:3 > react Plain (outside)
    src/lib/c.jsx:6 > src/lib/b.ts Plain
    src/lib/index.ts:1 > src/lib/b.ts Plain
    src/lib/index.ts:2 > src/lib/c.jsx Types
    src/types.d.ts:1 > src/a.ts Types
    "##);
    assert!(missed(tree).is_empty(), "{:?}", missed(tree));
    insta::assert_snapshot!(missed(&[
        ("tsconfig.json", r#"{"references": [{"path": "./tsconfig.app.json"}]}"#),
        ("tsconfig.app.json", r#"{"compilerOptions": {"paths": {"~app/*": ["src/*"]}}}"#),
        ("src/a.ts", "import '~app/b';\nimport './gone';\nimport '../../up';\nimport '@/none';\n"),
        ("src/b.ts", "import {\n"),
        ("package.json", "{"),
    ]).join("\n"), @r##"
    package.json: line 1: it is no JSON; its imports are not known
    src/a.ts: line 2: "./gone" is not in the tree, and 2 more like it
    src/b.ts: line 2: it does not parse; its imports are not known
    "##);
}

#[test]
fn rust() {
    let tree = &[
        ("Cargo.toml", "[workspace]\nmembers = ['crates/*']\n"),
        (
            "crates/one/Cargo.toml",
            "[package]\nname = 'my-one'\n[dependencies]\nserde = '1'\ntwo = { package = 'my-two', path = '../two' }\n",
        ),
        (
            "crates/one/src/lib.rs",
            "mod a;\npub mod b;\npub use a::Thing;\npub use b::*;\n#[cfg(test)]\nmod tests;\nextern crate serde as s;\n",
        ),
        (
            "crates/one/src/a.rs",
            "use crate::b::{self, inner::Deep as D};\npub struct Thing;\nfn f() { crate::b::g(); two::run(); std::fs::read(\"use x::y\"); }\n#[cfg(test)]\nmod tests {\n    use super::*;\n    use crate::Other;\n}\n",
        ),
        (
            "crates/one/src/b/mod.rs",
            "pub mod inner;\npub struct Other;\npub fn g() { let _: super::Thing; }\n",
        ),
        (
            "crates/one/src/b/inner.rs",
            "pub struct Deep;\nuse crate::{Thing, Other};\nuse super::super::a;\n",
        ),
        ("crates/one/src/tests.rs", "use crate::a::Thing;\n"),
        ("crates/one/src/main.rs", "use my_one::Other;\n"),
        ("crates/one/tests/it/main.rs", "mod helper;\nuse my_one::b::inner;\n"),
        ("crates/one/tests/it/helper.rs", "use my_one::Thing;\n"),
        ("crates/two/Cargo.toml", "[package]\nname = 'my-two'\n[lib]\npath = 'lib.rs'\n"),
        (
            "crates/two/lib.rs",
            "#[path = \"odd.rs\"]\nmod even;\npub fn run() { even::x() }\nuse self::even::x as y;\n",
        ),
        ("crates/two/odd.rs", "pub fn x() {}\n"),
    ];
    insta::assert_snapshot!(links(tree), @r##"
    my_one:3 > my_one::a Plain
    my_one:4 > my_one::b Plain
    my_one:7 > serde Plain (outside)
    my_one::a:1 > my_one::b Plain
    my_one::a:3 > my_one::b Plain
    my_one::a:7 > my_one::b Tests
    my_one::a:1 > my_one::b::inner Plain
    my_one::a:3 > my_two Plain
    my_one::a:3 > std::fs Plain (outside)
    my_one::b:3 > my_one::a Plain
    my_one::b::inner:2 > my_one::a Plain
    my_one::b::inner:3 > my_one::a Plain
    my_one::b::inner:2 > my_one::b Plain
    my_one::bin::main:1 > my_one::b Plain
    my_one::test::it:2 > my_one::b::inner Tests
    my_one::test::it::helper:1 > my_one::a Tests
    my_one::tests:1 > my_one::a Tests
    my_two:3 > my_two::even Plain
    my_two:4 > my_two::even Plain
    "##);
    assert!(missed(tree).is_empty(), "{:?}", missed(tree));
    insta::assert_snapshot!(missed(&[
        ("Cargo.toml", "[package]\nname = 'x'\n"),
        ("src/lib.rs", "mod gone;\n"),
        ("src/lost.rs", ""),
        ("src/main.rs", "fn main() { \"open }\n"),
    ]).join("\n"), @r##"
    src/lib.rs: line 1: module gone is not in the tree
    src/lost.rs: no crate declares it as a module; its imports are not known
    src/main.rs: line 2: a string that does not end; its imports are not known
    "##);
}
