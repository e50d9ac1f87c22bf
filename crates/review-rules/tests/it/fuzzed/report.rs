//! Reads any text as a report: what is taken can be planned, within the limits, and every comment of the plan is marked as
//! the finding's own.

use leadforge_review_rules::Written;
use leadforge_review_rules::comments::{Action, Limits, Standing, is_summary, marked, plan};

pub(crate) fn run(data: &[u8]) {
    let Ok(Written { change, report, .. }) = Written::read(data) else { return };
    let limits = Limits { per_review: 3, comments: 5, ..Limits::default() };
    let actions = plan(&report, &change, &Standing::default(), &limits, &|_| true);
    let mut said = 0;
    for action in actions {
        match action {
            Action::Review { comments } => {
                assert!(comments.len() <= limits.per_review);
                for comment in comments {
                    said += 1;
                    assert_eq!(marked(&comment.body).as_ref(), Some(&comment.key));
                    assert!(comment.start_line.is_none_or(|first| Some(first) < comment.line));
                }
            }
            Action::Summary { id: None, body } => {
                assert!(is_summary(&body));
                assert!(body.chars().count() <= limits.characters);
            }
            other => panic!("nothing stands yet: {other:?}"),
        }
    }
    assert!(said <= limits.comments);
}
