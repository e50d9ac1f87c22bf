//! CSV is read back with the csv crate: as many cells as written, none of them a formula.

use leadforge_markup::{csv_row, visible};
use proptest::prelude::*;

use crate::hostile;

proptest! {
    #![proptest_config(crate::cases(500))]

    #[test]
    fn cells_come_back_disarmed(cells in prop::collection::vec(hostile(), 1..5)) {
        let text = csv_row(&cells);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let records: Vec<_> = reader.records().collect::<Result<_, _>>().expect("one record");
        prop_assert_eq!(records.len(), 1);
        prop_assert_eq!(records[0].len(), cells.len());
        for (cell, written) in records[0].iter().zip(&cells) {
            let bare = cell.strip_prefix('\'').unwrap_or(cell);
            let kept = |c: char| matches!(c, '\n' | '\r' | '\t');
            let spelled: Vec<_> = written.split(kept).map(visible).collect();
            let seen: Vec<_> = bare.split(kept).map(str::to_owned).collect();
            let seen_whole: Vec<_> = cell.split(kept).map(str::to_owned).collect();
            prop_assert!(seen == spelled || seen_whole == spelled, "{cell:?} from {written:?}");
            let armed = cell.trim_start().starts_with(['=', '+', '-', '@']);
            prop_assert!(!armed || cell.trim_start().parse::<f64>().is_ok(), "{cell:?}");
        }
    }

    #[test]
    fn terminals_get_no_command(text in hostile()) {
        let line = leadforge_markup::terminal(&text);
        prop_assert!(!line.contains(|c: char| c.is_control()), "{line:?}");
        let block = leadforge_markup::terminal_block(&text);
        prop_assert!(!block.contains(|c: char| c.is_control() && c != '\n' && c != '\t'));
        for shown in [line, block] {
            let hidden = ['\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}'];
            prop_assert!(!shown.contains(hidden));
            // As GitHub's runner reads a log: `::` at a line's start, `##[` anywhere.
            prop_assert!(!["##[", "##vso[", "##teamcity["].iter().any(|c| shown.contains(c)));
            let mut lines = shown.split(['\n', '\r']);
            prop_assert!(!lines.any(|line| line.trim_start().starts_with("::")));
        }
        let command = format!(
            "::error file={}::{}",
            leadforge_markup::workflow_property(&text),
            leadforge_markup::workflow_data(&text)
        );
        prop_assert!(!command.contains(['\n', '\r']));
        let property = command["::error file=".len()..].split("::").next().unwrap_or_default();
        prop_assert!(!property.contains([',', ':']));
    }
}
