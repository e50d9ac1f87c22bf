//! What the schemas of JSON and XML call differently.

/// The member that holds the text of an element which has attributes too.
pub(super) fn content(element: &str) -> &'static str {
    match element {
        "property" => "value",
        "expression" => "expression",
        _ => "content",
    }
}

/// The member of an attribute.
pub(super) fn of_attribute(name: &str) -> &str {
    if name == "content-type" { "contentType" } else { name }
}

/// Lists whose elements are members of an object each: `{"license": …}`.
pub(super) const CHOICES: &str = "licenses";
