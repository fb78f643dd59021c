//! Notes of where resources come from and what changed them.
//!
//! Comes in: a path, a generator or a transformer on its way through the kustomizations. Goes out: its
//! origin, and resources on which it is noted. Notes are made only where a kustomization asks for
//! build metadata. Source: Kustomize 5.8.1, api/resource/origin.go, api/resmap/reswrangler.go
//! (AddOriginAnnotation, AddTransformerAnnotation).

use super::Target;
use crate::error::{BuildError, Problem};
use crate::load::RepositoryAddress;
use crate::resource::{Identifier, Origin, OriginError, Resource, join};
use crate::schema::Schema;

impl Origin {
    /// The origin of what a kustomization of this origin names by a path or an address.
    pub(super) fn enter(&self, path: &str) -> Self {
        match RepositoryAddress::parse(path) {
            Ok(address) => Self {
                path: address.origin_path(),
                repo: address.url(),
                reference: address.reference,
                ..self.clone()
            },
            Err(_) => self.join(path),
        }
    }

    /// The origin of a generator or transformer that stands in a file of its own.
    pub(super) fn of_plugin(config: &Resource) -> Result<Option<Self>, OriginError> {
        let origin = config.origin()?;
        Ok(origin.map(|origin| Self {
            path: String::new(),
            configured_in: origin.path,
            configured_by: Identifier {
                api_version: crate::node::api_version(&config.node).to_owned(),
                kind: config.kind().to_owned(),
                name: config.name().to_owned(),
                namespace: config.namespace().to_owned(),
            },
            repo: origin.repo,
            reference: origin.reference,
        }))
    }
}

impl Target<'_> {
    /// The origin of a generator or transformer that is a field of this kustomization.
    pub(super) fn origin_of(&self, kind: &str) -> Option<Origin> {
        self.origin.as_ref().map(|origin| Origin {
            path: String::new(),
            configured_in: join(&origin.path, self.name),
            configured_by: Identifier {
                api_version: "builtin".to_owned(),
                kind: kind.to_owned(),
                ..Identifier::default()
            },
            ..origin.clone()
        })
    }
}

/// Notes where a resource comes from.
pub(super) fn set_origin(
    resource: &mut Resource,
    origin: &Origin,
    schema: &Schema,
) -> Result<(), BuildError> {
    let set = resource.set_origin(origin);
    set.map_err(|source| failed(resource, schema, source))
}

/// Notes where generated resources come from, but for those that say so themselves.
pub(super) fn add_origin(
    made: &mut [Resource],
    origin: &Origin,
    schema: &Schema,
) -> Result<(), BuildError> {
    let silent = made
        .iter_mut()
        .filter(|one| matches!(one.origin(), Ok(None)));
    silent
        .into_iter()
        .try_for_each(|one| set_origin(one, origin, schema))
}

/// Notes that a transformer went over resources. One without an origin is its own work.
pub(super) fn add_transformation(
    resources: &mut [Resource],
    origin: &Origin,
    schema: &Schema,
) -> Result<(), BuildError> {
    for resource in resources {
        let noted = resource.origin().and_then(|known| match known {
            None => resource.set_origin(origin),
            Some(_) => resource.add_transformation(origin),
        });
        noted.map_err(|source| failed(resource, schema, source))?;
    }
    Ok(())
}

fn failed(resource: &Resource, schema: &Schema, source: OriginError) -> BuildError {
    let id = resource.current_id(schema);
    Problem::Origin { id, source }.into()
}
