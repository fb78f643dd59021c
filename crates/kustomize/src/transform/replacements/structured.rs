//! Fields inside of texts.
//!
//! Comes in: an object, and a path that may lead into a text that holds YAML or JSON, as ConfigMaps
//! do. Goes out: the object with the value set inside of that text, which is written anew; or
//! nothing done, and then the path is followed as any other. Source: Kustomize 5.8.1,
//! api/filters/replacement/replacement.go (setValueInStructuredData).

use super::bounds::{Bound, Budget};
use super::field_path::FieldPath;
use super::matches::{Match, find, node_at_mut};
use crate::go_json;
use crate::node::{self, Create};
use yaml::{Content, Limits, Node, Tag};

/// Sets a value inside of a text, if there is a text on the path and all goes well. Tells whether it
/// did, or which bound that would go beyond.
pub(super) fn write(
    object: &mut Node,
    path: &FieldPath,
    value: &Node,
    create: Option<Create>,
    budget: &mut Budget,
) -> Result<bool, Bound> {
    let Some(steps) = steps_to_text(object, &path.texts) else {
        return Ok(false);
    };
    let Ok(Some(text)) = node::lookup_mut(object, &path.texts[..steps]) else {
        return Ok(false);
    };
    let Some((mut root, found)) = read(text.text(), path, steps, create) else {
        return Ok(false);
    };
    for found in found {
        // What stands apart is in a text within the text, and stays as it is.
        if let Match::At(way) = found
            && let Some(field) = node_at_mut(&mut root, &way)
        {
            set(field, value, way.len(), budget)?;
        }
    }
    let written = serialize(root, text.text());
    if let Some(written) = &written {
        budget.text(written)?;
        text.set_text(written.as_str());
    }
    Ok(written.is_some())
}

/// How many steps lead to the first text on the path; not all of them do.
fn steps_to_text(object: &Node, path: &[String]) -> Option<usize> {
    for steps in 1..path.len() {
        if node::lookup(object, &path[..steps]).ok()??.is_scalar() {
            return Some(steps);
        }
    }
    None
}

/// What a text holds, and the fields in it that the rest of the path leads to.
fn read(
    text: &str,
    path: &FieldPath,
    from: usize,
    create: Option<Create>,
) -> Option<(Node, Vec<Match>)> {
    let mut root = yaml::read_node_with_comments(text, &Limits::default()).ok()??;
    let found = find(&mut root, path, from, create).ok()?;
    (!found.is_empty()).then_some((root, found))
}

fn set(field: &mut Node, value: &Node, depth: usize, budget: &mut Budget) -> Result<(), Bound> {
    if field.is_scalar() {
        budget.text(value.text())?;
        field.set_text(value.text());
        return Ok(());
    }
    budget.copy(value, depth)?;
    *field = value.clone();
    Ok(())
}

/// JSON stays JSON, in one line or in several, and everything else is YAML.
fn serialize(root: Node, before: &str) -> Option<String> {
    if !before.trim_start().starts_with(['{', '[']) {
        return Some(yaml::write_node(&root).trim().to_owned());
    }
    // Inside of a list a map's keys must be texts, as they must be here.
    let list = Node::new(Content::Sequence(vec![root]), Tag::Seq);
    let value = list.to_value().ok()?;
    let value = value.get(0)?;
    match before.contains('\n') && before.contains("  ") {
        true => Some(go_json::write_pretty(value)),
        false => Some(go_json::write(value)),
    }
}
