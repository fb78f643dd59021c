//! Nodes that stand in several places of an object.
//!
//! Comes in: an object in some of whose places upstream has one and the same node, as it has where a
//! label is new in several fields. Goes out: the object with all places of such a node equal, after one
//! of them was changed: who changes the label later changes the selectors. Source: kyaml 0.21,
//! yaml/fns.go (FieldSetter), which puts the node it was given where there is none, and changes the one
//! that is there.

use std::num::NonZeroU16;
use yaml::{Bond, Content, Node};

/// The shared nodes of one object.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SharedNodes {
    /// How many bonds were given out.
    bonds: u16,
    /// Each as it was when all its places were equal, by the number of its bond.
    agreed: Vec<Node>,
}

impl SharedNodes {
    /// A bond that no node has; that of a node on its own if there are no more.
    pub fn bond(&mut self) -> Bond {
        let number = self.bonds.checked_add(1).and_then(NonZeroU16::new);
        self.bonds = number.map_or(self.bonds, NonZeroU16::get);
        number.map_or(Bond::NONE, Bond::of)
    }

    /// Takes note of a node that now stands in several places. Its bond is the newest.
    pub fn add(&mut self, node: Node) {
        if node.bond.is_some() {
            self.agreed.push(node);
        }
    }

    /// Does no node stand in several places?
    pub fn is_empty(&self) -> bool {
        self.agreed.is_empty()
    }

    /// Makes all places of each node equal again; of several changes the last one counts. Says
    /// whether there were any. Costs nothing if no node stands in several places.
    pub fn settle(&mut self, object: &mut Node) -> bool {
        if self.agreed.is_empty() {
            return false;
        }
        let changes = self.changes(object);
        for (at, node) in &changes {
            self.agreed[*at].become_like(node.clone());
        }
        if !changes.is_empty() {
            self.spread(object);
        }
        !changes.is_empty()
    }

    /// What places are other than agreed, but for how they are written. If there are no places any more,
    /// that is forgotten.
    fn changes(&mut self, object: &Node) -> Vec<(usize, Node)> {
        let (mut places, mut changes) = (0, Vec::new());
        each_bonded(object, &mut |node| {
            places += 1;
            if let Some(at) = self.position(node)
                && !same_value(&self.agreed[at], node)
            {
                changes.push((at, node.clone()));
            }
        });
        if places == 0 {
            self.agreed.clear();
        }
        changes
    }

    fn spread(&self, node: &mut Node) {
        if node.bond.is_some()
            && let Some(at) = self.position(node)
            && self.agreed[at] != *node
        {
            node.become_like(self.agreed[at].clone());
        }
        match &mut node.content {
            Content::Scalar(_) => {}
            Content::Sequence(items) => items.iter_mut().for_each(|item| self.spread(item)),
            Content::Mapping(entries) => {
                let values = entries.iter_mut().map(|(_, value)| value);
                values.for_each(|value| self.spread(value));
            }
        }
    }

    fn position(&self, node: &Node) -> Option<usize> {
        let number = node.bond.number();
        let found = self
            .agreed
            .binary_search_by_key(&number, |agreed| agreed.bond.number());
        found.ok()
    }
}

fn same_value(one: &Node, other: &Node) -> bool {
    one.content == other.content && one.tag == other.tag
}

fn each_bonded(node: &Node, see: &mut impl FnMut(&Node)) {
    if node.bond.is_some() {
        see(node);
    }
    let values = node.entries().iter().map(|(_, value)| value);
    node.items()
        .iter()
        .chain(values)
        .for_each(|child| each_bonded(child, see));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::Resource;

    fn tree(texts: [&str; 3]) -> Node {
        let mut root = Node::mapping();
        for (key, text) in ["a", "b", "c"].into_iter().zip(texts) {
            root.push_entry(key, Node::string(text));
        }
        root
    }

    /// The first and the last entry are one.
    fn shared() -> Resource {
        let mut resource = Resource::from(tree(["x", "x", "x"]));
        let bond = resource.shared.bond();
        for key in ["a", "c"] {
            resource.node.get_mut(key).expect("it is there").bond = bond;
        }
        let mut agreed = Node::string("x");
        agreed.bond = bond;
        resource.shared.add(agreed);
        resource
    }

    fn set(resource: &mut Resource, key: &str, text: &str) {
        let field = resource.node.get_mut(key).expect("it is there");
        field.become_like(Node::string(text));
    }

    #[test]
    fn a_change_of_one_place_is_a_change_of_all() {
        for (changed, expected) in [
            ("a", ["y", "x", "y"]),
            ("b", ["x", "y", "x"]),
            ("c", ["y", "x", "y"]),
        ] {
            let mut resource = shared();
            set(&mut resource, changed, "y");
            assert_eq!(resource.settle(), changed != "b");
            assert_eq!(resource.node, tree(expected), "{changed}");
            set(&mut resource, "a", "z");
            assert!(resource.settle());
            assert_eq!(resource.node, tree(["z", expected[1], "z"]), "{changed}");
            assert!(!resource.settle());
        }
    }

    #[test]
    fn another_style_is_no_change() {
        let mut resource = shared();
        set(&mut resource, "a", "y");
        let last = resource.node.get_mut("c").expect("it is there");
        last.style.form = yaml::Form::SingleQuoted;
        assert!(resource.settle());
        assert_eq!(resource.node, tree(["y", "x", "y"]));
    }

    #[test]
    fn a_node_put_in_a_place_is_on_its_own() {
        let mut resource = shared();
        *resource.node.get_mut("a").expect("it is there") = Node::string("y");
        assert!(!resource.settle());
        assert_eq!(resource.node, tree(["y", "x", "x"]));
    }

    #[test]
    fn copies_are_on_their_own() {
        let mut resource = shared().clone();
        set(&mut resource, "a", "y");
        assert!(!resource.settle());
        assert_eq!(resource.node, tree(["y", "x", "x"]));
    }

    #[test]
    fn bonds_come_to_an_end() {
        let mut shared = SharedNodes::default();
        let all = (0..=u32::from(u16::MAX)).map(|_| shared.bond().number());
        let all: std::collections::HashSet<_> = all.collect();
        assert_eq!(all.len(), usize::from(u16::MAX) + 1);
        assert!(!shared.bond().is_some());
    }
}
