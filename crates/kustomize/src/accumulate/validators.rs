//! Validators: transformers that must leave everything as it is.
//!
//! Comes in: the resources of a kustomization. Goes out: the same, with nothing but a label that says
//! who looked at them. Source: Kustomize 5.8.1, api/internal/target/kusttarget.go (runValidators).

use super::{Accumulator, Session, Target};
use crate::error::{BuildError, Problem};
use crate::node::{self, NodeError};
use crate::resource::{Identity, ResMap, Resource};
use crate::schema::Schema;
use std::collections::HashMap;
use yaml::Node;

/// The one label a validator may set.
const VALIDATED_BY: &str = "validated-by";

impl Target<'_> {
    /// Runs the validators of this kustomization.
    pub(super) fn validate(
        &self,
        session: &mut Session,
        all: &mut Accumulator,
    ) -> Result<(), BuildError> {
        let validators = &self.kustomization.validators;
        for validator in self.transformers_of(session, "validators", validators)? {
            let count = all.resources.resources.len();
            session.count_work(count)?;
            session.count_text(self.plugin_length(&validator), count)?;
            let before = all.resources.clone();
            let schema = session.schema();
            let run = self.run_plugin(&validator, &mut all.resources, &schema);
            let same = run.and_then(|()| check(&before, &all.resources, &schema));
            let value = validator.config.name();
            same.map_err(|error| error.through(self.step("validators", value)))?;
        }
        Ok(())
    }
}

fn check(before: &ResMap, after: &ResMap, schema: &Schema) -> Result<(), BuildError> {
    let changed = |what: String| Err(Problem::Validator(what).into());
    if before.resources.len() != after.resources.len() {
        return changed("the number of resources".to_owned());
    }
    let id = |resource: &Resource| Identity::from(resource.current_id(schema));
    let found: HashMap<Identity, &Resource> =
        after.resources.iter().map(|one| (id(one), one)).collect();
    for resource in &before.resources {
        let same = match found.get(&id(resource)) {
            Some(after) => same(&resource.node, &after.node),
            None => Ok(false),
        };
        let name = || resource.current_id(schema).to_string();
        if !same.map_err(|source| Problem::Shape {
            id: resource.current_id(schema),
            source,
        })? {
            return changed(name());
        }
    }
    Ok(())
}

fn same(before: &Node, after: &Node) -> Result<bool, NodeError> {
    let mut labels = node::labels(after);
    if labels.remove(VALIDATED_BY).is_none() {
        return Ok(before == after);
    }
    let mut after = after.clone();
    node::set_labels(&mut after, &labels)?;
    Ok(*before == after)
}
