//! What was decided before, and which of it had an effect.

use super::finding::Status;
use super::scan::{Config, Unused};
use super::vex::Statement;
use crate::inventory::Component;

/// Which decisions were about something.
pub(super) struct Used {
    ignore: Vec<bool>,
    said: Vec<bool>,
}

impl Used {
    pub(super) fn of(config: &Config) -> Self {
        Self {
            ignore: vec![false; config.ignore.len()],
            said: vec![false; config.statements.len()],
        }
    }

    /// What was decided about a vulnerability, by all its identifiers, of a component.
    pub(super) fn status(
        &mut self,
        config: &Config,
        group: &[String],
        component: &Component,
        root: Option<&Component>,
    ) -> Status {
        let mut status = Status::Open;
        for (statement, used) in config.statements.iter().zip(&mut self.said) {
            if too_old(statement, config) || !statement.covers(group, component, root) {
                continue;
            }
            *used = true;
            // Of several statements the last one counts, as the last word of the maker.
            status = Status::Said {
                says: statement.says,
                reason: statement.reason.clone(),
                source: statement.source.clone(),
            };
        }
        for (entry, used) in config.ignore.iter().zip(&mut self.ignore) {
            if entry.expired(&config.today) || !entry.covers(group, component) {
                continue;
            }
            *used = true;
            let (reason, until) = (entry.reason.clone(), entry.until.clone());
            status = Status::Ignored { reason, until };
        }
        status
    }

    /// The decisions that were about nothing.
    pub(super) fn rest(self, config: &Config) -> Vec<Unused> {
        let mut found = Vec::new();
        for (entry, used) in config.ignore.iter().zip(self.ignore) {
            let expired = entry.expired(&config.today);
            if !used {
                let expired = if expired { entry.until.clone() } else { String::new() };
                let source = "the list of what is ignored".to_owned();
                found.push(Unused { source, about: entry.words(), expired });
            }
        }
        for (statement, used) in config.statements.iter().zip(self.said) {
            if !used {
                let old = too_old(statement, config);
                let products: Vec<&str> =
                    statement.products.iter().map(|p| p.name.as_str()).collect();
                let about = format!("{} of {}", statement.ids.join(", "), products.join(", "));
                let expired = if old { statement.day.clone() } else { String::new() };
                found.push(Unused { source: statement.source.clone(), about, expired });
            }
        }
        found
    }
}

fn too_old(statement: &Statement, config: &Config) -> bool {
    !config.statements_since.is_empty() && statement.day < config.statements_since
}
