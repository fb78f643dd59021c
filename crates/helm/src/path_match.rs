//! Go's `filepath.Match`: a pattern against a whole path.
//!
//! Comes in: a pattern and a path. Goes out: whether they match; a broken pattern matches nothing.
//! `*` and `?` stop at slashes, `[...]` is a class, `\` takes away a meaning. Source: Go,
//! path/filepath/match.go.

/// Does the pattern match the whole path?
pub fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), path.chars().collect());
    // A broken class behind the first mismatch counts as well, but then nothing matches anyhow.
    let (mut at, mut from) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while from < path.len() || at < pattern.len() {
        if pattern.get(at) == Some(&'*') {
            star = Some((at + 1, from));
            at += 1;
            continue;
        }
        match step(&pattern, at, path.get(from).copied()) {
            Some(next) => (at, from) = (next, from + 1),
            None => match star {
                // The star takes one character more.
                Some((behind, taken)) if path.get(taken).is_some_and(|c| *c != '/') => {
                    star = Some((behind, taken + 1));
                    (at, from) = (behind, taken + 1);
                }
                _ => return false,
            },
        }
    }
    true
}

/// Where the pattern goes on if its next part takes this character.
fn step(pattern: &[char], at: usize, c: Option<char>) -> Option<usize> {
    let c = c?;
    match pattern.get(at)? {
        '?' => (c != '/').then_some(at + 1),
        '[' => class(pattern, at + 1, c),
        '\\' => (*pattern.get(at + 1)? == c).then_some(at + 2),
        own => (*own == c).then_some(at + 1),
    }
}

fn class(pattern: &[char], mut at: usize, c: char) -> Option<usize> {
    let negated = pattern.get(at) == Some(&'^');
    at += usize::from(negated);
    let (mut found, mut ranges) = (false, 0);
    while pattern.get(at) != Some(&']') || ranges == 0 {
        let (low, next) = bound(pattern, at)?;
        let (mut high, mut end) = (low, next);
        if pattern.get(next) == Some(&'-') {
            (high, end) = bound(pattern, next + 1)?;
        }
        found |= low <= c && c <= high;
        (at, ranges) = (end, ranges + 1);
    }
    (found != negated).then_some(at + 1)
}

/// One character of a class, and where it ends.
fn bound(pattern: &[char], at: usize) -> Option<(char, usize)> {
    let (c, end) = match pattern.get(at)? {
        '-' | ']' => return None,
        '\\' => (*pattern.get(at + 1)?, at + 2),
        c => (*c, at + 1),
    };
    // Something has to follow: the class is not closed yet.
    (end < pattern.len()).then_some((c, end))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn as_filepath_match_does() {
        for (pattern, path, expected) in [
            ("templates/a.yaml", "templates/a.yaml", true),
            ("templates/*.yaml", "templates/a.yaml", true),
            ("templates/*", "templates/a/b.yaml", false),
            ("*/*/b.yaml", "templates/a/b.yaml", true),
            ("templates/?.yaml", "templates/a.yaml", true),
            ("templates/[a-c].yaml", "templates/b.yaml", true),
            ("templates/[^a-c].yaml", "templates/b.yaml", false),
            ("templates/[]a].yaml", "templates/a.yaml", false),
            ("templates/[a", "templates/a", false),
            ("templates/\\*", "templates/*", true),
            ("*a*b*c", "xaybzc", true),
            ("*a*b*c", "xaybz", false),
            ("", "", true),
            ("*", "", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }
}
