//! Where a replacement puts its value.
//!
//! Comes in: a value and a target: which resources, which of their fields, which part of a field's
//! text. Goes out: the resources with the value there. Source: Kustomize 5.8.1,
//! api/filters/replacement/replacement.go (applyReplacement), api/types/replacement.go.

use super::bounds::{Bound, Budget};
use super::error::{Nearest, TargetError};
use super::field_path::FieldPath;
use super::matches::{self, Match, node_at_mut};
use super::population::Population;
use super::value::Value;
use super::{ReplacementError, structured};
use crate::file::{FieldOptions, Selector, TargetSelector};
use crate::node::Create;
use crate::resource::{ResId, Resource, SelectError, SelectorPattern};
use yaml::Node;

/// The field that is meant where none is said.
pub(super) const DEFAULT_FIELD: &str = "metadata.name";

/// Puts a value where a target says.
pub(super) fn write(
    population: &mut Population,
    value: &mut Value,
    target: &TargetSelector,
    budget: &mut Budget,
) -> Result<(), ReplacementError> {
    let resources = Resources::new(target)?;
    let paths = paths(target);
    for at in 0..population.len() {
        if !resources.contain(population.resource(at), population.ids(at))? {
            continue;
        }
        let resource = Box::new(population.id(at));
        let options = target.options.as_ref();
        let written = population.change(at, |resource| {
            let mut writer = Writer {
                at,
                resource,
                options,
                budget,
            };
            paths.iter().try_for_each(|path| writer.write(path, value))
        });
        written.map_err(|source| ReplacementError::Target {
            resource,
            source: Box::new(source),
        })?;
    }
    Ok(())
}

fn paths(target: &TargetSelector) -> Vec<FieldPath> {
    match target.field_paths.is_empty() {
        true => vec![FieldPath::new(DEFAULT_FIELD)],
        false => target
            .field_paths
            .iter()
            .map(|path| FieldPath::new(path))
            .collect(),
    }
}

/// The resources a target is for.
struct Resources {
    select: SelectorPattern,
    reject: Vec<Rejected>,
}

/// Resources a target is not for. Its ids and its labels are two reasons, each of which will do.
struct Rejected {
    pattern: SelectorPattern,
    by_id: bool,
    by_labels: bool,
}

impl Resources {
    fn new(target: &TargetSelector) -> Result<Self, ReplacementError> {
        let select = target.select.as_ref().ok_or(ReplacementError::NoSelect)?;
        let reject = target.reject.iter().map(Rejected::new);
        Ok(Self {
            select: SelectorPattern::new(select)?,
            reject: reject.collect::<Result<_, _>>()?,
        })
    }

    fn contain(&self, resource: &Resource, ids: &[ResId]) -> Result<bool, SelectError> {
        if !has_labels(&self.select, resource)? {
            return Ok(false);
        }
        for rejected in &self.reject {
            if rejected.contains(resource, ids)? {
                return Ok(false);
            }
        }
        Ok(ids.iter().any(|id| has_id(&self.select, id)))
    }
}

impl Rejected {
    fn new(selector: &Selector) -> Result<Self, SelectError> {
        let by_labels =
            !selector.label_selector.is_empty() || !selector.annotation_selector.is_empty();
        Ok(Self {
            pattern: SelectorPattern::new(selector)?,
            by_id: !selector.id.is_empty(),
            by_labels,
        })
    }

    fn contains(&self, resource: &Resource, ids: &[ResId]) -> Result<bool, SelectError> {
        let by_labels = self.by_labels && has_labels(&self.pattern, resource)?;
        Ok(by_labels || self.by_id && ids.iter().any(|id| has_id(&self.pattern, id)))
    }
}

fn has_id(pattern: &SelectorPattern, id: &ResId) -> bool {
    pattern.matches_gvk(&id.gvk)
        && pattern.matches_name(&id.name)
        && pattern.matches_namespace(&id.namespace)
}

fn has_labels(pattern: &SelectorPattern, resource: &Resource) -> Result<bool, SelectError> {
    let annotated = pattern.matches_annotations(resource)?;
    Ok(pattern.matches_labels(resource)? && annotated)
}

/// Writes to one resource.
struct Writer<'a> {
    at: usize,
    resource: &'a mut Resource,
    options: Option<&'a FieldOptions>,
    budget: &'a mut Budget,
}

