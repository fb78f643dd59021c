//! Files of `key=value` lines.
//!
//! Comes in: the file's bytes. Goes out: its pairs in order. Source: Kustomize 5.8.1, api/kv/kv.go.

/// Why a line cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EnvError {
    /// It is not UTF-8.
    #[error("line {0} has invalid utf8 bytes; load such a file with `files`")]
    NotText(usize),
}

/// Go's line scanner gives up before a longer line, and Kustomize does not notice.
const LONGEST_LINE: usize = 65_535;

/// The pairs of a file. Space before a key is dropped, space behind a value is not; quotes belong to
/// the value. A key without `=` has an empty value: the environment is not asked for it. A line
/// without a key is skipped, as are empty lines and those that start with `#`.
pub fn pairs(content: &[u8]) -> Result<Vec<(String, String)>, EnvError> {
    let mut pairs = Vec::new();
    let lines = content.split(|byte| *byte == b'\n');
    let readable = lines.take_while(|line| line.len() <= LONGEST_LINE);
    for (index, line) in readable.enumerate() {
        let line = str::from_utf8(line).map_err(|_| EnvError::NotText(index + 1))?;
        let line = line.strip_suffix('\r').unwrap_or(line);
        let line = match index {
            0 => line.strip_prefix('\u{feff}').unwrap_or(line),
            _ => line,
        };
        pairs.extend(pair(line.trim_start()));
    }
    Ok(pairs)
}

fn pair(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once('=').unwrap_or((line, ""));
    let counts = !key.is_empty() && !line.starts_with('#');
    counts.then(|| (key.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(content: &[u8]) -> String {
        match pairs(content) {
            Ok(pairs) => format!("{pairs:?}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn lines_are_pairs() {
        for (content, expected) in [
            (&b""[..], r#"[]"#),
            (b"\n\n", r#"[]"#),
            (b"a=1\nb=2", r#"[("a", "1"), ("b", "2")]"#),
            (b"a=1\r\nb=2\r\r\n", r#"[("a", "1"), ("b", "2\r")]"#),
            (b"\t a=1 \n", r#"[("a", "1 ")]"#),
            (b"a = b = c", r#"[("a ", " b = c")]"#),
            (b"a=\nb\n", r#"[("a", ""), ("b", "")]"#),
            (
                b"a='x'\nb=\"y\" # no comment",
                r##"[("a", "'x'"), ("b", "\"y\" # no comment")]"##,
            ),
            (b"# a=1\n  #b=2\n#", r#"[]"#),
            (b"=1\n =2\na=3", r#"[("a", "3")]"#),
            (
                b"\xef\xbb\xbfa=1\n\xef\xbb\xbfb=2",
                "[(\"a\", \"1\"), (\"\\u{feff}b\", \"2\")]",
            ),
            (b"\xef\xbb\xbf # a=1\nb=2", r#"[("b", "2")]"#),
            ("\u{a0}\u{3000}a=1".as_bytes(), r#"[("a", "1")]"#),
            (b"export a=1", r#"[("export a", "1")]"#),
            (b"a=1\na=2", r#"[("a", "1"), ("a", "2")]"#),
            (
                b"a=1\n\xff=2\n",
                "line 2 has invalid utf8 bytes; load such a file with `files`",
            ),
        ] {
            assert_eq!(told(content), expected);
        }
    }

    #[test]
    fn a_line_that_is_too_long_ends_the_file() {
        let of_length = |length: usize| format!("a={}\nb=2", "x".repeat(length - 2));
        assert_eq!(pairs(of_length(65_535).as_bytes()).unwrap().len(), 2);
        assert_eq!(pairs(of_length(65_536).as_bytes()).unwrap(), []);
    }
}
