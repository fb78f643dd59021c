//! Patches of a kustomization, applied to its resources.
//!
//! Comes in: resources and an entry of `patches`, `patchesStrategicMerge` or `patchesJson6902`. Goes
//! out: the patched resources. What a patch deletes is gone.

use super::error::PatchError;
use super::near::Candidates;
use super::origin::{Origin, PatchPlace};
use super::resource::{Failure, fitted, merge, operate, remember_and_operate};
use super::text::{PatchText, Read};
use crate::file::{Patch, Selector};
use crate::load::Loader;
use crate::resource::{BuildAnnotation, ResId, ResMap, Resource};
use crate::schema::Schema;
use std::collections::HashSet;

/// Applies an entry of `patches`: a strategic merge patch finds its resources by its target, or each
/// of its objects by kind, name and namespace; a JSON patch needs a target. A target that fits nothing
/// is fine, an object that finds nothing is an error.
pub fn apply_patch(
    resources: &mut ResMap,
    patch: &Patch,
    loader: &Loader,
    schema: &Schema,
) -> Result<(), PatchError> {
    let text = PatchText::of(patch, patch.patch.trim(), loader)?;
    match text.read()? {
        Read::Strategic(objects) => {
            let objects = with_options(objects, patch, &text.origin, schema)?;
            match &patch.target {
                Some(target) => merge_selected(resources, objects, target, &text.origin, schema),
                None => merge_each(resources, objects, &text.origin, schema),
            }
        }
        Read::Json(operations) => {
            let target = patch.target.as_ref();
            let target = target.ok_or_else(|| PatchError::NoTarget(text.origin.clone()))?;
            for_selected(resources, target, &text.origin, schema, |resource| {
                remember_and_operate(resource, &operations, schema)
            })
        }
    }
}

/// Applies `patchesStrategicMerge`: paths, which may be patches themselves, and a text with patches.
pub fn apply_strategic_merge(
    resources: &mut ResMap,
    paths: &[String],
    patches: &str,
    loader: &Loader,
    schema: &Schema,
) -> Result<(), PatchError> {
    let mut all = Vec::new();
    for path in paths {
        all.push(path_or_patch(path, loader)?);
    }
    if !patches.is_empty() {
        let text = PatchText::inline(patches);
        all.push((text.read_strategic()?, text.origin));
    }
    if all.iter().all(|(objects, _)| objects.is_empty()) {
        return Err(PatchError::Empty(format!(
            "files={paths:?}, patch={patches:?}"
        )));
    }
    for (objects, origin) in all {
        for (at, object) in objects.into_iter().enumerate() {
            let place = place(&origin, at, &object);
            let found = find(resources, &object, place, schema)?;
            merge_all(resources, &object, &[found], &origin, schema)?;
        }
    }
    Ok(())
}

/// Applies an entry of `patchesJson6902`.
pub fn apply_json6902(
    resources: &mut ResMap,
    patch: &Patch,
    loader: &Loader,
    schema: &Schema,
) -> Result<(), PatchError> {
    let text = PatchText::of(patch, &patch.patch, loader)?;
    let Some(target) = &patch.target else {
        return Err(PatchError::NoTarget(text.origin));
    };
    if target.id.name.is_empty() {
        return Err(PatchError::NoTargetName(text.origin));
    }
    let operations = text.read_json()?;
    for_selected(resources, target, &text.origin, schema, |resource| {
        operate(resource, &operations)
    })
}

/// An entry of `patchesStrategicMerge`: a patch if it can be read as one, else a path.
fn path_or_patch(path: &str, loader: &Loader) -> Result<(Vec<Resource>, Origin), PatchError> {
    let inline = PatchText::inline(path);
    match inline.read_strategic() {
        Ok(objects) => Ok((objects, inline.origin)),
        // No file is named like that.
        Err(error) if path.contains('\n') => Err(error),
        Err(_) => {
            let text = PatchText::load(path, loader)?;
            Ok((text.read_strategic()?, text.origin))
        }
    }
}

/// Notes on the objects of a patch what they may change.
fn with_options(
    mut objects: Vec<Resource>,
    patch: &Patch,
    origin: &Origin,
    schema: &Schema,
) -> Result<Vec<Resource>, PatchError> {
    let options = [
        ("allowNameChange", BuildAnnotation::AllowNameChange),
        ("allowKindChange", BuildAnnotation::AllowKindChange),
    ];
    for (_, note) in options
        .iter()
        .filter(|(key, _)| patch.options.get(*key) == Some(&true))
    {
        for object in &mut objects {
            object.enable(*note).map_err(|source| PatchError::Shape {
                origin: origin.clone(),
                resource: Box::new(object.current_id(schema)),
                source,
            })?;
        }
    }
    Ok(objects)
}

