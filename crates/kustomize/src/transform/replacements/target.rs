//! Where a replacement puts its value.
//!
//! Comes in: a value and a target: which resources, which of their fields, which part of a field's
//! text. Goes out: the resources with the value there. Source: Kustomize 5.8.1,
//! api/filters/replacement/replacement.go (applyReplacement), api/types/replacement.go.

use super::bounds::Budget;
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
    for at in 0..population.len() {
        if !resources.contain(population.resource(at), population.ids(at))? {
            continue;
        }
        let resource = Box::new(population.id(at));
        let options = target.options.as_ref();
        let written = population.change(at, |resource| {
            let object = &mut resource.node;
            let mut writer = Writer {
                at,
                object,
                options,
                budget,
            };
            writer.write_all(&target.field_paths, value)
        });
        written.map_err(|source| ReplacementError::Target {
            resource,
            source: Box::new(source),
        })?;
    }
    Ok(())
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
    object: &'a mut Node,
    options: Option<&'a FieldOptions>,
    budget: &'a mut Budget,
}

impl Writer<'_> {
    fn write_all(&mut self, paths: &[String], value: &mut Value) -> Result<(), TargetError> {
        if paths.is_empty() {
            return self.write(DEFAULT_FIELD, value);
        }
        paths.iter().try_for_each(|path| self.write(path, value))
    }

    fn write(&mut self, text: &str, value: &mut Value) -> Result<(), TargetError> {
        let create = self.options.is_some_and(|options| options.create);
        let create = create.then(|| value.kind());
        let path = FieldPath::new(text).map_err(|source| TargetError::Path {
            path: text.to_owned(),
            create: create.is_some(),
            nearest: Nearest::default(),
            source: Box::new(source),
        })?;
        match structured::write(self.object, &path, value.node(), create) {
            Some(written) => self.budget.text(written).map_err(too_much(text))?,
            None => self.write_plainly(text, &path, value, create)?,
        }
        value.refresh(self.at, self.object);
        Ok(())
    }

    fn write_plainly(
        &mut self,
        text: &str,
        path: &FieldPath,
        value: &mut Value,
        create: Option<Create>,
    ) -> Result<(), TargetError> {
        for found in self.find(text, path, create)? {
            value.refresh(self.at, self.object);
            match found {
                Match::At(way) => {
                    let Some(field) = node_at_mut(self.object, &way) else {
                        continue;
                    };
                    if !field.is_scalar() {
                        value.detach(self.at, &way);
                    }
                    let put = Put::new(text, self.options, way.len());
                    put.write_to(field, value.node(), self.budget)?;
                }
                Match::Apart(mut field) => {
                    let put = Put::new(text, self.options, 0);
                    put.write_to(&mut field, value.node(), self.budget)?;
                }
            }
        }
        Ok(())
    }

    fn find(
        &mut self,
        text: &str,
        path: &FieldPath,
        create: Option<Create>,
    ) -> Result<Vec<Match>, TargetError> {
        let found = matches::find(self.object, path, 0, create);
        let nearest = || Nearest::new(self.object, &path.texts);
        match found {
            Ok(found) if found.is_empty() => Err(TargetError::Missing {
                path: text.to_owned(),
                create: create.is_some(),
                nearest: nearest(),
            }),
            Ok(found) => Ok(found),
            Err(source) => Err(TargetError::Path {
                path: text.to_owned(),
                create: create.is_some(),
                nearest: nearest(),
                source: Box::new(source),
            }),
        }
    }
}

/// Puts a value into one field, or into one part of its text.
struct Put<'a> {
    path: &'a str,
    part: Option<&'a FieldOptions>,
    depth: usize,
}

impl<'a> Put<'a> {
    fn new(path: &'a str, options: Option<&'a FieldOptions>, depth: usize) -> Self {
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
                    path: self.path.to_owned(),
                    found: field.kind_name(),
                });
            }
            Some(part) => {
                let joined = join(field.text(), value.text(), part);
                budget.text(&joined).map_err(too_much(self.path))?;
                field.set_text(joined);
            }
            None if field.is_scalar() => field.set_text(value.text()),
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

fn too_much(path: &str) -> impl FnOnce(&'static str) -> TargetError {
    let path = path.to_owned();
    move |limit| TargetError::TooMuch { path, limit }
}
