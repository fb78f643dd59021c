//! Reading a tree of nodes.
//!
//! Comes in: text. Goes out: the tree of its first document, with every alias replaced by what it
//! names and every `<<` merged: what Kustomize works on. Source of the rules: yaml.v3 3.0, and
//! kyaml 0.21, kio/byteio_reader.go.

use super::compose::{Composer, Tree};
use super::expand::expand;
use super::{Node, Tag, margin};
use crate::Limits;
use crate::parse::{EventKind, Parser};
use crate::read::ReadError;
use crate::read::{checked, located};
use crate::scan::{Fault, Reader};

/// The first document of a text as yaml.v3 reads it, aliases and merge keys resolved as kyaml does;
/// `None` if there is none or it is null.
pub fn read_node(text: &str, limits: &Limits) -> Result<Option<Node>, ReadError> {
    let text = checked(text.as_bytes(), limits)?;
    let tree = expanded(text, limits);
    tree.map_err(|(place, problem)| located(1, place, problem))
}

/// The first document of a text with its comments, anchors and aliases, to be written again;
/// `None` if there is none.
pub fn read_node_with_comments(text: &str, limits: &Limits) -> Result<Option<Node>, ReadError> {
    let text = checked(text.as_bytes(), limits)?;
    match as_written(text, limits, Reader::V3WithComments) {
        Ok(tree) => Ok(tree.map(|tree| tree.root)),
        Err((place, problem)) => Err(located(1, place, problem)),
    }
}

fn expanded(text: &str, limits: &Limits) -> Result<Option<Node>, Fault> {
    match as_written(text, limits, Reader::V3)? {
        Some(tree) if tree.root.tag == Tag::Null => Ok(None),
        Some(tree) if tree.expands => expand(&tree.root, limits).map(Some),
        Some(tree) => Ok(Some(tree.root)),
        None => Ok(None),
    }
}

/// The first document with its aliases in it, and its comments if the reader keeps them.
pub fn as_written(text: &str, limits: &Limits, reader: Reader) -> Result<Option<Tree>, Fault> {
    let mut parser = Parser::new(text, reader);
    let head = parser.next()?;
    if let EventKind::StreamEnd = head.kind {
        return Ok(None);
    }
    let root = parser.next()?;
    let mut tree = Composer::new(&mut parser, limits).document(root)?;
    // Looks one step behind the document, where much of what is wrong with it shows.
    let end = parser.next()?;
    margin::document(&mut tree.root, head.comments, end.comments);
    Ok(Some(tree))
}
