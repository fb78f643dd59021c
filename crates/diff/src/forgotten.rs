//! What a client-side apply declared once and nobody declares now.
//!
//! In: an object that our manager never applied on the server's side. Its `last-applied`
//! annotation tells what was declared before. Out: suspicions about fields that are still there
//! and no longer wanted; applying after a migration of ownership would remove them.

use crate::path::Step;
use crate::walk::{Finding, Findings, is_blank};
use serde_json::Value;

/// The annotation `kubectl apply` and Argo CD keep the last manifest in.
pub(crate) const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// Adds suspicions to findings.
pub(crate) fn find<'a>(want: &Value, have: &'a Value, findings: &mut Findings<'a>) {
    let annotations = have
        .get("metadata")
        .and_then(|metadata| metadata.get("annotations"));
    let Some(text) = annotations.and_then(|all| all.get(LAST_APPLIED)) else {
        return;
    };
    match text.as_str().map(serde_json::from_str::<Value>) {
        Some(Ok(before)) => compare(&before, Some(want), have, &mut Vec::new(), findings),
        _ => findings.distrust = true,
    }
}

fn compare<'a>(
    before: &Value,
    want: Option<&Value>,
    have: &'a Value,
    path: &mut Vec<Step<'a>>,
    findings: &mut Findings<'a>,
) {
    let (Value::Object(before), Value::Object(have)) = (before, have) else {
        return;
    };
    for (name, there) in have.iter().filter(|(_, there)| !is_blank(there)) {
        let Some(before) = before.get(name).filter(|_| !is_bookkeeping(path, name)) else {
            continue;
        };
        let wanted = want.and_then(|want| want.get(name));
        path.push(Step::Field(name));
        match (wanted, before) {
            (Some(_), _) | (None, Value::Object(_)) => {
                compare(before, wanted, there, path, findings);
            }
            (None, _) => findings.list.push(Finding {
                path: path.clone(),
                want: None,
                have: Some(there),
                certain: false,
            }),
        }
        path.pop();
    }
}

fn is_bookkeeping(path: &[Step<'_>], name: &str) -> bool {
    match path {
        [] => matches!(name, "apiVersion" | "kind" | "status"),
        [Step::Field("metadata")] => {
            matches!(
                name,
                "name" | "namespace" | "creationTimestamp" | "generation" | "uid"
            )
        }
        [Step::Field("metadata"), Step::Field("annotations")] => name == LAST_APPLIED,
        _ => false,
    }
}
