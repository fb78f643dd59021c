//! Parts of the object that the patch says nothing of.
//!
//! Comes in: such a part. Goes out: the same part, as walking it would leave it: nulls without text
//! are gone from maps, text that is ambiguous is quoted. Where no list below it is merged this needs
//! no walk. Source: what kyaml's walk does when there is nothing to merge.

use super::error::MergeError;
use super::graph::{Graph, Id};
use super::walk::Walker;
use crate::node::reads_as_non_string;
use crate::schema::TypeId;
use yaml::{Content, Form, Node, Style, Tag};

impl Walker<'_> {
    /// Settles a part nobody looked into; false if it has to be walked.
    pub fn settle(&mut self, id: Id, known: Option<TypeId>) -> Result<bool, MergeError> {
        if !self.is_mergeless(known) {
            return Ok(false);
        }
        let Some(Content::Mapping(entries)) = self.graph.folded(id) else {
            return Ok(false);
        };
        let mut entries = std::mem::take(entries);
        self.settle_entries(&mut entries, known)?;
        if let Some(content) = self.graph.folded(id) {
            *content = Content::Mapping(entries);
        }
        Ok(true)
    }

    /// Is no list below this type merged?
    fn is_mergeless(&self, known: Option<TypeId>) -> bool {
        known.is_none_or(|known| !self.schema.leads_to_merges(known))
    }

    fn settle_entries(
        &mut self,
        entries: &mut Vec<(Node, Node)>,
        known: Option<TypeId>,
    ) -> Result<(), MergeError> {
        let mut removed: Vec<Node> = Vec::new();
        let mut at = 0;
        while let Some((key, value)) = entries.get_mut(at) {
            // Of equal names only the first is ever looked at.
            if removed.iter().any(|name| name.text() == key.text()) {
                at += 1;
            } else if value.is_null() && value.text().is_empty() {
                removed.push(entries.remove(at).0);
            } else {
                let below = known.and_then(|known| self.schema.field(known, key.text()));
                self.settle_value(value, below)?;
                at += 1;
            }
        }
        Ok(())
    }

    fn settle_value(&mut self, value: &mut Node, known: Option<TypeId>) -> Result<(), MergeError> {
        let known = known.or_else(|| self.named_by(value));
        match &mut value.content {
            Content::Scalar(_) => quote_if_ambiguous(value),
            Content::Sequence(_) if self.is_mergeless(known) => {}
            Content::Mapping(entries) if self.is_mergeless(known) => {
                self.settle_entries(entries, known)?;
            }
            _ => self.walk_apart(value, known)?,
        }
        Ok(())
    }

    /// The type of the kind that a map says it is of.
    fn named_by(&self, value: &Node) -> Option<TypeId> {
        let text = |field| {
            let found = value.get(field).filter(|found| !found.is_null());
            found.map_or("", Node::text)
        };
        value.is_mapping().then_some(())?;
        self.schema.of_kind(text("apiVersion"), text("kind"))
    }

    /// Walks a part below a settled one, in which lists are merged with themselves: it contains an
    /// object of a known kind.
    fn walk_apart(&mut self, value: &mut Node, known: Option<TypeId>) -> Result<(), MergeError> {
        let mut graph = Graph::default();
        let dest = graph.plant(value.clone());
        let mut walker = Walker::new(graph, self.schema, self.growth);
        walker.path.clone_from(&self.path);
        if let Some(walked) = walker.walk(Some(dest), None, known)? {
            *value = walker.graph.harvest(walked);
        }
        Ok(())
    }
}

fn quote_if_ambiguous(value: &mut Node) {
    let string = matches!(value.tag, Tag::Str | Tag::None);
    if string && value.style == Style::default() && reads_as_non_string(value.text()) {
        value.style.form = Form::DoubleQuoted;
    }
}
