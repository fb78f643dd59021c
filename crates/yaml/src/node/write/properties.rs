//! Anchors and tags.
//!
//! Comes in: a node. Goes out: `*name`, or `&name` and its tag, where the tag was written or the
//! text would not be read as what it says. Source of the rules: yaml.v3 3.0, encode.go (node).

use super::Writer;
use super::pen::After;
use crate::node::{Content, Form, Node, Tag};
use crate::resolve::v3;
use std::borrow::Cow;
use std::fmt::Write;

/// A tag as it is written.
pub struct Spelled(String);

impl Spelled {
    /// The bytes it counts for where the length of a key does.
    pub fn length(&self) -> usize {
        self.0.len() - if self.0.starts_with("!<") { 3 } else { 0 }
    }
}

impl Writer {
    pub fn properties(&mut self, node: &Node) {
        if node.is_alias() {
            return self.name("*", node.text());
        }
        let anchor = anchor(node);
        if !anchor.is_empty() {
            self.name("&", anchor);
        }
        if let Some(Spelled(tag)) = spelled_tag(node) {
            self.pen.space();
            self.pen.word(&tag);
        }
    }

    fn name(&mut self, sign: &str, name: &str) {
        self.pen.space();
        self.pen.indicator(sign, After::Text);
        self.pen.word(name);
    }
}

/// The name of a node's anchor.
pub fn anchor(node: &Node) -> &str {
    let comments = node.comments.as_ref();
    comments.map_or("", |comments| &comments.anchor)
}

/// The tag a node needs in the text.
pub fn spelled_tag(node: &Node) -> Option<Spelled> {
    let is_needed = match (&node.tag, &node.content) {
        (Tag::None, _) => false,
        _ if node.style.tagged => true,
        (Tag::Map, Content::Mapping(_)) | (Tag::Seq, Content::Sequence(_)) => false,
        (_, Content::Mapping(_) | Content::Sequence(_)) => true,
        (Tag::Str, _) => false,
        (tag, Content::Scalar(text)) => v3::tag(text) != *tag,
    };
    is_needed.then(|| Spelled(spell(&node.tag)))
}

/// Whether the text needs quotes, or it would not be read as text.
pub fn needs_quotes(node: &Node) -> bool {
    node.tag == Tag::Str
        && !node.style.tagged
        && node.style.form == Form::Plain
        && v3::tag(node.text()) != Tag::Str
}

fn spell(tag: &Tag) -> String {
    let name = tag.short();
    match name.strip_prefix("!!").or_else(|| name.strip_prefix('!')) {
        Some(suffix) => {
            let handle = &name[..name.len() - suffix.len()];
            format!("{handle}{}", escaped(suffix))
        }
        None => format!("!<{}>", escaped(name)),
    }
}

/// The tag with all escaped that a tag may not have.
fn escaped(text: &str) -> Cow<'_, str> {
    let stands = |byte: u8| byte.is_ascii_alphanumeric() || b"-_;/?:@&=+$,.~*'()[]".contains(&byte);
    if text.bytes().all(stands) {
        return text.into();
    }
    let mut escaped = String::new();
    for byte in text.bytes() {
        // Writing to a String cannot fail.
        let _ = match stands(byte) {
            true => write!(escaped, "{}", char::from(byte)),
            false => write!(escaped, "%{byte:02X}"),
        };
    }
    escaped.into()
}
