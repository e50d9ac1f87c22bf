//! How a screen is brought to its state, and what of it is shown.

use leadforge_visual_diff::Size;
use leadforge_visual_diff::capture::{Error, Scheme, Shot, Step};

use super::{colour, session, shoot, small};

const FORM: &str = r#"<!doctype html><style>
  body { margin: 0; background: white } @media (prefers-color-scheme: dark) { body { background: #101010 } }
  .box { width: 50px; height: 50px; position: absolute; top: 0 }
</style>
<input id="name" style="position:absolute;top:100px" value="old">
<button id="go" style="position:absolute;top:150px" onclick="setTimeout(show, 700)">go</button>
<script>
  function show() {
    if (document.getElementById('name').value !== 'Ann') return;
    fetch('/none').catch(() => {
      document.body.insertAdjacentHTML('beforeend', '<div class="box" id="done" style="background:#0000ff"></div>');
    });
  }
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') document.getElementById('done').style.background = '#00ff00';
  });
</script>"#;

fn steps() -> Vec<Step> {
    vec![
        Step::Type { into: "#name".into(), text: "Ann".into() },
        Step::Click("#go".into()),
        Step::Wait("#done".into()),
    ]
}

#[test]
fn steps_lead_to_a_state() {
    let mut session = session();
    // The state comes 700 ms after the click: less than that passes by itself.
    let shot = Shot { steps: steps(), settle_ms: 100, ..small() };
    assert_eq!(colour(&shoot(&mut session, &shot, FORM).expect("taken"), 25, 25), [0, 0, 255]);
    let more = [steps(), vec![Step::Press("Escape".into())]].concat();
    let shot = Shot { steps: more, ..small() };
    assert_eq!(colour(&shoot(&mut session, &shot, FORM).expect("taken"), 25, 25), [0, 255, 0]);
}

#[test]
fn a_step_that_cannot_be_taken_is_named() {
    let mut session = session();
    let mut fail = |step: Step| {
        let shot = Shot { steps: vec![Step::Pass(10), step], ..small() };
        shoot(&mut session, &shot, FORM).expect_err("it cannot").to_string()
    };
    assert_eq!(fail(Step::Click("#none".into())), "step 2: \"#none\": is absent or hidden");
    assert_eq!(fail(Step::Wait("script".into())), "step 2: \"script\": hidden");
    assert!(
        fail(Step::Press("\u{1b}".into()))
            .starts_with("step 2: no key is named \"\\u{1b}\"; known: ")
    );
    assert!(fail(Step::Click("#[".into())).contains("is not a valid selector"));
}

#[test]
fn masks_schemes_and_whole_pages() {
    let mut session = session();
    let dark = Shot { scheme: Scheme::Dark, ..small() };
    assert_eq!(colour(&shoot(&mut session, &dark, FORM).expect("taken"), 399, 299), [16, 16, 16]);
    let masked = Shot { mask: vec!["#name".into(), "#none".into()], ..small() };
    let picture = shoot(&mut session, &masked, FORM).expect("taken");
    assert_eq!(colour(&picture, 5, 105), [255, 0, 255]);
    assert_eq!(picture.warnings, ["the mask \"#none\" matches nothing"]);
    let tall = "<!doctype html><body style='margin:0'><div style='height:2500px;width:500px'></div>\
        <div style='height:10px;background:#123456'></div>\
        <img loading=lazy src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">\
        <rect width=\"9\" height=\"9\" fill=\"red\"/></svg>' style='display:block'>";
    let whole = Shot { full_page: true, ..small() };
    let picture = shoot(&mut session, &whole, tall).expect("taken");
    assert_eq!(picture.size, Size { width: 500, height: 2519 });
    assert_eq!(colour(&picture, 5, 2505), [0x12, 0x34, 0x56]);
    assert_eq!(colour(&picture, 5, 2515), [255, 0, 0], "a lazy picture far below");
    let endless = "<div style='height:20000px'></div>";
    let error = shoot(&mut session, &whole, endless).expect_err("too tall");
    assert!(matches!(&error, Error::Page { what, .. } if what.contains("16384")), "{error}");
}
