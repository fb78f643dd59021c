//! New names, tags and digests of images.
//!
//! Comes in: resources and one image. Goes out: the resources with the image changed, in lists called
//! `containers` or `initContainers` wherever they stand, and then in the fields of the specs. Both
//! ways may lead to the same field; what is changed twice, as by a suffix, is changed twice.
//! CustomResourceDefinitions are left alone. Source: Kustomize 5.8.1,
//! api/internal/builtins/ImageTagTransformer.go and api/filters/imagetag.

mod containers;
mod name;
mod reference;
mod update;

use super::field_spec::{FieldPath, FieldSpecError};
use crate::file::{FieldSpec, Image};
use crate::node::NodeError;
use crate::resource::pattern::PatternError;
use crate::resource::{ResId, ResMap, Resource};
use crate::schema::Schema;
use update::Update;

/// Why an image could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// The name is no regular expression, which it has to be.
    #[error("the image name {name:?} is not valid as a regular expression; escape it with \\")]
    Name {
        /// As written.
        name: String,
        /// Why.
        #[source]
        source: PatternError,
    },
    /// A list of containers is not one.
    #[error("looking for images in the containers of {object}")]
    Containers {
        /// The resource.
        object: Box<ResId>,
        /// What is wrong.
        #[source]
        source: NodeError,
    },
    /// A field cannot be changed.
    #[error(transparent)]
    Field(#[from] FieldSpecError<NodeError>),
}

/// Changes one image in all resources.
pub fn apply(
    resources: &mut ResMap,
    image: &Image,
    specs: &[FieldSpec],
    schema: &Schema,
) -> Result<(), ImageError> {
    let update = Update::new(image)?;
    let has_images = |resource: &&mut Resource| resource.kind() != "CustomResourceDefinition";
    for resource in resources.resources.iter_mut().filter(has_images) {
        let done = containers::visit(&mut resource.node, &update);
        done.map_err(|source| ImageError::Containers {
            object: Box::new(resource.current_id(schema)),
            source,
        })?;
    }
    let paths = FieldPath::all(specs);
    for resource in resources.resources.iter_mut().filter(has_images) {
        for path in &paths {
            path.apply(resource, None, &mut |field| update.write(field))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transform::tests::check;

    #[test]
    fn images_are_changed() {
        check(include_str!("../cases/images.txt"));
    }

    #[test]
    fn a_name_has_to_be_an_expression() {
        let image = Image {
            name: "shi(p".to_owned(),
            ..Image::default()
        };
        let done = apply(&mut ResMap::default(), &image, &[], Schema::builtin());
        assert_eq!(
            done.expect_err("it is broken").to_string(),
            "the image name \"shi(p\" is not valid as a regular expression; escape it with \\"
        );
    }
}
