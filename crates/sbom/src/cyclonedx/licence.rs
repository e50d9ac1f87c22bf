//! Declared licences as CycloneDX tells them apart: an identifier, an expression, or a name.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Spec;

/// The identifiers that documents may hold.
pub(super) struct Known(BTreeSet<String>);

impl Known {
    /// The identifiers of the list that the schemas of CycloneDX come with.
    pub(super) fn read() -> Self {
        #[derive(serde::Deserialize)]
        struct List {
            #[serde(rename = "enum")]
            ids: BTreeSet<String>,
        }
        let text = include_str!("../../schemas/spdx.schema.json");
        let list: List = serde_json::from_str(text).expect("it is vendored with its hash");
        Self(list.ids)
    }

    /// A list of licences as an element of a component.
    pub(super) fn choices(&self, licences: &[String], spec: Spec) -> Vec<Choice> {
        let acknowledgement = (spec >= Spec::V1_6).then_some("declared");
        let alone = licences.len() == 1;
        let choice = |text: &String| {
            let text = text.trim();
            if self.0.contains(text) {
                Choice::Licence {
                    license: Named { id: Some(text.to_owned()), name: None, acknowledgement },
                }
            } else if alone && ::spdx::Expression::parse(text).is_ok() {
                Choice::Expression { expression: text.to_owned(), acknowledgement }
            } else {
                Choice::Licence {
                    license: Named { id: None, name: Some(text.to_owned()), acknowledgement },
                }
            }
        };
        licences.iter().filter(|text| !text.trim().is_empty()).map(choice).collect()
    }
}

/// One of a component's licences.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Choice {
    /// By its identifier or its name.
    Licence { license: Named },
    /// An SPDX expression, which stands alone.
    Expression {
        expression: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        acknowledgement: Option<&'static str>,
    },
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Named {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acknowledgement: Option<&'static str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(licences: &[&str], spec: Spec) -> String {
        let licences: Vec<String> = licences.iter().map(|text| (*text).to_owned()).collect();
        serde_json::to_string(&Known::read().choices(&licences, spec)).expect("it is data")
    }

    #[test]
    fn an_identifier_an_expression_and_anything_else() {
        let cases = [
            (&["MIT"][..], r#"[{"license":{"id":"MIT"}}]"#),
            (&["MIT OR Apache-2.0"], r#"[{"expression":"MIT OR Apache-2.0"}]"#),
            (&["MIT WITH Commons-Clause"], r#"[{"license":{"name":"MIT WITH Commons-Clause"}}]"#),
            (&["MIT", "BSD"], r#"[{"license":{"id":"MIT"}},{"license":{"name":"BSD"}}]"#),
            (&[" "], "[]"),
        ];
        for (licences, right) in cases {
            assert_eq!(json(licences, Spec::V1_5), right);
        }
        let right = r#"[{"license":{"id":"MIT","acknowledgement":"declared"}}]"#;
        assert_eq!(json(&["MIT"], Spec::V1_6), right);
    }
}
