//! How far a long work is: one line on a terminal, rewritten as the work goes and gone when it ends.

use std::io::{IsTerminal as _, Stderr, Write};
use std::time::{Duration, Instant};

use leadforge_markup::terminal;

/// Work that is over by then needs no line.
const PATIENCE: Duration = Duration::from_millis(400);
/// How often the line changes at most.
const PACE: Duration = Duration::from_millis(100);
/// A line longer than the terminal would scroll it.
const WIDTH: usize = 78;
/// To the left end, and nothing behind it.
const CLEAR: &str = "\r\x1b[K";

/// A line that says how far a work is; it is seen on a terminal alone, and on standard error.
///
/// Dropped, it is gone: a warning or an error that follows stands where it stood.
pub struct Gauge(Option<Line<Stderr>>);

impl Gauge {
    pub(crate) fn new(wanted: bool) -> Self {
        let shown = wanted && std::io::stderr().is_terminal();
        Self(shown.then(|| Line::new(std::io::stderr(), Instant::now())))
    }

    /// Says how far the work is. Cheap, so that it can be called for every step: the words are asked for
    /// only when they are written.
    pub fn tell(&mut self, words: impl FnOnce() -> String) {
        if let Some(line) = &mut self.0 {
            line.tell(Instant::now(), words);
        }
    }

    /// Takes the line away until there is more to tell, for what is said on standard error meanwhile.
    pub fn hide(&mut self) {
        if let Some(line) = &mut self.0 {
            line.hide();
        }
    }
}

struct Line<W: Write> {
    out: W,
    next: Instant,
    seen: bool,
}

impl<W: Write> Line<W> {
    fn new(out: W, now: Instant) -> Self {
        Self { out, next: now + PATIENCE, seen: false }
    }

    fn tell(&mut self, now: Instant, words: impl FnOnce() -> String) {
        if now < self.next {
            return;
        }
        self.next = now + PACE;
        self.seen = true;
        let words: String = terminal(&words()).chars().take(WIDTH).collect();
        self.write(&format!("{CLEAR}{words}"));
    }

    fn hide(&mut self) {
        if std::mem::take(&mut self.seen) {
            self.write(CLEAR);
        }
    }

    fn write(&mut self, text: &str) {
        // A line that cannot be shown is no reason to stop the work.
        let _ = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
    }
}

impl<W: Write> Drop for Line<W> {
    fn drop(&mut self) {
        self.hide();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_comes_late_changes_seldom_and_goes() {
        let (mut out, start) = (Vec::<u8>::new(), Instant::now());
        let mut line = Line::new(&mut out, start);
        for tenth in 0..7 {
            line.tell(start + Duration::from_millis(tenth * 100), || format!("{tenth}\x1b[2J"));
            line.tell(start + Duration::from_millis(tenth * 100 + 50), || "too soon".to_owned());
        }
        drop(line);
        let said = String::from_utf8(out).expect("text");
        let words: Vec<&str> = said.split(CLEAR).collect();
        assert_eq!(words, ["", "4^[[2J", "5^[[2J", "6^[[2J", ""]);
    }

    #[test]
    fn quick_work_writes_nothing_and_long_words_do_not_scroll() {
        let (mut out, start) = (Vec::<u8>::new(), Instant::now());
        Line::new(&mut out, start).tell(start, || "quick".to_owned());
        assert!(out.is_empty());
        Line::new(&mut out, start).tell(start + PATIENCE, || "ä".repeat(500));
        let said = String::from_utf8(out).expect("text");
        assert_eq!(said, format!("{CLEAR}{}{CLEAR}", "ä".repeat(WIDTH)));
    }
}
