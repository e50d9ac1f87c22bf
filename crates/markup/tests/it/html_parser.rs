//! HTML is parsed back with html5ever: the text returns and no element appears.

use leadforge_markup::{Html, el, html, json_in_html, visible};
use proptest::prelude::*;
use scraper::{Html as Parsed, Selector};

use crate::hostile;

fn parse(text: &str) -> Parsed {
    Parsed::parse_document(text)
}

fn select<'a>(page: &'a Parsed, selector: &str) -> Vec<scraper::ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("a selector of this file")).collect()
}

/// What a reader should see: the same text, with hidden characters spelled out.
fn shown(text: &str) -> String {
    text.replace("\r\n", "\n")
        .split('\n')
        .map(|line| line.split('\t').map(visible).collect::<Vec<_>>().join("\t"))
        .collect::<Vec<_>>()
        .join("\n")
}

proptest! {
    #![proptest_config(crate::cases(500))]

    #[test]
    fn text_is_text(text in hostile()) {
        let page = parse(&format!("<!doctype html><body><p id=x>{}</p></body>", html(&text)));
        let all = select(&page, "body *");
        prop_assert_eq!(all.len(), 1, "only the paragraph");
        let seen: String = all[0].text().collect();
        prop_assert_eq!(seen, shown(&text));
    }

    #[test]
    fn a_quoted_attribute_is_one_attribute(text in hostile()) {
        let text = text.replace(['\n', '\t'], " ");
        for quote in ['"', '\''] {
            let source = format!("<!doctype html><body><p title={quote}{}{quote}></p>", html(&text));
            let page = parse(&source);
            let all = select(&page, "body *");
            prop_assert_eq!(all.len(), 1);
            let attributes: Vec<_> = all[0].value().attrs().collect();
            let title = shown(&text);
            prop_assert_eq!(attributes, vec![("title", title.as_str())]);
        }
    }

    #[test]
    fn a_link_leads_to_a_listed_scheme_or_nowhere(text in hostile()) {
        let link: Html = el("a").attr("href", &text).text("x").into();
        let page = parse(&format!("<!doctype html><body>{link}"));
        let all = select(&page, "body *");
        prop_assert_eq!(all.len(), 1);
        if let Some(href) = all[0].attr("href") {
            let lower = href.to_ascii_lowercase();
            let scheme = lower.split(['/', '?', '#']).next().unwrap_or_default();
            let good = ["http:", "https:"].contains(&scheme) || scheme.starts_with("mailto:");
            prop_assert!(good || !scheme.contains(':'), "{href}");
            prop_assert_eq!(href, text);
        }
    }

    #[test]
    fn json_closes_no_script_and_keeps_its_value(text in hostile()) {
        let json = serde_json::to_string(&text).expect("text is JSON");
        let source = format!(
            "<!doctype html><body><script type=\"application/json\">{}</script>",
            json_in_html(&json)
        );
        let page = parse(&source);
        let all = select(&page, "body *");
        prop_assert_eq!(all.len(), 1);
        let inside: String = all[0].text().collect();
        let back: String = serde_json::from_str(&inside).expect("still JSON");
        prop_assert_eq!(back, text);
    }
}
