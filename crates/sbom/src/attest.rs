//! Attestations: an in-toto statement about files, in a DSSE envelope that an ed25519 key signed.
//!
//! The formats are those of in-toto's Statement v1, DSSE v1.0.2 and SLSA's provenance v1. Keys are what
//! `openssl genpkey -algorithm ed25519` and `openssl pkey -pubout` write.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _, VerifyingKey};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// What the payload of an envelope is.
const PAYLOAD: &str = "application/vnd.in-toto+json";
const STATEMENT: &str = "https://in-toto.io/Statement/v1";
/// PKCS #8 (RFC 8410) around a private key, and SPKI around a public one.
const PRIVATE: &[u8] = &[48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];
const PUBLIC: &[u8] = &[48, 42, 48, 5, 6, 3, 43, 101, 112, 3, 33, 0];

/// Why there is no attestation, or why one does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AttestError {
    /// A text is no key.
    #[error("is no ed25519 key: {0}")]
    Key(&'static str),
    /// Bytes are no envelope, or what is in it is no statement.
    #[error("is no attestation: {0}")]
    Envelope(String),
    /// Nobody who has the key signed it.
    #[error("no signature of it is one of this key")]
    Signature,
    /// It is about something else.
    #[error("it says nothing of {name} with the SHA-256 {sha256}")]
    Subject {
        /// The name that was asked for.
        name: String,
        /// The digest that was asked for.
        sha256: String,
    },
    /// What is attested is of no known kind.
    #[error("the document is neither CycloneDX nor SPDX in JSON")]
    Document,
}

/// A file that a statement is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its name.
    pub name: String,
    /// Its SHA-256 in hexadecimal digits.
    pub sha256: String,
}

/// What built the subjects, as SLSA tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// What kind of build it was, as an address.
    pub build_type: String,
    /// Who built it, as an address.
    pub builder: String,
    /// What was built: an address, such as `git+https://…`.
    pub source: String,
    /// The commit of the source.
    pub commit: String,
    /// The build's own name, where it has one.
    pub invocation: String,
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    #[serde(rename = "_type")]
    kind: String,
    subject: Vec<Value>,
    /// What kind of thing is said.
    #[serde(rename = "predicateType")]
    pub predicate_type: String,
    /// What is said.
    pub predicate: Value,
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    payload: String,
    #[serde(rename = "payloadType")]
    payload_type: String,
    signatures: Vec<Signed>,
}

#[derive(Serialize, Deserialize)]
struct Signed {
    #[serde(default)]
    keyid: String,
    sig: String,
}

/// The statement that a document is the inventory of the subjects.
///
/// # Errors
/// When the document is neither CycloneDX nor SPDX in JSON.
pub fn inventory(subjects: &[Subject], document: &[u8]) -> Result<Statement, AttestError> {
    let predicate: Value = serde_json::from_slice(document).map_err(|_| AttestError::Document)?;
    let kind = if predicate["bomFormat"] == "CycloneDX" {
        "https://cyclonedx.org/bom"
    } else if predicate["spdxVersion"].is_string() || predicate["@context"].is_string() {
        "https://spdx.dev/Document"
    } else {
        return Err(AttestError::Document);
    };
    Ok(statement(subjects, kind, predicate))
}

/// The statement of how the subjects were built.
#[must_use]
pub fn provenance(subjects: &[Subject], how: &Provenance) -> Statement {
    let mut predicate = serde_json::json!({
        "buildDefinition": {
            "buildType": how.build_type,
            "externalParameters": { "source": how.source },
            "resolvedDependencies": [{ "uri": how.source, "digest": { "gitCommit": how.commit } }],
        },
        "runDetails": { "builder": { "id": how.builder } },
    });
    if !how.invocation.is_empty() {
        predicate["runDetails"]["metadata"] = serde_json::json!({ "invocationId": how.invocation });
    }
    statement(subjects, "https://slsa.dev/provenance/v1", predicate)
}

fn statement(subjects: &[Subject], kind: &str, predicate: Value) -> Statement {
    let one = |subject: &Subject| serde_json::json!({ "name": subject.name, "digest": { "sha256": subject.sha256 } });
    Statement {
        kind: STATEMENT.to_owned(),
        subject: subjects.iter().map(one).collect(),
        predicate_type: kind.to_owned(),
        predicate,
    }
}

