//! Fuzz target `path`: a path that is taken stays below any root and out of any `.git`.

use std::path::{Component, Path};

use leadforge_durable_fs::RelPath;

/// Takes the bytes as a path.
pub(crate) fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match RelPath::parse(&text) {
        Ok(path) => taken(&path, &text),
        Err(refused) => {
            assert_eq!(refused.path, text);
            let line = refused.to_string();
            assert!(!line.contains('\n') && line.contains(refused.reason), "{line:?}");
        }
    }
}

fn taken(path: &RelPath, text: &str) {
    assert_eq!((path.as_str(), path.to_string().as_str()), (text, text));
    let parts: Vec<&str> = path.components().collect();
    assert_eq!(parts.join("/"), text);
    let root = Path::new("/root/of it");
    let joined = path.join_to(root);
    let below = joined.strip_prefix(root).expect("it stays below its root");
    assert!(below.components().all(|part| matches!(part, Component::Normal(_))), "{joined:?}");
    assert_eq!(below.components().count(), parts.len());
    for part in &parts {
        // `c:` is a drive at the beginning of a path and a name behind it.
        RelPath::parse(&format!("x/{part}")).expect("each part is fine by itself");
        assert!(!part.contains(['\0', '\\', '/']) && part.len() <= 255, "{part:?}");
        // As file systems fold a name: what shows nothing is gone, then case, dots and spaces.
        let seen: String =
            part.chars().filter(|c| !c.is_control() && !"\u{200c}\u{feff}".contains(*c)).collect();
        let seen = seen.to_ascii_lowercase();
        let file = seen.split(':').next().unwrap_or_default().trim_end_matches(['.', ' ']);
        let control = part.contains(|c: char| c.is_control());
        assert!(control || (file != ".git" && file != "git~1"), "{part:?} is a spelling of .git");
    }
    // Neither more folders above it nor below make a taken path a refused one.
    let deeper = format!("a/{text}/b");
    assert_eq!(RelPath::parse(&deeper).is_ok(), deeper.len() <= 4095, "{deeper:?}");
    for outside in
        [format!("../{text}"), format!("/{text}"), format!("{text}/.."), format!("{text}/.GIT. ")]
    {
        assert!(RelPath::parse(&outside).is_err(), "{outside:?}");
    }
}
