//! Where a replacement reads its value.
//!
//! Comes in: a replacement. Goes out: its value: the field of the one resource that its source
//! names, all of it or one part of its text. Source: Kustomize 5.8.1,
//! api/filters/replacement/replacement.go (getReplacement).

use super::ReplacementError;
use super::error::{Nearest, ShownSource};
use super::matches::Way;
use super::population::Population;
use super::target::DEFAULT_FIELD;
use super::value::Value;
use crate::file::{FieldOptions, Replacement, SourceSelector};
use crate::node::{self, NodeError};
use yaml::Node;

/// The value of a replacement.
pub(super) fn read(
    population: &Population,
    replacement: &Replacement,
) -> Result<Value, ReplacementError> {
    match (&replacement.source, &replacement.source_value) {
        (None, None) => Err(ReplacementError::Incomplete),
        (Some(_), Some(_)) => Err(ReplacementError::TwoSources),
        (None, Some(text)) => Ok(Value::new(Node::scalar(text.as_str()))),
        (Some(source), None) => read_field(population, source),
    }
}

fn read_field(population: &Population, source: &SourceSelector) -> Result<Value, ReplacementError> {
    let at = select(population, source)?;
    let object = &population.resource(at).node;
    let path = match source.field_path.as_str() {
        "" => DEFAULT_FIELD,
        path => path,
    };
    let steps = node::split_smart(path, '.');
    let found = look_up(object, &steps).map_err(|source| ReplacementError::SourcePath {
        path: path.to_owned(),
        resource: Box::new(population.id(at)),
        source: Box::new(source),
    })?;
    match found.filter(|(_, node)| !node.is_null_or_empty()) {
        Some((way, node)) => refine(source.options.as_ref(), node, at, way),
        None => Err(ReplacementError::NoSourceField {
            path: path.to_owned(),
            resource: Box::new(population.id(at)),
            nearest: Nearest::new(object, &steps),
        }),
    }
}

/// The position of the one resource that a source names.
fn select(population: &Population, source: &SourceSelector) -> Result<usize, ReplacementError> {
    let shown = || ShownSource(Box::new(source.clone()));
    let fits = |at: &usize| {
        let mut ids = population.ids(*at).iter();
        ids.any(|id| id.is_selected_by(&source.id))
    };
    let mut found = (0..population.len()).filter(fits);
    match (found.next(), found.next()) {
        (None, _) => Err(ReplacementError::NoSource(shown())),
        (Some(at), None) => Ok(at),
        (Some(first), Some(second)) => Err(ReplacementError::ManySources {
            selector: shown(),
            first: Box::new(population.id(first)),
            second: Box::new(population.id(second)),
        }),
    }
}

/// The field at the end of a path and the way to it.
fn look_up<'a>(object: &'a Node, steps: &[String]) -> Result<Option<(Way, &'a Node)>, NodeError> {
    let mut way = Way::new();
    let mut here = object;
    for step in steps {
        let Some(next) = node::lookup(here, &[step])? else {
            return Ok(None);
        };
        if !std::ptr::eq(next, here) {
            way.extend(position(here, next));
        }
        here = next;
    }
    Ok(Some((way, here)))
}

/// Where a child stands in its parent.
fn position(parent: &Node, child: &Node) -> Option<usize> {
    let mut items = parent.items().iter();
    let mut values = parent.entries().iter().map(|(_, value)| value);
    items
        .position(|item| std::ptr::eq(item, child))
        .or_else(|| values.position(|value| std::ptr::eq(value, child)))
}

/// The whole value, or one part of its text.
fn refine(
    options: Option<&FieldOptions>,
    node: &Node,
    at: usize,
    way: Way,
) -> Result<Value, ReplacementError> {
    let Some(options) = options.filter(|options| !options.delimiter.is_empty()) else {
        return Ok(Value::of_field(node.clone(), at, way));
    };
    if !node.is_scalar() {
        return Err(ReplacementError::Delimiter(node.kind_name()));
    }
    let mut parts = node.text().split(&options.delimiter);
    let part = usize::try_from(options.index).ok();
    let Some(part) = part.and_then(|index| parts.nth(index)) else {
        return Err(ReplacementError::OutOfBounds {
            index: options.index,
            value: node.text().to_owned(),
        });
    };
    let mut value = node.clone();
    value.set_text(part);
    Ok(Value::new(value))
}
