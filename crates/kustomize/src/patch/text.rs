//! The text of a patch.
//!
//! Comes in: an entry of a kustomization: a path or the patch itself. Goes out: the objects of a
//! strategic merge patch, or the operations of a JSON patch; which of them it is, the text tells.

use super::error::PatchError;
use super::json6902::JsonPatch;
use super::origin::Origin;
use crate::file::Patch;
use crate::load::Loader;
use crate::resource::{Resource, read_resources};

/// A patch's text, and where it comes from.
pub struct PatchText {
    pub origin: Origin,
    pub text: String,
}

/// What a text turned out to be.
pub enum Read {
    Strategic(Vec<Resource>),
    Json(JsonPatch),
}

impl PatchText {
    /// The text of an entry, which has a path or a patch.
    pub fn of(patch: &Patch, inline: &str, loader: &Loader) -> Result<Self, PatchError> {
        match (inline, patch.path.as_str()) {
            ("", "") => Err(PatchError::Neither),
            ("", path) => Self::load(path, loader),
            (text, "") => Ok(Self::inline(text)),
            (_, path) => Err(PatchError::Both(path.to_owned())),
        }
    }

    /// A text written in the kustomization.
    pub fn inline(text: &str) -> Self {
        Self {
            origin: Origin::Inline(text.to_owned()),
            text: text.to_owned(),
        }
    }

    /// The text of a file.
    pub fn load(path: &str, loader: &Loader) -> Result<Self, PatchError> {
        let bytes = loader.load(path).map_err(|source| PatchError::Load {
            path: path.to_owned(),
            source: Box::new(source),
        })?;
        let origin = Origin::Path(path.to_owned());
        match std::str::from_utf8(&bytes) {
            Ok(text) => Ok(Self {
                origin,
                text: text.to_owned(),
            }),
            Err(_) => Err(PatchError::NotText(origin)),
        }
    }

    /// Reads it as whatever it is. What can be read as objects is never a JSON patch: that is a
    /// list.
    pub fn read(&self) -> Result<Read, PatchError> {
        let strategic = match read_resources(self.text.as_bytes()) {
            Ok(objects) => return Ok(Read::Strategic(objects)),
            Err(error) => error,
        };
        match JsonPatch::read(&self.text) {
            Ok(operations) => Ok(Read::Json(operations)),
            Err(json) => Err(PatchError::Unreadable {
                origin: self.origin.clone(),
                strategic: Box::new(strategic),
                json: Box::new(json),
            }),
        }
    }

    /// Reads it as objects.
    pub fn read_strategic(&self) -> Result<Vec<Resource>, PatchError> {
        let objects = read_resources(self.text.as_bytes());
        objects.map_err(|source| PatchError::NotStrategic {
            origin: self.origin.clone(),
            source: Box::new(source),
        })
    }

    /// Reads it as operations, of which there must be some.
    pub fn read_json(&self) -> Result<JsonPatch, PatchError> {
        let operations = JsonPatch::read(&self.text).map_err(|source| PatchError::NotJson {
            origin: self.origin.clone(),
            source: Box::new(source),
        })?;
        match operations.is_empty() {
            true => Err(PatchError::Empty(self.origin.to_string())),
            false => Ok(operations),
        }
    }
}
