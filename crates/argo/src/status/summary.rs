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
        .list("externalURLs", links(outcome, resource))
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

/// What the objects serve, and what the Application itself is annotated with.
fn links(outcome: &Outcome, resource: &Value) -> Vec<Value> {
    let annotations = resource["metadata"]["annotations"]
        .as_object()
        .into_iter()
        .flatten();
    let links = annotations.filter(|(name, _)| name.starts_with(LINK_PREFIX));
    let links = links.filter_map(|(_, link)| link.as_str());
    let served = outcome.urls.iter().map(String::as_str);
    let links: BTreeSet<&str> = links.chain(served).collect();
    links.into_iter().map(Into::into).collect()
}

fn is_app(kind: &model::GroupKind) -> bool {
    &*kind.group == "argoproj.io" && &*kind.kind == "Application"
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn links_of_objects_and_of_the_application_itself_are_told_once_each() {
        let outcome = Outcome {
            urls: vec![
                "https://b.example.com".into(),
                "https://a.example.com".into(),
            ],
            ..Outcome::default()
        };
        let resource = json!({"metadata": {"annotations": {
            "link.argocd.argoproj.io/docs": "https://docs.example.com",
            "link.argocd.argoproj.io/same": "https://a.example.com",
            "other": "https://other.example.com",
        }}});
        let urls = [
            "https://a.example.com",
            "https://b.example.com",
            "https://docs.example.com",
        ];
        assert_eq!(status(&outcome, &resource), json!({"externalURLs": urls}));
    }
}
