//! The report as a page with a picture of the layers.

use leadforge_markup::{El, Html, Page, el};

use super::text::{bytes, short};
use super::{PathBytes, Report};

const STYLE: &str = "
.layers { width: 100%; height: auto; max-width: 60rem; display: block }
.layers .kept { fill: #2f7d5b }
.layers .gone { fill: #c2571a }
.layers text { fill: currentColor; font: 12px ui-sans-serif, system-ui, sans-serif }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
";
const WIDTH: f64 = 900.0;
const BAR: f64 = 560.0;
const ROW: f64 = 26.0;

/// One page: figures, layers as bars of what remains and what does not, and the biggest paths.
#[must_use]
pub fn page(report: &Report) -> String {
    let size = &report.size;
    let name = report.names.first().map_or(report.id.as_str(), String::as_str);
    let figure = |words: &str, number: String| {
        el("tr")
            .with(el("th").attr("scope", "row").text(words))
            .with(el("td").class("n").text(number))
    };
    let user = if report.user.is_empty() { "root" } else { &report.user };
    let figures = el("table").with(
        el("tbody")
            .with(figure("Packed layers, bytes", bytes(size.packed)))
            .with(figure("Files of all layers, bytes", bytes(size.files)))
            .with(figure("Files that remain, bytes", bytes(size.visible)))
            .with(figure("Out of reach, bytes", bytes(size.hidden)))
            .with(figure("Wasted as dive counts it, bytes", bytes(report.wasted.bytes)))
            .with(figure("Efficiency as dive counts it", report.wasted.efficiency.to_string()))
            .with(figure("Runs as", user.to_owned())),
    );
    let main = Html::new()
        .with(el("h1").text(format!("Image {name}")))
        .with(el("p").text(format!("{} · {}", report.platform, report.id)))
        .with(figures)
        .with(el("h2").text("Layers"))
        .with(picture(report))
        .with(layers(report))
        .with(paths("Biggest folders", &report.biggest_folders))
        .with(paths("Biggest files", &report.biggest_files))
        .with(paths("Most out of reach", &report.biggest_hidden))
        .with(paths("Most wasted, as dive counts it", &report.wasted.biggest));
    Page {
        title: format!("Image {name}"),
        description: format!("{} bytes in {} layers", size.files, report.layers.len()),
        main,
        style: STYLE,
        ..Page::default()
    }
    .render()
}

/// A bar for each layer, as long as its files weigh.
fn picture(report: &Report) -> El {
    let most = report.layers.iter().map(|layer| layer.bytes).max().unwrap_or(0).max(1) as f64;
    let height = ROW * report.layers.len() as f64 + 4.0;
    let bars = report.layers.iter().map(|layer| {
        let y = ROW * layer.index as f64 + 4.0;
        let long = |bytes: u64| bytes as f64 / most * BAR;
        let (kept, gone) = (long(layer.bytes - layer.hidden.min(layer.bytes)), long(layer.hidden));
        let bar = |class: &str, x: f64, width: f64| {
            el("rect")
                .class(class)
                .attr("x", format!("{x:.2}"))
                .attr("y", format!("{y:.2}"))
                .attr("width", format!("{width:.2}"))
                .attr("height", ROW - 6.0)
        };
        let text = |x: f64, words: String| {
            el("text")
                .attr("x", format!("{x:.2}"))
                .attr("y", format!("{:.2}", y + 14.0))
                .text(words)
        };
        let says = format!(
            "layer {}: {} bytes, {} of them out of reach",
            layer.index,
            bytes(layer.bytes),
            bytes(layer.hidden)
        );
        el("g")
            .with(el("title").text(says))
            .with(text(0.0, layer.index.to_string()))
            .with(bar("kept", 30.0, kept))
            .with(bar("gone", 30.0 + kept, gone))
            .with(text(40.0 + kept + gone, bytes(layer.bytes)))
    });
    el("svg")
        .class("layers")
        .attr("viewBox", format!("0 0 {WIDTH} {height}"))
        .attr("role", "img")
        .attr("aria-label", "Bytes of each layer: what remains, and what is out of reach")
        .each(bars)
}

fn layers(report: &Report) -> El {
    let number = |text: String| el("td").class("n").text(text);
    let rows = report.layers.iter().map(|layer| {
        el("tr")
            .with(number(layer.index.to_string()))
            .with(number(bytes(layer.packed)))
            .with(number(bytes(layer.bytes)))
            .with(number(bytes(layer.hidden)))
            .with(number(bytes(layer.entries)))
            .with(el("td").with(el("code").text(short(&layer.created_by))))
    });
    table(&["Layer", "Packed", "Files", "Out of reach", "Entries"], "Made by")
        .with(el("tbody").each(rows))
}

fn paths(title: &'static str, paths: &[PathBytes]) -> Html {
    if paths.is_empty() {
        return Html::new();
    }
    let rows = paths.iter().map(|path| {
        el("tr")
            .with(el("td").class("n").text(bytes(path.bytes)))
            .with(el("td").class("n").text(path.layer))
            .with(el("td").with(el("code").text(&path.path)))
    });
    Html::from(el("h2").text(title))
        .with(table(&["Bytes", "Layer"], "Path").with(el("tbody").each(rows)))
}

/// A table's head: columns of numbers, and one of words.
fn table(numbers: &[&'static str], words: &'static str) -> El {
    let heads = numbers.iter().map(|name| el("th").class("n").attr("scope", "col").text(name));
    let last = el("th").attr("scope", "col").text(words);
    el("table").with(el("thead").with(el("tr").each(heads).with(last)))
}
