//! The name somebody probably meant.
//!
//! Comes in: a name that is not known, and those that are. Goes out: the one most like it, if any
//! is like it enough to be worth a hint.

/// The known name most like this one.
pub(crate) fn nearest(name: &str, known: &[&'static str]) -> Option<&'static str> {
    // Nobody means a name by a text as long as a page; comparing would only cost.
    if name.len() > 64 {
        return None;
    }
    let written = name.to_ascii_lowercase();
    let rated = known.iter().map(|known| (rating(&written, known), *known));
    let (rating, best) = rated.min()?;
    (rating <= 1.max(written.len() / 3)).then_some(best)
}

/// How far apart two names are; one that contains the other is close.
fn rating(written: &str, known: &str) -> usize {
    let known = known.to_ascii_lowercase();
    match written.len() >= 3 && known.contains(written) || written.contains(&known) {
        true => 1,
        false => distance(written.as_bytes(), known.as_bytes()),
    }
}

/// How many letters have to be put in, taken out or changed to get from one to the other.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, left) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, right) in other.iter().enumerate() {
            let changed = diagonal + usize::from(left != right);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found() {
        const KNOWN: [&str; 6] = [
            "resources",
            "newTag",
            "version",
            "images",
            "kind",
            "patches",
        ];
        for (written, meant) in [
            ("ressources", Some("resources")),
            ("Resource", Some("resources")),
            ("tag", Some("newTag")),
            ("apiVersion", Some("version")),
            ("image", Some("images")),
            ("patch", Some("patches")),
            ("zzz", None),
            ("", None),
            (&"resources".repeat(9), None),
        ] {
            assert_eq!(nearest(written, &KNOWN), meant, "{written}");
        }
        assert_eq!(nearest("a", &[]), None);
    }
}
