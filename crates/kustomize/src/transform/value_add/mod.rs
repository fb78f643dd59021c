//! One value added in many places.
//!
//! Comes in: resources, a value and targets. Goes out: the resources with the value in each target's
//! field, as a whole or as one part of the file path that stands there. Source: Kustomize 5.8.1,
//! api/internal/builtins/ValueAddTransformer.go and api/filters/valueadd.

mod file_path;

use super::namespace::{self, NamespaceError};
use super::set;
use crate::file::{ValueAddArgs, ValueAddTarget};
use crate::node::{Create, NodeError, lookup_create, split_path};
use crate::resource::{ResId, ResMap, Resource, SelectError};
use crate::schema::Schema;
use crate::transform::field_spec::LONGEST;
use yaml::{Node, Tag};

/// Why a value could not be added.
#[derive(Debug, thiserror::Error)]
pub enum ValueAddError {
    /// A target's selector does not read.
    #[error("selecting what the value is added to")]
    Select(#[source] Box<SelectError>),
    /// The namespace cannot be set.
    #[error(transparent)]
    Namespace(#[from] NamespaceError),
    /// A field cannot be set.
    #[error("adding a value at {path} of {object}")]
    Field {
        /// The target's path.
        path: String,
        /// The resource.
        object: Box<ResId>,
        /// Why.
        #[source]
        source: Box<NodeError>,
    },
}

/// Adds a value to all targets. The value and the targets have to be complete: what a file or a
/// folder's name stands for is filled in.
pub fn apply(
    resources: &mut ResMap,
    args: &ValueAddArgs,
    schema: &Schema,
) -> Result<(), ValueAddError> {
    for target in &args.targets {
        for at in selected(resources, target, schema)? {
            add(&mut resources.resources[at], &args.value, target, schema)?;
        }
    }
    Ok(())
}

fn selected(
    resources: &ResMap,
    target: &ValueAddTarget,
    schema: &Schema,
) -> Result<Vec<usize>, ValueAddError> {
    match &target.selector {
        Some(selector) => resources
            .select(selector, schema)
            .map_err(|source| ValueAddError::Select(Box::new(source))),
        None => Ok((0..resources.resources.len()).collect()),
    }
}

fn add(
    resource: &mut Resource,
    value: &str,
    target: &ValueAddTarget,
    schema: &Schema,
) -> Result<(), ValueAddError> {
    if target.field_path == "metadata/namespace" {
        return Ok(namespace::set_on(resource, value, schema)?);
    }
    let done = write(&mut resource.node, value, target);
    resource.settle();
    done.map_err(|source| ValueAddError::Field {
        path: target.field_path.clone(),
        object: Box::new(resource.current_id(schema)),
        source: Box::new(source),
    })
}

/// Writes the value. A position in a list that is not there takes nothing.
fn write(object: &mut Node, value: &str, target: &ValueAddTarget) -> Result<(), NodeError> {
    let path = split_path(&target.field_path, '/');
    if path.len() > LONGEST {
        return Err(NodeError::TooManySteps(path.len()));
    }
    let Some(field) = lookup_create(object, &path, Create::Scalar)? else {
        return Ok(());
    };
    let value = match usize::try_from(target.file_path_position) {
        Ok(position @ 1..) => file_path::insert(field.text(), position - 1, value),
        _ => value.to_owned(),
    };
    match value.is_empty() {
        true => Ok(()),
        false => set::scalar(field, &value, Tag::None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::Selector;
    use crate::resource::Gvk;
    use crate::transform::tests::{chain, resources, text};

    const OBJECTS: &str = "apiVersion: v1
kind: Pod
metadata:
  name: one
  namespace: land
spec:
  containers:
  - name: a
  path: /var/log
  quoted: '1'
---
apiVersion: v1
kind: Secret
metadata:
  name: two
";

    fn added(path: &str, position: i64) -> Result<String, ValueAddError> {
        let selector = Selector {
            id: ResId::new(Gvk::unscoped("", "", "Pod"), "", ""),
            ..Selector::default()
        };
        let args = ValueAddArgs {
            value: "2".to_owned(),
            targets: vec![ValueAddTarget {
                selector: Some(selector),
                field_path: path.to_owned(),
                file_path_position: position,
            }],
            ..ValueAddArgs::default()
        };
        let mut all = resources(OBJECTS);
        apply(&mut all, &args, Schema::builtin()).map(|()| text(&all))
    }

    #[test]
    fn a_value_is_added_to_the_targets() {
        for (path, position, old, new) in [
            (
                "metadata/namespace",
                0,
                "namespace: land",
                "namespace: \"2\"",
            ),
            ("metadata/name", 0, "name: one", "name: 2"),
            ("spec/path", 0, "/var/log", "2"),
            ("spec/path", 1, "/var/log", "/2/var/log"),
            ("spec/path", 9, "/var/log", "/var/log/2"),
            ("spec/quoted", 0, "'1'", "\"2\""),
            ("spec/new", 3, "  path:", "  new: 2\n  path:"),
            (
                "spec/a\\/b/c",
                0,
                "  containers:",
                "  a/b:\n    c: 2\n  containers:",
            ),
            (
                "spec/containers/[name=a]/image",
                0,
                "- name: a",
                "- image: 2\n    name: a",
            ),
            (
                "spec/containers/[name=b]/image",
                0,
                "- name: a",
                "- name: a\n  - image: 2\n    name: b",
            ),
            (
                "spec/containers/0/image",
                0,
                "- name: a",
                "- image: 2\n    name: a",
            ),
            ("spec/containers/7/image", 0, "", ""),
        ] {
            let expected = OBJECTS
                .replacen(old, new, 1)
                .replace("quoted: '1'", "quoted: \"1\"");
            assert_eq!(added(path, position).expect(path), expected, "{path}");
        }
    }

    #[test]
    fn no_value_is_added_to_maps_and_lists() {
        for (path, expected) in [
            ("spec", "line 7: expected a scalar, found a map"),
            ("spec/path/deeper", "line 9: expected a map, found a scalar"),
        ] {
            let error = added(path, 0).expect_err(path);
            let expected =
                format!("adding a value at {path} of Pod.v1.[noGrp]/one.land: {expected}");
            assert_eq!(chain(&error), expected);
        }
    }
}
