//! The data of a ConfigMap or Secret: keys and values.
//!
//! Comes in: literals, files and files of lines, as a generator names them. Goes out: each key with
//! its bytes. Keys are taken as they are; whether the cluster takes them shows there. Source:
//! Kustomize 5.8.1, api/kv/kv.go and api/internal/generators/utils.go.

use super::env_file::{self, EnvError};
use crate::file::GeneratorArgs;
use crate::load::{LoadError, Loader};
use std::sync::Arc;

/// Why data could not be gathered. Values are not told: they may be secret.
#[derive(Debug, thiserror::Error)]
pub enum KeyValueError {
    /// A literal is no pair.
    #[error("literals[{0}]: invalid literal source, expected key=value")]
    Literal(usize),
    /// A file is named with an empty key.
    #[error("files[{index}]: missing key name for file path {path:?}")]
    NoKey {
        /// Which entry.
        index: usize,
        /// The path behind the `=`.
        path: String,
    },
    /// A key is named without a file.
    #[error("files[{index}]: missing file path for key name {key:?}")]
    NoPath {
        /// Which entry.
        index: usize,
        /// The key before the `=`.
        key: String,
    },
    /// A file is named with several `=`.
    #[error("files[{index}]: {entry:?} key name or file path contains '='")]
    ManyEquals {
        /// Which entry.
        index: usize,
        /// The entry.
        entry: String,
    },
    /// A file could not be loaded.
    #[error("{field}[{index}]: {path:?} cannot be loaded")]
    Load {
        /// `files` or `envs`.
        field: &'static str,
        /// Which entry.
        index: usize,
        /// The path.
        path: String,
        /// The cause.
        #[source]
        source: Box<LoadError>,
    },
    /// A file of lines cannot be read.
    #[error("envs[{index}]: {path:?} cannot be read")]
    Env {
        /// Which entry.
        index: usize,
        /// The path.
        path: String,
        /// The cause.
        #[source]
        source: EnvError,
    },
}

/// A key and its bytes.
pub type KeyValue = (String, Arc<[u8]>);

/// All pairs: those of `envs` first, then of `literals`, then of `files`.
pub fn key_values(
    args: &GeneratorArgs,
    loader: &Loader<'_>,
) -> Result<Vec<KeyValue>, KeyValueError> {
    let mut pairs = Vec::new();
    for (index, path) in args.envs.iter().enumerate() {
        pairs.extend(of_env_file(index, path, loader)?);
    }
    for (index, literal) in args.literals.iter().enumerate() {
        pairs.push(of_literal(literal).ok_or(KeyValueError::Literal(index))?);
    }
    for (index, entry) in args.files.iter().enumerate() {
        let (key, path) = split_file_entry(index, entry)?;
        pairs.push((key.to_owned(), load("files", index, path, loader)?));
    }
    Ok(pairs)
}

fn of_env_file(
    index: usize,
    path: &str,
    loader: &Loader<'_>,
) -> Result<impl Iterator<Item = KeyValue> + use<>, KeyValueError> {
    let content = load("envs", index, path, loader)?;
    let pairs = env_file::pairs(&content).map_err(|source| KeyValueError::Env {
        index,
        path: path.to_owned(),
        source,
    })?;
    let pairs = pairs.into_iter();
    Ok(pairs.map(|(key, value)| (key, value.into_bytes().into())))
}

/// `key=value`; one pair of quotes around the value is taken off.
fn of_literal(literal: &str) -> Option<KeyValue> {
    let (key, value) = literal.split_once('=')?;
    (!key.is_empty()).then(|| (key.to_owned(), without_quotes(value).as_bytes().into()))
}

fn without_quotes(value: &str) -> &str {
    let inside = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    inside('"').or_else(|| inside('\'')).unwrap_or(value)
}

/// `key=path`, or a path, whose last part is the key.
fn split_file_entry(index: usize, entry: &str) -> Result<(&str, &str), KeyValueError> {
    let Some((key, path)) = entry.split_once('=') else {
        return Ok((base_name(entry), entry));
    };
    if path.contains('=') {
        let entry = entry.to_owned();
        return Err(KeyValueError::ManyEquals { index, entry });
    }
    if key.is_empty() {
        let path = path.to_owned();
        return Err(KeyValueError::NoKey { index, path });
    }
    if path.is_empty() {
        let key = key.to_owned();
        return Err(KeyValueError::NoPath { index, key });
    }
    Ok((key, path))
}

