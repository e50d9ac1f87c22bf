//! The lines of a Markdown text, and which of them are code.

/// The lines of a text with what a reader of Markdown takes for a fenced block.
pub(crate) struct Lines<'t> {
    pub(crate) all: Vec<&'t str>,
    code: Vec<bool>,
    /// The first and the last line of each block that is closed, from 0.
    pub(crate) blocks: Vec<(usize, usize)>,
    /// The first line of a block that nothing closes, from 0.
    pub(crate) open: Option<usize>,
}

/// A line that may open or close a fenced block.
struct Fence {
    mark: u8,
    length: usize,
    indent: usize,
    /// Nothing follows, so that it can close.
    bare: bool,
}

impl<'t> Lines<'t> {
    /// `deepest` is how far a fence may be indented: three spaces at the top, more inside of lists.
    pub(crate) fn of(text: &'t str, deepest: usize) -> Self {
        let all: Vec<&str> = text.split('\n').collect();
        let fences: Vec<Option<Fence>> =
            all.iter().map(|line| fence(line).filter(|fence| fence.indent <= deepest)).collect();
        // The longest fence that can close, from each line on: what none can close is found at once.
        let mut longest = vec![[0_usize; 2]; all.len() + 1];
        for at in (0..all.len()).rev() {
            longest[at] = longest[at + 1];
            if let Some(fence) = fences[at].as_ref().filter(|fence| fence.bare) {
                let most = &mut longest[at][usize::from(fence.mark == b'~')];
                *most = (*most).max(fence.length);
            }
        }
        let (mut code, mut blocks) = (vec![false; all.len()], Vec::new());
        let (mut open, mut at) = (None, 0);
        while at < all.len() {
            let Some(start) = &fences[at] else {
                at += 1;
                continue;
            };
            if longest[at + 1][usize::from(start.mark == b'~')] < start.length {
                if start.indent > 3 {
                    at += 1;
                    continue;
                }
                code[at..].fill(true);
                open = Some(at);
                break;
            }
            let closes = |fence: &Fence| {
                fence.bare && fence.mark == start.mark && fence.length >= start.length
            };
            let end = (at + 1..all.len())
                .find(|&end| fences[end].as_ref().is_some_and(closes))
                .expect("the longest was found behind this line");
            code[at..=end].fill(true);
            blocks.push((at, end));
            at = end + 1;
        }
        Self { all, code, blocks, open }
    }

    pub(crate) fn is_code(&self, at: usize) -> bool {
        self.code[at]
    }

    /// The level and the text of a heading on this line.
    pub(crate) fn heading(&self, at: usize) -> Option<(usize, &'t str)> {
        let line = self.all[at];
        let level = line.bytes().take_while(|&byte| byte == b'#').count();
        let rest = &line[level..];
        let heads = !self.code[at] && (1..=6).contains(&level);
        (heads && (rest.is_empty() || rest.starts_with([' ', '\t'])))
            .then(|| (level, rest.trim_matches([' ', '\t', '#', '\r'])))
    }
}

fn fence(line: &str) -> Option<Fence> {
    let inner = line.trim_start_matches([' ', '\t']);
    let mark = *inner.as_bytes().first().filter(|mark| matches!(mark, b'`' | b'~'))?;
    let length = inner.bytes().take_while(|&byte| byte == mark).count();
    let rest = &inner[length..];
    let opens = length >= 3 && !(mark == b'`' && rest.contains('`'));
    let bare = rest.trim_ascii().is_empty();
    // A tab reaches the next fourth column: too deep for the top of a page.
    let indent = line[..line.len() - inner.len()].bytes().map(|b| if b == b'\t' { 4 } else { 1 });
    opens.then(|| Fence { mark, length, indent: indent.sum(), bare })
}
