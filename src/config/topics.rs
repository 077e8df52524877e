//! Settings of topics.

use crate::base::codes;
use crate::base::report::Diagnostic;
use crate::base::yaml::source::Problems;

/// Minimum number of stories for two topics to get a page together. With one story, every coincidence would get a page.
pub(super) fn check_pairs(count: Option<i64>, problems: &mut Problems) -> Option<usize> {
    let count = count?;
    let checked = usize::try_from(count).ok().filter(|count| *count >= 2);
    if checked.is_none() {
        let problem = Diagnostic::error(codes::BAD_VALUE, format!("`topic_pairs` cannot be {count}"));
        problems.value("topic_pairs", problem.help("write a number from 2 on, or remove the key for no such pages"));
    }
    checked
}
