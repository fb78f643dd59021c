//! What the scanner makes of a text.

use super::mark::Mark;
use crate::Form;
use std::borrow::Cow;

/// One token, and where it starts.
#[derive(Debug)]
pub struct Token<'t> {
    pub kind: TokenKind<'t>,
    pub mark: Mark,
}

/// The tokens of YAML.
#[derive(PartialEq, Debug)]
pub enum TokenKind<'t> {
    StreamStart,
    StreamEnd,
    VersionDirective {
        major: u8,
        minor: u8,
    },
    TagDirective {
        handle: &'t str,
        prefix: Cow<'t, str>,
    },
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias(&'t str),
    Anchor(&'t str),
    /// Without a handle, the suffix is the tag.
    Tag {
        handle: &'t str,
        suffix: Cow<'t, str>,
    },
    Scalar {
        text: Cow<'t, str>,
        form: Form,
    },
}
