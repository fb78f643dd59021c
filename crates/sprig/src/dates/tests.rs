//! Layouts, times and durations against rows of what Go makes of them.

use super::{Time, Zone, duration, parse};
use gotemplate::Object;
use serde_json::{Value as Plain, json};

#[test]
fn times_and_durations_are_those_of_go() {
    let rows = include_str!("rows.jsonl").lines();
    let wrong: Vec<String> = rows.filter_map(difference).collect();
    let shown: Vec<&str> = wrong.iter().take(20).map(String::as_str).collect();
    assert!(
        wrong.is_empty(),
        "{} rows differ:\n{}",
        wrong.len(),
        shown.join("\n")
    );
}

/// Go counts on and around; so do we, and nothing overflows.
#[test]
fn times_far_away_can_be_moved() {
    for seconds in [i64::MIN, -1, i64::MAX] {
        let time = Time::unix(seconds, Zone::named(b"Europe/Berlin").unwrap());
        let moved = time.on_by(i64::MAX, i64::MIN, i64::MAX).plus(i64::MIN);
        assert!(!moved.rounded(i64::MAX).truncated(1).text().is_empty());
        assert!(moved.since(&time) != 0 || moved == time);
    }
}

fn difference(row: &str) -> Option<String> {
    let (function, argument, expected): (String, Plain, Plain) =
        serde_json::from_str(row).expect("a row has three parts");
    let made = run(&function, &argument);
    (made != expected).then(|| format!("{row}\n   made {made}"))
}

fn run(function: &str, argument: &Plain) -> Plain {
    match function {
        "format" => {
            let mut time = time(argument[1].as_str(), &argument[2]);
            time.nanoseconds = argument[3].as_u64().unwrap() as u32;
            spelled(&time.format(&bytes(&argument[0])))
        }
        "parse" => match parse(&bytes(&argument[0]), &bytes(&argument[1])) {
            Ok(time) => json!(time.text()),
            Err(error) => json!(format!("ERR {error}")),
        },
        "duration" => json!(duration::text(number(argument))),
        "parseDuration" => match duration::parse(&bytes(argument)) {
            Ok(nanoseconds) => json!(nanoseconds.to_string()),
            Err(error) => json!(format!("ERR {error}")),
        },
        "round" => {
            let (duration, unit) = (number(&argument[0]), number(&argument[1]));
            json!([
                duration::text(duration::round(duration, unit)),
                duration::text(duration::truncate(duration, unit)),
            ])
        }
        "methods" => methods(argument),
        function => panic!("no function {function}"),
    }
}

fn methods(argument: &Plain) -> Plain {
    let time = time(argument[0].as_str(), &argument[1]);
    let parts = [2, 3, 4].map(|at| argument[at].as_i64().unwrap());
    let unit = number(&argument[5]);
    let answer = |method: &str| time.call(method, &[]).unwrap().unwrap();
    json!([
        time.on_by(parts[0], parts[1], parts[2]).text(),
        time.truncated(unit).text(),
        time.rounded(unit).text(),
        answer("Weekday").as_object().unwrap().print(),
        answer("YearDay").as_int(),
        answer("IsDST").as_bool(),
    ])
}

fn time(zone: Option<&str>, seconds: &Plain) -> Time {
    let zone = Zone::named(zone.unwrap().as_bytes()).unwrap_or(Zone::Utc);
    Time::unix(number(seconds), zone)
}

fn number(spelled: &Plain) -> i64 {
    spelled.as_str().unwrap().parse().unwrap()
}

fn bytes(spelled: &Plain) -> Vec<u8> {
    match spelled["$hex"].as_str() {
        Some(hex) => data_encoding::HEXLOWER.decode(hex.as_bytes()).unwrap(),
        None => spelled.as_str().unwrap().as_bytes().to_vec(),
    }
}

fn spelled(bytes: &[u8]) -> Plain {
    match std::str::from_utf8(bytes) {
        Ok(text) => json!(text),
        Err(_) => json!({"$hex": data_encoding::HEXLOWER.encode(bytes)}),
    }
}
