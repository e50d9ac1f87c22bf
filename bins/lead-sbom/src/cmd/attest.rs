//! `lead-sbom attest`: a signed statement of what is inside a file, or how it was built, and whether one holds.

use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Context, Exit, Failure, Outcome, Report};
use leadforge_durable_fs::{RealDisk, read};
use leadforge_markup::terminal;
use leadforge_sbom::attest::{self, AttestError, Provenance, Subject};
use sha2::{Digest as _, Sha256};

/// What is done.
#[derive(clap::Subcommand)]
pub(crate) enum Attest {
    /// Sign that a document in CycloneDX or SPDX is the inventory of files.
    Sbom {
        /// The document, in JSON.
        #[arg(value_name = "DOCUMENT")]
        document: PathBuf,
        #[command(flatten)]
        common: Common,
    },
    /// Sign how files were built, as SLSA's provenance v1.
    Provenance {
        /// Who built them, as an address.
        #[arg(long, value_name = "URI")]
        builder: String,
        /// What kind of build it was, as an address.
        #[arg(long, value_name = "URI")]
        build_type: String,
        /// What was built, as an address: git+https://…
        #[arg(long, value_name = "URI")]
        source: String,
        /// The commit of the source.
        #[arg(long, value_name = "SHA")]
        commit: String,
        /// The build's own name.
        #[arg(long, value_name = "URI", default_value = "")]
        invocation: String,
        #[command(flatten)]
        common: Common,
    },
    /// Say whether an attestation is signed by a key and about files as they are.
    Verify {
        /// The attestation.
        #[arg(value_name = "ENVELOPE")]
        envelope: PathBuf,
        #[command(flatten)]
        common: Common,
    },
}

/// Flags of all of them.
#[derive(clap::Args)]
pub(crate) struct Common {
    /// The key, as openssl writes it in PEM: private to sign, public to verify.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// A file that it is about. Repeatable.
    #[arg(long = "subject", required = true, value_name = "FILE")]
    subjects: Vec<PathBuf>,
}

/// A document, a key or an envelope larger than this is none.
const LIMIT: u64 = 512 << 20;

pub(crate) fn run(what: &Attest, ctx: &Context) -> Result<Outcome, Failure> {
    match what {
        Attest::Sbom { document, common } => {
            let bytes = read(&RealDisk, document, LIMIT)?;
            let said = attest::inventory(&common.subjects()?, &bytes);
            common.sign(&said.map_err(|error| failure(document, &error))?, ctx)
        }
        Attest::Provenance { builder, build_type, source, commit, invocation, common } => {
            let how = Provenance {
                build_type: build_type.clone(),
                builder: builder.clone(),
                source: source.clone(),
                commit: commit.clone(),
                invocation: invocation.clone(),
            };
            common.sign(&attest::provenance(&common.subjects()?, &how), ctx)
        }
        Attest::Verify { envelope, common } => {
            let bytes = read(&RealDisk, envelope, LIMIT)?;
            let said = attest::verify(&bytes, &common.key()?, &common.subjects()?);
            let said = said.map_err(|error| failure(envelope, &error))?;
            let report = Report::new(Outcome::Clean)
                .with_summary("predicate-type", said.predicate_type.as_str())
                .with_data(&said);
            ctx.emit(&report, |out| writeln!(out, "it holds: {}", terminal(&said.predicate_type)))
        }
    }
}

/// What does not hold is refused; what is none is bad input.
fn failure(path: &Path, error: &AttestError) -> Failure {
    let message = format!("{}: {error}", path.display());
    match error {
        AttestError::Signature | AttestError::Subject { .. } => {
            Failure::new(Exit::Refused, "attest.refused", message)
        }
        _ => Failure::usage("attest.input", message),
    }
}

impl Common {
    fn key(&self) -> Result<String, Failure> {
        Ok(String::from_utf8_lossy(&read(&RealDisk, &self.key, LIMIT)?).into_owned())
    }

    fn subjects(&self) -> Result<Vec<Subject>, Failure> {
        self.subjects.iter().map(|path| subject(path)).collect()
    }

    fn sign(&self, said: &attest::Statement, ctx: &Context) -> Result<Outcome, Failure> {
        let bytes = attest::sign(said, &self.key()?).map_err(|error| failure(&self.key, &error))?;
        ctx.document(|out| out.write_all(&bytes))?;
        Ok(Outcome::Clean)
    }
}

/// A file by its name and its digest; it is read in pieces, for it may be an image.
fn subject(path: &Path) -> Result<Subject, Failure> {
    let io = |error: std::io::Error| {
        Failure::cannot_look("attest.subject", format!("{}: {error}", path.display()))
    };
    let mut file = std::fs::File::open(path).map_err(io)?;
    let mut digest = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        match std::io::Read::read(&mut file, &mut piece).map_err(io)? {
            0 => break,
            count => digest.update(&piece[..count]),
        }
    }
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let sha256 = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Subject { name, sha256 })
}
