//! References of images: registry, name, tag, digest.

/// A reference of an image.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Image {
    /// The registry's host, when one is written.
    pub registry: Option<String>,
    /// The name below the registry, such as `library/python` or `python`.
    pub name: String,
    /// The tag.
    pub tag: Option<String>,
    /// The digest, such as `sha256:…`.
    pub digest: Option<String>,
}

impl Image {
    /// Reads a reference; nothing is checked.
    pub fn read(reference: &str) -> Self {
        let (rest, digest) = match reference.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest.to_owned())),
            None => (reference, None),
        };
        let slash = rest.rfind('/').map_or(0, |at| at + 1);
        let (path, tag) = match rest[slash..].find(':') {
            Some(colon) => (&rest[..slash + colon], Some(rest[slash + colon + 1..].to_owned())),
            None => (rest, None),
        };
        let (registry, name) = match path.split_once('/') {
            Some((host, name)) if host.contains(['.', ':']) || host == "localhost" => {
                (Some(host.to_owned()), name.to_owned())
            }
            _ => (None, path.to_owned()),
        };
        Self { registry, name, tag, digest }
    }

    /// The last part of the name: `python` of `docker.io/library/python:3`.
    pub fn short(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }
}
