//! What single types ask for beyond the form: letter case, a namespace or none, signs.

use super::{Purl, pypi_name};

/// Whether the name is a path.
pub(super) fn path_as_name(kind: &str) -> bool {
    kind == "git"
}

/// Divides namespace and name where the type does: for plain git, all behind the host is the name.
pub(super) fn split(purl: &mut Purl) -> Result<(), &'static str> {
    if !path_as_name(&purl.kind) {
        return Ok(());
    }
    let path = match &purl.namespace {
        Some(namespace) => format!("{namespace}/{}", purl.name),
        None => purl.name.clone(),
    };
    if path.split('/').any(str::is_empty) {
        return Err("its name has an empty segment");
    }
    if let Some((host, name)) = path.split_once('/') {
        (purl.namespace, purl.name) = (Some(host.to_owned()), name.to_owned());
    }
    Ok(())
}

/// Whether a qualifier is one of a type's own, in a spelling that is not the type's.
pub(super) fn own_qualifier(kind: &str, key: &str) -> bool {
    let own: &[&str] = match kind {
        "apk" | "alpm" | "deb" => &["arch", "distro"],
        "rpm" => &["arch", "distro", "epoch"],
        "gem" => &["platform"],
        _ => &[],
    };
    let lower = key.to_ascii_lowercase();
    own.contains(&lower.as_str()) && key != lower
}

fn lower(text: &mut String) {
    *text = text.to_lowercase();
}

/// Brings the parts into the form that the type asks for.
pub(super) fn normalise(purl: &mut Purl) {
    let (mut both, mut name) = (false, false);
    match purl.kind.as_str() {
        "alpm" | "apk" | "bitbucket" | "brew" | "composer" | "deb" | "github" | "hex" => {
            both = true;
        }
        // Hosts that do not tell letter cases apart.
        "git" => {
            both = purl.namespace.as_deref().is_some_and(|host| {
                let host = host.to_lowercase();
                let known = ["github", "gitlab", "bitbucket"];
                known.contains(&host.split('.').next().unwrap_or_default())
            });
        }
        "oci" => name = true,
        "luarocks" => purl.version.iter_mut().for_each(lower),
        "huggingface" => purl.version.iter_mut().for_each(lower),
        "npm" => purl.namespace.iter_mut().for_each(lower),
        "pypi" => purl.name = pypi_name(&purl.name),
        "rpm" => purl.namespace.iter_mut().for_each(lower),
        // Databricks does not tell letter cases apart, Azure's machine learning does.
        "mlflow" => {
            let at = purl.qualifiers.get("repository_url");
            name = at.is_some_and(|at| at.to_lowercase().contains("databricks"));
        }
        _ => {}
    }
    if both {
        purl.namespace.iter_mut().for_each(lower);
    }
    if both || name {
        lower(&mut purl.name);
    }
}

/// Refuses what the type does not allow.
pub(super) fn check(purl: &Purl) -> Result<(), &'static str> {
    match purl.kind.as_str() {
        "cpan" if purl.name.contains("::") => Err("a distribution of CPAN has no :: in its name"),
        "swift" | "vscode-extension" | "huggingface" if purl.namespace.is_none() => {
            Err("this type needs a namespace")
        }
        "otp" | "vcpkg" | "bazel" | "julia" | "cran" | "opam" if purl.namespace.is_some() => {
            Err("this type has no namespace")
        }
        "julia" if !purl.qualifiers.contains_key("uuid") => {
            Err("a package of Julia needs its uuid")
        }
        "swid" if !purl.qualifiers.contains_key("tag_id") => Err("a SWID tag needs its tag_id"),
        "chrome-extension" => chrome(purl),
        _ => Ok(()),
    }
}

fn chrome(purl: &Purl) -> Result<(), &'static str> {
    if purl.name.len() != 32 || !purl.name.bytes().all(|byte| matches!(byte, b'a'..=b'p')) {
        return Err("the name of an extension is 32 letters from a to p");
    }
    let Some(version) = &purl.version else { return Ok(()) };
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = version.split('.').collect();
    if parts.len() > 4 || !parts.iter().all(|part| number(part)) {
        return Err("the version of an extension is one to four numbers");
    }
    Ok(())
}
