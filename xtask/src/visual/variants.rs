//! `conform variants`: a page in seven variants; what stays where it was, or moved as a whole, is no difference.

use super::ours::{self, Said};
use super::peers;
use super::{Data, table};
use crate::sh::{self, Result};

/// The page, in a repository that the caller names.
const PAGE: &str = "src/app/templates/dashboard.html";
const SIZE: [u32; 2] = [1280, 2000];
/// Runs of each command, in turn; the medians count.
const RUNS: u32 = 15;
/// The most visibly different pixels once the pictures lie on each other.
const RESIDUAL: u64 = 200;
/// The most milliseconds of CPU that telling what changed may cost.
const EXTRA: f64 = 15.0;

/// What is done to the page once it has come to rest.
const VARIANTS: &[(&str, &str)] = &[
    ("text typo", "document.querySelectorAll('h1,h2,h3')[1].textContent += 'x'"),
    ("+1 px at the top", "top('1px', 'transparent')"),
    ("+40 px banner", "top('40px', '#c33')"),
    (
        "+64 px in the middle",
        "const all = document.querySelectorAll('.container > *'); \
         all[all.length >> 1].before(band('height:64px;background:#3c3'))",
    ),
    (
        "banners of 40 and 24 px, bar at the bottom",
        "top('24px', '#33c'); top('40px', '#c33'); \
         document.body.append(band('position:fixed;bottom:0;left:0;right:0;height:30px;background:#cc3'))",
    ),
    (
        "side bar of 200 px",
        "const body = document.body.style, all = document.documentElement; \
         body.width = getComputedStyle(document.body).width; all.style.overflow = 'hidden'; \
         body.position = 'relative'; body.left = '200px'; \
         all.append(band('position:fixed;left:0;top:0;bottom:0;width:200px;background:#444'))",
    ),
    (
        "both dark colours",
        "const all = document.documentElement.style; \
         all.setProperty('--background', '222 47% 11%'); all.setProperty('--card', '222 40% 16%')",
    ),
];

/// More of the kind, shown and not judged, as in some of them the parts have other widths: they keep
/// us from fitting the seven.
const MORE: &[(&str, &str)] = &[
    (
        "banner over the whole width",
        "document.body.style.padding = 0; const all = document.querySelector('.container'); \
         all.style.margin = '32px'; top('57px', '#1e3a8a')",
    ),
    (
        "side bar of 240 px on the right",
        "document.body.style.marginRight = '240px'; \
         document.body.append(band('position:fixed;right:0;top:0;bottom:0;width:240px;background:#223'))",
    ),
    ("17 px narrower", "document.body.style.marginRight = '17px'"),
    (
        "all 3 px lower and 5 px to the right",
        "document.body.style.cssText = 'padding:35px 27px 29px 37px'",
    ),
    ("the status bar went", "document.querySelector('.status-bar').remove()"),
    (
        "two parts changed places",
        "const all = document.querySelectorAll('.container > *'); all[1].before(all[2])",
    ),
    ("a card went, the others flow", "document.querySelector('.service-card').remove()"),
    ("the head grew by 23 px", "document.querySelector('header').style.paddingBottom = '23px'"),
];

const TOOLS: &str = "const band = css => { const it = document.createElement('div'); it.style = css; return it };\
    const top = (height, colour) => document.body.prepend(band(`height:${height};background:${colour}`));";

pub(super) fn check(data: &Data) -> Result<Vec<String>> {
    let page = sh::capture(
        sh::program("git").arg("-C").arg(data.repo()?).args(["show", &format!("HEAD:{PAGE}")]),
    )?;
    let dir = sh::scratch("conform/variants");
    sh::fresh(&dir)?;
    let file = |number: usize| dir.join(format!("{number}.html"));
    std::fs::write(file(0), &page)?;
    for (number, (_, script)) in VARIANTS.iter().chain(MORE).enumerate() {
        let late = format!(
            "<script>addEventListener('load', () => setTimeout(() => {{ {TOOLS} {script} }}, 1000))</script>"
        );
        std::fs::write(file(number + 1), page.clone() + &late)?;
    }
    ours::photograph(&dir, SIZE)?;
    let mut rows = Vec::new();
    let mut faults = Vec::new();
    for (number, (name, _)) in VARIANTS.iter().chain(MORE).enumerate() {
        let [before, after] = [0, number + 1].map(|number| file(number).with_extension("png"));
        let [counting, telling] = &ours::both(&before, &after);
        let costs = peers::cost(&[counting, telling], RUNS)?;
        let said = Said::parse(&costs[1].said)?;
        let extra = costs[1].cpu - costs[0].cpu;
        let residual = said.residual();
        let judged = number < VARIANTS.len();
        if judged && residual.is_none_or(|residual| residual > RESIDUAL) {
            faults.push(format!("{name}: residual {residual:?} > {RESIDUAL}"));
        }
        if said.counted() + said.regions("recoloured") as u64 == 0 {
            faults.push(format!("{name}: nothing was seen"));
        }
        if judged && extra > EXTRA {
            faults.push(format!("{name}: {extra:.1} ms more CPU > {EXTRA}"));
        }
        rows.push([
            (*name).to_owned(),
            said.counted().to_string(),
            residual.map_or("not said".to_owned(), |residual| residual.to_string()),
            format!("{:.1}", costs[0].cpu),
            format!("{extra:+.1}"),
            said.summary().to_owned(),
        ]);
    }
    table(["variant", "counted", "residual", "CPU, ms", "telling, ms", "summary"], &rows);
    Ok(faults)
}
