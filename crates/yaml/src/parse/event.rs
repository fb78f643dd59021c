//! What the parser makes of tokens.

use crate::Form;
use crate::scan::Mark;
use std::borrow::Cow;

/// One step of the parser.
pub struct Event<'t> {
    pub kind: EventKind<'t>,
    pub mark: Mark,
    /// Comments that belong to it, where they are wanted and there are any.
    pub comments: Option<Box<EventComments>>,
}

/// Comments of one event.
#[derive(Default)]
pub struct EventComments {
    pub head: String,
    pub line: String,
    pub foot: String,
}

/// What the parser met.
pub enum EventKind<'t> {
    StreamEnd,
    DocumentStart,
    DocumentEnd,
    Alias(&'t str),
    Scalar(Scalar<'t>),
    SequenceStart(Start<'t>),
    SequenceEnd,
    MappingStart(Start<'t>),
    MappingEnd,
}

/// What may stand before a node.
#[derive(Default)]
pub struct Properties<'t> {
    pub anchor: Option<&'t str>,
    /// In its long form.
    pub tag: Option<Cow<'t, str>>,
}

/// The beginning of a sequence or a mapping.
pub struct Start<'t> {
    pub properties: Properties<'t>,
    /// In brackets or braces.
    pub flow: bool,
}

/// A scalar as written: its meaning is for `resolve` to say.
pub struct Scalar<'t> {
    pub text: Cow<'t, str>,
    pub properties: Properties<'t>,
    pub form: Form,
}

impl Scalar<'_> {
    /// Whether its text decides what it is: unquoted, or tagged with a lone `!`.
    pub fn is_plain(&self) -> bool {
        match &self.properties.tag {
            None => self.form == Form::Plain,
            Some(tag) => tag == "!",
        }
    }
}
