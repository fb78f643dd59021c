//! Why a text could not be read, where, and what to do about it.
//!
//! Comes in: what the parser or the composer stumbled over. Goes out: one [`ReadError`] that a
//! person can act on without opening the file twice: position, problem, next step.

use std::borrow::Cow;
use thiserror::Error;

/// A text that does not read as YAML the way Kubernetes reads it.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("document {document}, line {line}, column {column}: {problem}")]
pub struct ReadError {
    /// Which document of the stream, from 1, empty ones counted.
    pub document: usize,
    /// Line in the whole text, from 1.
    pub line: usize,
    /// Column in that line, from 1, in characters.
    pub column: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What is wrong with a text.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum Problem {
    /// It is longer than the caller allows.
    #[error("the text has {bytes} bytes, more than the {limit} allowed")]
    TooLong {
        /// Its length.
        bytes: usize,
        /// What is allowed.
        limit: usize,
    },
    /// It is not UTF-8.
    #[error("the text is not UTF-8")]
    NotUtf8,
    /// It breaks YAML's grammar.
    #[error("{text}")]
    Syntax {
        /// What is wrong, and where it began.
        text: String,
        /// What go-yaml says of it: the problem alone, after a line of its own count.
        reader: String,
    },
    /// It holds more documents than the caller allows.
    #[error("the stream has more than {limit} documents")]
    TooManyDocuments {
        /// What is allowed.
        limit: usize,
    },
    /// It declares more tags than anybody could mean.
    #[error("the text has more than {limit} %TAG directives")]
    TooManyDirectives {
        /// What is allowed.
        limit: usize,
    },
    /// Its values nest deeper than the caller allows.
    #[error("values nest more than {limit} deep")]
    TooDeep {
        /// What is allowed.
        limit: usize,
    },
    /// An alias names nothing.
    #[error("unknown anchor '{0}' referenced")]
    UnknownAnchor(String),
    /// An alias stands inside the value it names.
    #[error("anchor '{0}' value contains itself")]
    AnchorInItself(String),
    /// Aliases repeat far more than is written.
    #[error("document contains excessive aliasing")]
    ExcessiveAliasing,
    /// Aliases repeat more text than the caller allows.
    #[error("aliases repeat more than {limit} bytes of text")]
    AliasedTooMuch {
        /// What is allowed.
        limit: usize,
    },
    /// A tag asks for a type that the text is not of.
    #[error("cannot decode {found} `{text}` as a {wanted}")]
    WrongTag {
        /// The type the text has.
        found: Cow<'static, str>,
        /// The text.
        text: String,
        /// The type the tag asks for.
        wanted: Cow<'static, str>,
    },
    /// The text of a `!!binary` is not base64.
    #[error("!!binary value contains invalid base64 data")]
    InvalidBase64,
    /// An infinity or a NaN, which JSON cannot carry.
    #[error("unsupported value: {0}")]
    NotFinite(&'static str),
    /// A mapping key that JSON cannot carry.
    #[error("unsupported map key: {0}")]
    MapKey(&'static str),
    /// A mapping key that is null.
    #[error("unsupported map key: null")]
    NullKey {
        /// Its value as Go prints it.
        value: String,
    },
    /// A mapping key that is a collection.
    #[error("unsupported map key: {found}")]
    CollectionKey {
        /// What the key is.
        found: &'static str,
        /// The key as go-yaml prints it.
        shown: String,
    },
    /// A key that is there already, where that is refused.
    #[error("key \"{0}\" already set in map")]
    DuplicateKey(String),
    /// A mapping key that is there already, in a tree of nodes.
    #[error("mapping key \"{key}\" already defined at line {line}")]
    DefinedTwice {
        /// The key.
        key: String,
        /// Where it stands first, from 1; 0 if it was made and not read.
        line: u32,
    },
    /// The root of a tree is a scalar.
    #[error("cannot unmarshal `{0}` into a map")]
    NoMapping(String),
    /// A time in a zone that JSON cannot carry.
    #[error("timezone hour outside of range [0,23]")]
    ZoneTooFar,
    /// `<<` twice in one mapping.
    #[error("duplicate merge key")]
    DuplicateMergeKey,
    /// `<<` with a list that has a list in it.
    #[error("invalid map merge: received a nested sequence")]
    MergeOfNestedSequence,
    /// `<<` with an alias of something else than a mapping.
    #[error("invalid map merge: received alias for a non-map value")]
    MergeOfNoMapAlias,
    /// `<<` with something else than mappings.
    #[error("map merge requires map or sequence of maps as the value")]
    MergeOfNoMap,
}

impl ReadError {
    /// The words of the reader that Kubernetes and Helm use, go-yaml v2 below `sigs.k8s.io/yaml`,
    /// for messages people know: `yaml: line 22: did not find expected key`.
    pub fn go_message(&self) -> String {
        match &self.problem {
            Problem::Syntax { reader, .. } => format!("yaml: {reader}"),
            Problem::NotUtf8 => "yaml: invalid leading UTF-8 octet".to_owned(),
            Problem::NotFinite(number) => format!("json: unsupported value: {number}"),
            Problem::NullKey { value } => {
                format!("unsupported map key of type: %!s(<nil>), key: <nil>, value: {value}")
            }
            Problem::CollectionKey { shown, .. } => format!("yaml: invalid map key: {shown}"),
            Problem::DuplicateKey(_) => {
                let (line, problem) = (self.line, &self.problem);
                format!("yaml: unmarshal errors:\n  line {line}: {problem}")
            }
            problem => format!("yaml: {problem}"),
        }
    }

    /// What to do next, as one sentence.
    pub fn next_step(&self) -> &'static str {
        self.problem.next_step()
    }
}

impl Problem {
    /// A break of the grammar at no particular line.
    pub(crate) fn syntax(text: &str) -> Self {
        let (text, reader) = (text.to_owned(), text.to_owned());
        Self::Syntax { text, reader }
    }

    fn next_step(&self) -> &'static str {
        match self {
            Self::TooLong { .. } | Self::TooManyDocuments { .. } => "Split the file.",
            Self::NotUtf8 => "Save the file as UTF-8, or move binary data under `binaryData`.",
            Self::Syntax { .. } => "Check indentation, quotes and colons at this place.",
            Self::TooManyDirectives { .. } => {
                "Remove the %TAG lines; tags of your own mean nothing here."
            }
            Self::TooDeep { .. } => "Flatten the value.",
            Self::UnknownAnchor(_) => {
                "Define the anchor with & earlier in the same document, or quote the text."
            }
            Self::AnchorInItself(_) => "Write the inner value out instead of the alias.",
            Self::ExcessiveAliasing | Self::AliasedTooMuch { .. } => {
                "Write the values out instead of nesting aliases."
            }
            Self::WrongTag { .. } => "Remove the tag, or correct the value.",
            Self::InvalidBase64 => "Encode the value as base64, or remove the !!binary tag.",
            Self::NotFinite(_) => "Quote the value, or give a finite number.",
            Self::MapKey(_) | Self::NullKey { .. } | Self::CollectionKey { .. } => {
                "Give the mapping a key of text; quote it if need be."
            }
            Self::NoMapping(_) => "Put the value under a key.",
            Self::ZoneTooFar => "Give the time in UTC.",
            Self::DuplicateKey(_) | Self::DefinedTwice { .. } => "Remove one of the two keys.",
            Self::DuplicateMergeKey => "Give one << a list of all the mappings to merge.",
            Self::MergeOfNoMap | Self::MergeOfNestedSequence | Self::MergeOfNoMapAlias => {
                "Point << at a mapping, or quote it if it is meant as text."
            }
        }
    }
}
