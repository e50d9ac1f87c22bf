//! When a document was made, as the caller says it: the clock is not asked.

use jiff::Timestamp;
use leadforge_cli_kit::Failure;

const NAME: &str = "SOURCE_DATE_EPOCH";

/// The timestamp of `SOURCE_DATE_EPOCH`, if it is set.
pub(crate) fn timestamp() -> Result<Option<String>, Failure> {
    Ok(time()?.map(|time| time.to_string()))
}

/// Its seconds since 1970, of which the times of files are made; before 1970 there were none.
pub(crate) fn seconds() -> Result<Option<u64>, Failure> {
    Ok(time()?.map(|time| u64::try_from(time.as_second()).unwrap_or(0)))
}

fn time() -> Result<Option<Timestamp>, Failure> {
    let Some(text) = std::env::var_os(NAME) else {
        return Ok(None);
    };
    let text = text.to_string_lossy();
    let time = text.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    let wrong = || {
        Failure::usage(
            "usage.epoch",
            format!("{NAME} is {text:?}, and has to be seconds since 1970"),
        )
    };
    time.ok_or_else(wrong).map(Some)
}

/// Today in universal time, or the day of `SOURCE_DATE_EPOCH` when it is set.
pub(crate) fn today() -> Result<String, Failure> {
    let now = match timestamp()? {
        Some(time) => return Ok(time.chars().take(10).collect()),
        None => leadforge_cli_kit::host::now_ms(),
    };
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    let time = Timestamp::from_millisecond(now).unwrap_or_default();
    Ok(time.to_string().chars().take(10).collect())
}

/// The day that was so many days before another.
pub(crate) fn days_before(day: &str, days: u32) -> String {
    let Ok(date) = day.parse::<jiff::civil::Date>() else {
        return String::new();
    };
    date.saturating_sub(jiff::Span::new().days(days)).to_string()
}
