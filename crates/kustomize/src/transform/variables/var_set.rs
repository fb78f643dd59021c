//! The variables of a build.
//!
//! Comes in: variables as kustomizations declare them. Goes out: a set in which every name stands
//! once, and resources that know which variables take their value from them.

use super::VariablesError;
use super::error::Shown;
use crate::file::Var;
use crate::resource::{ResId, ResMap};
use crate::schema::Schema;
use std::collections::{BTreeMap, HashMap};

/// Variables by name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct VarSet {
    by_name: BTreeMap<String, Var>,
}

impl VarSet {
    /// Takes in the variables of a kustomization and notes on each resource which of them it is the
    /// source of. One whose resource is not there is an error only if it is never found.
    pub fn declare(
        &mut self,
        vars: &[Var],
        resources: &mut ResMap,
        schema: &Schema,
    ) -> Result<(), VariablesError> {
        if vars.is_empty() {
            return Ok(());
        }
        let index = by_any_name(resources, schema);
        for var in vars {
            let known = index.get(&var.object.name).map_or(&[][..], Vec::as_slice);
            if let Some(at) = source_of(var, known)? {
                resources.resources[at].variables.push(var.name.clone());
            }
        }
        vars.iter().try_for_each(|var| self.add(var.clone()))
    }

    /// Takes in the variables of a base.
    pub fn merge(&mut self, other: Self) -> Result<(), VariablesError> {
        other
            .by_name
            .into_values()
            .try_for_each(|var| self.add(var))
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// The variables in the order of their names.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Var> {
        self.by_name.values()
    }

    fn add(&mut self, var: Var) -> Result<(), VariablesError> {
        if self.by_name.contains_key(&var.name) {
            return Err(VariablesError::Taken(var.name));
        }
        self.by_name.insert(var.name.clone(), var);
        Ok(())
    }
}

/// Ids that resources have or had, with their positions, in order.
type Ids = Vec<(usize, ResId)>;

fn by_any_name(resources: &ResMap, schema: &Schema) -> HashMap<String, Ids> {
    let mut index: HashMap<String, Ids> = HashMap::new();
    for (at, resource) in resources.resources.iter().enumerate() {
        if resource.is_gone() {
            continue;
        }
        let current = std::iter::once(resource.current_id(schema));
        for id in current.chain(resource.previous_ids()) {
            index.entry(id.name.clone()).or_default().push((at, id));
        }
    }
    index
}

/// The position of the resource that a variable names. Without a namespace any will do.
fn source_of(var: &Var, known: &[(usize, ResId)]) -> Result<Option<usize>, VariablesError> {
    let any_namespace = var.object.namespace.is_empty();
    let fits = |id: &ResId| match any_namespace {
        true => var.object.same_gvkn(id),
        false => var.object.same(id),
    };
    let found = known.iter().filter(|(_, id)| fits(id));
    let mut found: Vec<usize> = found.map(|(at, _)| *at).collect();
    found.dedup();
    match found[..] {
        [] => Ok(None),
        [at] => Ok(Some(at)),
        _ => Err(VariablesError::ManyMatches {
            count: found.len(),
            var: Shown(Box::new(var.clone())),
        }),
    }
}
