//! Texts that yaml.v3 does not read as it wrote them.
//!
//! Comes in: a scalar. Goes out: its text after it was written and read. For almost all that is the
//! same text. But yaml.v3 puts empty lines into `>` blocks where lines are indented, cannot read a
//! block back that starts with a tab, and folds at line breaks that are not `\n`; Kustomize's
//! results have all that.

use crate::limits::Limits;
use crate::node::{Content, Form, Node, Tag, read, write_node};
use crate::read::Problem;
use crate::scan::Reader;
use std::borrow::Cow;

/// The text that is left of a scalar outside of brackets.
pub fn text(node: &Node) -> Result<Cow<'_, str>, Problem> {
    let text = node.text();
    match is_endangered(node.style.form, text) {
        false => Ok(text.into()),
        true => written_and_read(node).map(Cow::Owned),
    }
}

fn is_endangered(form: Form, text: &str) -> bool {
    match form {
        Form::DoubleQuoted => false,
        Form::Folded => text.contains('\n') || text.starts_with('\t') || has_other_breaks(text),
        Form::Literal => text.starts_with('\t') || has_other_breaks(text),
        _ => text.contains('\n') && text.starts_with('\t') || has_other_breaks(text),
    }
}

/// Line and paragraph separators; U+2028 and U+2029 alone start with these bytes in common.
fn has_other_breaks(text: &str) -> bool {
    !text.is_ascii() && text.contains(['\u{2028}', '\u{2029}'])
}

fn written_and_read(node: &Node) -> Result<String, Problem> {
    let mut alone = node.clone();
    alone.comments = None;
    let entries = vec![(Node::scalar("k"), alone)];
    let text = write_node(&Node::new(Content::Mapping(entries), Tag::Map));
    let tree =
        read::as_written(&text, &Limits::default(), Reader::V3).map_err(|(_, problem)| problem)?;
    let read = tree.and_then(|mut tree| tree.root.remove("k"));
    Ok(read.map_or_else(String::new, |node| node.text().to_owned()))
}
