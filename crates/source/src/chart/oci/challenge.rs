//! What a `WWW-Authenticate` header asks for.

/// One way to log in that a server offers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Challenge {
    /// Its name in lower case.
    pub scheme: String,
    parameters: Vec<(String, String)>,
}

impl Challenge {
    /// A parameter; names do not tell upper from lower case.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Reads a header, which may hold several challenges.
pub(crate) fn challenges(header: &str) -> Vec<Challenge> {
    let mut found: Vec<Challenge> = Vec::new();
    let mut rest = header;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return found;
        }
        let (word, after) = word(rest);
        if word.is_empty() {
            // Nothing that can be read any more.
            return found;
        }
        match (after.trim_start().strip_prefix('='), found.last_mut()) {
            (Some(after), Some(challenge)) => {
                let (value, after) = value(after.trim_start());
                challenge.parameters.push((word.to_lowercase(), value));
                rest = after;
            }
            (Some(_), None) => return found,
            (None, _) => {
                found.push(Challenge {
                    scheme: word.to_lowercase(),
                    parameters: Vec::new(),
                });
                rest = after;
            }
        }
    }
}

fn word(text: &str) -> (&str, &str) {
    let end = text.find([' ', '\t', ',', '=', '"']).unwrap_or(text.len());
    text.split_at(end)
}

fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([' ', '\t', ',']).unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut letters = quoted.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(letters.next().map(|(_, letter)| letter)),
            letter => value.push(letter),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(header: &str) -> String {
        let one = |challenge: &Challenge| {
            let parameters = challenge.parameters.iter();
            let parameters: Vec<_> = parameters.map(|(k, v)| format!("{k}={v}")).collect();
            format!("{}[{}]", challenge.scheme, parameters.join("; "))
        };
        challenges(header)
            .iter()
            .map(one)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn headers_are_read_as_servers_write_them() {
        for (header, expected) in [
            (
                r#"Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push""#,
                "bearer[realm=https://auth.docker.io/token; service=registry.docker.io; scope=repository:a/b:pull,push]",
            ),
            ("Basic realm=\"a \\\"b\\\"\"", "basic[realm=a \"b\"]"),
            (
                "Negotiate, Basic realm=x , Bearer Realm = y",
                "negotiate[] basic[realm=x] bearer[realm=y]",
            ),
            ("Basic", "basic[]"),
            ("", ""),
            ("=x", ""),
            ("realm=\"x\"", ""),
            ("Bearer realm=\"open", "bearer[realm=open]"),
            (",,,", ""),
        ] {
            assert_eq!(printed(header), expected, "{header}");
        }
    }
}
