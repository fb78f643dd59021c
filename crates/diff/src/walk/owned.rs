//! What our manager owns at the place where the walk stands.
//!
//! In: the ownership tree. Out: which part of it concerns the next step, and findings for fields
//! that are ours and no longer declared: applying would give them up, and the server remove them
//! if nobody else holds them.

use super::{Object, Walk, is_blank};
use crate::fields::{Element, Node, element, is_leaf};
use crate::path::Step;
use serde_json::Value;
use std::borrow::Cow;

/// Our ownership of one value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Owned<'a> {
    /// The parts listed here.
    Below(&'a Node),
    /// All of it: a scalar, or a value that is replaced as a whole.
    Whole,
    /// None of it.
    Not,
    /// There is no tree.
    Unknown,
}

impl<'a> Owned<'a> {
    /// Ownership as a node tells it.
    pub fn below(node: &'a Node) -> Self {
        match is_leaf(node) {
            true => Self::Whole,
            false => Self::Below(node),
        }
    }
}

impl<'a> Walk<'a> {
    /// Ownership of a field of the value that `owned` is about.
    pub(super) fn owned_field(&mut self, owned: Owned<'a>, name: &str) -> Owned<'a> {
        match owned {
            Owned::Below(node) => match node.get(&format!("f:{name}")) {
                Some(below) => self.owned_node(below),
                None => Owned::Not,
            },
            other => other,
        }
    }

    /// Ownership as a value of the tree tells it.
    pub(super) fn owned_node(&mut self, below: &'a Value) -> Owned<'a> {
        match below {
            Value::Object(node) => Owned::below(node),
            _ => {
                self.distrust = true;
                Owned::Not
            }
        }
    }

    /// Fields of a map that are ours, there, and not declared.
    pub(super) fn undeclared_fields(
        &mut self,
        node: &'a Node,
        want: &'a Object,
        have: &'a Object,
        compared: &dyn Fn(&str) -> bool,
    ) {
        for key in node.keys() {
            match element(key) {
                Element::Itself => {}
                Element::Field(name) if !compared(name) || want.contains_key(name) => {}
                Element::Field(name) => {
                    let there = have.get(name).filter(|value| !is_blank(value));
                    if there.is_some() {
                        self.path.push(Step::Field(name));
                        self.suspect(None, there);
                        self.path.pop();
                    }
                }
                _ => self.distrust = true,
            }
        }
    }

    /// A list item that is ours, there, and not declared.
    pub(super) fn undeclared_item(&mut self, keys: Object, have: &'a Value) {
        self.path.push(Step::Keyed(Cow::Owned(keys)));
        self.suspect(None, Some(have));
        self.path.pop();
    }
}
