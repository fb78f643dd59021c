//! What can be wrong with variables.
//!
//! Comes in: a variable, a resource or a field. Goes out: an error that names it.

use crate::file::Var;
use crate::node::NodeError;
use crate::resource::ResId;
use crate::transform::field_spec::FieldSpecError;
use std::fmt;

/// Why variables could not be declared or replaced.
#[derive(Debug, thiserror::Error)]
pub enum VariablesError {
    /// The name is taken.
    #[error("var '{0}' already encountered; every var of a build needs a name of its own")]
    Taken(String),
    /// The object it names fits several resources.
    #[error(
        "found {count} resId matches for var {var} (unable to disambiguate); name the namespace in \
         its objref"
    )]
    ManyMatches {
        /// How many.
        count: usize,
        /// The variable.
        var: Shown,
    },
    /// The object it names was not there when it was declared.
    #[error(
        "var '{0}' cannot be mapped to a field in the set of known resources; check its objref"
    )]
    NoResource(Shown),
    /// The resource it names has no such field.
    #[error("field specified in var '{var}' not found in corresponding resource {resource}")]
    NoField {
        /// The variable.
        var: Shown,
        /// The resource.
        resource: Box<ResId>,
        /// What is wrong with it.
        #[source]
        source: Box<ValueError>,
    },
    /// Variables in a field could not be replaced.
    #[error("replacing variables")]
    Field(#[source] Box<FieldSpecError<UpdateError>>),
}

impl From<FieldSpecError<UpdateError>> for VariablesError {
    fn from(error: FieldSpecError<UpdateError>) -> Self {
        Self::Field(Box::new(error))
    }
}

/// Why a field gives no value.
#[derive(Debug, thiserror::Error)]
pub enum ValueError {
    /// It is not there.
    #[error("there is no such field")]
    Missing,
    /// The path leads through something of another kind.
    #[error(transparent)]
    Node(#[from] NodeError),
    /// It is tagged as a number or boolean and cannot be read as one.
    #[error("line {line}: '{text}' does not read as a decimal number or boolean; quote it")]
    Unreadable {
        /// As written.
        text: String,
        /// Where, from 1; 0 if it was made during the build.
        line: u32,
    },
}

/// Why variables could not be replaced in one field.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum UpdateError {
    /// A map with a key that is not text.
    #[error("line {line}: invalid map key '{key}'; keys of a field with variables must be strings")]
    Key {
        /// The key.
        key: String,
        /// Where, from 1; 0 if it was made during the build.
        line: u32,
    },
    /// A list with an item that is not text.
    #[error(
        "line {line}: invalid value type expect a string; items of a list with variables must be \
         strings, so quote this one"
    )]
    Item {
        /// Where, from 1; 0 if it was made during the build.
        line: u32,
    },
    /// What is put in the place of variables grows beyond what is sensible.
    #[error("the values of all variables in all fields have more than {0} bytes")]
    TooMuch(usize),
}

/// A variable in a message: its name, object and field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown(pub Box<Var>);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Var {
            name,
            object,
            field_path,
        } = &*self.0;
        write!(f, "{name} ({field_path} of {object})")
    }
}
