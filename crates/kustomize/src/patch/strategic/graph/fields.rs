//! The fields of mappings.

use super::{Body, Graph, Id};
use std::collections::HashSet;
use std::sync::Arc;
use yaml::{Content, Node, Style};

/// A field of a mapping.
pub struct Field {
    pub name: Arc<str>,
    pub key_style: Style,
    pub value: Id,
}

impl Graph {
    /// The fields of a mapping by name, of equal ones the first; none for anything else.
    pub fn fields(&mut self, id: Id) -> Vec<Field> {
        self.unfold(id);
        let Body::Mapping(entries) = &self.entries[id.0].body else {
            return Vec::new();
        };
        let mut fields: Vec<_> = entries
            .iter()
            .map(|(key, value)| Field {
                name: name_of(key),
                key_style: key.style,
                value: *value,
            })
            .collect();
        // Stable, so that the first of equal ones stays the first.
        fields.sort_by(|one, other| one.name.cmp(&other.name));
        fields.dedup_by(|later, first| later.name == first.name);
        fields
    }

    /// The value of the first field of this name.
    pub fn field(&mut self, id: Id, name: &str) -> Option<Id> {
        self.unfold(id);
        let Body::Mapping(entries) = &self.entries[id.0].body else {
            return None;
        };
        let found = entries.iter().find(|(key, _)| key.text() == name);
        found.map(|(_, value)| *value)
    }

    /// The text of a field that is not empty, else nothing. Does not look into the map otherwise.
    pub fn field_text(&self, id: Id, name: &str) -> &str {
        match &self.entries[id.0].body {
            Body::Folded(Content::Mapping(entries)) => entries
                .iter()
                .find(|(key, _)| key.text() == name)
                .filter(|(_, value)| !value.is_null())
                .map_or("", |(_, value)| value.text()),
            Body::Mapping(entries) => entries
                .iter()
                .find(|(key, _)| key.text() == name)
                .filter(|(_, value)| !self.is_null(*value))
                .map_or("", |(_, value)| self.text(*value)),
            _ => "",
        }
    }

    /// Appends a field.
    pub fn push_field(&mut self, id: Id, name: Arc<str>, key_style: Style, value: Id) {
        self.unfold(id);
        if let Body::Mapping(entries) = &mut self.entries[id.0].body {
            let mut key = Node::scalar(name);
            key.style = key_style;
            entries.push((key, value));
        }
    }

    /// Takes the first field of each of these names out.
    pub fn remove_fields(&mut self, id: Id, mut names: HashSet<Arc<str>>) {
        self.unfold(id);
        if let Body::Mapping(entries) = &mut self.entries[id.0].body {
            entries.retain(|(key, _)| !names.remove(key.text()));
        }
    }

    /// Takes the first field of this name out.
    pub fn remove_field(&mut self, id: Id, name: &str) {
        self.unfold(id);
        if let Body::Mapping(entries) = &mut self.entries[id.0].body
            && let Some(at) = entries.iter().position(|(key, _)| key.text() == name)
        {
            entries.remove(at);
        }
    }
}

fn name_of(key: &Node) -> Arc<str> {
    match &key.content {
        Content::Scalar(text) => Arc::clone(text),
        _ => "".into(),
    }
}