fn place(origin: &Origin, at: usize, object: &Resource) -> PatchPlace {
    PatchPlace {
        origin: origin.clone(),
        object: at + 1,
        line: object.node.line,
    }
}

/// Merges each object into the one resource that has or had its id.
fn merge_each(
    resources: &mut ResMap,
    objects: Vec<Resource>,
    origin: &Origin,
    schema: &Schema,
) -> Result<(), PatchError> {
    for (at, object) in objects.into_iter().enumerate() {
        let place = place(origin, at, &object);
        let found = find(resources, &object, place.clone(), schema)?;
        let resource = &mut resources.resources[found];
        merge_one(resource, object, &place, schema)?;
    }
    resources.drop_gone();
    Ok(())
}

fn find(
    resources: &ResMap,
    object: &Resource,
    place: PatchPlace,
    schema: &Schema,
) -> Result<usize, PatchError> {
    let id = object.original_id(schema);
    let found = resources.one_by_any_id(&id, schema);
    found.map_err(|source| PatchError::NoMatch {
        place,
        source: Box::new(source),
        near: Candidates::find(&id, resources, schema),
    })
}

/// Merges an object into all resources that a selector fits.
fn merge_selected(
    resources: &mut ResMap,
    objects: Vec<Resource>,
    target: &Selector,
    origin: &Origin,
    schema: &Schema,
) -> Result<(), PatchError> {
    match &objects[..] {
        [] => Ok(()),
        [object] => {
            let selected = select(resources, target, origin, schema)?;
            merge_all(resources, object, &selected, origin, schema)
        }
        _ => Err(PatchError::ManyForTarget(origin.clone())),
    }
}

/// Merges an object into these resources, and into those that have the same id.
fn merge_all(
    resources: &mut ResMap,
    object: &Resource,
    selected: &[usize],
    origin: &Origin,
    schema: &Schema,
) -> Result<(), PatchError> {
    let place = place(origin, 0, object);
    let ids = selected
        .iter()
        .map(|at| resources.resources[*at].current_id(schema));
    let ids: HashSet<ResId> = ids.collect();
    for resource in &mut resources.resources {
        if ids.contains(&resource.current_id(schema)) {
            let object = fitted(object, resource, schema);
            merge_one(resource, object, &place, schema)?;
        }
    }
    resources.drop_gone();
    let unique = resources.check_unique(schema);
    unique.map_err(|source| PatchError::Ids {
        origin: origin.clone(),
        source: Box::new(source),
    })
}

fn merge_one(
    resource: &mut Resource,
    object: Resource,
    place: &PatchPlace,
    schema: &Schema,
) -> Result<(), PatchError> {
    let id = resource.current_id(schema);
    merge(resource, object, schema).map_err(|failure| match failure {
        Failure::Merge(source) => PatchError::Merge {
            place: place.clone(),
            resource: Box::new(id),
            source,
        },
        other => failed(other, &place.origin, id),
    })
}

fn failed(failure: Failure, origin: &Origin, id: ResId) -> PatchError {
    let (origin, resource) = (origin.clone(), Box::new(id));
    match failure {
        Failure::Json(source) => PatchError::Json {
            origin,
            resource,
            source,
        },
        Failure::Shape(source) => PatchError::Shape {
            origin,
            resource,
            source,
        },
        Failure::Merge(source) => PatchError::Merge {
            place: PatchPlace {
                origin,
                object: 1,
                line: 0,
            },
            resource,
            source,
        },
    }
}

fn select(
    resources: &ResMap,
    target: &Selector,
    origin: &Origin,
    schema: &Schema,
) -> Result<Vec<usize>, PatchError> {
    let selected = resources.select(target, schema);
    selected.map_err(|source| PatchError::Select {
        origin: origin.clone(),
        source,
    })
}

/// Does something to all resources that a selector fits.
fn for_selected(
    resources: &mut ResMap,
    target: &Selector,
    origin: &Origin,
    schema: &Schema,
    change: impl Fn(&mut Resource) -> Result<(), Failure>,
) -> Result<(), PatchError> {
    for at in select(resources, target, origin, schema)? {
        let resource = &mut resources.resources[at];
        let id = resource.current_id(schema);
        change(resource).map_err(|failure| failed(failure, origin, id))?;
    }
    Ok(())
}
