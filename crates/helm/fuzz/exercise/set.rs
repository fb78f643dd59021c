//! Parses arguments of the `--set` family.
//!
//! Comes in: an argument on each line. Goes out: nothing, if all is well.

use gotemplate::Map;
use helm::values::set::{parse, parse_file, parse_json, parse_literal, parse_string};

/// Parses every line as each of the family, all into one map of each.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let maps: [Map; 5] = Default::default();
    for line in text.lines() {
        let read = |name: &str| Ok(name.as_bytes().to_vec());
        let parsed = [
            parse(line, &maps[0]),
            parse_string(line, &maps[1]),
            parse_json(line, &maps[2]),
            parse_file(line, &maps[3], &read),
            parse_literal(line, &maps[4]),
        ];
        let mut errors = parsed.into_iter().filter_map(Result::err);
        assert!(errors.all(|error| !error.to_string().is_empty()));
    }
    for map in maps {
        yaml::write(&helm::values::to_json(&map.into()));
    }
}
