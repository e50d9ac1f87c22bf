//! Whether an image stays within what is asked of it.

use serde::Serialize;

use super::Report;

/// What is asked of an image; nothing is asked by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gate {
    /// The most bytes of files of all layers: what a machine that runs it stores.
    pub max_size: Option<u64>,
    /// The most bytes of the packed layers: what is sent.
    pub max_packed: Option<u64>,
    /// The most bytes that nobody can reach.
    pub max_hidden: Option<u64>,
    /// The least efficiency, as dive counts it.
    pub min_efficiency: Option<f64>,
}

/// What an image does not stay within.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Breach {
    /// A stable dotted name.
    pub rule: &'static str,
    /// One line for people.
    pub message: String,
}

impl Gate {
    /// What is asked and not given, in a fixed order.
    #[must_use]
    pub fn check(&self, report: &Report) -> Vec<Breach> {
        let size = &report.size;
        let most = |rule, what: &str, found: u64, limit: Option<u64>| {
            let limit = limit.filter(|limit| found > *limit)?;
            let message = format!("{what} {found} bytes, and at most {limit} are asked for");
            Some(Breach { rule, message })
        };
        let efficiency = self.min_efficiency.filter(|least| report.wasted.efficiency < *least);
        let efficiency = efficiency.map(|least| Breach {
            rule: "image.efficiency",
            message: format!(
                "the efficiency is {}, and at least {least} is asked for",
                report.wasted.efficiency
            ),
        });
        [
            most("image.size", "files of all layers have", size.files, self.max_size),
            most("image.packed", "the layers have", size.packed, self.max_packed),
            most("image.hidden", "out of reach are", size.hidden, self.max_hidden),
            efficiency,
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
