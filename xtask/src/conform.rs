//! `conform`: our answers beside the recorded answers of other tools, on data outside the repository.

use crate::sh::{self, Fail, Result};

/// Each area and the tests that compare; an area arrives with the crate that needs it.
const AREAS: &[(&str, &[&str])] = &[];

pub(crate) fn main(args: &[&str]) -> Result {
    let areas: Vec<_> = match args {
        [] => AREAS.iter().collect(),
        [area] => AREAS.iter().filter(|(name, _)| name == area).collect(),
        _ => return Err(Fail::usage("cargo xtask conform [AREA]")),
    };
    if let ([area], true) = (args, areas.is_empty()) {
        return Err(Fail::usage(format!("no area named {area}")));
    }
    if areas.is_empty() {
        println!("conform: no area has recorded answers yet");
        return Ok(());
    }
    let corpora = std::env::var_os("LEADFORGE_CORPORA").ok_or_else(|| {
        Fail::missing("LEADFORGE_CORPORA does not name the folder of the corpora")
    })?;
    for (_, test) in areas {
        sh::run(sh::cargo().args(*test).env("LEADFORGE_CORPORA", &corpora))?;
    }
    Ok(())
}
