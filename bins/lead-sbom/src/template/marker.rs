//! Whether a marker of a requirement holds in an image (PEP 508).

use std::cmp::Ordering;

/// Where a marker is asked.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The minor number of CPython 3.
    pub(crate) minor: u32,
    /// As markers name the processor.
    pub(crate) machine: &'static str,
}

impl Place {
    /// Whether it holds; what cannot be read holds, so that nothing is lost.
    pub(crate) fn holds(&self, marker: &str) -> bool {
        let tokens = tokens(marker);
        let mut reader = Reader { place: self, tokens: &tokens, at: 0, depth: 0 };
        let value = reader.any();
        value.filter(|_| reader.at == tokens.len()).unwrap_or(true)
    }

    fn value(&self, name: &str) -> Option<String> {
        Some(match name {
            "python_version" => format!("3.{}", self.minor),
            "python_full_version" | "implementation_version" => format!("3.{}.0", self.minor),
            "sys_platform" => "linux".to_owned(),
            "platform_system" => "Linux".to_owned(),
            "os_name" => "posix".to_owned(),
            "platform_machine" => self.machine.to_owned(),
            "implementation_name" => "cpython".to_owned(),
            "platform_python_implementation" => "CPython".to_owned(),
            // Extras are followed by their names in the lock, not by markers.
            "extra" | "platform_release" | "platform_version" => String::new(),
            _ => return None,
        })
    }
}

/// Words, operators, brackets; what is quoted keeps its first quote.
fn tokens(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' | '"' => rest[1..].find(first).map_or(rest.len(), |at| at + 2),
            '(' | ')' => 1,
            c if "<>=!~".contains(c) => {
                rest.find(|c: char| !"<>=!~".contains(c)).unwrap_or(rest.len())
            }
            _ => rest
                .find(|c: char| c.is_whitespace() || "()<>=!~'\"".contains(c))
                .unwrap_or(rest.len()),
        };
        let (token, behind) = rest.split_at(length.max(first.len_utf8()));
        found.push(token.to_owned());
        rest = behind.trim_start();
    }
    found
}

struct Reader<'r> {
    place: &'r Place,
    tokens: &'r [String],
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn take(&mut self, token: &str) -> bool {
        let is = self.tokens.get(self.at).is_some_and(|next| next == token);
        self.at += usize::from(is);
        is
    }

    fn any(&mut self) -> Option<bool> {
        let mut value = self.all()?;
        while self.take("or") {
            value |= self.all()?;
        }
        Some(value)
    }

    fn all(&mut self) -> Option<bool> {
        let mut value = self.one()?;
        while self.take("and") {
            value &= self.one()?;
        }
        Some(value)
    }

    fn one(&mut self) -> Option<bool> {
        if self.take("(") {
            self.depth += 1;
            // Nobody nests deeper, and a marker must not use up the stack.
            let value = if self.depth > 32 { None } else { self.any() };
            self.depth -= 1;
            return value.filter(|_| self.take(")"));
        }
        let left = self.side()?;
        let not = self.take("not");
        let operator = self.tokens.get(self.at)?.clone();
        self.at += 1;
        let right = self.side()?;
        let value = match operator.as_str() {
            "in" => right.1.contains(&left.1),
            operator => compare(&left.1, operator, &right.1, left.0 || right.0)?,
        };
        Some(value != not)
    }

    /// A side, and whether it is a version.
    fn side(&mut self) -> Option<(bool, String)> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        if token.starts_with(['\'', '"']) {
            return Some((false, token.trim_matches(['\'', '"']).to_owned()));
        }
        Some((token.contains("version") && token.contains("python"), self.place.value(token)?))
    }
}

/// Compares two sides as versions or as text.
pub(crate) fn compare(left: &str, operator: &str, right: &str, versions: bool) -> Option<bool> {
    let prefix = right.strip_suffix(".*");
    let order = if versions {
        let (mut a, mut b) = (numbers(left)?, numbers(prefix.unwrap_or(right))?);
        if prefix.is_some() {
            a.resize(b.len(), 0);
        }
        let length = a.len().max(b.len());
        a.resize(length, 0);
        b.resize(length, 0);
        a.cmp(&b)
    } else {
        left.cmp(right)
    };
    Some(match operator {
        "==" | "===" => order == Ordering::Equal,
        "!=" => order != Ordering::Equal,
        "<" => order == Ordering::Less,
        "<=" => order != Ordering::Greater,
        ">" => order == Ordering::Greater,
        ">=" => order != Ordering::Less,
        // At least this one, and the same but for the last number.
        "~=" => {
            let (a, b) = (numbers(left)?, numbers(right)?);
            let same = b.len().checked_sub(1)?;
            order != Ordering::Less && a.iter().zip(&b[..same]).all(|(a, b)| a == b)
        }
        _ => return None,
    })
}

fn numbers(version: &str) -> Option<Vec<u32>> {
    version.split('.').map(|part| part.trim().parse().ok()).collect()
}

/// Whether a Python is among those that a project is for.
pub(crate) fn admits(specifier: &str, python: &str) -> bool {
    let parts = specifier.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.into_iter().all(|part| {
        let end = part.find(|c: char| !"<>=!~".contains(c)).unwrap_or(part.len());
        let (operator, version) = part.split_at(end);
        let version = version.trim();
        // A minor release is meant: its patch releases are behind its first.
        let wanted = numbers(version).map_or(0, |numbers| numbers.len());
        let python = if wanted > 2 && matches!(operator, ">=" | ">" | "~=" | "!=") {
            format!("{python}.999")
        } else {
            python.to_owned()
        };
        compare(&python, operator, version, true).unwrap_or(true)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers() {
        let place = Place { minor: 13, machine: "x86_64" };
        for (marker, holds) in [
            ("python_full_version < '3.13'", false),
            ("python_full_version == '3.13.*'", true),
            ("python_full_version >= '3.14'", false),
            ("python_version >= \"3.9\" and python_version < \"4\"", true),
            ("sys_platform == 'win32'", false),
            ("sys_platform != 'win32' and (platform_machine == 'x86_64' or os_name == 'nt')", true),
            ("platform_machine in 'aarch64 x86_64'", true),
            ("platform_machine not in 'aarch64'", true),
            ("python_version ~= '3.8'", true),
            ("platform_python_implementation == 'PyPy'", false),
            ("'linux' == sys_platform", true),
            // What cannot be read holds.
            ("nonsense ===", true),
            ("python_version < 'x'", true),
            ("(python_version < '3'", true),
        ] {
            assert_eq!(place.holds(marker), holds, "{marker}");
        }
        assert!(place.holds(&"(".repeat(100_000)));
        assert!(
            admits(">=3.12", "3.13") && admits(">=3.13.2,<4", "3.13") && !admits(">=3.14", "3.13")
        );
        assert!(!admits("<3.13", "3.13") && admits("==3.13.*", "3.13"));
    }
}
