//! A set of fields, as a tree.

use super::Element;
use std::collections::BTreeMap;

/// A set of fields. A field can be in it without the fields within it, and they without it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldSet(pub(super) BTreeMap<Element, Node>);

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Node {
    pub member: bool,
    pub below: FieldSet,
}

impl Node {
    fn is_bare(&self) -> bool {
        !self.member && self.below.is_empty()
    }
}

impl FieldSet {
    /// The set of some fields, each named by its fields from the root.
    pub fn of(paths: &[&[&str]]) -> Self {
        let mut set = Self::default();
        for path in paths {
            let path: Vec<Element> = path.iter().map(|name| Element::field(name)).collect();
            set.insert(&path);
        }
        set
    }

    /// Nothing in it?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a field. The root itself is never in a set.
    pub fn insert(&mut self, path: &[Element]) {
        let Some((first, rest)) = path.split_first() else {
            return;
        };
        let node = self.0.entry(first.clone()).or_default();
        match rest.is_empty() {
            true => node.member = true,
            false => node.below.insert(rest),
        }
    }

    /// Is the field one step away in it?
    pub fn has(&self, element: &Element) -> bool {
        self.0.get(element).is_some_and(|node| node.member)
    }

    /// Is the field in it?
    pub fn has_path(&self, path: &[Element]) -> bool {
        match path {
            [] => false,
            [last] => self.has(last),
            [first, rest @ ..] => self.below(first).is_some_and(|below| below.has_path(rest)),
        }
    }

    /// The fields within a field, if there are any.
    pub fn below(&self, element: &Element) -> Option<&FieldSet> {
        let below = &self.0.get(element)?.below;
        (!below.is_empty()).then_some(below)
    }

    /// What is in either.
    pub fn union(&self, other: &Self) -> Self {
        let mut union = self.clone();
        union.extend(other);
        union
    }

    fn extend(&mut self, other: &Self) {
        for (element, node) in &other.0 {
            let ours = self.0.entry(element.clone()).or_default();
            ours.member |= node.member;
            ours.below.extend(&node.below);
        }
    }

    /// What is in both.
    pub fn intersection(&self, other: &Self) -> Self {
        self.zipped(other, |ours, theirs| {
            theirs.map(|theirs| Node {
                member: ours.member && theirs.member,
                below: ours.below.intersection(&theirs.below),
            })
        })
    }

    /// What is only in this one. A field stays when only fields within it are taken away, and the
    /// other way round.
    pub fn difference(&self, other: &Self) -> Self {
        self.zipped(other, |ours, theirs| match theirs {
            None => Some(ours.clone()),
            Some(theirs) => Some(Node {
                member: ours.member && !theirs.member,
                below: ours.below.difference(&theirs.below),
            }),
        })
    }

    /// What is neither in the other nor within a field of it.
    pub fn without(&self, other: &Self) -> Self {
        self.zipped(other, |ours, theirs| match theirs {
            None => Some(ours.clone()),
            Some(theirs) if theirs.member => None,
            Some(theirs) => Some(Node {
                member: ours.member,
                below: ours.below.without(&theirs.below),
            }),
        })
    }

    fn zipped(&self, other: &Self, combine: impl Fn(&Node, Option<&Node>) -> Option<Node>) -> Self {
        let nodes = self.0.iter().filter_map(|(element, ours)| {
            let node = combine(ours, other.0.get(element))?;
            (!node.is_bare()).then(|| (element.clone(), node))
        });
        Self(nodes.collect())
    }

    /// Makes fields members that only have members within, where `is_named` says that they are
    /// fields of a struct; the argument leads down with the tree.
    pub fn with_named<T: Copy>(
        &self,
        at: T,
        is_named: &impl Fn(T, &str) -> bool,
        step: &impl Fn(T, &Element) -> T,
    ) -> Self {
        let nodes = self.0.iter().map(|(element, node)| {
            let named = matches!(element, Element::Field(name) if is_named(at, name));
            let below = node.below.with_named(step(at, element), is_named, step);
            let member = node.member || (named && !node.below.is_empty());
            (element.clone(), Node { member, below })
        });
        Self(nodes.collect())
    }

    /// Calls with each field of it, in order.
    pub fn each(&self, take: &mut impl FnMut(&[Element])) {
        self.each_below(&mut Vec::new(), take);
    }

    fn each_below(&self, path: &mut Vec<Element>, take: &mut impl FnMut(&[Element])) {
        // Members come before what is within other members.
        for (element, _) in self.0.iter().filter(|(_, node)| node.member) {
            path.push(element.clone());
            take(path);
            path.pop();
        }
        for (element, node) in &self.0 {
            path.push(element.clone());
            node.below.each_below(path, take);
            path.pop();
        }
    }
}
