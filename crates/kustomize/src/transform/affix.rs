//! What goes before or behind names.
//!
//! Comes in: resources, a prefix or suffix, and the fields it goes to. Goes out: the resources
//! renamed, each with a note of the prefix and of what it was called before. Source: Kustomize 5.8.1,
//! api/internal/builtins/{Prefix,Suffix}Transformer.go.

use super::field_spec::{FieldPath, FieldSpecError, Make};
use super::set;
use crate::file::FieldSpec;
use crate::node::NodeError;
use crate::resource::{BuildAnnotation, Gvk, ResId, ResMap, Resource};
use crate::schema::Schema;
use yaml::{Node, Tag};

/// Why a resource could not be renamed.
#[derive(Debug, thiserror::Error)]
pub enum AffixError {
    /// A field cannot be changed.
    #[error(transparent)]
    Field(#[from] FieldSpecError<NodeError>),
    /// What it was called cannot be noted.
    #[error("noting the earlier name of {object}")]
    Note {
        /// The resource.
        object: Box<ResId>,
        /// Why.
        #[source]
        source: NodeError,
    },
}

/// On which side of a name.
#[derive(Clone, Copy)]
pub enum Affix<'a> {
    Prefix(&'a str),
    Suffix(&'a str),
}

impl Affix<'_> {
    fn text(&self) -> &str {
        match self {
            Self::Prefix(text) | Self::Suffix(text) => text,
        }
    }

    fn note(&self) -> BuildAnnotation {
        match self {
            Self::Prefix(_) => BuildAnnotation::Prefixes,
            Self::Suffix(_) => BuildAnnotation::Suffixes,
        }
    }

    fn put_on(&self, field: &mut Node) -> Result<(), NodeError> {
        let text = match self {
            Self::Prefix(prefix) => format!("{prefix}{}", field.text()),
            Self::Suffix(suffix) => format!("{}{suffix}", field.text()),
        };
        set::scalar(field, &text, Tag::None)
    }
}

pub fn apply(
    resources: &mut ResMap,
    affix: Affix,
    specs: &[FieldSpec],
    schema: &Schema,
) -> Result<(), AffixError> {
    let paths = FieldPath::all(specs);
    for resource in &mut resources.resources {
        let id = resource.original_id(schema);
        if is_kept(&id.gvk) {
            continue;
        }
        let selected = |path: &&FieldPath| id.gvk.is_selected(&path.spec().gvk);
        for path in paths.iter().filter(selected) {
            rename(resource, affix, path, schema)?;
        }
    }
    Ok(())
}

/// Kinds whose names are not free: a CustomResourceDefinition is called after what it defines.
fn is_kept(gvk: &Gvk) -> bool {
    match &*gvk.kind {
        "CustomResourceDefinition" | "Namespace" => true,
        "APIService" => gvk.group == "apiregistration.k8s.io",
        _ => false,
    }
}

fn rename(
    resource: &mut Resource,
    affix: Affix,
    path: &FieldPath,
    schema: &Schema,
) -> Result<(), AffixError> {
    if path.spec().path == "metadata/name" && !affix.text().is_empty() {
        let noted = remember(resource, affix, schema);
        noted.map_err(|source| AffixError::Note {
            object: Box::new(resource.current_id(schema)),
            source,
        })?;
    }
    path.apply(resource, Some(&Make::TEXT), &mut |field| {
        affix.put_on(field)
    })?;
    Ok(())
}

fn remember(resource: &mut Resource, affix: Affix, schema: &Schema) -> Result<(), NodeError> {
    resource.append_note(affix.note(), affix.text())?;
    resource.store_previous_id(schema)
}
