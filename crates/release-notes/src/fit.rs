//! Keeps a document within a length: whole pieces, the least important left out first, and said.

use leadforge_markup::markdown;
use serde::Serialize;

/// Pieces that stand together under a head.
#[derive(Debug, Default)]
pub(crate) struct Group {
    /// What is kept first; 0 is always kept.
    pub(crate) rank: u8,
    /// Stands before the pieces, when there are any.
    pub(crate) head: String,
    /// Stands behind them.
    pub(crate) tail: String,
    /// The pieces, the most important one first.
    pub(crate) pieces: Vec<Piece>,
    /// What one piece and several are called.
    pub(crate) nouns: (&'static str, &'static str),
}

/// A part that is kept or left out as a whole.
#[derive(Debug, Default)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// Its name in the word about what was left out, if it has one.
    pub(crate) name: String,
}

/// What a document does not hold for its limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// How many.
    pub count: usize,
    /// What they are: `screens`, `commits under Maintenance`.
    pub what: String,
    /// Their names, where they have some.
    pub names: Vec<String>,
}

/// Room for the word about what was left out.
const RESERVE: usize = 1500;
/// Names in that word, for each group.
const NAMES: usize = 10;

/// Joins the groups in their order, with as many pieces as fit into `limit` UTF-16 units, which
/// are never fewer than characters.
pub(crate) fn fit(groups: &[Group], limit: usize) -> (String, Vec<LeftOut>) {
    let length = |text: &str| text.encode_utf16().count();
    let all: usize = groups.iter().map(|group| length(&whole(group, group.pieces.len()))).sum();
    let room = if all <= limit { limit } else { limit.saturating_sub(RESERVE) };
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|at| groups[*at].rank);
    let (mut used, mut kept) = (0, vec![0; groups.len()]);
    for at in order {
        let group = &groups[at];
        for piece in &group.pieces {
            let frame = if kept[at] == 0 { length(&group.head) + length(&group.tail) } else { 0 };
            let more = frame + length(&piece.text);
            if group.rank > 0 && used + more > room {
                break;
            }
            used += more;
            kept[at] += 1;
        }
    }
    let mut text: String = groups.iter().zip(&kept).map(|(g, kept)| whole(g, *kept)).collect();
    let left: Vec<LeftOut> =
        groups.iter().zip(&kept).filter_map(|(g, kept)| left(g, *kept)).collect();
    if !left.is_empty() {
        let words: Vec<String> = left.iter().map(word).collect();
        text.push_str(&format!(
            "> [!NOTE]\n> Left out for the limit on length: {}.\n",
            words.join("; ")
        ));
    }
    (text, left)
}

fn whole(group: &Group, kept: usize) -> String {
    if kept == 0 {
        return String::new();
    }
    let pieces: String = group.pieces[..kept].iter().map(|piece| piece.text.as_str()).collect();
    format!("{}{pieces}{}", group.head, group.tail)
}

fn left(group: &Group, kept: usize) -> Option<LeftOut> {
    let count = group.pieces.len() - kept;
    let what = if count == 1 { group.nouns.0 } else { group.nouns.1 };
    let names = group.pieces[kept..].iter().filter(|piece| !piece.name.is_empty());
    let names = names.map(|piece| piece.name.clone()).collect();
    (count > 0).then(|| LeftOut { count, what: what.to_owned(), names })
}

fn word(left: &LeftOut) -> String {
    let clip = |name: &String| markdown(&name.chars().take(40).collect::<String>());
    let mut names: Vec<String> = left.names.iter().take(NAMES).map(clip).collect();
    if left.names.len() > NAMES {
        names.push("…".to_owned());
    }
    let names = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
    format!("{} {}{names}", left.count, left.what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(rank: u8, head: &str, pieces: &[&str]) -> Group {
        let piece = |text: &&str| Piece { text: (*text).into(), name: String::new() };
        Group {
            rank,
            head: head.into(),
            tail: String::new(),
            pieces: pieces.iter().map(piece).collect(),
            nouns: ("line", "lines"),
        }
    }

    #[test]
    fn what_fits_stays_whole() {
        let groups = [group(2, "A", &["1", "2"]), group(1, "B", &["3"]), group(1, "C", &[])];
        assert_eq!(fit(&groups, 5).0, "A12B3");
        assert_eq!(fit(&groups, 5).1, []);
    }

    #[test]
    fn the_least_important_goes_first_and_is_counted() {
        let long = "x".repeat(1000);
        let groups =
            [group(0, "", &["top\n"]), group(2, "A\n", &[&long, &long]), group(1, "B\n", &[&long])];
        let (text, left) = fit(&groups, 3000);
        assert!(text.starts_with("top\nB\nxxx") && !text.contains('A'), "{}", &text[..20]);
        assert!(text.ends_with("> Left out for the limit on length: 2 lines.\n"));
        assert_eq!(left[0].count, 2);
        assert!(text.encode_utf16().count() <= 3000);
    }
}
