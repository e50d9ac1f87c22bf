//! The page as a document.

use super::{Item, Model, Section, Set};
use crate::truth::MEASURE;

/// Small drawings in a box of 16.
const ICONS: &[&str] = &[
    "<circle cx=8 cy=8 r=7 />",
    "<path d='M8 1l7 13H1z' />",
    "<rect x=2 y=2 width=12 height=12 rx=3 />",
    "<path d='M1 8h6V1h2v6h6v2H9v6H7V9H1z' />",
];

pub(super) fn page(model: &Model) -> String {
    let sections: String = model.sections.iter().skip(1).map(|one| section(model, one)).collect();
    let nav = items(model, &model.sections[0], 0);
    let banner = model
        .banner
        .as_ref()
        .map_or(String::new(), |words| format!("<div class=banner data-id=banner>{words}</div>"));
    format!(
        "<!doctype html><meta charset=utf-8><style>{}</style>\
         <header><span class=name>{}</span><nav>{nav}</nav></header>{banner}{sections}\
         <footer>All of it is made up</footer>{MEASURE}",
        style(model),
        model.heading,
    )
}

fn style(model: &Model) -> String {
    let [page, card, text, quiet, accent] = model.theme;
    let shadow = if model.shadow { "box-shadow:0 3px 10px #0003;" } else { "" };
    let head = if model.gradient {
        format!("background:linear-gradient(100deg,{accent},{quiet})")
    } else {
        format!("background:{card}")
    };
    let head_ink = if model.gradient { "#fff" } else { text };
    let (radius, size) = (model.radius, model.size);
    format!(
        "*{{box-sizing:border-box}}body{{margin:0;background:{page};color:{text};font:{size}px/{line} '{font}'}}\
         header{{{head};color:{head_ink};padding:14px 20px;overflow:hidden}}.name{{font-size:1.5em;font-weight:bold}}\
         nav{{float:{nav}}}.link{{display:inline-block;border:1px solid {quiet};border-radius:{radius}px;\
         padding:5px 12px;margin-left:10px;background:{card};color:{text}}}\
         section{{padding:18px 20px}}h2{{margin:0 0 12px;font-size:1.25em}}.quiet{{color:{quiet}}}\
         table{{border-collapse:collapse;width:100%}}td{{padding:8px 10px;border-bottom:1px solid {quiet}}}\
         .field{{border:1px solid {quiet};border-radius:{radius}px;padding:10px 14px;margin-bottom:14px;background:{card};overflow:hidden}}\
         .field .button{{float:right}}.field .quiet{{clear:both;display:block;border-top:1px dashed {quiet};margin-top:6px;padding-top:6px}}\
         ul{{list-style:none;margin:0;padding:0}}li{{padding:6px 0}}\
         .tile{{display:inline-block;vertical-align:top;width:150px;height:120px;margin:0 14px 14px 0;padding:14px;\
         border:1px solid {quiet};border-radius:{radius}px;background:{card};{shadow}}}\
         .columns{{display:flex;gap:20px;align-items:flex-start}}.columns>div{{flex:1 1 0;min-width:0}}\
         .card{{border:1px solid {quiet};border-radius:{radius}px;background:{card};padding:14px;margin-bottom:16px;{shadow}}}\
         .para{{margin-bottom:14px}}.picture{{float:left;width:140px;height:96px;margin:4px 16px 4px 0;\
         background:linear-gradient(160deg,{accent},{page} 60%,{quiet})}}.first{{overflow:hidden}}\
         .button{{display:inline-block;border:2px solid {accent};border-radius:{radius}px;padding:4px 12px;color:{text}}}\
         .icon{{width:1em;height:1em;fill:{accent};vertical-align:-.12em;margin-right:.5em}}\
         .banner{{background:{accent};color:#fff;padding:10px 20px}}footer{{padding:16px 20px;border-top:1px solid {quiet}}}",
        font = model.font,
        line = model.line,
        nav = model.nav,
    )
}

fn section(model: &Model, section: &Section) -> String {
    let all = |run: usize| items(model, section, run);
    let inner = match section.set {
        Set::Table => format!("<table>{}</table>", all(0)),
        Set::List => format!("<ul>{}</ul>", all(0)),
        Set::Columns => {
            let runs: String =
                (0..section.runs.len()).map(|run| format!("<div>{}</div>", all(run))).collect();
            format!("<div class=columns>{runs}</div>")
        }
        Set::Form | Set::Tiles | Set::Article | Set::Nav => all(0),
    };
    format!("<section><h2>{}</h2>{inner}</section>", section.heading)
}

fn items(_: &Model, section: &Section, run: usize) -> String {
    let run = section.runs[run].iter().enumerate();
    run.map(|(place, one)| item(section.set, one, place == 0)).collect()
}

fn item(set: Set, item: &Item, first: bool) -> String {
    let id = item.id;
    let colour = |name: &str, colour: Option<&str>| {
        colour.map(|colour| format!("{name}:{colour};")).unwrap_or_default()
    };
    let title = format!(
        "<b data-id=t{id} style='{}'>{}{}<span data-id=w{id}>{}</span></b>",
        colour("color", item.ink),
        item.title,
        if item.title.is_empty() { "" } else { " " },
        item.last,
    );
    let more = match &item.more {
        Some(more) => format!(" <span data-id=x{id}>{more}</span>"),
        None => String::new(),
    };
    let body = format!("<span data-id=b{id}>{}{more}</span>", item.body);
    let number = format!("<span data-id=n{id}>{}</span>", item.number);
    let icon = format!(
        "<svg class=icon viewBox='0 0 16 16' data-id=i{id} style='{}'>{}</svg>",
        colour("fill", item.icon_ink),
        ICONS[item.icon],
    );
    let button = item.button.as_ref().map_or(String::new(), |label| {
        format!(
            "<span class=button data-id=k{id} style='{}'>{label}</span>",
            colour("background", item.button_ground)
        )
    });
    let own = format!(
        "data-id=m{id} style='{}{}'",
        colour("background", item.ground),
        colour("border-color", item.border),
    );
    match set {
        Set::Table => format!(
            "<tr {own}><td width='35%'>{title}<td width='35%'>{body}<td width='15%'>{number}<td width='15%'>{button}"
        ),
        Set::Form => {
            format!("<div class=field {own}>{button}{title}<span class=quiet>{body}</span></div>")
        }
        Set::List => {
            format!("<li><span {own}>{icon}{title} {number} <span class=quiet>{body}</span></span>")
        }
        Set::Tiles => format!(
            "<div class=tile {own}>{icon}{title}<br>{number}<br><span class=quiet>{body}</span></div>"
        ),
        Set::Columns => format!("<div class=card {own}>{icon}{title}<br>{body}<br>{button}</div>"),
        Set::Article => format!(
            "<div class='para{}'>{}<span {own}>{title}<br>{body}</span></div>",
            if first { " first" } else { "" },
            if first { "<div class=picture></div>" } else { "" },
        ),
        Set::Nav => format!("<span class=link {own}>{title}</span>"),
    }
}
