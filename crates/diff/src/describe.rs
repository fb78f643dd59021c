//! Changes as people read them.
//!
//! In: changes and the object they are about. Out: one line per change, as in
//! `spec.replicas: want 3, have 5 (written by kubectl-scale)`. Values of Secrets are never shown.

use crate::forgotten::LAST_APPLIED;
use crate::kinds::Facts;
use crate::{Change, mask};
use model::ObjectKey;
use serde_json::Value;

/// Values are shown up to so many characters.
const LONGEST: usize = 120;

/// One change as a sentence.
pub fn describe(change: &Change, key: &ObjectKey) -> String {
    let (want, have) = shown(change, key);
    let said = match (want, have) {
        (Some(want), Some(have)) => format!("want {want}, have {have}"),
        (Some(want), None) => format!("want {want}, have nothing"),
        (None, Some(have)) => format!("want nothing, have {have}"),
        (None, None) => "differs".to_owned(),
    };
    let writer = change.written_by.as_ref();
    let writer = writer
        .map(|name| format!(" (written by {name})"))
        .unwrap_or_default();
    format!("{}: {said}{writer}", change.path)
}

/// The change with masks for values that nobody may see; other changes as they are.
pub fn without_secrets(change: &Change, key: &ObjectKey) -> Change {
    if !change.hidden && !is_secret(&change.path, key) {
        return change.clone();
    }
    let nth = usize::from(change.want.is_some() && change.want != change.have);
    let masked = |value: &Option<Value>, nth| value.as_ref().map(|value| masked_value(value, nth));
    Change {
        want: masked(&change.want, 0),
        have: masked(&change.have, nth),
        ..change.clone()
    }
}

fn masked_value(value: &Value, nth: usize) -> Value {
    match value {
        Value::Object(fields) => fields
            .keys()
            .map(|name| (name.clone(), Value::from(mask::mask(nth))))
            .collect(),
        _ => Value::from(mask::mask(nth)),
    }
}

/// All changes of an object, under its name.
pub fn changes_text(changes: &[Change], key: &ObjectKey) -> String {
    let lines = changes
        .iter()
        .map(|change| format!("  {}\n", describe(change, key)));
    format!("{key}\n{}", lines.collect::<String>())
}

fn shown(change: &Change, key: &ObjectKey) -> (Option<String>, Option<String>) {
    let hidden = change.hidden || is_secret(&change.path, key);
    let text = |value: &Option<Value>, nth| {
        value.as_ref().map(|value| {
            if hidden {
                masked(value, nth)
            } else {
                short(value)
            }
        })
    };
    let nth = usize::from(change.want.is_some() && change.want != change.have);
    (text(&change.want, 0), text(&change.have, nth))
}

fn is_secret(path: &str, key: &ObjectKey) -> bool {
    let in_map = |map: &str| {
        path.strip_prefix(map)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    Facts::of(&key.group_kind).is_secret()
        && (in_map("data")
            || in_map("stringData")
            || path == "metadata.annotations"
            || path.contains(LAST_APPLIED))
}

/// A value with masks for everything in it but the names of fields.
fn masked(value: &Value, nth: usize) -> String {
    match value {
        Value::Object(fields) => {
            let names: Vec<String> = fields
                .keys()
                .map(|name| format!("{name}: {}", mask::mask(nth)))
                .collect();
            format!("{{{}}}", names.join(", "))
        }
        _ => mask::mask(nth),
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}... ({} bytes)", &text[..end], text.len()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{ClusterId, GroupKind};
    use serde_json::json;

    fn key(kind: &str) -> ObjectKey {
        ObjectKey {
            cluster: ClusterId::in_cluster(),
            group_kind: GroupKind::new("", kind),
            namespace: "default".into(),
            name: "a".into(),
        }
    }

    fn change(path: &str, want: Value, have: Value) -> Change {
        Change {
            path: path.into(),
            want: Some(want),
            have: Some(have),
            written_by: None,
            written_at: None,
            hidden: false,
        }
    }

    #[test]
    fn a_change_names_its_writer() {
        let mut change = change("spec.replicas", json!(3), json!(5));
        change.written_by = Some("kubectl-scale".into());
        let text = describe(&change, &key("Thing"));
        assert_eq!(
            text,
            "spec.replicas: want 3, have 5 (written by kubectl-scale)"
        );
        change.have = None;
        change.written_by = None;
        assert_eq!(
            describe(&change, &key("Thing")),
            "spec.replicas: want 3, have nothing"
        );
    }

    #[test]
    fn values_of_secrets_are_masked_wherever_they_stand() {
        for (path, want, have) in [
            ("data.password", json!("c2VjcmV0"), json!("b3RoZXI=")),
            (
                "data",
                json!({"password": "c2VjcmV0"}),
                json!({"password": "b3RoZXI="}),
            ),
            ("stringData.x", json!("secret"), json!("other")),
            (
                "metadata.annotations[\"kubectl.kubernetes.io/last-applied-configuration\"]",
                json!("{\"data\":{\"password\":\"c2VjcmV0\"}}"),
                json!("{\"data\":{\"password\":\"b3RoZXI=\"}}"),
            ),
        ] {
            let text = changes_text(&[change(path, want, have)], &key("Secret"));
            for word in ["c2VjcmV0", "b3RoZXI=", "secret", "other"] {
                assert!(!text.contains(word), "{text}");
            }
            assert!(
                text.contains("++++++++, have") || text.contains("++++++++}"),
                "{text}"
            );
        }
        let hidden = without_secrets(
            &change("data", json!({"a": "c2VjcmV0"}), json!({"a": "b3RoZXI="})),
            &key("Secret"),
        );
        assert_eq!(hidden.want, Some(json!({"a": "++++++++"})));
        assert_eq!(hidden.have, Some(json!({"a": "++++++++++++"})));
        let plain = describe(&change("data.x", json!("1"), json!("2")), &key("ConfigMap"));
        assert_eq!(plain, "data.x: want \"1\", have \"2\"");
    }

    #[test]
    fn long_values_are_cut() {
        let text = describe(
            &change("data.x", json!("ä".repeat(500)), json!("2")),
            &key("ConfigMap"),
        );
        assert!(
            text.len() < 400 && text.contains("... (1002 bytes), have \"2\""),
            "{text}"
        );
    }
}
