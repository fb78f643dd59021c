//! Versions. Source: sprig 3.3, `semver.go`; Masterminds/semver 3.5.
//!
//! In: texts. Out: whether a version lies in a range, or the version itself, whose parts are its
//! methods: `(semver "1.2.3").Major`.

use crate::arguments::text;
use crate::signature::{Outcome, add_all, fixed};
use gotemplate::{
    Call, Function, FunctionError, Functions, Kind, Object, Parameter, Signature, Value,
};
use model::{Version, VersionRange};
use std::any::Any;
use std::borrow::Cow;

/// Adds the family.
pub(crate) fn add_to(functions: &mut Functions) {
    add_all(functions, FAMILY);
}

const TEXT: Parameter = Parameter::Text;
const POINTER: &str = "*semver.Version";
const OTHER: &[Parameter] = &[Parameter::Object(POINTER)];

const FAMILY: &[(&str, Function)] = &[
    ("semver", fixed(&[TEXT], semver)),
    ("semverCompare", fixed(&[TEXT, TEXT], semver_compare)),
];

fn semver(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let version = read(text(arguments, 0))?;
    Ok(Value::object(VersionObject {
        version,
        pointer: true,
    }))
}

fn semver_compare(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let range = String::from_utf8_lossy(text(arguments, 0));
    let range = VersionRange::parse(&range).map_err(FunctionError::passed_on)?;
    let version = read(text(arguments, 1))?;
    Ok(Value::Bool(range.admits(&version)))
}

fn read(source: &[u8]) -> Result<Version, FunctionError> {
    let source = String::from_utf8_lossy(source);
    Version::parse(&source).map_err(FunctionError::passed_on)
}

/// A version as templates hold it.
#[derive(Debug)]
struct VersionObject {
    version: Version,
    /// What `semver` gives is a pointer, what changes it gives a value, which has fewer methods.
    pointer: bool,
}

impl VersionObject {
    fn part(&self, method: &str) -> Option<Value> {
        let version = &self.version;
        Some(match method {
            "Major" => Value::Uint64(version.major),
            "Minor" => Value::Uint64(version.minor),
            "Patch" => Value::Uint64(version.patch),
            "Prerelease" => Value::text(version.prerelease.as_str()),
            "Metadata" => Value::text(version.metadata.as_str()),
            "String" => Value::text(version.to_string()),
            "Original" if self.pointer => Value::text(version.original.as_str()),
            _ => return None,
        })
    }

    fn successor(&self, method: &str) -> Option<Outcome> {
        let (next, which) = match method {
            "IncPatch" => (self.version.next_patch(), "patch"),
            "IncMinor" => (self.version.next_minor(), "minor"),
            "IncMajor" => (self.version.next_major(), "major"),
            _ => return None,
        };
        let overflow = || format!("{which} version increment would overflow uint64");
        Some(next.map(as_value).ok_or_else(|| overflow().into()))
    }

    fn changed(&self, method: &str, arguments: &[Value]) -> Option<Outcome> {
        let part = String::from_utf8_lossy(text(arguments, 0));
        let changed = match method {
            "SetPrerelease" => self.version.with_prerelease(&part),
            "SetMetadata" => self.version.with_metadata(&part),
            _ => return None,
        };
        Some(changed.map(as_value).map_err(FunctionError::passed_on))
    }

    fn compared(&self, method: &str, arguments: &[Value]) -> Option<Value> {
        let other: &Self = arguments.first()?.downcast()?;
        let order = self.version.cmp(&other.version);
        Some(match method {
            _ if !self.pointer => return None,
            "Compare" => Value::Int(order as i64),
            "Equal" => Value::Bool(order.is_eq()),
            "LessThan" => Value::Bool(order.is_lt()),
            "LessThanEqual" => Value::Bool(order.is_le()),
            "GreaterThan" => Value::Bool(order.is_gt()),
            "GreaterThanEqual" => Value::Bool(order.is_ge()),
            _ => return None,
        })
    }
}

fn as_value(version: Version) -> Value {
    let pointer = false;
    Value::object(VersionObject { version, pointer })
}

impl Object for VersionObject {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed(if self.pointer {
            POINTER
        } else {
            "semver.Version"
        })
    }

    fn kind(&self) -> Kind {
        if self.pointer {
            Kind::Ptr
        } else {
            Kind::Struct
        }
    }

    fn signature(&self, method: &str) -> Option<Signature> {
        let comparison = "Compare Equal LessThan LessThanEqual GreaterThan GreaterThanEqual";
        Some(match method {
            "SetPrerelease" | "SetMetadata" => Signature::of(&[TEXT]),
            _ if self.part(method).is_some() || method.starts_with("Inc") => Signature::of(&[]),
            _ if self.pointer && comparison.split(' ').any(|name| name == method) => {
                Signature::of(OTHER)
            }
            _ => return None,
        })
    }

    fn call(&self, method: &str, arguments: &[Value]) -> Option<Outcome> {
        let simple = self
            .part(method)
            .or_else(|| self.compared(method, arguments));
        simple
            .map(Ok)
            .or_else(|| self.successor(method))
            .or_else(|| self.changed(method, arguments))
    }

    fn print(&self) -> String {
        self.version.to_string()
    }

    fn to_json(&self) -> serde_json::Value {
        self.version.to_string().into()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