impl Writer<'_> {
    fn write(&mut self, path: &FieldPath, value: &mut Value) -> Result<(), TargetError> {
        let create = self.options.is_some_and(|options| options.create);
        let create = create.then(|| value.kind());
        let object = &mut self.resource.node;
        let in_text = structured::write(object, path, value.node(), create, self.budget);
        let is_done = in_text.map_err(too_much(path))?;
        match is_done {
            true => self.settle(path).map(drop)?,
            false => self.write_plainly(path, value, create)?,
        }
        value.refresh(self.at, &self.resource.node, &[]);
        Ok(())
    }

    fn write_plainly(
        &mut self,
        path: &FieldPath,
        value: &mut Value,
        create: Option<Create>,
    ) -> Result<(), TargetError> {
        let found = self.find(path, create)?;
        value.refresh(self.at, &self.resource.node, &[]);
        for found in found {
            match found {
                Match::At(way) => self.put_at(path, &way, value)?,
                Match::Apart(mut field) => {
                    let put = Put::new(path, self.options, 0);
                    put.write_to(&mut field, value.node(), self.budget)?;
                }
            }
        }
        Ok(())
    }

    fn put_at(
        &mut self,
        path: &FieldPath,
        way: &[usize],
        value: &mut Value,
    ) -> Result<(), TargetError> {
        let Some(field) = node_at_mut(&mut self.resource.node, way) else {
            return Ok(());
        };
        if !field.is_scalar() {
            value.detach(self.at, way);
        }
        let put = Put::new(path, self.options, way.len());
        let before = field.bond.is_some().then(|| field.clone());
        put.write_to(field, value.node(), self.budget)?;
        let is_spread = before.is_some_and(|before| *field != before) && self.settle(path)?;
        let changed = if is_spread { &[] } else { way };
        value.refresh(self.at, &self.resource.node, changed);
        Ok(())
    }

    /// Lets the change of a shared node show in all its places. Says whether there was one.
    fn settle(&mut self, path: &FieldPath) -> Result<bool, TargetError> {
        if self.resource.shared.is_empty() {
            return Ok(false);
        }
        let spent = self.budget.spread(&self.resource.node);
        spent.map_err(too_much(path))?;
        Ok(self.resource.settle())
    }

    fn find(
        &mut self,
        path: &FieldPath,
        create: Option<Create>,
    ) -> Result<Vec<Match>, TargetError> {
        let object = &mut self.resource.node;
        let found = matches::find(object, path, 0, create);
        let nearest = || Nearest::new(object, &path.texts);
        match found {
            Ok(found) if found.is_empty() => Err(TargetError::Missing {
                path: path.text.clone(),
                create: create.is_some(),
                nearest: nearest(),
            }),
            Ok(found) => Ok(found),
            Err(source) => Err(TargetError::Path {
                path: path.text.clone(),
                create: create.is_some(),
                nearest: nearest(),
                source: Box::new(source),
            }),
        }
    }
}

/// Puts a value into one field, or into one part of its text.
struct Put<'a> {
    path: &'a FieldPath,
    part: Option<&'a FieldOptions>,
    depth: usize,
}

impl<'a> Put<'a> {
    fn new(path: &'a FieldPath, options: Option<&'a FieldOptions>, depth: usize) -> Self {
        Self {
            path,
            part: options.filter(|options| !options.delimiter.is_empty()),
            depth,
        }
    }

    fn write_to(
        &self,
        field: &mut Node,
        value: &Node,
        budget: &mut Budget,
    ) -> Result<(), TargetError> {
        match self.part {
            Some(_) if !field.is_scalar() => {
                return Err(TargetError::Delimiter {
                    path: self.path.text.clone(),
                    found: field.kind_name(),
                });
            }
            Some(part) => {
                let joined = join(field.text(), value.text(), part);
                budget.text(&joined).map_err(too_much(self.path))?;
                field.set_text(joined);
            }
            None if field.is_scalar() => {
                budget.text(value.text()).map_err(too_much(self.path))?;
                field.set_text(value.text());
            }
            None => {
                let spent = budget.copy(value, self.depth);
                spent.map_err(too_much(self.path))?;
                *field = value.clone();
            }
        }
        Ok(())
    }
}

/// The text with one part replaced; before the first part and behind the last one, parts are added.
fn join(text: &str, value: &str, part: &FieldOptions) -> String {
    let mut parts: Vec<&str> = text.split(&part.delimiter).collect();
    match usize::try_from(part.index) {
        Err(_) => parts.insert(0, value),
        Ok(index) => match parts.get_mut(index) {
            Some(old) => *old = value,
            None => parts.push(value),
        },
    }
    parts.join(&part.delimiter)
}

fn too_much(path: &FieldPath) -> impl FnOnce(Bound) -> TargetError {
    let path = path.text.clone();
    move |limit| TargetError::TooMuch { path, limit }
}
