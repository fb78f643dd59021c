//! Secrets.
//!
//! Source: Kustomize 5.8.1, api/internal/generators/secret.go.

use super::GenerateError;
use super::data::in_secret;
use super::object::Making;
use crate::file::{GeneratorOptions, SecretArgs};
use crate::load::Loader;
use crate::node;
use crate::resource::Resource;
use yaml::Node;

/// Makes a Secret. It has `data`, be it empty. `options` are those for all generators.
pub fn secret(
    args: &SecretArgs,
    options: Option<&GeneratorOptions>,
    loader: &Loader<'_>,
) -> Result<Resource, GenerateError> {
    let making = Making::new("Secret", &args.args, options)?;
    let secret_type = match args.secret_type.as_str() {
        "" => "Opaque",
        text => text,
    };
    let data = making.data(loader)?;
    making.resource(|object| {
        node::set_field(object, "type", Node::string(secret_type))?;
        let mut encoded = Node::mapping();
        for (key, value) in &data {
            node::add_field(&mut encoded, key, in_secret(value));
        }
        node::set_field(object, "data", encoded).map(drop)
    })
}
