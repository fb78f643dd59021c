//! What comes from the host: dates, randomness, keys. And what lies beside them: hashes, encodings.

mod certificates;
mod drawn;

use gotemplate::{TemplateSet, Value};
use serde_json::{Value as Plain, json};
use sprig::{Clock, Host};

/// A template of what it prints, or the error.
fn run(template: &str, seed: &str) -> Result<String, String> {
    let functions = sprig::functions();
    let clock = Clock {
        seconds: 1_763_750_000,
        nanoseconds: 123_456_789,
    };
    let host = Host::new(clock, seed.as_bytes());
    let mut set = TemplateSet::new("t");
    let parsed = set.parse("t", template.as_bytes(), &functions);
    parsed.map_err(|error| error.to_string())?;
    let text = set.execute("t", Value::Nil, &gotemplate::Host::new(&functions, &host));
    let text = text.map_err(|error| error.to_string())?;
    Ok(text.as_str().into_owned())
}

/// Each row is a template and what Go's sprig makes of it.
#[test]
fn templates_print_what_they_print_in_go() {
    let rows = include_str!("rows.jsonl").lines();
    let wrong: Vec<String> = rows.filter_map(difference).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn difference(row: &str) -> Option<String> {
    let (template, expected): (String, Plain) =
        serde_json::from_str(row).expect("a row has two parts");
    let made = match run(&template, "any") {
        Ok(text) => json!(text),
        Err(error) => json!({"$error": error}),
    };
    (made != expected).then(|| format!("{row}\n   made {made}"))
}

#[test]
fn now_is_the_time_of_the_clock() {
    for (template, expected) in [
        ("{{ now }}", "2025-11-21 18:33:20.123456789 +0000 UTC"),
        ("{{ now | date \"Jan 2, 2006\" }}", "Nov 21, 2025"),
        ("{{ date \"2006\" nil }}", "2025"),
        ("{{ ago (now | dateModify \"-90m\") }}", "1h30m0s"),
        ("{{ durationRound (now | dateModify \"-49h\") }}", "2d"),
    ] {
        assert_eq!(run(template, "").as_deref(), Ok(expected), "{template}");
    }
}
