//! The same bytes each time, whatever on the page would differ.

use std::collections::BTreeSet;

use leadforge_visual_diff::capture::{Answer, Asked, Shot};

use super::{answer, session, small};

/// Everything that moves, counts, waits or guesses.
const RESTLESS: &str = r#"<!doctype html><meta charset="utf-8"><title>t</title>
<link rel="stylesheet" href="https://fonts.example.org/css?family=Any">
<style>
  @font-face { font-family: Blocked; src: url(https://fonts.example.org/x.woff2) }
  body { font: 14px Blocked, sans-serif }
  @keyframes slide { to { transform: translateX(200px) } }
  @keyframes appear { to { opacity: 1 } }
  .endless { width: 30px; height: 30px; background: red; animation: slide 1s infinite alternate }
  .once { opacity: 0; animation: appear 2s 1s forwards }
  .changing { transition: margin-left 3s; background: lime; width: 30px }
</style>
<p id="date"></p><p id="since"></p><p id="random"></p><p id="often"></p><p id="frames"></p>
<p id="fetched"></p><p id="order"></p><p id="worker"></p><p id="intl"></p><p id="seen"></p>
<div class="endless"></div><div class="once">faded 😀</div><div class="changing">x</div>
<input autofocus value="caret"><canvas width="200" height="20"></canvas>
<iframe srcdoc="<p id=f></p><script>setInterval(() => f.textContent = Date.now() + ' ' + Math.random(), 30)</script>" height="40"></iframe>
<script>
  const put = (id, ...what) => { document.getElementById(id).textContent = what.join(' ') };
  put('date', Date.now(), new Date(), Date());
  put('since', performance.now(), performance.timeOrigin, performance.timing.navigationStart,
    performance.getEntriesByType('navigation')[0].responseEnd, document.timeline.currentTime);
  put('random', Math.random(), crypto.getRandomValues(new Uint8Array(8)), crypto.randomUUID());
  let n = 0; setInterval(() => put('often', ++n, Date.now(), performance.now()), 7);
  let k = 0; const pen = document.querySelector('canvas').getContext('2d');
  const step = (at) => { put('frames', ++k, at, performance.now()); pen.fillRect(k % 200, 0, 1, 20); requestAnimationFrame(step) };
  requestAnimationFrame(step);
  const order = [];
  for (const name of ['a', 'b', 'c']) fetch('/' + name).then((r) => r.json()).then((r) => put('order', order.push(name), order, r.at));
  fetch('/slow').catch((error) => put('fetched', error.name, performance.now()));
  document.querySelector('.changing').style.marginLeft = '90px';
  document.querySelector('input').animate([{ width: '50px' }, { width: '300px' }], { duration: 4000, fill: 'forwards' });
  put('intl', new Intl.DateTimeFormat('en', { timeStyle: 'full' }).format(), new Date().toLocaleString());
  new IntersectionObserver((all) => put('seen', all.length, all[0].time > 0)).observe(document.body);
  const code = "setInterval(() => postMessage([Date.now(), Math.random(), performance.now()]), 50)";
  new Worker(URL.createObjectURL(new Blob([code]))).onmessage = (said) => put('worker', said.data);
  addEventListener('load', (event) => setTimeout(() => (document.title = event.timeStamp), 1));
</script>"#;

fn restless(asked: &Asked<'_>) -> Answer {
    match asked.url {
        "http://localhost/" => answer("text/html", RESTLESS),
        "http://localhost/a" | "http://localhost/b" | "http://localhost/c" => {
            answer("application/json", r#"{"at":1}"#)
        }
        _ => Answer::Block,
    }
}

#[test]
fn twenty_of_twenty_pictures_are_the_same_bytes() {
    let shot = Shot { full_page: true, ..small() };
    let mut seen = BTreeSet::new();
    let mut taken = 0;
    // Two Chromiums, one after the other: neither what a process remembers nor its start may show.
    for _ in 0..2 {
        let mut session = session();
        for _ in 0..10 {
            let picture = session.capture(&shot, &restless).expect("taken");
            assert_eq!(picture.warnings, [""; 0]);
            assert_eq!(picture.exceptions, [""; 0]);
            let blocked = ["css?family=Any", "x.woff2"]
                .map(|name| format!("GET https://fonts.example.org/{name}"));
            assert_eq!(
                picture.blocked,
                [&blocked[..], &["GET http://localhost/slow".into()]]
                    .concat()
                    .into_iter()
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect::<Vec<_>>()
            );
            seen.insert(picture.png);
            taken += 1;
        }
    }
    assert_eq!((taken, seen.len()), (20, 1));
}

#[test]
fn what_is_asked_for_does_show() {
    let mut session = session();
    let mut png = |shot: Shot| session.capture(&shot, &restless).expect("taken").png;
    let usual = png(small());
    assert_ne!(usual, png(Shot { seed: 2, ..small() }), "random numbers");
    assert_ne!(usual, png(Shot { clock_ms: 1, ..small() }), "clock");
    assert_ne!(usual, png(Shot { timezone: "Asia/Tokyo".to_owned(), ..small() }), "time zone");
    assert_ne!(usual, png(Shot { locale: "de-DE".to_owned(), ..small() }), "language");
    assert_ne!(usual, png(Shot { settle_ms: 300, ..small() }), "time that passes");
    assert_eq!(usual, png(small()));
}
