//! Patches of a kustomization, applied to its resources.
//!
//! Comes in: resources and an entry of `patches`, `patchesStrategicMerge` or `patchesJson6902`. Goes
//! out: the patched resources. What a patch deletes is gone.

use super::error::PatchError;
use super::origin::Origin;
use super::resource::{operate, remember_and_operate};
use super::targets::Targets;
use super::text::{PatchText, Read};
use crate::file::Patch;
use crate::load::Loader;
use crate::resource::{BuildAnnotation, ResMap, Resource};
use crate::schema::Schema;

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
    let mut targets = Targets::new(resources, &text.origin, schema);
    match (text.read()?, &patch.target) {
        (Read::Strategic(mut objects), target) => {
            note_options(&mut objects, patch, &text.origin, schema)?;
            match target {
                Some(target) => targets.merge_selected(&objects, target),
                None => targets.merge_each(objects),
            }
        }
        (Read::Json(operations), Some(target)) => targets.change_selected(target, |resource| {
            remember_and_operate(resource, &operations, schema)
        }),
        (Read::Json(_), None) => Err(PatchError::NoTarget(text.origin)),
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
        let all = format!("files={paths:?}, patch={patches:?}");
        return Err(PatchError::Empty(all));
    }
    let Some((_, first)) = all.first() else {
        return Ok(());
    };
    let mut targets = Targets::new(resources, first, schema);
    targets.expect(all.iter().map(|(objects, _)| objects.len()).sum());
    for (objects, origin) in &all {
        targets.go_on(origin);
        targets.merge_each_fitted(objects)?;
    }
    targets.finish();
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
    let mut targets = Targets::new(resources, &text.origin, schema);
    targets.change_selected(target, |resource| operate(resource, &operations))
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
fn note_options(
    objects: &mut [Resource],
    patch: &Patch,
    origin: &Origin,
    schema: &Schema,
) -> Result<(), PatchError> {
    for (option, note) in [
        ("allowNameChange", BuildAnnotation::AllowNameChange),
        ("allowKindChange", BuildAnnotation::AllowKindChange),
    ] {
        if patch.options.get(option) != Some(&true) {
            continue;
        }
        for object in &mut *objects {
            object.enable(note).map_err(|source| PatchError::Shape {
                origin: origin.clone(),
                resource: Box::new(object.current_id(schema)),
                source: Box::new(source),
            })?;
        }
    }
    Ok(())
}
