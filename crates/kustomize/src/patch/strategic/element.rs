//! Elements of lists, found by the values of their keys.
//!
//! Comes in: a list, keys and values. Goes out: the element that has them, or the list with it set
//! or taken out. An empty key stands for the value of a scalar itself. Source: kyaml 0.21,
//! yaml/fns.go (ElementMatcher, ElementSetter, FieldMatcher).

use super::error::MergeError;
use super::graph::{Graph, Id, Kind};
use super::walk::Walker;

impl Graph {
    /// The first element that has these values, empty ones included.
    pub fn find_element(&mut self, list: Id, keys: &[&str], values: &[String]) -> Option<Id> {
        let elements = self.items(list).to_vec();
        let wanted = values.first().map_or("", String::as_str);
        if keys.first().is_none_or(|key| key.is_empty()) {
            return elements.into_iter().find(|id| self.text(*id) == wanted);
        }
        if keys.len() != values.len() {
            return None;
        }
        elements.into_iter().find(|element| {
            let mut pairs = keys.iter().zip(values);
            !self.is_null(*element)
                && pairs.all(|(key, value)| {
                    let found = self.field(*element, key);
                    found.is_some_and(|id| self.text(id) == value)
                })
        })
    }

    /// The values of the keys of an element, empty where it has none.
    pub fn key_values(&mut self, element: Id, keys: &[&str]) -> Vec<String> {
        keys.iter()
            .map(|key| match self.field(element, key) {
                Some(value) if !self.is_null_or_empty(value) => self.text(value).to_owned(),
                _ => String::new(),
            })
            .collect()
    }
}

impl Walker<'_> {
    /// Puts an element in the place of those that have these values, else at the end.
    pub fn set_element(
        &mut self,
        list: Id,
        element: Id,
        keys: &[&str],
        values: &[String],
    ) -> Result<(), MergeError> {
        let found = self.exchange(list, Some(element), keys, values)?;
        if !found && !self.is_null(element) {
            self.append(list, element);
        }
        Ok(())
    }

    /// Takes the elements out that have these values.
    pub fn remove_element(
        &mut self,
        list: Id,
        keys: &[&str],
        values: &[String],
    ) -> Result<(), MergeError> {
        self.exchange(list, None, keys, values).map(drop)
    }

    /// Puts an element at the end.
    pub fn append(&mut self, list: Id, element: Id) {
        let mut items = self.graph.items(list).to_vec();
        items.push(element);
        self.graph.set_items(list, items);
    }

    /// Exchanges the elements that have these values; says whether there were any. Nulls and empty
    /// maps go, and without any value all others go too.
    fn exchange(
        &mut self,
        list: Id,
        by: Option<Id>,
        keys: &[&str],
        values: &[String],
    ) -> Result<bool, MergeError> {
        self.graph.expect(list, Kind::Sequence)?;
        let (mut found, mut kept) = (false, Vec::new());
        for element in self.graph.items(list).to_vec() {
            if self.is_null(element) || self.graph.is_empty_map(element) {
                continue;
            }
            if self.graph.kind(element) != Kind::Mapping && name_maps(keys, values) {
                kept.push(element);
            } else if self.has(element, keys, values)? {
                found = true;
                kept.extend(by);
            } else if !values.is_empty() {
                kept.push(element);
            }
        }
        self.graph.set_items(list, kept);
        Ok(found)
    }

    /// Does the element have the values? An empty one is any; a key without one has what the key
    /// before it had.
    fn has(&mut self, element: Id, keys: &[&str], values: &[String]) -> Result<bool, MergeError> {
        let mut matches = false;
        for (at, key) in keys.iter().enumerate() {
            if let Some(value) = values.get(at) {
                matches = self.has_value(element, key, value)?;
            }
            if !matches {
                return Ok(false);
            }
        }
        Ok(matches)
    }

    fn has_value(&mut self, element: Id, key: &str, value: &str) -> Result<bool, MergeError> {
        if key.is_empty() {
            self.graph.expect(element, Kind::Scalar)?;
            return Ok(self.graph.text(element) == value);
        }
        self.graph.expect(element, Kind::Mapping)?;
        let found = self.graph.field(element, key);
        Ok(found.is_some_and(|id| value.is_empty() || self.graph.text(id) == value))
    }
}

/// Do key and value speak of maps?
fn name_maps(keys: &[&str], values: &[String]) -> bool {
    let key = keys.first().is_some_and(|key| !key.is_empty());
    key && values.first().is_some_and(|value| !value.is_empty())
}