/// Signs a statement with a private key in PEM: the envelope in JSON, which ends in a line feed.
///
/// # Errors
/// When the text is no such key.
pub fn sign(statement: &Statement, key: &str) -> Result<Vec<u8>, AttestError> {
    let seed = pem(key, "PRIVATE KEY", PRIVATE)?;
    let key = SigningKey::from_bytes(&seed);
    let payload =
        serde_json::to_vec(statement).map_err(|e| AttestError::Envelope(e.to_string()))?;
    let signature = key.sign(&encoded(PAYLOAD, &payload));
    let envelope = Envelope {
        payload: STANDARD.encode(&payload),
        payload_type: PAYLOAD.to_owned(),
        signatures: vec![Signed {
            keyid: name(&key.verifying_key()),
            sig: STANDARD.encode(signature.to_bytes()),
        }],
    };
    let mut bytes =
        serde_json::to_vec(&envelope).map_err(|e| AttestError::Envelope(e.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The statement of an envelope, when this public key in PEM signed it and it is about these subjects.
///
/// # Errors
/// When it is no envelope, the signature does not hold, or a subject is not among its own.
pub fn verify(envelope: &[u8], key: &str, subjects: &[Subject]) -> Result<Statement, AttestError> {
    let wrong = |error: &dyn std::fmt::Display| AttestError::Envelope(error.to_string());
    let envelope: Envelope = serde_json::from_slice(envelope).map_err(|e| wrong(&e))?;
    if envelope.payload_type != PAYLOAD {
        return Err(wrong(&format!("its payload is {:?}", envelope.payload_type)));
    }
    let payload = STANDARD.decode(&envelope.payload).map_err(|e| wrong(&e))?;
    let key = VerifyingKey::from_bytes(&pem(key, "PUBLIC KEY", PUBLIC)?)
        .map_err(|_| AttestError::Key("it is no point of the curve"))?;
    let message = encoded(&envelope.payload_type, &payload);
    // The name of the key is a hint that anybody can write: only the signature counts.
    let holds = envelope.signatures.iter().any(|signed| {
        let bytes = STANDARD.decode(&signed.sig).ok();
        let signature = bytes.and_then(|bytes| Signature::from_slice(&bytes).ok());
        signature.is_some_and(|signature| {
            key.verify(&message, &signature).is_ok()
                && key.verify_strict(&message, &signature).is_ok()
        })
    });
    if !holds {
        return Err(AttestError::Signature);
    }
    let statement: Statement = serde_json::from_slice(&payload).map_err(|e| wrong(&e))?;
    if statement.kind != STATEMENT {
        return Err(wrong(&format!("its statement is of the type {:?}", statement.kind)));
    }
    for subject in subjects {
        let same = |one: &Value| {
            let digest = one["digest"]["sha256"].as_str().unwrap_or_default();
            one["name"] == subject.name.as_str() && digest.eq_ignore_ascii_case(&subject.sha256)
        };
        if !statement.subject.iter().any(same) {
            let Subject { name, sha256 } = subject.clone();
            return Err(AttestError::Subject { name, sha256 });
        }
    }
    Ok(statement)
}

/// What is signed: DSSE's pre-authentication encoding, which keeps type and payload apart.
fn encoded(kind: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes = format!("DSSEv1 {} {kind} {} ", kind.len(), payload.len()).into_bytes();
    bytes.extend_from_slice(payload);
    bytes
}

/// The name of a public key: the SHA-256 of its DER.
fn name(key: &VerifyingKey) -> String {
    let mut digest = Sha256::new();
    digest.update(PUBLIC);
    digest.update(key.as_bytes());
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The 32 bytes of a key in PEM.
fn pem(text: &str, label: &str, head: &[u8]) -> Result<[u8; 32], AttestError> {
    let begin = format!("-----BEGIN {label}-----");
    let end = format!("-----END {label}-----");
    let body = text.split_once(&begin).and_then(|(_, rest)| rest.split_once(&end));
    let (body, _) =
        body.ok_or(AttestError::Key("it is not in PEM, or of the other half of a pair"))?;
    let body: String = body.split_whitespace().collect();
    let der = STANDARD.decode(body).map_err(|_| AttestError::Key("its base64 is broken"))?;
    let key = der.strip_prefix(head).ok_or(AttestError::Key("it is of another kind"))?;
    key.try_into().map_err(|_| AttestError::Key("it has not 32 bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first key pair of RFC 8032, section 7.1.
    fn keys() -> (String, String) {
        let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        let bytes: Vec<u8> = (0..32)
            .map(|at| u8::from_str_radix(&seed[2 * at..2 * at + 2], 16).expect("digits"))
            .collect();
        let key = SigningKey::from_bytes(&bytes.as_slice().try_into().expect("32 bytes"));
        let wrap = |label: &str, head: &[u8], key: &[u8]| {
            let body = STANDARD.encode([head, key].concat());
            format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")
        };
        let public = wrap("PUBLIC KEY", PUBLIC, key.verifying_key().as_bytes());
        (wrap("PRIVATE KEY", PRIVATE, &bytes), public)
    }

    fn subject(sha256: &str) -> Subject {
        Subject { name: "app.tar".to_owned(), sha256: sha256.to_owned() }
    }

    #[test]
    fn what_was_signed_holds_and_nothing_else_does() {
        let (private, public) = keys();
        assert!(public.contains("MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="));
        let said =
            inventory(&[subject("ab")], b"{\"bomFormat\": \"CycloneDX\"}").expect("it is one");
        let envelope = sign(&said, &private).expect("signed");
        assert_eq!(envelope, sign(&said, &private).expect("signed"));
        assert_eq!(verify(&envelope, &public, &[subject("AB")]).expect("it holds"), said);
        let other = verify(&envelope, &public, &[subject("cd")]).expect_err("another digest");
        assert!(matches!(other, AttestError::Subject { .. }));
        let text = String::from_utf8(envelope).expect("UTF-8");
        let changed: Envelope = serde_json::from_str(&text).expect("an envelope");
        let payload = STANDARD.encode(b"{\"_type\": \"x\"}");
        let forged = text.replace(&changed.payload, &payload);
        assert_eq!(verify(forged.as_bytes(), &public, &[]), Err(AttestError::Signature));
        let unsigned = text.replace(&changed.signatures[0].sig, "");
        assert_eq!(verify(unsigned.as_bytes(), &public, &[]), Err(AttestError::Signature));
        assert!(matches!(sign(&said, &public), Err(AttestError::Key(_))));
        assert!(matches!(verify(b"{}", &public, &[]), Err(AttestError::Envelope(_))));
        assert_eq!(inventory(&[], b"{}"), Err(AttestError::Document));
    }

    #[test]
    fn the_encoding_is_that_of_dsse() {
        let bytes = encoded("http://example.com/HelloWorld", b"hello world");
        assert_eq!(bytes, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }
}
