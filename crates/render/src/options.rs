//! The source's options, read and checked.
//!
//! In: the source as JSON. Out: which renderer it names, if any, and the options of a directory.
//! A field that is not known, or of another type than it must be, is refused by name: a wish that
//! is not granted must not be dropped silently.

use serde_json::{Map, Value};

/// Options that cannot be followed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OptionsError {
    /// A field nobody knows.
    #[error("{0} is not a known field of a source")]
    Unknown(String),
    /// A field of another type.
    #[error("{field} must be {expected}")]
    WrongType {
        /// The field.
        field: String,
        /// What it must be.
        expected: &'static str,
    },
    /// A pattern that cannot be read.
    #[error("{field}: {pattern:?} is not a pattern")]
    Pattern {
        /// Which option it is.
        field: &'static str,
        /// The pattern.
        pattern: String,
    },
    /// Several renderers are named.
    #[error("multiple application sources defined: {0}")]
    Several(String),
}

/// Options of a plain folder of manifests.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct DirectoryOptions {
    pub recurse: bool,
    pub include: String,
    pub exclude: String,
}

/// The blocks that name a renderer, with Argo CD's names for it, in its order.
pub(crate) const BLOCKS: [(&str, &str); 4] = [
    ("kustomize", "Kustomize"),
    ("helm", "Helm"),
    ("directory", "Directory"),
    ("plugin", "Plugin"),
];

/// Fields that say where a source is; overrides cannot change them.
pub(crate) const PLACE: [&str; 4] = ["chart", "path", "repoURL", "targetRevision"];

/// Fields that matter to others than the renderer.
const OTHERS: [&str; 3] = ["name", "ref", "tagPrefix"];

const OF_DIRECTORY: [&str; 4] = ["exclude", "include", "jsonnet", "recurse"];

/// Refuses fields nobody knows.
pub(crate) fn check_fields(source: &Value) -> Result<&Map<String, Value>, OptionsError> {
    let fields = object(source, "source")?;
    let is_block = |name: &str| BLOCKS.iter().any(|(block, _)| *block == name);
    let known = |name: &str| is_block(name) || PLACE.contains(&name) || OTHERS.contains(&name);
    match fields.keys().find(|name| !known(name)) {
        Some(name) => Err(OptionsError::Unknown(name.clone())),
        None => Ok(fields),
    }
}

/// The renderer a block names: the block and Argo CD's name for it.
pub(crate) fn explicit(
    source: &Map<String, Value>,
) -> Result<Option<(&'static str, &'static str)>, OptionsError> {
    let named = BLOCKS.into_iter();
    let mut named = named.filter(|(block, _)| source.get(*block).is_some_and(says_something));
    let Some(first) = named.next() else {
        return Ok(None);
    };
    let rest: Vec<&str> = named.map(|(_, name)| name).collect();
    match rest.is_empty() {
        true => Ok(Some(first)),
        false => Err(OptionsError::Several(format!(
            "{},{}",
            first.1,
            rest.join(",")
        ))),
    }
}

/// The options of a directory; all are optional.
pub(crate) fn directory(source: &Map<String, Value>) -> Result<DirectoryOptions, OptionsError> {
    let block = match source.get("directory") {
        None | Some(Value::Null) => return Ok(DirectoryOptions::default()),
        Some(block) => object(block, "directory")?,
    };
    if let Some(name) = block
        .keys()
        .find(|name| !OF_DIRECTORY.contains(&name.as_str()))
    {
        return Err(OptionsError::Unknown(format!("directory.{name}")));
    }
    let text = |name: &str| match block.get(name) {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(_) => Err(wrong_type(format!("directory.{name}"), "text")),
    };
    let recurse = match block.get("recurse") {
        None | Some(Value::Null) => false,
        Some(Value::Bool(yes)) => *yes,
        Some(_) => return Err(wrong_type("directory.recurse".into(), "true or false")),
    };
    Ok(DirectoryOptions {
        recurse,
        include: text("include")?,
        exclude: text("exclude")?,
    })
}

/// The path of the app's folder as it is written.
pub(crate) fn path(source: &Map<String, Value>) -> Result<&str, OptionsError> {
    match source.get("path") {
        None | Some(Value::Null) => Ok(""),
        Some(Value::String(path)) => Ok(path),
        Some(_) => Err(wrong_type("path".into(), "text")),
    }
}

fn object<'a>(value: &'a Value, field: &str) -> Result<&'a Map<String, Value>, OptionsError> {
    value
        .as_object()
        .ok_or_else(|| wrong_type(field.to_owned(), "a map of fields"))
}

fn wrong_type(field: String, expected: &'static str) -> OptionsError {
    OptionsError::WrongType { field, expected }
}

/// Blocks in which everything is at its zero value count as absent.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => fields.values().any(says_something),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn explicit_of(source: Value) -> Result<Option<&'static str>, String> {
        let fields = check_fields(&source).map_err(|error| error.to_string())?;
        explicit(fields)
            .map(|found| found.map(|found| found.1))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_block_names_the_renderer_unless_it_says_nothing() {
        assert_eq!(explicit_of(json!({"path": "a"})), Ok(None));
        assert_eq!(
            explicit_of(json!({"directory": {"recurse": true}})),
            Ok(Some("Directory"))
        );
        assert_eq!(
            explicit_of(json!({"directory": {"recurse": false}, "helm": {}})),
            Ok(None)
        );
        assert_eq!(
            explicit_of(json!({"plugin": {"name": "x"}})),
            Ok(Some("Plugin"))
        );
        let both = json!({"helm": {"version": "v3"}, "kustomize": {"namePrefix": "a"}});
        let error = explicit_of(both).unwrap_err();
        assert_eq!(
            error,
            "multiple application sources defined: Kustomize,Helm"
        );
    }

    #[test]
    fn what_is_not_known_is_refused_by_name() {
        let error = explicit_of(json!({"folder": "a"})).unwrap_err();
        assert_eq!(error, "folder is not a known field of a source");
        let refused = |block: Value| {
            let source = json!({"directory": block});
            directory(source.as_object().unwrap())
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            refused(json!({"recursive": true})),
            "directory.recursive is not a known field of a source"
        );
        assert_eq!(
            refused(json!({"recurse": "yes"})),
            "directory.recurse must be true or false"
        );
        assert_eq!(
            refused(json!({"include": 3})),
            "directory.include must be text"
        );
        assert_eq!(refused(json!([])), "directory must be a map of fields");
    }
}
