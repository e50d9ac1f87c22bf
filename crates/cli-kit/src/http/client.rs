//! The one client: ureq, asked for one thing at a time.

use super::target::Target;
use crate::Failure;
use leadforge_durable_fs::{RealDisk, read};
use std::io::{ErrorKind, Read as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, Proxy};

/// Where systems keep the authorities that they trust, in PEM: Debian and Alpine, Fedora, macOS and the BSDs, SUSE.
const AUTHORITIES: [&str; 4] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
    "/etc/ssl/ca-bundle.pem",
];
/// More bytes of authorities than this are none.
const LIMIT: u64 = 16 << 20;

pub(super) struct Client {
    name: String,
}

/// What one request may take, and what is here already.
pub(super) struct Attempt<'a> {
    /// What the server called what is here from another day.
    pub(super) etag: &'a str,
    /// How much of it is here from a try before, and what the server called that.
    pub(super) from: (usize, &'a str),
    pub(super) left: Duration,
    pub(super) idle: Duration,
}

/// Why there is no answer.
pub(super) enum Trouble {
    Network(String),
    Here(Failure),
}

/// What a server answers.
pub(super) struct Response(ureq::http::Response<Body>);

impl Client {
    pub(super) const fn new(name: String) -> Self {
        Self { name }
    }

    /// What asks this target, within so much time.
    fn agent(&self, target: &Target, left: Duration, idle: Duration) -> Result<Agent, Failure> {
        let idle = idle.min(left);
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(self.name.as_str())
            .timeout_global(Some(left))
            .timeout_connect(Some(idle))
            .timeout_recv_response(Some(idle))
            .timeout_per_read(Some(idle));
        // What is asked of this machine is nobody else's matter.
        config = config.proxy(if target.here { None } else { Proxy::try_from_env() });
        if target.uri.scheme_str() == Some("https") {
            config = config.tls_config(tls()?);
        }
        Ok(config.build().new_agent())
    }

    /// Sends one request as it is.
    pub(super) fn send(
        &self,
        target: &Target,
        method: &str,
        headers: &[(&str, &str)],
        body: Option<&[u8]>,
        left: Duration,
    ) -> Result<Response, Trouble> {
        let agent = self.agent(target, left, left).map_err(Trouble::Here)?;
        let wrong = |error: ureq::http::Error| {
            Trouble::Here(Failure::usage("http.request", format!("a header is none: {error}")))
        };
        let mut request = ureq::http::Request::builder().method(method).uri(target.uri.clone());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = match body {
            Some(body) => agent.run(request.body(body).map_err(wrong)?),
            None => agent.run(request.body(()).map_err(wrong)?),
        };
        answer.map(Response).map_err(|error| Trouble::Network(words(&error)))
    }

    pub(super) fn get(&self, target: &Target, attempt: &Attempt<'_>) -> Result<Response, Trouble> {
        let agent = self.agent(target, attempt.left, attempt.idle).map_err(Trouble::Here)?;
        let mut request = agent.get(target.uri.clone());
        match attempt.from {
            // What is not vouched for by a strong name may have changed in between.
            (begin, known) if begin > 0 && known.starts_with('"') => {
                request = request.header("range", format!("bytes={begin}-"));
                request = request.header("if-range", known);
            }
            (_, _) if !attempt.etag.is_empty() => {
                request = request.header("if-none-match", attempt.etag);
            }
            _ => {}
        }
        request.call().map(Response).map_err(|error| Trouble::Network(words(&error)))
    }
}

impl Response {
    pub(super) fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    /// All headers that are text.
    pub(super) fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let text = self.0.headers().iter();
        text.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
    }

    /// The text of a header; empty when it is not there, or no text.
    pub(super) fn header(&self, name: &str) -> String {
        let value = self.0.headers().get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    }

    /// How long the body is, as the server says.
    pub(super) fn length(&self) -> Option<u64> {
        self.header("content-length").parse().ok()
    }

    /// Where a part begins.
    pub(super) fn begins(&self) -> Option<u64> {
        let range = self.header("content-range");
        range.strip_prefix("bytes ")?.split('-').next()?.parse().ok()
    }

    /// How long the server asks to wait: in seconds, which is what servers of files write.
    pub(super) fn wait(&self) -> Option<Duration> {
        self.header("retry-after").trim().parse().ok().map(Duration::from_secs)
    }

    /// Reads the body behind what is there, and one byte more than is taken at most.
    pub(super) fn read(
        &mut self,
        bytes: &mut Vec<u8>,
        limit: u64,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), Trouble> {
        let mut source = self.0.body_mut().as_reader();
        let mut buffer = vec![0; 64 << 10];
        while bytes.len() as u64 <= limit {
            match source.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => {
                    bytes.extend_from_slice(&buffer[..count]);
                    progress(bytes.len() as u64);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    let why = ureq::Error::from(error);
                    let count = bytes.len();
                    return Err(Trouble::Network(format!("after {count} bytes: {}", words(&why))));
                }
            }
        }
        Ok(())
    }
}

/// TLS with the authorities that this machine trusts.
fn tls() -> Result<TlsConfig, Failure> {
    // The provider would end the process on a processor that it does not know.
    if !capable() {
        let message = "this processor lacks instructions that the TLS of this program needs";
        return Err(Failure::cannot_look("http.tls", message)
            .hint("fetch the file with another program and give it to the command as a file"));
    }
    let named = std::env::var_os("SSL_CERT_FILE").map(std::path::PathBuf::from);
    let system = || AUTHORITIES.iter().map(Path::new).find(|path| path.is_file());
    let path = named.as_deref().or_else(system).ok_or_else(|| {
        let message = "no file of certificate authorities is where systems keep it";
        Failure::cannot_look("http.authorities", message)
            .hint("install ca-certificates, or name the file in SSL_CERT_FILE")
    })?;
    let pem = read(&RealDisk, path, LIMIT)?;
    let known: Vec<Certificate<'static>> = parse_pem(&pem)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect();
    if known.is_empty() {
        let message = format!("{}: holds no certificate", path.display());
        return Err(Failure::cannot_look("http.authorities", message));
    }
    let provider = Arc::new(rustls_graviola::default_provider());
    let roots = RootCerts::from(known);
    let config =
        TlsConfig::builder().root_certs(roots).unversioned_rustls_crypto_provider(provider);
    Ok(config.build())
}

#[cfg(target_arch = "x86_64")]
fn capable() -> bool {
    use std::arch::is_x86_feature_detected as has;
    has!("aes") && has!("pclmulqdq") && has!("bmi1") && has!("adx") && has!("avx") && has!("avx2")
}

#[cfg(target_arch = "aarch64")]
fn capable() -> bool {
    use std::arch::is_aarch64_feature_detected as has;
    has!("neon") && has!("aes") && has!("pmull") && has!("sha2")
}

/// What went wrong, in words for people.
fn words(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => "the server took too long".to_owned(),
        ureq::Error::HostNotFound => "the host is not known".to_owned(),
        ureq::Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => {
            "nothing listens there".to_owned()
        }
        ureq::Error::Io(error) if error.kind() == ErrorKind::UnexpectedEof => {
            "the server broke off".to_owned()
        }
        other => other.to_string(),
    }
}
