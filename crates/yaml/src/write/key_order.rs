//! The natural order of keys.
//!
//! Comes in: the fields of an object. Goes out: the same in go-yaml's order: numbers inside keys
//! count as numbers (`b9` before `b10`), symbols before letters.
//!
//! That order is not transitive (`1a` < `9` < `10` < `1a`), and the standard sort may panic on
//! such an order; so here is a merge sort, which always ends and always gives the same answer.

use serde_json::{Map, Value};
use std::iter::Peekable;
use std::str::Chars;

type Field<'a> = (&'a String, &'a Value);

/// Whose order. They differ on what comes after equal digits.
#[derive(Clone, Copy, PartialEq)]
pub enum Order {
    /// go-yaml v2: `1-` before `1a`.
    V2,
    /// yaml.v3: `1a` before `1-`.
    V3,
}

/// The fields in natural order of their keys.
pub fn sorted(fields: &Map<String, Value>, order: Order) -> Vec<Field<'_>> {
    let fields: Vec<Field<'_>> = fields.iter().collect();
    if fields.is_sorted_by(|a, b| !less(b.0, a.0, order)) {
        fields
    } else {
        merge_sort(fields, order)
    }
}

fn merge_sort(mut left: Vec<Field<'_>>, order: Order) -> Vec<Field<'_>> {
    if left.len() < 2 {
        return left;
    }
    let right = merge_sort(left.split_off(left.len() / 2), order);
    let left = merge_sort(left, order);
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let next = if less(b.0, a.0, order) {
            &mut right
        } else {
            &mut left
        };
        merged.extend(next.next());
    }
    merged.extend(left);
    merged.extend(right);
    merged
}

/// Whether one key comes before another.
fn less(a: &str, b: &str, order: Order) -> bool {
    let same: usize = a
        .chars()
        .zip(b.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let (before, rest_a) = a.split_at(same);
    let rest_b = &b[same..];
    let (Some(x), Some(y)) = (rest_a.chars().next(), rest_b.chars().next()) else {
        return rest_a.is_empty() && !rest_b.is_empty();
    };
    match (x.is_alphabetic(), y.is_alphabetic()) {
        (true, true) => x < y,
        (true, false) | (false, true) => {
            let after_digit = order == Order::V3 && before.ends_with(|char| is_digit(&char));
            x.is_alphabetic() == after_digit
        }
        (false, false) => less_by_number(before, (x, rest_a), (y, rest_b)),
    }
}

fn less_by_number(before: &str, (x, a): (char, &str), (y, b): (char, &str)) -> bool {
    // A zero that goes on with a number already begun is one of its digits, not a leading zero.
    let start = i64::from((x == '0' || y == '0') && ends_in_number(before));
    let (number_a, length_a) = leading_number(start, a.chars().peekable());
    let (number_b, length_b) = leading_number(start, b.chars().peekable());
    (number_a, length_a, x) < (number_b, length_b, y)
}

fn is_digit(char: &char) -> bool {
    char.is_ascii_digit()
}

fn ends_in_number(text: &str) -> bool {
    let mut digits = text.chars().rev().take_while(is_digit);
    digits.any(|digit| digit != '0')
}

fn leading_number(start: i64, mut chars: Peekable<Chars<'_>>) -> (i64, usize) {
    let (mut number, mut length) = (start, 0);
    while let Some(digit) = chars.next_if(is_digit) {
        let value = i64::from(u32::from(digit)) - i64::from(u32::from('0'));
        number = number.wrapping_mul(10).wrapping_add(value);
        length += 1;
    }
    (number, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_order(keys: &[&str], order: Order) -> Vec<String> {
        let fields = keys
            .iter()
            .map(|key| (key.to_string(), Value::Null))
            .collect();
        sorted(&fields, order)
            .into_iter()
            .map(|(key, _)| key.clone())
            .collect()
    }

    #[test]
    fn numbers_in_keys_count_as_numbers() {
        let keys = [
            "10", "9", "a-b", "b10", "b9", "B", "a_b", "", "b09", "100", "1-",
        ];
        let sorted = [
            "", "1-", "9", "10", "100", "B", "a-b", "a_b", "b9", "b09", "b10",
        ];
        assert_eq!(in_order(&keys, Order::V2), sorted);
    }

    #[test]
    fn letters_come_first_after_digits_in_yaml_v3_only() {
        assert_eq!(in_order(&["1a", "1-"], Order::V2), ["1-", "1a"]);
        assert_eq!(in_order(&["1-", "1a"], Order::V3), ["1a", "1-"]);
    }

    #[test]
    fn keys_in_a_circle_are_still_sorted() {
        assert_eq!(in_order(&["1a", "9", "10"], Order::V2).len(), 3);
    }
}
