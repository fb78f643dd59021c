//! `status.summary`: images, links, and whether apps are among the objects.
//!
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/types.go (GetSummary).

use super::Fields;
use model::Outcome;
use serde_json::Value;
use std::collections::BTreeSet;

const LINK_PREFIX: &str = "link.argocd.argoproj.io/";

pub(super) fn status(outcome: &Outcome, resource: &Value) -> Value {
    let images = outcome
        .images
        .iter()
        .map(|image| image.as_str().into())
        .collect();
    Fields::new()
        .list("externalURLs", links(resource))
        .list("images", images)
        .flag(
            "isAppOfApps",
            outcome
                .resources
                .iter()
                .any(|line| is_app(&line.key.group_kind)),
        )
        .done()
}

fn links(resource: &Value) -> Vec<Value> {
    let annotations = resource["metadata"]["annotations"]
        .as_object()
        .into_iter()
        .flatten();
    let links = annotations.filter(|(name, _)| name.starts_with(LINK_PREFIX));
    let links: BTreeSet<&str> = links.filter_map(|(_, link)| link.as_str()).collect();
    links.into_iter().map(Into::into).collect()
}

fn is_app(kind: &model::GroupKind) -> bool {
    &*kind.group == "argoproj.io" && &*kind.kind == "Application"
}
