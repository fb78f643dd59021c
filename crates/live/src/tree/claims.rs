//! Which volume claims a StatefulSet made: known by their names alone.
//!
//! Source: Argo CD 3.5: gitops-engine/pkg/cache/references.go (isStatefulSetChild). Its pattern is
//! not bound to the start of the name, and a dot in the set's name stands for any character.

use model::GroupKind;
use serde_json::Value;

/// The names of the claim templates of a StatefulSet; none for other kinds.
pub(super) fn templates(object: &Value, kind: &GroupKind) -> Vec<String> {
    if &*kind.kind != "StatefulSet" || !matches!(&*kind.group, "apps" | "extensions") {
        return Vec::new();
    }
    let templates = object.pointer("/spec/volumeClaimTemplates");
    let templates = templates.and_then(Value::as_array).into_iter().flatten();
    let name = |template: &Value| Some(template.pointer("/metadata/name")?.as_str()?.to_owned());
    templates.filter_map(name).collect()
}

/// May an object of this kind have been made from a claim template?
pub(super) fn may_be_claim(kind: &GroupKind) -> bool {
    kind.group.is_empty() && &*kind.kind == "PersistentVolumeClaim"
}

/// Was the claim of this name made from one of the templates of the set `set`?
pub(super) fn is_made_by(claim: &str, templates: &[String], set: &str) -> bool {
    let ordinal = claim.trim_end_matches(|digit: char| digit.is_ascii_digit());
    let Some(stem) = ordinal.strip_suffix('-') else {
        return false;
    };
    ordinal.len() < claim.len()
        && templates
            .iter()
            .any(|template| ends_like(stem, &format!("{template}-{set}")))
}

fn ends_like(text: &str, end: &str) -> bool {
    let from = text.len().checked_sub(end.len());
    let tail = from.and_then(|from| text.as_bytes().get(from..));
    tail.is_some_and(|tail| {
        let mut pairs = tail.iter().zip(end.as_bytes());
        pairs.all(|(one, wanted)| *wanted == b'.' || one == wanted)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn is_stateful_set_child() {
        let set = json!({"spec": {"volumeClaimTemplates": [{"metadata": {"name": "emqx-data"}}]}});
        let templates = templates(&set, &GroupKind::new("apps", "StatefulSet"));
        for (claim, is) in [
            ("emqx-data-sw-broker-0", true),
            ("emqx-data-sw-broker-10", true),
            ("emqx-data-sw-broker-internal-0", false),
            ("volume-2", false),
            ("emqx-data-sw-broker-", false),
            ("emqx-data-sw-broker", false),
            ("old-emqx-data-sw-broker-0", true),
        ] {
            assert_eq!(is_made_by(claim, &templates, "sw-broker"), is, "{claim}");
        }
        assert!(is_made_by("data-v1.2-0", &["data".into()], "v1.2"));
        assert!(is_made_by("data-v1x2-0", &["data".into()], "v1.2"));
    }

    #[test]
    fn other_kinds_have_no_claim_templates() {
        let set = json!({"spec": {"volumeClaimTemplates": [{"metadata": {"name": "a"}}]}});
        assert!(templates(&set, &GroupKind::new("example.org", "StatefulSet")).is_empty());
    }
}
