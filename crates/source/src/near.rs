//! What was probably meant.
//!
//! Comes in: a name that was asked for, and the names there are. Goes out: those like it, the likest
//! first, for an error.

/// How many similar names an error lists.
const MAX_NEAR: usize = 5;

/// The names that are like the one asked for.
pub(crate) fn names_like<'a>(asked: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut near: Vec<(usize, &str)> = names
        .map(|name| (distance(asked, name), name))
        .filter(|(distance, name)| is_near(*distance, asked, name))
        .collect();
    near.sort();
    near.dedup();
    near.into_iter()
        .take(MAX_NEAR)
        .map(|(_, name)| name.to_owned())
        .collect()
}

fn is_near(distance: usize, asked: &str, name: &str) -> bool {
    let (asked, name) = (asked.to_lowercase(), name.to_lowercase());
    let contained = asked.len() >= 3 && name.len() >= 3;
    distance <= 1 + asked.len() / 4
        || (contained && (name.contains(&asked) || asked.contains(&name)))
}

/// How many letters have to be changed to get from one word to the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, a) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
