//! Parts of the object that the patch says nothing of.
//!
//! Comes in: such a part. Goes out: the same part, as walking it would leave it: nulls without text
//! are gone from maps, text that is ambiguous is quoted. Unless a list that is merged has something
//! odd in it this needs no walk. Source: what kyaml's walk does when there is nothing to merge.

use super::Growth;
use super::error::MergeError;
use super::graph::{Graph, Id};
use super::walk::Walker;
use crate::node::reads_as_non_string;
use crate::schema::TypeId;
use std::collections::HashSet;
use yaml::{Content, Form, Node, Style, Tag};

impl Walker<'_> {
    /// Settles a part nobody looked into; false if it has to be walked.
    pub fn settle(&mut self, id: Id, known: Option<TypeId>) -> Result<bool, MergeError> {
        let Some(content) = self.graph.folded(id) else {
            return Ok(false);
        };
        let mut content = std::mem::replace(content, Content::Sequence(Vec::new()));
        let settled = self.settle_content(&mut content, known)?;
        if let Some(folded) = self.graph.folded(id) {
            *folded = content;
        }
        if settled == Settled::Remade {
            self.graph.forget_origin(id);
        }
        Ok(settled != Settled::Odd)
    }

    fn settle_content(
        &mut self,
        content: &mut Content,
        known: Option<TypeId>,
    ) -> Result<Settled, MergeError> {
        match content {
            Content::Scalar(_) => Ok(Settled::Odd),
            Content::Mapping(entries) => {
                self.settle_entries(entries, known)?;
                Ok(Settled::Kept)
            }
            Content::Sequence(items) => self.settle_items(items, known),
        }
    }

    fn settle_entries(
        &mut self,
        entries: &mut Vec<(Node, Node)>,
        known: Option<TypeId>,
    ) -> Result<(), MergeError> {
        let mut removed: HashSet<String> = HashSet::new();
        let mut settled = Ok(());
        entries.retain_mut(|(key, value)| {
            // Of equal names only the first is ever looked at.
            if settled.is_err() || removed.contains(key.text()) {
                return true;
            }
            if value.is_null() && value.text().is_empty() {
                removed.insert(key.text().to_owned());
                return false;
            }
            let below = known.and_then(|known| self.schema.field(known, key.text()));
            let done = self.settle_value(value, below);
            settled = done.map_err(|error| error.within(key.text()));
            true
        });
        settled
    }

    fn settle_items(
        &mut self,
        items: &mut [Node],
        known: Option<TypeId>,
    ) -> Result<Settled, MergeError> {
        let schema = self.schema;
        let Some(keys) = known.and_then(|known| schema.merge_keys(known)) else {
            return Ok(Settled::Kept);
        };
        let mut seen = HashSet::with_capacity(items.len());
        let distinct = |item| key_texts(item, keys).is_some_and(|texts| seen.insert(texts));
        if !items.iter().all(distinct) {
            return Ok(Settled::Odd);
        }
        let elements = known.and_then(|known| schema.elements(known));
        for item in &mut *items {
            match keys {
                [] => remake(item),
                _ => self.settle_value(item, elements)?,
            }
        }
        Ok(match (items, self.growth) {
            ([], _) | (_, Growth::Behind) => Settled::Kept,
            (_, Growth::Before) => Settled::Remade,
        })
    }

    fn settle_value(&mut self, value: &mut Node, known: Option<TypeId>) -> Result<(), MergeError> {
        if value.is_scalar() {
            quote_if_ambiguous(value);
            return Ok(());
        }
        let known = known.or_else(|| self.named_by(value));
        match self.settle_content(&mut value.content, known)? {
            Settled::Kept => {}
            Settled::Remade => forget_origin(value),
            Settled::Odd => self.walk_apart(value, known)?,
        }
        Ok(())
    }

    /// The type of the kind that a map says it is of.
    fn named_by(&self, value: &Node) -> Option<TypeId> {
        let text = |field| {
            let found = value.get(field).filter(|found| !found.is_null());
            found.map(Node::text).filter(|text| !text.is_empty())
        };
        self.schema.of_kind(text("apiVersion")?, text("kind")?)
    }

    /// Walks a list below a settled part, whose elements are merged with each other.
    fn walk_apart(&mut self, value: &mut Node, known: Option<TypeId>) -> Result<(), MergeError> {
        let style = value.style;
        let mut graph = Graph::default();
        let dest = graph.plant(std::mem::replace(value, Node::sequence()));
        let mut walker = self.apart(graph);
        let walked = walker.walk(Some(dest), None, known)?;
        self.went_apart(&walker);
        *value = walker.graph.harvest(walked.unwrap_or(dest));
        value.style = style;
        Ok(())
    }
}

/// What became of a collection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Settled {
    /// It is the same one.
    Kept,
    /// It is a new one with the same elements.
    Remade,
    /// It has to be walked.
    Odd,
}

/// The values of the keys of an element that has them all; of a scalar, its own.
fn key_texts<'a>(item: &'a Node, keys: &[impl AsRef<str>]) -> Option<Vec<&'a str>> {
    let known = |value: &'a Node| {
        let text = (!value.is_null()).then(|| value.text());
        text.filter(|text| !text.is_empty())
    };
    match keys {
        [] => known(item).map(|text| vec![text]),
        keys => keys
            .iter()
            .map(|key| known(item.get(key.as_ref())?))
            .collect(),
    }
}

/// A scalar that was united with others is a new one whose type its text decides.
fn remake(item: &mut Node) {
    let mut new = Node::scalar(item.text());
    new.style = item.style;
    *item = new;
}

fn forget_origin(value: &mut Node) {
    value.tag = Tag::None;
    value.line = 0;
    value.comments = None;
}

fn quote_if_ambiguous(value: &mut Node) {
    let string = matches!(value.tag, Tag::Str | Tag::None);
    if string && value.style == Style::default() && reads_as_non_string(value.text()) {
        value.style.form = Form::DoubleQuoted;
    }
}
