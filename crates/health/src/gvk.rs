//! Which kind an object says it is.
//!
//! Comes in: an object. Goes out: group, version and kind, as far as `apiVersion` is one.

use serde_json::Value;
use std::fmt;

/// Group, version and kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gvk<'a> {
    pub group: &'a str,
    pub version: &'a str,
    pub kind: &'a str,
}

impl<'a> Gvk<'a> {
    /// The kind of an object; nothing if its `apiVersion` has no meaning.
    pub fn of(object: &'a Value) -> Option<Self> {
        let kind = object.get("kind")?.as_str()?;
        let api_version = object.get("apiVersion")?.as_str()?;
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        (!version.contains('/')).then_some(Self {
            group,
            version,
            kind,
        })
    }
}

/// Go's way of printing one; messages contain it.
impl fmt::Display for Gvk<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}, Kind={}", self.group, self.version, self.kind)
    }
}
