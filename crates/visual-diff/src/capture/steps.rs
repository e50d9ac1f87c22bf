//! What a user would do, and what is covered before the picture.

use serde_json::{Value, json};

use super::Step;
use super::error::{Error, quoted};
use super::page::Page;

/// How much of the page's own time a step waits for its element: 100 steps.
const PATIENCE: usize = 100;

/// Where an element is, once it is shown and in view.
const FIND: &str = r"(selector) => {
  const found = document.querySelector(selector);
  if (!found) return 'absent';
  found.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const box = found.getBoundingClientRect();
  const style = getComputedStyle(found);
  if (box.width === 0 || box.height === 0 || style.visibility !== 'visible') return 'hidden';
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}";

const SHOWN: &str = r"(selector) => {
  const found = document.querySelector(selector);
  if (!found) return 'absent';
  const box = found.getBoundingClientRect();
  return box.width && box.height && getComputedStyle(found).visibility === 'visible' ? 'shown' : 'hidden';
}";

const FOCUS: &str = r"(selector) => {
  const found = document.querySelector(selector);
  if (!found) return 'absent';
  found.focus();
  if ('select' in found) found.select();
  else if (found.isContentEditable) getSelection().selectAllChildren(found);
  return document.activeElement === found ? 'focused' : 'takes no focus';
}";

/// Covers every match, above all else, and says which selectors had none.
const COVER: &str = r"(selectors) => {
  const none = [];
  for (const selector of selectors) {
    const all = document.querySelectorAll(selector);
    if (all.length === 0) none.push(selector);
    for (const one of all) {
      const box = one.getBoundingClientRect();
      const cover = document.createElement('div');
      cover.style.cssText = `all:initial;position:absolute;left:${box.x + scrollX}px;top:${box.y + scrollY}px;` +
        `width:${box.width}px;height:${box.height}px;background:#ff00ff;z-index:2147483647;pointer-events:none`;
      document.documentElement.append(cover);
    }
  }
  return none;
}";

/// Keys that do something besides writing a letter: the code and the number Windows gave them.
const KEYS: &[(&str, u32)] = &[
    ("ArrowDown", 40),
    ("ArrowLeft", 37),
    ("ArrowRight", 39),
    ("ArrowUp", 38),
    ("Backspace", 8),
    ("Delete", 46),
    ("End", 35),
    ("Enter", 13),
    ("Escape", 27),
    ("Home", 36),
    ("PageDown", 34),
    ("PageUp", 33),
    ("Tab", 9),
];

impl Page<'_> {
    pub(super) fn steps(&mut self) -> Result<(), Error> {
        let steps = self.shot.steps.clone();
        for (at, step) in steps.iter().enumerate() {
            self.take(step).map_err(|error| match error {
                Error::Step { what, .. } => Error::Step { number: at + 1, what },
                other => other,
            })?;
            self.settle(self.shot.settle_ms)?;
        }
        Ok(())
    }

    fn take(&mut self, step: &Step) -> Result<(), Error> {
        match step {
            Step::Click(selector) => {
                let (x, y) = self.point(selector)?;
                self.mouse("mouseMoved", x, y, 0)?;
                self.mouse("mousePressed", x, y, 1)?;
                self.mouse("mouseReleased", x, y, 1)
            }
            Step::Hover(selector) => {
                let (x, y) = self.point(selector)?;
                self.mouse("mouseMoved", x, y, 0)
            }
            Step::Type { into, text } => {
                self.until(into, FOCUS, "focused")?;
                self.call("Input.insertText", json!({"text": text})).map(drop)
            }
            Step::Press(key) => self.press(key),
            Step::Wait(selector) => self.until(selector, SHOWN, "shown"),
            Step::Pass(ms) => self.settle(*ms),
        }
    }

    fn point(&mut self, selector: &str) -> Result<(f64, f64), Error> {
        for _ in 0..PATIENCE {
            let found = self.apply(FIND, &json!(selector))?;
            if let (Some(x), Some(y)) = (found["x"].as_f64(), found["y"].as_f64()) {
                return Ok((x, y));
            }
            self.step()?;
        }
        Err(missing(selector, "is absent or hidden"))
    }

    fn until(&mut self, selector: &str, script: &str, wanted: &str) -> Result<(), Error> {
        let mut found = Value::Null;
        for _ in 0..PATIENCE {
            found = self.apply(script, &json!(selector))?;
            if found == wanted {
                return Ok(());
            }
            self.step()?;
        }
        Err(missing(selector, found.as_str().unwrap_or("is absent")))
    }

    fn apply(&mut self, script: &str, value: &Value) -> Result<Value, Error> {
        self.evaluate(&format!("({script})({value})")).map_err(|error| match error {
            Error::Refused { message, .. } => {
                Error::Step { number: 0, what: format!("the page says \"{message}\"") }
            }
            other => other,
        })
    }

    fn mouse(&mut self, kind: &str, x: f64, y: f64, clicks: u32) -> Result<(), Error> {
        let button = if clicks > 0 { "left" } else { "none" };
        let event = json!({"type": kind, "x": x, "y": y, "button": button, "clickCount": clicks});
        self.call("Input.dispatchMouseEvent", event).map(drop)
    }

    fn press(&mut self, key: &str) -> Result<(), Error> {
        let known = KEYS.iter().find(|(name, _)| *name == key);
        let Some((_, number)) = known else {
            let names: Vec<&str> = KEYS.iter().map(|(name, _)| *name).collect();
            let what =
                format!("no key is named \"{}\"; known: {}", quoted(key, 40), names.join(", "));
            return Err(Error::Step { number: 0, what });
        };
        let mut event = json!({
            "type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": number,
        });
        if key == "Enter" {
            event["text"] = "\r".into();
        }
        self.call("Input.dispatchKeyEvent", event.clone())?;
        event["type"] = "keyUp".into();
        self.call("Input.dispatchKeyEvent", event).map(drop)
    }

    /// Covers what is masked; a selector without any match is a warning, since it masks nothing.
    pub(super) fn cover(&mut self) -> Result<(), Error> {
        if self.shot.mask.is_empty() {
            return Ok(());
        }
        let none = self.evaluate(&format!("({COVER})({})", json!(self.shot.mask)))?;
        for selector in none.as_array().into_iter().flatten().filter_map(Value::as_str) {
            let selector = quoted(selector, 200);
            self.warnings.push(format!("the mask \"{selector}\" matches nothing"));
        }
        Ok(())
    }
}

fn missing(selector: &str, found: &str) -> Error {
    let what = format!("\"{}\": {}", quoted(selector, 200), quoted(found, 60));
    Error::Step { number: 0, what }
}
