//! What is read, what is refused, and that nothing is lost.

use super::*;

fn again(text: &str) -> String {
    let mut out = Vec::new();
    Xml::read(text).expect("it is XML").write(&mut out).expect("memory");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn what_is_written_is_what_was_read() {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a -->\n<?b c d?>\n<p:x xmlns:p=\"urn:p\" p:a=\"1 &lt;&quot;&#10;\" b=\"'\">\n  <y/>&amp;<![CDATA[<&]]>]]&gt;<!---->é\n</p:x>\n<!-- e -->\n";
    assert_eq!(again(text), text);
    assert_eq!(
        again("<x a='&#x41;\t'\r\n>\r\n&#13;</x >"),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<x a=\"A \">\n&#13;</x>\n"
    );
}

#[test]
fn names_have_the_namespaces_that_are_bound_where_they_stand() {
    let text = "<a xmlns='urn:1' xmlns:p='urn:2'><p:b q='' p:q=''/><c xmlns=''/><b/></a>";
    let xml = Xml::read(text).expect("it is XML");
    let space = |element: &Element| xml.spaces[element.space as usize].clone();
    let children: Vec<_> = xml.root.children().map(|c| (c.local().to_owned(), space(c))).collect();
    let right = [("b", "urn:2"), ("c", ""), ("b", "urn:1")];
    assert_eq!(children, right.map(|(a, b)| (a.to_owned(), b.to_owned())));
}

#[test]
fn what_is_no_xml_is_refused_with_its_line() {
    let cases = [
        "",
        "x",
        "<a>",
        "<a>\n</b>",
        "<a></a><b/>",
        "<a b='1' b='2'/>",
        "<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>",
        "<a b=1/>",
        "<a b='<'/>",
        "<a>&nbsp;</a>",
        "<a>\n&#0;</a>",
        "<a>&#+65;</a>",
        "<a>\u{1}</a>",
        "<a>]]></a>",
        "<a><!-- -- --></a>",
        "<p:a/>",
        "<a:b:c/>",
        "<!DOCTYPE a []><a/>",
        "<?xml version='1.1'?><a/>",
        "<?xml version='1.0' encoding='latin1'?><a/>",
        "<?xml encoding='UTF-8'?><a/>",
        " <?xml version='1.0'?><a/>",
    ];
    let said: Vec<String> = cases
        .iter()
        .map(|text| Xml::read(text).expect_err(text))
        .map(|error| format!("{} {}", error.line, error.reason))
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r###"
    1 has no root element
    1 has no root element
    1 ends inside "a" of line 1
    2 ends another element than "a" of line 1
    1 has something behind the root element
    1 has the attribute "b" twice
    1 has the attribute "b" twice
    1 has no quote before the value of "b"
    1 has "<" in the value of "b"
    1 has the reference "nbsp", which means nothing
    1 has the reference "#0", which means nothing
    1 has the reference "#+65", which means nothing
    1 has the sign '\u{1}', which XML does not have
    1 has "]]>" in a text
    1 has "--" in a comment
    1 uses the prefix "p", which is not bound
    1 has "a:b:c", which is no name with a prefix
    1 has a document type, which is not read
    1 says version="1.1", which is not read
    1 says encoding="latin1", which is not read
    1 has a declaration that is none
    1 has an instruction that is none
    "###);
    let deep = format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
    assert_eq!(Xml::read(&deep).expect_err("deep").reason, "is nested too deep");
}
