//! Signatures of cosign, made with a pair of keys.
//!
//! Comes in: a signed statement and its signature. Goes out: the key that signed it, if it is trusted
//! and the statement is about the digest in question. Transparency logs are not asked: who has the
//! key is believed.
//!
//! Source: cosign 2, specs/SIGNATURE_SPEC.md and pkg/cosign/verify.go.

use super::cosign_keys::CosignKeys;
use super::error::ProofError;
use super::signature_manifest::SignatureLayer;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

const KIND: &str = "cosign container image signature";

/// The key that signed the statement that something has this digest; none if no trusted key signed.
pub(crate) fn check(
    statement: &[u8],
    layer: &SignatureLayer,
    digest: &str,
    keys: &CosignKeys,
) -> Result<Option<String>, ProofError> {
    let signature = STANDARD.decode(layer.signature.trim());
    let signer = signature.ok().and_then(|it| keys.signer(statement, &it));
    let Some(key) = signer else {
        return Ok(None);
    };
    let key = key.name.clone();
    let said: Value = serde_json::from_slice(statement)
        .map_err(|error| ProofError::Malformed(error.to_string()))?;
    let at = |pointer| said.pointer(pointer).and_then(Value::as_str);
    let kind = at("/critical/type").unwrap_or_default();
    if kind != KIND {
        return Err(ProofError::Malformed(format!("it is a {kind:?}")));
    }
    match at("/critical/image/docker-manifest-digest") {
        Some(signed) if signed == digest => Ok(Some(key)),
        signed => Err(ProofError::Other {
            key,
            signed: signed.unwrap_or("nothing").to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests;
