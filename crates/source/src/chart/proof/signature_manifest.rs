//! Where cosign keeps the signatures of something in a registry: a tag named after its digest, whose
//! manifest has a layer for each signature.

use crate::chart::digest::ContentDigest;
use std::collections::BTreeMap;

/// What a layer with a signed statement is.
const STATEMENT: &str = "application/vnd.dev.cosign.simplesigning.v1+json";
const SIGNATURE: &str = "dev.cosignproject.cosign/signature";
const CERTIFICATE: &str = "dev.sigstore.cosign/certificate";
/// More signatures than this are not looked at.
const MAX_SIGNATURES: usize = 64;

/// One signature.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct SignatureLayer {
    /// Of the statement that is signed.
    pub statement: ContentDigest,
    /// In base64.
    pub signature: String,
    /// It was made without a pair of keys.
    pub is_keyless: bool,
}

#[derive(serde::Deserialize)]
struct Written {
    #[serde(default)]
    layers: Vec<WrittenLayer>,
}

#[derive(serde::Deserialize)]
struct WrittenLayer {
    #[serde(default, rename = "mediaType")]
    kind: String,
    digest: String,
    #[serde(default)]
    annotations: BTreeMap<String, String>,
}

/// The tag for the signatures of what has this digest.
pub(crate) fn signature_tag(digest: &ContentDigest) -> String {
    format!("{}.sig", digest.to_string().replace(':', "-"))
}

/// The signatures that a manifest names. Layers of other kinds are passed over.
pub(crate) fn signature_layers(manifest: &[u8]) -> Result<Vec<SignatureLayer>, String> {
    let written: Written = serde_json::from_slice(manifest).map_err(|error| error.to_string())?;
    let signatures = written.layers.into_iter().filter_map(|mut layer| {
        let signature = layer.annotations.remove(SIGNATURE)?;
        (layer.kind == STATEMENT).then_some(SignatureLayer {
            statement: ContentDigest::parse(&layer.digest)?,
            signature,
            is_keyless: layer.annotations.contains_key(CERTIFICATE),
        })
    });
    Ok(signatures.take(MAX_SIGNATURES).collect())
}