/// Go's `path.Base`.
fn base_name(path: &str) -> &str {
    let trimmed = path.trim_end_matches('/');
    match (path, trimmed) {
        ("", _) => ".",
        (_, "") => "/",
        _ => trimmed.rsplit('/').next().unwrap_or(trimmed),
    }
}

fn load(
    field: &'static str,
    index: usize,
    path: &str,
    loader: &Loader<'_>,
) -> Result<Arc<[u8]>, KeyValueError> {
    loader.load(path).map_err(|source| KeyValueError::Load {
        field,
        index,
        path: path.to_owned(),
        source: Box::new(source),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Nowhere, Restrictions};
    use model::{MemoryTree, TreePath};

    #[test]
    fn one_pair_of_quotes_is_taken_off_literals() {
        for (literal, expected) in [
            ("a=x", Some(("a", "x"))),
            ("a=x=y", Some(("a", "x=y"))),
            ("a=", Some(("a", ""))),
            ("a=\"x y\"", Some(("a", "x y"))),
            ("a='x'", Some(("a", "x"))),
            ("a=''x''", Some(("a", "'x'"))),
            ("a='x\"", Some(("a", "'x\""))),
            ("a='", Some(("a", "'"))),
            ("a=''", Some(("a", ""))),
            (" a =x ", Some((" a ", "x "))),
            ("=x", None),
            ("a", None),
            ("", None),
        ] {
            let expected = expected.map(|(k, v)| (k.to_owned(), v.as_bytes().into()));
            assert_eq!(of_literal(literal), expected, "{literal}");
        }
    }

    #[test]
    fn files_are_named_with_or_without_a_key() {
        for (entry, expected) in [
            ("./config/app.ini", "app.ini ./config/app.ini"),
            ("app.ini", "app.ini app.ini"),
            ("config/", "config config/"),
            ("", ". "),
            ("//", "/ //"),
            ("new.ini=old", "new.ini old"),
            ("=old", "files[3]: missing key name for file path \"old\""),
            ("new=", "files[3]: missing file path for key name \"new\""),
            ("=", "files[3]: missing key name for file path \"\""),
            (
                "a==b",
                "files[3]: \"a==b\" key name or file path contains '='",
            ),
        ] {
            let told = match split_file_entry(3, entry) {
                Ok((key, path)) => format!("{key} {path}"),
                Err(error) => error.to_string(),
            };
            assert_eq!(told, expected);
        }
    }

    #[test]
    fn lines_come_before_literals_and_files() {
        let tree = MemoryTree::of([("app.env", "line=1\n"), ("app.ini", "ini")]).unwrap();
        let root = TreePath::root();
        let loader = Loader::new(&tree, root, Restrictions::RootOnly, &Nowhere).unwrap();
        let texts = |texts: &[&str]| texts.iter().map(|text| text.to_string()).collect();
        let mut args = GeneratorArgs {
            files: texts(&["app.ini", "other=app.ini"]),
            literals: texts(&["literal=2"]),
            envs: texts(&["app.env"]),
            ..GeneratorArgs::default()
        };
        let pairs = key_values(&args, &loader).unwrap();
        let expected = [
            ("line", "1"),
            ("literal", "2"),
            ("app.ini", "ini"),
            ("other", "ini"),
        ];
        assert_eq!(
            pairs,
            expected.map(|(k, v)| (k.to_owned(), v.as_bytes().into()))
        );
        args.files.push("none.ini".to_owned());
        let error = key_values(&args, &loader).unwrap_err();
        assert_eq!(error.to_string(), "files[2]: \"none.ini\" cannot be loaded");
        args.literals.push("s3cret".to_owned());
        let error = key_values(&args, &loader).unwrap_err().to_string();
        assert_eq!(
            error,
            "literals[1]: invalid literal source, expected key=value"
        );
    }
}
