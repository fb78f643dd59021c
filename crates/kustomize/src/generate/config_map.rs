//! ConfigMaps.
//!
//! Source: Kustomize 5.8.1, api/internal/generators/configmap.go.

use super::GenerateError;
use super::data::in_config_map;
use super::object::Making;
use crate::file::{GeneratorArgs, GeneratorOptions};
use crate::load::Loader;
use crate::node::{self, Create};
use crate::resource::Resource;

/// Makes a ConfigMap. What is UTF-8 becomes `data`, the rest `binaryData`; without any data it has
/// neither. `options` are those for all generators.
pub fn config_map(
    args: &GeneratorArgs,
    options: Option<&GeneratorOptions>,
    loader: &Loader<'_>,
) -> Result<Resource, GenerateError> {
    let making = Making::new("ConfigMap", args, options)?;
    let data = making.data(loader)?;
    making.resource(|object| {
        data.iter().try_for_each(|(key, value)| {
            let (field, value) = in_config_map(value);
            let map = node::lookup_create(object, &[field], Create::Mapping)?;
            if let Some(map) = map {
                node::add_field(map, key, value);
            }
            Ok(())
        })
    })
}
