//! A report as GitHub workflow annotations.

use crate::{Finding, Level};
use leadforge_markup::{workflow_data, workflow_property};

/// One workflow command for one finding, without its line end.
pub(crate) fn annotation(finding: &Finding) -> String {
    let command = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(at) = &finding.at {
        properties.push(format!("file={}", workflow_property(&at.path)));
        if let Some(line) = at.line {
            properties.push(format!("line={line}"));
        }
        if let Some(column) = at.column {
            properties.push(format!("col={column}"));
        }
    }
    properties.push(format!("title={}", workflow_property(&finding.rule)));
    format!("::{command} {}::{}", properties.join(","), workflow_data(&finding.message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_start_a_command_of_its_own() {
        let finding = Finding::new("a,b", Level::Note, "x\n::error::y").at("p:q", Some(2));
        assert_eq!(annotation(&finding), "::notice file=p%3Aq,line=2,title=a%2Cb::x%0A::error::y");
    }
}
