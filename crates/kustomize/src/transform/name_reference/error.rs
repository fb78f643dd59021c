//! What can be wrong with names of other resources.
//!
//! Comes in: a resource or a field. Goes out: an error that names it.

use crate::node::NodeError;
use crate::resource::ResId;
use crate::transform::field_spec::FieldSpecError;

/// Why names could not be updated.
#[derive(Debug, thiserror::Error)]
pub enum NameReferenceError {
    /// A field could not be read, or what it names is not clear.
    #[error("updating name reference in '{}' field of '{referrer}'", .source.path)]
    Field {
        /// The resource with the field.
        referrer: Box<ResId>,
        /// What is wrong there.
        #[source]
        source: Box<FieldSpecError<UpdateError>>,
    },
    /// An apiVersion that does not come out as it was written once it is taken apart.
    #[error(
        "the apiVersion '{written}' of '{referrer}' must have the form group/version or version"
    )]
    ApiVersion {
        /// As written.
        written: String,
        /// The resource with it.
        referrer: Box<ResId>,
    },
    /// A subject of a RoleBinding is no map, or its kind or namespace is no text.
    #[error(
        "Invalid Input: line {line}: the {part} of a subject of '{referrer}' is blank or no string"
    )]
    Subject {
        /// What is wrong in it.
        part: &'static str,
        /// The RoleBinding.
        referrer: Box<ResId>,
        /// Where, from 1; 0 if it was made during the build.
        line: u32,
    },
    /// A resource that is named has metadata that cannot be written.
    #[error("cannot note on '{target}' that other resources name it")]
    Note {
        /// The resource.
        target: Box<ResId>,
        /// What is wrong with it.
        #[source]
        source: Box<NodeError>,
    },
}

/// Why one field could not be updated.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// Several resources may be meant, and they have different names today.
    #[error(
        "found multiple possible referrals: {candidates}; all of them were called '{name}', so give \
         them different names where they are read"
    )]
    Ambiguous {
        /// The name in the field.
        name: String,
        /// Ids of the resources.
        candidates: String,
    },
    /// The rule leads to a map without a name.
    #[error(
        "line {line}: path config error; no 'name' field in node; let the nameReference lead to the \
         name itself"
    )]
    NoName {
        /// Where, from 1; 0 if it was made during the build.
        line: u32,
    },
    /// The rule leads to a list of lists.
    #[error(
        "line {line}: a list is expected to hold names, or maps with names, but it holds a list"
    )]
    ListInList {
        /// Where, from 1; 0 if it was made during the build.
        line: u32,
    },
    /// The map could not be written.
    #[error(transparent)]
    Node(#[from] NodeError),
}
