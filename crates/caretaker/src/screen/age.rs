//! Times as people say them: `12s`, `5m`, `3h`, `2d`.

use std::time::Duration;

use model::Timestamp;

/// A duration in its largest unit; two units where one would be coarse, as `kubectl` does.
pub fn span(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match () {
        () if seconds < 120 => format!("{seconds}s"),
        () if minutes < 10 && !seconds.is_multiple_of(60) => format!("{minutes}m{}s", seconds % 60),
        () if minutes < 180 => format!("{minutes}m"),
        () if hours < 8 && !minutes.is_multiple_of(60) => format!("{hours}h{}m", minutes % 60),
        () if hours < 48 => format!("{hours}h"),
        () => format!("{days}d"),
    }
}

/// How long ago a time of a resource was; the time itself if it cannot be read, nothing if there
/// is none.
pub fn age(time: &str, now: Timestamp) -> String {
    match Timestamp::parse_rfc3339(time) {
        Some(then) => span(now.since(then)),
        None => super::one_line(time),
    }
}

/// The same in a sentence.
pub fn ago(time: &str, now: Timestamp) -> String {
    match Timestamp::parse_rfc3339(time) {
        Some(then) => format!("{} ago", span(now.since(then))),
        None if time.is_empty() => "never".to_owned(),
        None => super::one_line(time),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_said_as_kubectl_says_them() {
        for (seconds, words) in [
            (0, "0s"),
            (119, "119s"),
            (150, "2m30s"),
            (180, "3m"),
            (3600, "60m"),
            (4 * 3600 + 120, "4h2m"),
            (47 * 3600, "47h"),
            (3 * 86_400 + 5, "3d"),
        ] {
            assert_eq!(span(Duration::from_secs(seconds)), words);
        }
    }

    #[test]
    fn a_time_that_is_none_is_shown_as_it_is() {
        let now = Timestamp(10_000);
        assert_eq!(ago("1970-01-01T00:00:04Z", now), "6s ago");
        assert_eq!(
            (ago("", now).as_str(), age("", now).as_str()),
            ("never", "")
        );
        assert_eq!(age("soon\u{7}", now), "soon\\u{7}");
    }
}
