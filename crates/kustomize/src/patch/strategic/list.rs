//! Merging lists.
//!
//! Comes in: a list of the object and one of the patch. Goes out: the list that stands there
//! afterwards: the patch's, if the schema does not say that it is merged; else both, elements with
//! the same keys merged. Source: kyaml 0.21, yaml/walk/associative_sequence.go,
//! nonassociative_sequence.go and yaml/merge2/merge2.go (VisitList).

use super::Growth;
use super::directive::Directive;
use super::error::MergeError;
use super::graph::{Id, Kind};
use super::keys::{self, Values};
use super::walk::{Walked, Walker};
use crate::schema::TypeId;
use std::collections::HashSet;
use yaml::Node;

/// The key of a list of scalars: their value.
const VALUE: &str = "";

impl Walker<'_> {
    pub fn walk_list(
        &mut self,
        dest: Option<Id>,
        origin: Option<Id>,
        known: Option<TypeId>,
    ) -> Walked {
        let schema = self.schema;
        match known.and_then(|known| schema.merge_keys(known)) {
            None => {
                self.adopt_style(dest, origin);
                Ok(origin.or(dest))
            }
            Some(keys) => {
                let keys: Vec<&str> = keys.iter().map(AsRef::as_ref).collect();
                let elements = known.and_then(|known| schema.elements(known));
                self.merge_lists(dest, origin, &keys, elements)
            }
        }
    }

    fn merge_lists(
        &mut self,
        dest: Option<Id>,
        origin: Option<Id>,
        keys: &[&str],
        elements: Option<TypeId>,
    ) -> Walked {
        let Some(list) = self.visit_list(dest, origin)? else {
            return Ok(None);
        };
        let sources = Sources {
            dest: list,
            origin,
            elements,
        };
        let lists = [Some(list), origin].into_iter().flatten();
        let length = lists.map(|list| self.graph.len(list)).sum();
        self.count_looks(length, self.graph.line(list))?;
        if keys.is_empty() {
            let values = self.scalars(&sources);
            return self.merge_elements(&sources, values, &[VALUE]);
        }
        let mut values = self.key_values(&sources, keys);
        if keys.len() > 1 {
            keys::unify(&mut values);
        }
        self.merge_elements(&sources, values, keys)
    }

    /// The list to go on with.
    fn visit_list(&mut self, dest: Option<Id>, origin: Option<Id>) -> Walked {
        self.adopt_style(dest, origin);
        if self.is_missing(dest) {
            return Ok(origin);
        }
        if origin.is_some_and(|origin| self.is_null(origin)) {
            return Ok(None);
        }
        Ok(match self.directive(origin)? {
            Directive::Delete => None,
            Directive::Replace => origin,
            Directive::Merge => dest,
        })
    }

    /// Merges the elements with each of these values, then puts both lists together.
    fn merge_elements(&mut self, sources: &Sources, all: Vec<Values>, keys: &[&str]) -> Walked {
        let merged = self.graph.plant(Node::sequence());
        let mut valid = Vec::new();
        for values in &all {
            let (names, values) = keys::valid(&all, keys, values);
            self.merge_element(sources, merged, &names, &values)?;
            valid = names;
        }
        let list = match (all.is_empty(), self.growth) {
            (true, _) => sources.dest,
            (false, Growth::Before) => self.append_all(merged, sources.dest, &valid)?,
            (false, Growth::Behind) => self.append_all(sources.dest, merged, &valid)?,
        };
        Ok(Some(list).filter(|list| !self.is_null(*list)))
    }

    fn merge_element(
        &mut self,
        sources: &Sources,
        merged: Id,
        keys: &[&str],
        values: &[String],
    ) -> Result<(), MergeError> {
        let (dest, origin) = self.elements_with(sources, keys, values);
        let merged_element = self.walk(dest, origin, sources.elements);
        let element = merged_element.map_err(|error| error.within(&name(keys, values)))?;
        let there = element.filter(|id| !self.is_null(*id) && !self.graph.is_empty_map(*id));
        let Some(element) = there else {
            return self.remove_element(sources.dest, keys, values);
        };
        self.set_keys(element, keys, values)?;
        self.set_element(merged, element, keys, values)
    }

    /// What object and patch have under these values.
    fn elements_with(
        &mut self,
        sources: &Sources,
        keys: &[&str],
        values: &[String],
    ) -> (Option<Id>, Option<Id>) {
        let (keys, values) = keys::valid(&[values.to_vec()], keys, values);
        let dest = self.graph.find_element(sources.dest, &keys, &values);
        let origin = sources.origin;
        let origin = origin.and_then(|list| self.graph.find_element(list, &keys, &values));
        (dest, origin)
    }

    /// Gives a merged element the keys it was found by.
    fn set_keys(
        &mut self,
        element: Id,
        keys: &[&str],
        values: &[String],
    ) -> Result<(), MergeError> {
        for (key, value) in keys.iter().zip(values) {
            if !value.is_empty() && self.graph.field(element, key).is_none() {
                self.set_key(element, key, value)?;
            }
        }
        Ok(())
    }

    /// Puts the elements of one list into another one: in the place of those with the same values,
    /// else at the end. Several keys put all of them at the end.
    fn append_all(&mut self, into: Id, from: Id, keys: &[&str]) -> Result<Id, MergeError> {
        for element in self.graph.items(from).to_vec() {
            if keys.first() == Some(&VALUE) {
                let value = self.graph.text(element).to_owned();
                self.set_element(into, element, &[VALUE], &[value])?;
                continue;
            }
            let values = self.values_or_append(into, element, keys)?;
            if keys.len() > 1 {
                self.remove_element(into, keys, &values)?;
            }
            self.set_element(into, element, keys, &values)?;
        }
        Ok(into)
    }

    /// The values of the keys an element has. For each one it lacks it is appended as it is.
    fn values_or_append(
        &mut self,
        into: Id,
        element: Id,
        keys: &[&str],
    ) -> Result<Values, MergeError> {
        let mut values = Values::new();
        for key in keys {
            self.graph.expect(element, Kind::Mapping)?;
            match self.graph.field(element, key) {
                Some(value) => values.push(self.graph.text(value).to_owned()),
                None => self.append(into, element),
            }
        }
        Ok(values)
    }

    /// The values of all keys, of the list that comes first in the result first, each once.
    fn key_values(&mut self, sources: &Sources, keys: &[&str]) -> Vec<Values> {
        let mut seen = HashSet::new();
        let mut all = Vec::new();
        for list in sources.in_order(self.growth) {
            for element in self.graph.items(list).to_vec() {
                let values = self.graph.key_values(element, keys);
                if seen.insert(values.clone()) {
                    all.push(values);
                }
            }
        }
        all
    }

    /// The scalars of both lists, each once.
    fn scalars(&mut self, sources: &Sources) -> Vec<Values> {
        let mut seen = HashSet::new();
        let mut all = Vec::new();
        for list in sources.in_order(self.growth) {
            for element in self.graph.items(list).to_vec() {
                let text = self.graph.text(element);
                if seen.insert(text.to_owned()) {
                    all.push(vec![text.to_owned()]);
                }
            }
        }
        all
    }
}

/// The lists that are merged.
struct Sources {
    dest: Id,
    origin: Option<Id>,
    /// The type of their elements.
    elements: Option<TypeId>,
}

impl Sources {
    fn in_order(&self, growth: Growth) -> impl Iterator<Item = Id> {
        let (first, last) = match growth {
            Growth::Before => (self.origin, Some(self.dest)),
            Growth::Behind => (Some(self.dest), self.origin),
        };
        first.into_iter().chain(last)
    }
}

/// An element as messages name it.
fn name(keys: &[&str], values: &[String]) -> String {
    let pairs = keys.iter().zip(values);
    let pairs: Vec<_> = pairs.map(|(key, value)| format!("{key}={value}")).collect();
    format!("[{}]", pairs.join(","))
}
