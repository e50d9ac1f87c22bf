//! Rules about what lies around the file: the context, and the platform it is built for.

use leadforge_dockerfile_syntax::Kind;

use super::order::takes_all;
use super::runtime::from;
use crate::dockerfile::finding::{Finding, Severity};
use crate::dockerfile::scene::Scene;

pub(in crate::dockerfile) fn ignore(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let Some(files) = &scene.around.files else { return };
    if scene.around.ignore.is_some() {
        return;
    }
    let copies = |whole: bool| {
        scene.instructions().find(|(_, _, instruction)| match &instruction.kind {
            Kind::Copy(copy) | Kind::Add(copy) => {
                instruction.flag("from").is_none() && (takes_all(copy) || !whole)
            }
            _ => false,
        })
    };
    let (severity, at) = match (copies(true), copies(false)) {
        (Some((at, _, _)), _) => (Severity::Warning, at),
        (None, Some(_)) => (Severity::Info, from(scene, 0)),
        // Nothing of the context is used.
        (None, None) => return,
    };
    let message = format!(
        "There is no .dockerignore: the context is all of its {} files, with .git and whatever else lies there",
        files.len()
    );
    found.push(scene.finding("no-dockerignore", severity, at, message));
}

pub(in crate::dockerfile) fn volume(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let platforms =
        [("railway.toml", "Railway"), ("railway.json", "Railway"), ("heroku.yml", "Heroku")];
    let Some((file, platform)) = platforms.iter().find(|(file, _)| scene.around.has(file)) else {
        return;
    };
    for (at, _, instruction) in scene.instructions() {
        if matches!(instruction.kind, Kind::Volume(_)) {
            let message = format!("{platform} ({file}) refuses VOLUME: attach the volume there");
            found.push(scene.finding("volume-refused", Severity::Error, at, message));
        }
    }
}
