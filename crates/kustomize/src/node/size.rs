//! How large a node is.

use yaml::{Content, Node};

/// How many keys and values there are in a node, itself included.
pub fn count(node: &Node) -> usize {
    match &node.content {
        Content::Scalar(_) => 1,
        Content::Sequence(items) => 1 + items.iter().map(count).sum::<usize>(),
        Content::Mapping(entries) => {
            let counts = entries.iter().map(|(_, value)| 1 + count(value));
            1 + counts.sum::<usize>()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::count;
    use yaml::{Limits, read_node};

    #[test]
    fn keys_and_values_are_counted() {
        let count_of = |text| {
            read_node(text, &Limits::default())
                .unwrap()
                .map(|node| count(&node))
        };
        assert_eq!(count_of("x"), Some(1));
        assert_eq!(count_of("[a, b, []]"), Some(4));
        assert_eq!(count_of("{a: b, c: {d: [e]}}"), Some(8));
    }
}
