//! Finding and setting fields of YAML nodes, as kyaml does.
//!
//! Comes in: a node and a path. Goes out: the node at its end, found or made. Each function keeps
//! the quirks of its model in kyaml, because they decide what a user's patch or replacement does.

mod field;
mod lookup;
mod metadata;
mod path;
mod size;

pub use field::{NodeError, add_field, clear, get_field, reads_as_non_string, set_field};
pub use lookup::{Create, lookup, lookup_create, lookup_mut};
pub use metadata::{
    annotation, annotations, api_version, kind, labels, name, namespace, set_annotation,
    set_annotations, set_api_version, set_kind, set_labels, set_name, set_namespace, set_texts,
};
pub use path::{is_index, is_list_selector, split_path, split_selector, split_smart};
pub use size::count;
