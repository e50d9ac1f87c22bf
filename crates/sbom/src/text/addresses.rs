//! Addresses without the credentials that lock files may hold.

/// The address without user and password; a user named `git` stays, as in `ssh://git@host`.
pub(crate) fn without_credentials(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    match authority.rsplit_once('@') {
        Some(("git", _)) | None => url.to_owned(),
        Some((user, host)) => {
            let git = if user.starts_with("git:") { "git@" } else { "" };
            format!("{scheme}://{git}{host}{path}")
        }
    }
}

/// The folder that a path names when it is walked from another: `apps/a` and `../b` give `apps/b`.
///
/// Nothing when it leaves the top.
pub(crate) fn walk(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// The folder of a file; the top is empty.
pub(crate) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_go_and_the_rest_stays() {
        let cases = [
            ("https://ann:secret@example.org/a@1", "https://example.org/a@1"),
            ("https://token@example.org", "https://example.org"),
            ("https://a:b@c@example.org/x", "https://example.org/x"),
            ("git+ssh://git@github.com/a/b.git#c", "git+ssh://git@github.com/a/b.git#c"),
            ("git+ssh://git:pw@github.com/a", "git+ssh://git@github.com/a"),
            ("https://example.org/?mail=a@b", "https://example.org/?mail=a@b"),
            ("file:../a", "file:../a"),
        ];
        for (url, clean) in cases {
            assert_eq!(without_credentials(url), clean, "{url}");
        }
    }

    #[test]
    fn a_walk_that_leaves_the_top_is_none() {
        assert_eq!(walk("apps/a", "../b").as_deref(), Some("apps/b"));
        assert_eq!(walk("", "./x//y").as_deref(), Some("x/y"));
        assert_eq!(walk("a", "../.."), None);
    }
}
