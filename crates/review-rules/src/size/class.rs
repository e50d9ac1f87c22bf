//! What a file is for, by its path.

use std::fmt;

use globset::GlobSet;
use serde::{Deserialize, Serialize};

use crate::change::RepoPath;
use crate::globs::globs as set;
use crate::{Tree, script};

/// What a file is for, in the order in which a reviewer reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// What the program is made of.
    Core,
    /// What it is built, run and checked with.
    Config,
    /// What proves it.
    Test,
    /// What is written for people.
    Docs,
    /// Data that tests read.
    Fixture,
    /// What a program wrote.
    Generated,
    /// Pictures and whatever else has no lines to review.
    Other,
}

impl fmt::Display for Class {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Core => "core",
            Self::Config => "config",
            Self::Test => "test",
            Self::Docs => "docs",
            Self::Fixture => "fixture",
            Self::Generated => "generated",
            Self::Other => "other",
        })
    }
}

/// Globs of paths for the classes; the first that matches decides.
#[derive(Clone, Debug)]
pub struct Classes {
    globs: Vec<(Class, GlobSet)>,
}

/// Generated before everything, since a generated test is not read either; fixtures before tests,
/// among which they lie. What nothing names is code when it ends like code, or is a script without an ending.
const DEFAULT: &[(Class, &[&str])] = &[
    (
        Class::Generated,
        &[
            "**/*.lock",
            "**/package-lock.json",
            "**/npm-shrinkwrap.json",
            "**/pnpm-lock.yaml",
            "**/go.sum",
            "**/*.min.js",
            "**/*.min.css",
            "**/*_pb2.py",
            "**/*_pb2_grpc.py",
            "**/*.pb.go",
            "**/*.g.dart",
            "**/*.snap",
            "**/__snapshots__/**",
            "**/dist/**",
            "**/node_modules/**",
            "**/vendor/**",
            "**/third_party/**",
            "**/*.map",
            "**/generated/**",
            "**/*.generated.*",
            "**/bun.lockb",
        ],
    ),
    (
        Class::Fixture,
        &[
            "**/fixtures/**",
            "**/fixture/**",
            "**/testdata/**",
            "**/test_data/**",
            "**/test-data/**",
            "**/corpus/**",
            "**/corpora/**",
            "**/golden/**",
            "**/cassettes/**",
            "**/mocks/data/**",
        ],
    ),
    (
        Class::Test,
        &[
            "**/tests/**",
            "**/test/**",
            "**/__tests__/**",
            "**/spec/**",
            "**/e2e/**",
            "**/test_*.py",
            "**/*_test.py",
            "**/conftest.py",
            "**/*_test.go",
            "**/*.test.*",
            "**/*.spec.*",
            "**/*Test.java",
            "**/*Tests.java",
            "**/*IT.java",
            "**/benches/**",
            "**/fuzz/**",
        ],
    ),
    (
        Class::Docs,
        &[
            "**/*.md",
            "**/*.mdx",
            "**/*.rst",
            "**/*.adoc",
            "**/*.txt",
            "**/docs/**",
            "**/doc/**",
            "**/LICENSE*",
            "**/COPYING*",
            "**/NOTICE*",
            "**/AUTHORS*",
            "**/examples/**",
            "**/example/**",
            "memory/**",
            "**/*.mdc",
        ],
    ),
    (
        Class::Config,
        &[
            "**/*.toml",
            "**/*.yaml",
            "**/*.yml",
            "**/*.json",
            "**/*.jsonc",
            "**/*.json5",
            "**/*.ini",
            "**/*.cfg",
            "**/*.conf",
            "**/*.properties",
            "**/*.env*",
            "**/.*",
            "**/.github/**",
            "**/.vscode/**",
            "**/Dockerfile*",
            "**/*.dockerfile",
            "**/Makefile",
            "**/justfile",
            "**/*.mk",
            "**/requirements*.txt",
            "**/CODEOWNERS",
            "**/Procfile",
            "**/*.tf",
            "**/*.tfvars",
            "**/*.csproj",
            "**/*.gradle",
            "**/pom.xml",
        ],
    ),
    (
        Class::Core,
        &[
            "**/*.{py,pyi,rs,ts,tsx,mts,cts,js,jsx,mjs,cjs,go,java,kt,kts,scala,c,h,cc,cpp,hpp,cs,rb,php,swift,m,mm}",
            "**/*.{sh,bash,zsh,fish,ps1,psm1,bat,cmd,sql,lua,pl,pm,r,jl,ex,exs,erl,hs,ml,clj,dart,zig,nim,vue,svelte}",
            "**/*.{html,htm,css,scss,sass,less,jinja,jinja2,j2,hbs,ejs,graphql,proto,ipynb,vb,fs,groovy,asm,s}",
        ],
    ),
];

impl Default for Classes {
    fn default() -> Self {
        Self::new(&[]).expect("the patterns are well formed, by a test")
    }
}

impl Classes {
    /// The documented classes with a project's own globs before them.
    ///
    /// # Errors
    /// When a glob is none; the text names it.
    pub fn new(own: &[(Class, Vec<String>)]) -> Result<Self, String> {
        let mut globs = Vec::new();
        for (class, patterns) in own {
            globs.push((*class, set(patterns.iter().map(String::as_str))?));
        }
        // A file of requirements ends like prose and is none.
        globs.push((
            Class::Config,
            set(["**/requirements*.txt", "**/constraints*.txt", "**/CMakeLists.txt"])?,
        ));
        for (class, patterns) in DEFAULT {
            globs.push((*class, set(patterns.iter().copied())?));
        }
        Ok(Self { globs })
    }

    /// The class of a file.
    #[must_use]
    pub fn of(&self, path: &RepoPath) -> Class {
        let path = path.to_string();
        let found = self.globs.iter().find(|(_, globs)| globs.is_match(&path));
        found.map_or(Class::Other, |(class, _)| *class)
    }

    /// The class of a file that lies in a tree: one that nothing names and that calls a program by its first line is code.
    #[must_use]
    pub fn of_file(&self, path: &RepoPath, tree: &dyn Tree) -> Class {
        match self.of(path) {
            Class::Other if script::program(path, tree).is_some() => Class::Core,
            class => class,
        }
    }
}
