//! What can be wrong with replacements.
//!
//! Comes in: a replacement, a resource or a field. Goes out: an error that names it.

use crate::file::SourceSelector;
use crate::node::{self, NodeError};
use crate::resource::pattern::PatternError;
use crate::resource::{ResId, SelectError};
use std::fmt;
use yaml::Node;

/// A replacement could not be made.
#[derive(Debug, thiserror::Error)]
#[error("replacement {} of the list", index + 1)]
pub struct ReplacementsError {
    /// Its position among all replacements that were given, from 0.
    pub index: usize,
    /// Why not.
    #[source]
    pub source: ReplacementError,
}

/// Why a replacement could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReplacementError {
    /// There are very many targets, and very many resources.
    #[error("all replacements of the list look at resources more than {0} times; split the list")]
    TooManyLooks(usize),
    /// It has no source, or no targets.
    #[error("replacements must specify a source and at least one target")]
    Incomplete,
    /// It has a value and a resource to read it from.
    #[error("value and resource selectors are mutually exclusive; drop source or sourceValue")]
    TwoSources,
    /// Its source is not there.
    #[error("nothing selected by {0}")]
    NoSource(ShownSource),
    /// Its source may be several resources.
    #[error("multiple matches for selector {selector}: {first} and {second}; say more about it")]
    ManySources {
        /// The selector.
        selector: ShownSource,
        /// One resource.
        first: Box<ResId>,
        /// Another.
        second: Box<ResId>,
    },
    /// The path of its source leads through something of another kind.
    #[error("error looking up replacement source {path} in {resource}")]
    SourcePath {
        /// The path.
        path: String,
        /// The source.
        resource: Box<ResId>,
        /// What is wrong.
        #[source]
        source: Box<NodeError>,
    },
    /// The field of its source is missing, null or empty.
    #[error("fieldPath `{path}` is missing for replacement source {resource}{nearest}")]
    NoSourceField {
        /// The path.
        path: String,
        /// The source.
        resource: Box<ResId>,
        /// How far the path leads.
        nearest: Nearest,
    },
    /// A map or a list is to be cut at a delimiter.
    #[error("delimiter option can only be used with scalar nodes; the source is a {0}")]
    Delimiter(&'static str),
    /// The value has fewer parts.
    #[error("options.index {index} is out of bounds for value {value}")]
    OutOfBounds {
        /// Which part is wanted.
        index: i64,
        /// The value.
        value: String,
    },
    /// A target says nothing about the resources it is for.
    #[error("target must specify resources to select")]
    NoSelect,
    /// A target's selector is not valid.
    #[error("error creating target selector")]
    Selector(#[source] Box<SelectError>),
    /// A resource that is a target could not be written to.
    #[error("writing to replacement target {resource}")]
    Target {
        /// The resource.
        resource: Box<ResId>,
        /// What is wrong.
        #[source]
        source: Box<TargetError>,
    },
}

impl From<SelectError> for ReplacementError {
    fn from(error: SelectError) -> Self {
        Self::Selector(Box::new(error))
    }
}

/// Why a resource could not be written to.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// It has no such field.
    #[error(
        "unable to find {}field {path:?} in replacement target{nearest}{}",
        or_create(.create),
        if *.create { "" } else { "; set options.create to have it made" }
    )]
    Missing {
        /// The path.
        path: String,
        /// Were missing fields to be made?
        create: bool,
        /// How far the path leads.
        nearest: Nearest,
    },
    /// The path leads through something of another kind.
    #[error("unable to find {}field {path:?} in replacement target{nearest}", or_create(.create))]
    Path {
        /// The path.
        path: String,
        /// Were missing fields to be made?
        create: bool,
        /// How far the path leads.
        nearest: Nearest,
        /// What is wrong.
        #[source]
        source: Box<PathError>,
    },
    /// A map or a list is to be cut at a delimiter.
    #[error("delimiter option can only be used with scalar nodes; {path} is a {found}")]
    Delimiter {
        /// The path.
        path: String,
        /// What is there.
        found: &'static str,
    },
    /// What replacements write grows beyond what is sensible.
    #[error("with field {path:?} replacements go beyond what {limit}")]
    TooMuch {
        /// The path.
        path: String,
        /// What is allowed.
        limit: &'static str,
    },
}

fn or_create(create: &bool) -> &'static str {
    match create {
        true => "or create ",
        false => "",
    }
}

/// Why a path leads nowhere.
#[derive(Debug, thiserror::Error)]
pub enum PathError {
    /// Something of another kind stands on the way, or a step is not valid.
    #[error(transparent)]
    Node(#[from] NodeError),
    /// What an item's field should hold is no regular expression.
    #[error("the value of the step {step} is not a valid regular expression")]
    Pattern {
        /// The step.
        step: String,
        /// What is wrong with it.
        #[source]
        source: PatternError,
    },
    /// The item that would be made for a step would not be found by it.
    #[error("no item fits {0}, and none can be made that does; write the value out")]
    CannotMake(String),
    /// A text on the way does not hold what the path goes on to.
    #[error("the path leads into the text on line {line}")]
    InText {
        /// Where the text begins, from 1; 0 if it was made during the build. Lines of the source are
        /// counted from there.
        line: u32,
        /// What is wrong in it.
        #[source]
        source: Box<PathError>,
    },
    /// A text on the way does not read as YAML.
    #[error("it is neither YAML nor JSON")]
    NotYaml(#[from] yaml::ReadError),
    /// A text on the way holds nothing.
    #[error("wrong node kind: it is empty")]
    Empty,
    /// The path has too many steps.
    #[error("the path has {steps} steps, more than the {limit} allowed")]
    TooLong {
        /// How many it has.
        steps: usize,
        /// How many are allowed.
        limit: usize,
    },
}

/// A source in a message: its id, its field and its options.
#[derive(Clone, PartialEq, Debug)]
pub struct ShownSource(pub Box<SourceSelector>);

impl fmt::Display for ShownSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SourceSelector {
            id,
            field_path,
            options,
        } = &*self.0;
        write!(f, "{id}")?;
        if !field_path.is_empty() {
            write!(f, ":{field_path}")?;
        }
        match options {
            Some(options) if !options.delimiter.is_empty() || options.create => write!(
                f,
                ":{}({}), create={}",
                options.delimiter, options.index, options.create
            ),
            _ => Ok(()),
        }
    }
}

/// How far a path leads, for messages.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Nearest {
    /// The part of the path that is there; empty if not even its first step is.
    pub path: String,
    /// What stands there.
    pub found: &'static str,
}

impl Nearest {
    /// How far a path leads in an object.
    pub(super) fn new(object: &Node, steps: &[String]) -> Self {
        let found = |end: usize| node::lookup(object, &steps[..end]).ok()?;
        let ends = (1..steps.len()).map_while(|end| Some((end, found(end)?)));
        match ends.last() {
            Some((end, found)) => Self {
                path: steps[..end].join("."),
                found: found.kind_name(),
            },
            None => Self::default(),
        }
    }
}

impl fmt::Display for Nearest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.is_empty() {
            true => write!(f, "; it has nothing of it"),
            false => write!(f, "; it has {}, a {}", self.path, self.found),
        }
    }
}
