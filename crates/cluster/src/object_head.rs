//! The few fields of an object this crate itself needs, read in one pass over its bytes.

use std::borrow::Cow;

use serde::Deserialize;

/// Name, uid and resourceVersion of an object; whatever else it holds is skipped, not stored.
#[derive(Deserialize, Default, Debug)]
pub struct ObjectHead<'a> {
    /// `kind`; absent on items of a list of built-in objects.
    #[serde(borrow, default)]
    pub kind: Option<Cow<'a, str>>,
    /// `metadata`.
    #[serde(borrow, default)]
    pub metadata: MetadataHead<'a>,
}

/// The head of `metadata`.
#[derive(Deserialize, Default, Debug)]
#[serde(rename_all = "camelCase")]
pub struct MetadataHead<'a> {
    /// `metadata.name`
    #[serde(borrow, default)]
    pub name: Option<Cow<'a, str>>,
    /// `metadata.uid`
    #[serde(borrow, default)]
    pub uid: Option<Cow<'a, str>>,
    /// `metadata.resourceVersion`
    #[serde(borrow, default)]
    pub resource_version: Option<Cow<'a, str>>,
}

impl<'a> ObjectHead<'a> {
    /// Reads the head; fails if the bytes are not one whole JSON object.
    pub fn read(object: &'a [u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(object)
    }

    /// The resourceVersion, empty if there is none.
    pub fn resource_version(&self) -> &str {
        self.metadata
            .resource_version
            .as_deref()
            .unwrap_or_default()
    }
}
