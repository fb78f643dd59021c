//! The order in which resources are written.
//!
//! Comes in: resources in the order they were read. Goes out: the same, sorted by kind if that is
//! wanted: what others depend on comes first. Source: Kustomize 5.8.1,
//! api/internal/builtins/SortOrderTransformer.go.

use crate::file::SortOptions;
use crate::resource::{ResId, ResMap, ResMapError, Resource};
use crate::schema::Schema;
use std::collections::HashMap;

const FIRST: [&str; 22] = [
    "Namespace",
    "ResourceQuota",
    "StorageClass",
    "CustomResourceDefinition",
    "ServiceAccount",
    "PodSecurityPolicy",
    "Role",
    "ClusterRole",
    "RoleBinding",
    "ClusterRoleBinding",
    "ConfigMap",
    "Secret",
    "Endpoints",
    "Service",
    "LimitRange",
    "PriorityClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Deployment",
    "StatefulSet",
    "CronJob",
    "PodDisruptionBudget",
];
const LAST: [&str; 2] = [
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

/// Why resources could not be sorted.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum SortOrderError {
    /// No such order.
    #[error("the field 'sortOptions.order' must be one of [fifo, legacy]; it is '{0}'")]
    Order(String),
    /// Lists of kinds that have no effect.
    #[error(
        "the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', \
         not 'legacy'"
    )]
    Useless,
    /// Two resources have become the same object.
    #[error("the resources cannot be sorted")]
    Same(#[source] Box<ResMapError>),
}

/// Sorts the resources, or leaves them as they are.
pub fn apply(
    resources: &mut ResMap,
    options: &SortOptions,
    schema: &Schema,
) -> Result<(), SortOrderError> {
    let ranks = match (options.order.as_str(), &options.legacy) {
        ("fifo", None) => return Ok(()),
        ("fifo", Some(_)) => return Err(SortOrderError::Useless),
        ("legacy", None) => ranks(&FIRST, &LAST),
        ("legacy", Some(own)) => ranks(&own.order_first, &own.order_last),
        (order, _) => return Err(SortOrderError::Order(order.to_owned())),
    };
    let key = |resource: &Resource| key(&resource.current_id(schema), &ranks);
    resources.resources.sort_by_cached_key(key);
    let unique = resources.check_unique(schema);
    unique.map_err(|error| SortOrderError::Same(Box::new(error)))
}

/// Kinds that come first are below zero, those that come last above it.
fn ranks<S: AsRef<str>>(first: &[S], last: &[S]) -> HashMap<String, i64> {
    let before = -(first.len() as i64);
    let first = first.iter().zip(before..);
    let ranked = first.chain(last.iter().zip(1..));
    ranked
        .map(|(kind, rank)| (kind.as_ref().to_owned(), rank))
        .collect()
}

