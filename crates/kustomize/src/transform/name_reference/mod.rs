//! Names that follow the resources they name.
//!
//! Comes in: resources, some of which were renamed or moved, and rules that say which field of which
//! kind names which other kind. Goes out: the same resources with the names of today in those
//! fields, and on every resource that is named a note of who names it. Source: Kustomize 5.8.1,
//! api/internal/accumulator/namereferencetransformer.go and api/filters/nameref.
//!
//! A field names a resource by a name the resource had before; resources that were never renamed
//! are not looked for. Upstream visits the referring resources in no order at all, so nothing may
//! depend on it; here it is the order of the resources.

mod error;
mod referrer;
mod register;
mod rules;
mod search;
mod update;

pub use error::{NameReferenceError, UpdateError};

use crate::config::NameReference;
use crate::node;
use crate::resource::{BuildAnnotation, ResId, ResMap, Resource};
use crate::schema::Schema;
use referrer::Referrer;
use register::Register;
use rules::{Rule, Rules, fields_for_any_kind};
use search::Search;
use std::collections::BTreeMap;
use std::sync::Arc;
use update::Update;

/// How many bytes the notes of who names a resource may have together. They are no part of the output.
const MOST_NOTES: usize = 64 << 20;

/// Updates all fields that name resources. Costs one walk per resource and rule for its kind.
pub fn apply(
    resources: &mut ResMap,
    references: &[NameReference],
    schema: &Schema,
) -> Result<(), NameReferenceError> {
    let fields = fields_for_any_kind(references);
    let rules = Rules::new(references, &fields);
    let mut pass = Pass {
        register: Register::new(&resources.resources, schema),
        referrals: BTreeMap::new(),
        schema,
    };
    for (at, resource) in resources.resources.iter_mut().enumerate() {
        if !resource.is_gone() {
            pass.update(at, resource, &rules)?;
        }
    }
    pass.note_referrals(resources)
}

/// What is known on the way through the resources.
struct Pass<'a> {
    register: Register,
    /// Who names the resource at a position, one entry for each time it does.
    referrals: BTreeMap<usize, Vec<Arc<str>>>,
    schema: &'a Schema,
}

impl Pass<'_> {
    fn update(
        &mut self,
        at: usize,
        resource: &mut Resource,
        rules: &Rules,
    ) -> Result<(), NameReferenceError> {
        let original = self.register.original_id(at).clone();
        let mut rules = rules.of(&original).peekable();
        if rules.peek().is_none() {
            return Ok(());
        }
        check_api_version(resource, self.register.id(at))?;
        let referrer = Referrer::new(at, self.register.id(at), &resource.node)?;
        rules.try_for_each(|rule| self.follow(rule, &referrer, resource))
    }

    fn follow(
        &mut self,
        rule: &Rule,
        referrer: &Referrer,
        resource: &mut Resource,
    ) -> Result<(), NameReferenceError> {
        let search = Search::new(&self.register, referrer, rule, &resource.node);
        let mut update = Update::new(search);
        rule.field
            .apply(resource, None, &mut |node| update.field(node))
            .map_err(|source| NameReferenceError::Field {
                referrer: Box::new(self.register.id(referrer.at).clone()),
                source: Box::new(source),
            })?;
        let (found, changed) = update.finish();
        if !found.is_empty() {
            let name: Arc<str> = self.register.id(referrer.at).to_string().into();
            for target in found {
                let names = self.referrals.entry(target).or_default();
                names.push(Arc::clone(&name));
            }
        }
        if changed {
            self.register.refresh(referrer.at, resource, self.schema);
        }
        Ok(())
    }

    fn note_referrals(self, resources: &mut ResMap) -> Result<(), NameReferenceError> {
        let mut left = MOST_NOTES;
        for (at, referrers) in self.referrals {
            let fitting = referrers.iter().map(|id| &**id).take_while(|id| {
                left = left.saturating_sub(id.len() + 1);
                left > 0
            });
            let text = fitting.collect::<Vec<_>>().join(",");
            resources.resources[at]
                .append_note(BuildAnnotation::RefBy, &text)
                .map_err(|source| NameReferenceError::Note {
                    target: Box::new(self.register.id(at).clone()),
                    source: Box::new(source),
                })?;
        }
        Ok(())
    }
}

fn check_api_version(resource: &Resource, id: &ResId) -> Result<(), NameReferenceError> {
    let written = node::api_version(&resource.node);
    match written == id.gvk.api_version() {
        true => Ok(()),
        false => Err(NameReferenceError::ApiVersion {
            written: written.to_owned(),
            referrer: Box::new(id.clone()),
        }),
    }
}

#[cfg(test)]
mod tests;
