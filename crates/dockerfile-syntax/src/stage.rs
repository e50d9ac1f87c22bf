//! The stages of a Dockerfile, and what each stands on.

use std::collections::BTreeMap;

use crate::expand::expand;
use crate::image::Image;
use crate::instruction::{Dockerfile, From, Instruction, Kind};

/// What a stage stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// Nothing.
    Scratch,
    /// An earlier stage, by its index.
    Stage(usize),
    /// An image.
    Image(Image),
    /// A name that depends on an argument without a default.
    Unknown,
}

/// One stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage<'f> {
    /// Its number, from 0.
    pub index: usize,
    /// Its name in lower case.
    pub name: Option<String>,
    /// What it stands on.
    pub base: Base,
    /// Its `FROM`, as data.
    pub from: &'f From,
    /// Its instructions, `FROM` first.
    pub instructions: &'f [Instruction],
}

impl Dockerfile {
    /// The stages in their order.
    pub fn stages(&self) -> Vec<Stage<'_>> {
        let global = self.global_arguments();
        let starts: Vec<usize> = self
            .instructions
            .iter()
            .enumerate()
            .filter(|(_, instruction)| matches!(instruction.kind, Kind::From(_)))
            .map(|(at, _)| at)
            .collect();
        let mut stages: Vec<Stage<'_>> = Vec::with_capacity(starts.len());
        for (index, start) in starts.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(self.instructions.len());
            let Kind::From(from) = &self.instructions[*start].kind else { continue };
            let name = from.alias.as_ref().map(|alias| alias.value.to_ascii_lowercase());
            let base = self.base(&from.image.value, &global, &stages);
            let instructions = &self.instructions[*start..end];
            stages.push(Stage { index, name, base, from, instructions });
        }
        stages
    }

    /// The arguments before the first `FROM` that have a default, expanded.
    pub fn global_arguments(&self) -> BTreeMap<String, String> {
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        for instruction in &self.instructions {
            match &instruction.kind {
                Kind::Arg(pairs) => {
                    for pair in pairs {
                        let Some(value) = &pair.value else { continue };
                        let lookup = |name: &str| known.get(name).cloned();
                        if let Some(value) = expand(&value.value, self.escape, &lookup) {
                            known.insert(pair.key.value.clone(), value);
                        }
                    }
                }
                Kind::From(_) => break,
                _ => {}
            }
        }
        known
    }

    /// The stage that a `--from` names, by name or number, among those before another one.
    pub fn stage_named(stages: &[Stage<'_>], name: &str, before: usize) -> Option<usize> {
        let earlier = &stages[..before.min(stages.len())];
        let lower = name.to_ascii_lowercase();
        let named = earlier.iter().rev().find(|stage| stage.name.as_deref() == Some(&*lower));
        let numbered = || name.parse().ok().filter(|number: &usize| *number < earlier.len());
        named.map(|stage| stage.index).or_else(numbered)
    }

    fn base(
        &self,
        image: &str,
        arguments: &BTreeMap<String, String>,
        stages: &[Stage<'_>],
    ) -> Base {
        let lookup = |name: &str| arguments.get(name).cloned();
        let Some(name) = expand(image, self.escape, &lookup) else { return Base::Unknown };
        let lower = name.to_ascii_lowercase();
        // A stage shadows an image of the same name; a number is no stage here.
        match stages.iter().rev().find(|stage| stage.name.as_deref() == Some(&*lower)) {
            Some(stage) => Base::Stage(stage.index),
            None if name == "scratch" => Base::Scratch,
            None if name.is_empty() => Base::Unknown,
            None => Base::Image(Image::read(&name)),
        }
    }
}
