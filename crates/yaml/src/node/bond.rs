//! What ties nodes together that are one node in several places.
//!
//! yaml.v3's trees are made of pointers, so that one node may stand in several places, and a change of
//! it shows in all of them. Here every place has a node of its own; those that are meant to be one carry
//! the same number. Whoever gives the numbers out sees to it that they stay equal.

use std::num::NonZeroU16;

/// The number a node has in common with those it is one with, if any. No part of what a node is:
/// nodes that differ in it are equal, and a copy has none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bond(Option<NonZeroU16>);

impl Bond {
    /// That of a node on its own.
    pub const NONE: Self = Self(None);

    /// The bond of a number.
    pub fn of(number: NonZeroU16) -> Self {
        Self(Some(number))
    }

    /// The number.
    pub fn number(self) -> Option<NonZeroU16> {
        self.0
    }

    /// Is the node one with others?
    pub fn is_some(self) -> bool {
        self.0.is_some()
    }
}

impl PartialEq for Bond {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Bond {}

#[cfg(test)]
mod tests {
    use super::super::{Content, Node, Tag};
    use super::*;

    #[test]
    fn a_bond_stays_in_its_place() {
        let number = NonZeroU16::new(7);
        let mut node = Node::string("a");
        node.bond = Bond(number);
        assert_eq!(node, Node::string("a"));
        node.become_like(Node::mapping());
        assert_eq!((&node, node.bond.number()), (&Node::mapping(), number));
        let copy = Node::new(Content::Sequence(vec![node]), Tag::Seq).clone();
        assert!(!copy.items()[0].bond.is_some());
    }
}
