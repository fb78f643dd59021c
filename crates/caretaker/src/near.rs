//! Names like the one that was asked for, for a hint.

/// How many are offered.
const MOST: usize = 3;

/// The nearest names, nearest first.
pub fn near<'a>(asked: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut near: Vec<(usize, &str)> = names
        .into_iter()
        .map(|name| (distance(asked, name), name))
        .filter(|(distance, name)| is_near(*distance, asked, name))
        .collect();
    near.sort();
    near.dedup();
    near.into_iter().take(MOST).map(|(_, name)| name).collect()
}

fn is_near(distance: usize, asked: &str, name: &str) -> bool {
    let contained = asked.len() >= 3 && (name.contains(asked) || asked.contains(name));
    distance <= 1 + asked.chars().count() / 4 || (contained && name.len() >= 3)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_and_parts_are_recognised() {
        let names = ["guestbook", "guestbook-dev", "payments", "web"];
        assert_eq!(near("guestbok", names), ["guestbook"]);
        assert_eq!(near("guest", names), ["guestbook", "guestbook-dev"]);
        assert_eq!(near("wep", names), ["web"]);
        assert!(near("zzz", names).is_empty());
    }
}
