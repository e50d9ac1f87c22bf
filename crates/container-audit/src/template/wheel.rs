//! Which wheels a Python of a platform takes, by the tags in their names (PEP 425, 600, 656).

/// A wheel by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wheel {
    python: Vec<String>,
    abi: Vec<String>,
    platform: Vec<String>,
}

/// The C library of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Libc {
    /// Debian's, with its version: 2.41 in Debian 13.
    Glibc(u32, u32),
    /// Alpine's, with its version: 1.2.
    Musl(u32, u32),
}

/// The processor of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Machine {
    /// 64 bit of Intel and AMD.
    X8664,
    /// 64 bit of ARM.
    Aarch64,
}

impl Machine {
    /// As tags and markers name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::X8664 => "x86_64",
            Self::Aarch64 => "aarch64",
        }
    }
}

impl Wheel {
    /// Reads the name of a file or the address that ends with it; `None` when it is no wheel.
    pub fn read(address: &str) -> Option<Self> {
        let address = address.split(['?', '#']).next().unwrap_or_default();
        let name = address.rsplit('/').next()?.strip_suffix(".whl")?;
        let parts: Vec<&str> = name.split('-').collect();
        // Name, version, sometimes a build, and the three tags.
        let [.., python, abi, platform] = parts.as_slice() else { return None };
        if parts.len() < 5 {
            return None;
        }
        let all = |text: &str| text.split('.').map(str::to_ascii_lowercase).collect();
        Some(Self { python: all(python), abi: all(abi), platform: all(platform) })
    }

    /// Whether CPython 3.`minor` takes it on a platform.
    pub fn fits(&self, minor: u32, libc: Libc, machine: Machine) -> bool {
        self.platform.iter().any(|tag| fits_platform(tag, libc, machine))
            && self
                .python
                .iter()
                .any(|python| self.abi.iter().any(|abi| fits_python(python, abi, minor)))
    }
}

fn fits_python(python: &str, abi: &str, minor: u32) -> bool {
    let number = |text: &str| text.parse::<u32>().ok();
    if let Some(tag) = python.strip_prefix("cp3") {
        let Some(tag) = number(tag) else { return tag.is_empty() && abi == "none" };
        return match abi {
            "abi3" | "none" => tag <= minor,
            abi => tag == minor && abi.strip_prefix("cp3").and_then(number) == Some(minor),
        };
    }
    let pure = abi == "none" || abi == "abi3";
    match python.strip_prefix("py3") {
        Some("") => pure,
        Some(tag) => pure && number(tag).is_some_and(|tag| tag <= minor),
        None => false,
    }
}

fn fits_platform(tag: &str, libc: Libc, machine: Machine) -> bool {
    let Some(rest) = tag.strip_suffix(machine.name()).and_then(|rest| rest.strip_suffix('_'))
    else {
        return tag == "any";
    };
    let version = |rest: &str| {
        let (major, minor) = rest.split_once('_')?;
        Some((major.parse::<u32>().ok()?, minor.parse::<u32>().ok()?))
    };
    match libc {
        Libc::Glibc(major, minor) => match rest {
            "linux" | "manylinux1" | "manylinux2010" | "manylinux2014" => true,
            rest => rest
                .strip_prefix("manylinux_")
                .and_then(version)
                .is_some_and(|needs| needs <= (major, minor)),
        },
        Libc::Musl(major, minor) => {
            rest == "linux"
                || rest
                    .strip_prefix("musllinux_")
                    .and_then(version)
                    .is_some_and(|needs| needs <= (major, minor))
        }
    }
}
