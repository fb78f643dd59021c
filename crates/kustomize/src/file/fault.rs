//! What is wrong in a document, and where.
//!
//! Comes in: a path and a problem. Goes out: one message that names the field, what is wrong with
//! it and what to write instead.

use super::decode::{At, Expected, Found};

/// Something wrong at one place of a document.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}{problem}", self.place())]
pub struct Fault {
    /// The place, from the top of the document.
    pub path: Vec<Step>,
    /// What is wrong there.
    pub problem: Problem,
}

/// A step down in a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// To the value of a key.
    Key(String),
    /// To an item of a list, from 0.
    Item(usize),
}

/// What is wrong at a place.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// A value of another type than the field's.
    #[error("expected {expected}, found {found}{}", advice(*.expected, .found))]
    Type {
        /// The field's type.
        expected: Expected,
        /// What stands there.
        found: Found,
    },
    /// A field nobody knows.
    #[error("unknown field {name:?}{}", hint(*.nearest, .known))]
    UnknownField {
        /// Its name.
        name: String,
        /// The name that was probably meant.
        nearest: Option<&'static str>,
        /// All names that may stand there.
        known: Vec<&'static str>,
    },
    /// A replacement that is in a file and is written here.
    #[error("cannot specify both path and inline replacement; keep `path` or the rest")]
    PathAndReplacement,
    /// A patch without content.
    #[error("must specify one of patch and path: neither says anything")]
    NoPatch,
    /// A patch with two contents.
    #[error("patch and path can't be set at the same time; keep one of them")]
    PatchAndPath,
    /// A JSON patch for nothing.
    #[error("a JSON patch needs a `target` with a `name`")]
    NoPatchTarget,
    /// A JSON patch whose target has no name.
    #[error("must specify the target name; set `name` in `target`")]
    NoPatchTargetName,
    /// A JSON patch without content.
    #[error("empty file path and empty jsonOp; name a file or write the operations")]
    NoOperations,
    /// A JSON patch with two contents.
    #[error("must specify a file path or jsonOp, not both; keep one of them")]
    OperationsAndPath,
    /// Strategic merge patches that are missing.
    #[error("empty file path and empty patch content; list files in `paths` or write `patches`")]
    NoPatches,
    /// A chart without a name.
    #[error("chart name cannot be empty; set `name`")]
    NoChartName,
    /// A way of merging values that does not exist.
    #[error("valuesMerge must be one of merge, override, replace; found {0:?}")]
    ValuesMerge(String),
    /// A choice of subjects that does not exist.
    #[error(
        "invalid value {0:?} for setRoleBindingSubjects: must be one of \"defaultOnly\", \"none\" \
         or \"allServiceAccounts\""
    )]
    RoleBindingSubjects(String),
    /// A prefix or suffix without fields to put it in.
    #[error(
        "fieldSpecs is not expected to be nil; say where the text goes, for names `fieldSpecs: \
         [{{path: metadata/name}}]`"
    )]
    NoFieldSpecs,
    /// A value that goes nowhere.
    #[error("must specify at least one target")]
    NoTarget,
    /// A target without a field.
    #[error("fieldPath cannot be empty")]
    NoFieldPath,
    /// A position before the first.
    #[error("value of filePathPosition ({0}) cannot be negative")]
    NegativePosition(i64),
}

impl Fault {
    /// A fault at the place.
    pub(crate) fn new(at: &At<'_>, problem: Problem) -> Self {
        let mut path = Vec::new();
        let mut here = at;
        loop {
            here = match here {
                At::Root => break,
                At::Key(above, key) => {
                    path.push(Step::Key((*key).to_owned()));
                    above
                }
                At::Item(above, index) => {
                    path.push(Step::Item(*index));
                    above
                }
            };
        }
        path.reverse();
        Self { path, problem }
    }

    /// A fault of the whole document.
    pub(crate) fn of_document(problem: Problem) -> Self {
        Self::new(&At::Root, problem)
    }

    /// A fault of an item of a list at the top.
    pub(crate) fn of_item(list: &str, index: usize, problem: Problem) -> Self {
        Self::new(&At::Item(&At::Key(&At::Root, list), index), problem)
    }
}

impl Fault {
    /// Names the place, for the message. An unknown field names itself; what it stands in counts.
    fn place(&self) -> String {
        let (preposition, path) = match (&self.problem, self.path.split_last()) {
            (Problem::UnknownField { .. }, Some((_, above))) => ("in", above),
            _ => ("field", &self.path[..]),
        };
        match path.is_empty() {
            true => String::new(),
            false => format!("{preposition} `{}`: ", written(path)),
        }
    }
}

/// A path as `images[0].newTag`.
fn written(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Item(item) => text += &format!("[{item}]"),
            Step::Key(key) if !is_plain(key) => text += &format!("[{key:?}]"),
            Step::Key(key) if text.is_empty() => text += key,
            Step::Key(key) => text += &format!(".{key}"),
        }
    }
    text
}

fn is_plain(key: &str) -> bool {
    let part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    !key.is_empty() && key.chars().all(part)
}

fn advice(expected: Expected, found: &Found) -> &'static str {
    match (expected, found) {
        (Expected::Text, Found::Number(_) | Found::Boolean(_)) => "; put it in quotes",
        (Expected::Boolean, Found::Text) => "; write it without quotes",
        (Expected::Integer, Found::Text) => "; write digits, without quotes",
        (Expected::List, Found::Text | Found::Map) => "; put `- ` before each item",
        _ => "",
    }
}

/// Above this many names a list of them says nothing.
const WORTH_LISTING: usize = 13;

fn hint(nearest: Option<&str>, known: &[&str]) -> String {
    match nearest {
        Some(name) => format!("; did you mean {name:?}?"),
        None if known.len() <= WORTH_LISTING => format!("; known are {}", known.join(", ")),
        None => "; remove it".to_owned(),
    }
}
