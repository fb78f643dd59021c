//! Merging maps.
//!
//! Comes in: a map of the object and one of the patch. Goes out: the map that stands there
//! afterwards, each field of it merged. Source: kyaml 0.21, yaml/walk/map.go, yaml/merge2/merge2.go
//! (VisitMap) and yaml/fns.go (FieldSetter).

use super::directive::Directive;
use super::error::MergeError;
use super::graph::{Field, Id, Kind};
use super::walk::{Walked, Walker};
use crate::node::reads_as_non_string;
use crate::schema::TypeId;
use std::collections::HashSet;
use std::sync::Arc;
use yaml::{Form, Style, Tag};

/// One name, and what object and patch have under it.
struct Pair {
    name: Arc<str>,
    dest: Option<Field>,
    origin: Option<Field>,
}

impl Walker<'_> {
    pub fn walk_map(
        &mut self,
        dest: Option<Id>,
        origin: Option<Id>,
        known: Option<TypeId>,
    ) -> Walked {
        let Some(map) = self.visit_map(dest, origin)? else {
            return Ok(None);
        };
        let mut removed = HashSet::new();
        for pair in self.pairs(map, origin) {
            let below = known.and_then(|known| self.schema.field(known, &pair.name));
            let old = pair.dest.as_ref().map(|field| field.value);
            let new = pair.origin.as_ref().map(|field| field.value);
            let value = self.walk(old, new, below);
            let value = value.map_err(|error| error.within(&pair.name))?;
            if !self.set_field(map, &pair, value) {
                removed.insert(pair.name);
            }
        }
        if !removed.is_empty() {
            self.graph.remove_fields(map, removed);
        }
        Ok(Some(map))
    }

    /// The map to go on with.
    fn visit_map(&mut self, dest: Option<Id>, origin: Option<Id>) -> Walked {
        self.adopt_style(dest, origin);
        if self.is_missing(dest) {
            return Ok(self.added(dest, origin));
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

    /// What stands where the object has nothing, or null. A directive that is not known is data
    /// here. A null that is spelled out, and of which the patch says nothing, stays.
    fn added(&mut self, dest: Option<Id>, origin: Option<Id>) -> Option<Id> {
        if let Ok(Directive::Delete) = self.directive(origin) {
            return None;
        }
        let spelled = dest.map(|dest| self.graph.text(dest).to_owned());
        match (origin, spelled) {
            (None, Some(text)) if !text.is_empty() => Some(self.graph.plant_kept_null(&text)),
            (origin, _) => origin,
        }
    }

    /// The fields of both, by name.
    fn pairs(&mut self, dest: Id, origin: Option<Id>) -> Vec<Pair> {
        let ours = self.graph.fields(dest).into_iter();
        let theirs = origin.map_or_else(Vec::new, |origin| self.graph.fields(origin));
        let (mut ours, mut theirs) = (ours.peekable(), theirs.into_iter().peekable());
        let mut pairs = Vec::with_capacity(ours.len() + theirs.len());
        loop {
            let name = match (ours.peek(), theirs.peek()) {
                (None, None) => return pairs,
                (Some(one), None) | (None, Some(one)) => Arc::clone(&one.name),
                (Some(one), Some(other)) => Arc::clone((&one.name).min(&other.name)),
            };
            pairs.push(Pair {
                dest: ours.next_if(|field| field.name == name),
                origin: theirs.next_if(|field| field.name == name),
                name,
            });
        }
    }

    /// Sets a field of a map; false if nothing or a null came of it, and it has to go.
    fn set_field(&mut self, map: Id, pair: &Pair, value: Option<Id>) -> bool {
        let stays = |id: &Id| !self.is_null(*id) || self.graph.is_kept(*id);
        let Some(value) = value.filter(stays) else {
            return false;
        };
        self.quote_if_ambiguous(value);
        match &pair.dest {
            Some(field) => self.replace_value(field.value, value),
            None => {
                let style = pair.key_style(value);
                let name = Arc::clone(&pair.name);
                self.graph.push_field(map, name, style, value);
            }
        }
        true
    }

    /// A field that is there keeps its style.
    fn replace_value(&mut self, old: Id, new: Id) {
        if old != new {
            let style = self.graph.style(old);
            self.graph.set_style(new, style);
            self.graph.assign(old, new);
        }
    }

    /// Text that a YAML 1.1 reader would take for something else is quoted.
    fn quote_if_ambiguous(&mut self, id: Id) {
        let string = self.graph.kind(id) == Kind::Scalar
            && matches!(self.graph.tag(id), Tag::Str | Tag::None);
        if string
            && self.graph.style(id) == Style::default()
            && reads_as_non_string(self.graph.text(id))
        {
            self.graph.set_style(id, DOUBLE_QUOTED);
        }
    }

    /// Makes sure that a merged element has its key.
    pub fn set_key(&mut self, element: Id, key: &str, value: &str) -> Result<(), MergeError> {
        let node = yaml::Node::scalar(value);
        if key.is_empty() {
            self.graph.expect(element, Kind::Scalar)?;
            let style = self.graph.style(element);
            let new = self.graph.plant(node);
            self.graph.set_style(new, style);
            self.graph.assign(element, new);
            return Ok(());
        }
        let new = self.graph.plant(node);
        self.quote_if_ambiguous(new);
        self.graph.expect(element, Kind::Mapping)?;
        self.graph
            .push_field(element, key.into(), Style::default(), new);
        Ok(())
    }
}

const DOUBLE_QUOTED: Style = Style {
    form: Form::DoubleQuoted,
    tagged: false,
};

impl Pair {
    /// How the key of a new field is written: as it was where the value comes from.
    fn key_style(&self, value: Id) -> Style {
        let from = [&self.dest, &self.origin].into_iter().flatten();
        let mut from = from.filter(|field| field.value == value);
        from.next()
            .map_or_else(Style::default, |field| field.key_style)
    }
}
