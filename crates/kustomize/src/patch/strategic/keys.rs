//! The values by which the elements of lists are told apart.
//!
//! Comes in: for every element the values of the list's keys, empty where it has none. Goes out:
//! which keys count, and which elements are the same though one of them lacks a key. Source: kyaml
//! 0.21, yaml/walk/associative_sequence.go (validateKeys, mergeValues, match).

/// The values of the keys of one element.
pub type Values = Vec<String>;

/// Takes elements as one that agree in a key and where one has a value in the others: `80` and
/// `80, TCP` are both `80, TCP` then.
pub fn unify(all: &mut [Values]) {
    for at in 0..all.len() {
        let one = all[at].clone();
        for other in 0..all.len() {
            if let Some(both) = unified(&one, &all[other]) {
                all[at].clone_from(&both);
                all[other] = both;
            }
        }
    }
}

fn unified(one: &[String], other: &[String]) -> Option<Values> {
    if one.len() != other.len() || !one.iter().zip(other).any(|(one, other)| one == other) {
        return None;
    }
    let pairs = one.iter().zip(other);
    pairs
        .map(|(one, other)| match (one.as_str(), other.as_str()) {
            (one, other) if one == other => Some(one.to_owned()),
            (one, "") => Some(one.to_owned()),
            ("", other) => Some(other.to_owned()),
            _ => None,
        })
        .collect()
}

/// The keys that any element has a value for, and these values of one element; all of them if none
/// has any.
pub fn valid<'a>(all: &[Values], keys: &[&'a str], values: &[String]) -> (Vec<&'a str>, Values) {
    let counts = |at: usize| {
        let mut having = all.iter().filter_map(|values| values.get(at));
        having.any(|value| !value.is_empty())
    };
    let counting: Vec<bool> = (0..keys.len()).map(counts).collect();
    if !counting.contains(&true) {
        return (keys.to_vec(), values.to_vec());
    }
    let kept = counting.iter().zip(keys);
    let kept = kept.filter(|(counts, _)| **counts).map(|(_, key)| *key);
    let of_element = counting.iter().zip(values);
    let of_element = of_element.filter(|(counts, _)| **counts);
    (
        kept.collect(),
        of_element.map(|(_, value)| value.clone()).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Values {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn elements_that_only_lack_a_key_are_one() {
        for (before, after) in [
            ("80, 80,TCP", "80,TCP 80,TCP"),
            ("80,TCP 80,UDP", "80,TCP 80,UDP"),
            ("80, 80,TCP 80,UDP", "80,UDP 80,TCP 80,UDP"),
            ("80, 81,TCP", "80, 81,TCP"),
            (",TCP 80,TCP", "80,TCP 80,TCP"),
        ] {
            let mut all: Vec<_> = before.split(' ').map(values).collect();
            unify(&mut all);
            let all: Vec<_> = all.iter().map(|values| values.join(",")).collect();
            assert_eq!(all.join(" "), after);
        }
    }

    #[test]
    fn keys_that_no_element_has_do_not_count() {
        let keys = ["port", "protocol"];
        for (all, element, expected) in [
            ("80, 81,", "80,", (vec!["port"], values("80"))),
            ("80, 81,UDP", "80,", (keys.to_vec(), values("80,"))),
            (",", ",", (keys.to_vec(), values(","))),
        ] {
            let all: Vec<_> = all.split(' ').map(values).collect();
            assert_eq!(valid(&all, &keys, &values(element)), expected);
        }
    }
}