/// By rank, then by group, version and kind, then by namespace and name. Among namespaces those of
/// Kubernetes come before those of others, where kinds are not mixed anyway.
fn key(id: &ResId, ranks: &HashMap<String, i64>) -> (i64, bool, String, String) {
    let rank = ranks.get(&id.gvk.kind).copied().unwrap_or(0);
    let foreign = rank != 0 && id.gvk.kind == "Namespace" && !id.gvk.group.is_empty();
    let or = |text: &str, none: &'static str| match text.is_empty() {
        true => none.to_owned(),
        false => text.to_owned(),
    };
    let place = format!("{}|{}", or(&id.namespace, "~X"), or(&id.name, "~N"));
    (rank, foreign, id.gvk.sort_text(), place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::LegacySortOptions;
    use crate::node;
    use yaml::Limits;

    fn resources(all: &[&str]) -> ResMap {
        let resource = |text: &&str| {
            let [api_version, kind, place] = text.split(' ').collect::<Vec<_>>()[..] else {
                panic!("{text} has three parts");
            };
            let (namespace, name) = place.split_once('/').unwrap_or(("", place));
            let text = format!(
                "{{apiVersion: {api_version}, kind: {kind}, \
                 metadata: {{name: {name}, namespace: {namespace}}}}}"
            );
            let node = yaml::read_node(&text, &Limits::default());
            Resource::from(node.unwrap().unwrap())
        };
        ResMap {
            resources: all.iter().map(resource).collect(),
        }
    }

    fn sorted(all: &[&str], order: &str, lists: Option<(&[&str], &[&str])>) -> String {
        let owned = |kinds: &[&str]| kinds.iter().map(ToString::to_string).collect();
        let options = SortOptions {
            order: order.to_owned(),
            legacy: lists.map(|(first, last)| LegacySortOptions {
                order_first: owned(first),
                order_last: owned(last),
            }),
        };
        let mut all = resources(all);
        match apply(&mut all, &options, &Schema::default()) {
            Err(error) => error.to_string(),
            Ok(()) => {
                let told = all.resources.iter().map(|resource| {
                    let api_version = node::api_version(&resource.node);
                    let (namespace, name) = (resource.namespace(), resource.name());
                    let slash = if namespace.is_empty() { "" } else { "/" };
                    format!("{api_version} {} {namespace}{slash}{name}", resource.kind())
                });
                told.collect::<Vec<_>>().join(", ")
            }
        }
    }

    #[test]
    fn what_others_depend_on_comes_first() {
        for (all, expected) in [
            (
                &[
                    "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration x",
                    "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration x",
                    "zoo/v1 Lion x",
                    "v1 Pod x",
                    "apps/v1 Deployment x",
                    "v1 Service x",
                    "v1 ConfigMap x",
                    "v1 Namespace x",
                ][..],
                "v1 Namespace x, v1 ConfigMap x, v1 Service x, apps/v1 Deployment x, \
                 zoo/v1 Lion x, v1 Pod x, \
                 admissionregistration.k8s.io/v1 MutatingWebhookConfiguration x, \
                 admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration x",
            ),
            (
                &[
                    "v1 Secret b/x",
                    "v1 Secret x",
                    "v1 Secret a/y",
                    "v1 Secret a-b/x",
                    "v1 Secret a/x",
                ],
                "v1 Secret a-b/x, v1 Secret a/x, v1 Secret a/y, v1 Secret b/x, v1 Secret x",
            ),
            (
                &["zoo/v1 Namespace x", "v1 Namespace x", "ant/v1 Namespace x"],
                "v1 Namespace x, ant/v1 Namespace x, zoo/v1 Namespace x",
            ),
            (
                &["b/v1 Foo x", "a/v2 Foo x", "a/v1 Foo x", "a/v1 Bar x"],
                "a/v1 Bar x, a/v1 Foo x, a/v2 Foo x, b/v1 Foo x",
            ),
        ] {
            assert_eq!(sorted(all, "legacy", None), expected);
            assert_eq!(sorted(all, "fifo", None), all.join(", "));
        }
    }

    #[test]
    fn the_lists_may_be_others() {
        let all = [
            "v1 Pod x",
            "v1 Namespace x",
            "v1 Secret x",
            "apps/v1 Deployment x",
        ];
        for (first, last, expected) in [
            (
                &["Secret", "Pod"][..],
                &["Namespace"][..],
                "v1 Secret x, v1 Pod x, apps/v1 Deployment x, v1 Namespace x",
            ),
            (
                &[],
                &[],
                "apps/v1 Deployment x, v1 Namespace x, v1 Pod x, v1 Secret x",
            ),
            (
                &["Pod"],
                &["Pod"],
                "apps/v1 Deployment x, v1 Namespace x, v1 Secret x, v1 Pod x",
            ),
        ] {
            assert_eq!(sorted(&all, "legacy", Some((first, last))), expected);
        }
    }

    #[test]
    fn wrong_options_are_named() {
        let told = sorted(&["v1 Pod x"], "", Some((&["Pod"], &[])));
        assert_eq!(
            told,
            "the field 'sortOptions.order' must be one of [fifo, legacy]; it is ''"
        );
        let told = sorted(&["v1 Pod x"], "fifo", Some((&["Pod"], &[])));
        assert!(
            told.starts_with("the field 'sortOptions.legacySortOptions' is set"),
            "{told}"
        );
        let told = sorted(&["v1 Pod x", "v1 Pod default/x"], "legacy", None);
        assert_eq!(told, "the resources cannot be sorted");
    }
}
