//! Variables replaced by their values.
//!
//! Comes in: the resources at the end of a build, the variables and the fields that may hold them.
//! Goes out: the resources with values in those fields, and the names of variables nobody used.
//! Source: Kustomize 5.8.1, api/internal/accumulator/resaccumulator.go (ResolveVars).

use super::error::Shown;
use super::expand::Values;
use super::update::update;
use super::value::Value;
use super::{VarSet, VariablesError};
use crate::file::{FieldSpec, Var};
use crate::resource::{ResMap, Resource};
use crate::schema::Schema;
use crate::transform::field_spec::FieldPath;
use std::collections::{BTreeMap, HashMap};

/// Replaces variables everywhere the field specs allow them. Gives the names of those that stand
/// nowhere, for a warning.
pub fn resolve(
    resources: &mut ResMap,
    vars: &VarSet,
    specs: &[FieldSpec],
    schema: &Schema,
) -> Result<Vec<String>, VariablesError> {
    if vars.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = read_values(vars, resources, schema)?;
    let paths = FieldPath::all(specs);
    for resource in &mut resources.resources {
        for path in &paths {
            path.apply(resource, None, &mut |node| update(node, &mut values))?;
        }
    }
    let names = vars.iter().map(|var| var.name.clone());
    Ok(names.filter(|name| !values.was_used(name)).collect())
}

fn read_values(
    vars: &VarSet,
    resources: &ResMap,
    schema: &Schema,
) -> Result<Values, VariablesError> {
    let mut sources: HashMap<&str, &Resource> = HashMap::new();
    for resource in &resources.resources {
        for name in &resource.variables {
            sources.entry(name).or_insert(resource);
        }
    }
    let mut values = BTreeMap::new();
    for var in vars.iter() {
        let source = sources.get(var.name.as_str()).copied();
        if let Some(value) = read_value(var, source, schema)? {
            values.insert(var.name.clone(), value);
        }
    }
    Ok(Values::new(values))
}

fn read_value(
    var: &Var,
    source: Option<&Resource>,
    schema: &Schema,
) -> Result<Option<Value>, VariablesError> {
    let Some(resource) = source else {
        return Err(VariablesError::NoResource(Shown(Box::new(var.clone()))));
    };
    Value::read(&resource.node, &var.field_path).map_err(|source| VariablesError::NoField {
        var: Shown(Box::new(var.clone())),
        resource: Box::new(resource.current_id(schema)),
        source: Box::new(source),
    })
}
