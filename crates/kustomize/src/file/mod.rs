//! The kustomization file, and the files it refers to.
//!
//! Comes in: a file's bytes. Goes out: a [`Kustomization`] with its deprecated fields brought into
//! today's form and the warnings about them, or an error with the line, the field, what was
//! expected and the nearest valid name.

pub(crate) mod decode;
mod error;
pub(crate) mod fault;
pub(crate) mod fields;
mod kustomization;
mod line;
pub(crate) mod nearest;
mod replacements;
mod transformer_config;
mod types;
pub(crate) mod value_add;
mod warning;

pub use decode::{Expected, Found};
pub use error::{FileError, FileKind};
pub use fault::{Fault, Problem, Step};
pub use replacements::read_replacements;
pub use transformer_config::read_transformer_config;
pub use types::*;
pub use value_add::read_value_add_targets;
pub use warning::Warning;

#[cfg(test)]
mod tests;

use decode::Rules;
use error::File;
use kustomization::Written;

/// Reads a kustomization. The path is for messages.
pub fn read(bytes: &[u8], path: &str) -> Result<(Kustomization, Vec<Warning>), FileError> {
    let kind = FileKind::Kustomization;
    let file = File { kind, path, bytes };
    let value = file.value(&yaml::Limits::default())?;
    let mut written: Written =
        decode::decode(&value, Rules::KUSTOMIZATION).map_err(|fault| file.fault(fault))?;
    let warnings = written.warnings(path);
    written.fix();
    if written.is_empty() {
        let path = path.to_owned();
        return Err(FileError::Empty { path });
    }
    file.check_header(&written)?;
    let kustomization = written
        .into_kustomization()
        .map_err(|fault| file.fault(fault))?;
    Ok((kustomization, warnings))
}
