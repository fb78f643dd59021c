//! A file that `replacements: - path:` names.
//!
//! Comes in: bytes. Goes out: the replacements in it, one or a list. Source: Kustomize 5.8.1,
//! api/internal/builtins/ReplacementTransformer.go.

use super::decode::{Decode, Rules, decode};
use super::error::{File, FileError, FileKind};
use super::types::Replacement;
use serde_json::Value;

/// Reads a file of replacements. The path is for messages.
pub fn read_replacements(bytes: &[u8], path: &str) -> Result<Vec<Replacement>, FileError> {
    let kind = FileKind::Replacements;
    let file = File { kind, path, bytes };
    let value = file.value(&yaml::Limits::default())?;
    match &value {
        Value::Array(_) => read(&file, &value),
        Value::Object(_) => Ok(vec![read(&file, &value)?]),
        other => Err(FileError::NoReplacements {
            path: path.to_owned(),
            found: super::Found::of(other).to_string(),
        }),
    }
}

fn read<T: Decode + Default>(file: &File<'_>, value: &Value) -> Result<T, FileError> {
    decode(value, Rules::LENIENT).map_err(|fault| file.fault(fault))
}
