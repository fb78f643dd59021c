//! Copies of trees.
//!
//! Written out, because the derived way takes several times the room on the stack for every level.

use super::{Bond, Content, Node};

impl Clone for Node {
    fn clone(&self) -> Self {
        Self {
            content: self.content.clone(),
            tag: self.tag.clone(),
            style: self.style,
            line: self.line,
            comments: self.comments.clone(),
            bond: Bond::NONE,
        }
    }
}

impl Clone for Content {
    fn clone(&self) -> Self {
        match self {
            Self::Scalar(text) => Self::Scalar(text.clone()),
            Self::Sequence(items) => {
                let mut copy = Vec::with_capacity(items.len());
                for item in items {
                    copy.push(item.clone());
                }
                Self::Sequence(copy)
            }
            Self::Mapping(entries) => {
                let mut copy = Vec::with_capacity(entries.len());
                for (key, value) in entries {
                    copy.push((key.clone(), value.clone()));
                }
                Self::Mapping(copy)
            }
        }
    }
}
