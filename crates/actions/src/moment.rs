//! Times as actions write them, all of them in UTC.
//!
//! Comes in: a moment. Goes out: its text.

use model::Timestamp;

/// To the second, without a zone.
pub fn without_zone(moment: Timestamp) -> String {
    let mut text = moment.rfc3339();
    text.pop();
    text
}

/// The digits of year to minute.
pub fn to_the_minute(moment: Timestamp) -> String {
    let text = moment.rfc3339();
    let digits = text.chars().filter(char::is_ascii_digit);
    let mut digits: String = digits.collect();
    digits.truncate(digits.len().saturating_sub(2));
    digits
}

/// The digits of year to minute, the year without its century.
pub fn to_the_minute_of_the_century(moment: Timestamp) -> String {
    to_the_minute(moment).split_off(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_three_ways() {
        let moment = Timestamp::parse_rfc3339("2026-02-03T04:05:06.7Z").unwrap();
        assert_eq!(without_zone(moment), "2026-02-03T04:05:06");
        assert_eq!(to_the_minute(moment), "202602030405");
        assert_eq!(to_the_minute_of_the_century(moment), "2602030405");
    }
}
