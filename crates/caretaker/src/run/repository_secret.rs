//! A Secret that says how a repository is reached, or all whose addresses begin alike.
//!
//! In: the Secret. Out: what it is for, its data as text, and whether the charts of the repository
//! must bring a proof. That is ours, beside what Argo CD 3.5 knows (util/db/repository_secrets.go):
//! the annotation `caretaker.dev/verify` names the kind of proof, `provenance` or `cosign`, and
//! `verifyKeys` in the data holds the public keys. A Secret that names a kind and no usable key lets no
//! chart through.

use base64::Engine as _;
use serde_json::Value;
use source::RequiredProof;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The label that says what a Secret of Argo CD's is for.
pub(crate) const SECRET_TYPE: &str = "argocd.argoproj.io/secret-type";
/// The annotation that names the proof charts must bring.
const VERIFY: &str = "caretaker.dev/verify";
const VERIFY_KEYS: &str = "verifyKeys";

/// Its data as text.
pub(crate) type Data = BTreeMap<String, String>;

/// What was read of one.
#[derive(Clone, Default)]
pub(crate) struct RepositorySecret {
    /// What it is for, such as `repository`.
    pub kind: String,
    /// Its data.
    pub data: Data,
    /// What charts must bring.
    pub proof: Option<Arc<RequiredProof>>,
}

impl RepositorySecret {
    /// Reads a Secret; none if it is not labelled.
    pub fn read(secret: &Value) -> Option<Self> {
        let labels = secret.pointer("/metadata/labels")?;
        let kind = labels.get(SECRET_TYPE)?.as_str()?.to_owned();
        let data = decoded(secret);
        let verify = secret
            .pointer("/metadata/annotations")
            .and_then(|annotations| annotations.get(VERIFY))
            .and_then(Value::as_str);
        let keys = data.get(VERIFY_KEYS).map(String::as_bytes);
        let proof = verify.map(|verify| RequiredProof::new(verify, keys.unwrap_or_default()));
        Some(Self {
            proof: proof.map(Arc::new),
            kind,
            data,
        })
    }
}

/// A Secret's data as text; values that are no text are left out.
pub(crate) fn decoded(secret: &Value) -> Data {
    let data = secret.get("data").and_then(Value::as_object);
    let text = |(key, value): (&String, &Value)| {
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(value.as_str()?)
            .ok()?;
        Some((key.clone(), String::from_utf8(bytes).ok()?))
    };
    data.into_iter().flatten().filter_map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_proof_is_required_where_the_annotation_says_so() {
        let secret = |annotations: Value| {
            json!({
                "metadata": {"labels": {SECRET_TYPE: "repository"}, "annotations": annotations},
                // "https://charts.example.org", "key" and something that is no text.
                "data": {"url": "aHR0cHM6Ly9jaGFydHMuZXhhbXBsZS5vcmc=", "verifyKeys": "a2V5", "x": "/w=="},
            })
        };
        let proof = |annotations| RepositorySecret::read(&secret(annotations)).unwrap().proof;
        assert_eq!(proof(json!(null)), None);
        assert_eq!(proof(json!({"other": "provenance"})), None);
        let asked = proof(json!({VERIFY: "cosign"})).unwrap();
        assert_eq!(*asked, RequiredProof::new("cosign", b"key"));
        assert_ne!(*asked, RequiredProof::new("provenance", b"key"));
        // A word that means nothing switches nothing off.
        assert!(proof(json!({VERIFY: "none"})).is_some());
        let read = RepositorySecret::read(&secret(json!({}))).unwrap();
        assert_eq!(read.kind, "repository");
        let names: Vec<_> = read.data.keys().map(String::as_str).collect();
        assert_eq!(names, ["url", "verifyKeys"]);
        assert!(RepositorySecret::read(&json!({"metadata": {"labels": {}}})).is_none());
    }
}
