//! Targets of a `ValueAddTransformer`, in it or in a file it names.
//!
//! Comes in: bytes, or targets. Goes out: the targets, or which of them is none. Source: Kustomize
//! 5.8.1, api/internal/builtins/ValueAddTransformer.go.

use super::decode::{Field, Fields, Rules, decode, field};
use super::error::{File, FileError, FileKind};
use super::fault::{Fault, Problem};
use super::types::ValueAddTarget;

/// Reads a file with `targets`. The path is for messages.
pub fn read_value_add_targets(bytes: &[u8], path: &str) -> Result<Vec<ValueAddTarget>, FileError> {
    let kind = FileKind::ValueAddTargets;
    let file = File { kind, path, bytes };
    let value = file.value(&yaml::Limits::default())?;
    let read = decode(&value, Rules::LENIENT).and_then(|Targets(targets)| {
        check_targets(&targets)?;
        Ok(targets)
    });
    read.map_err(|fault| file.fault(fault))
}

/// Looks whether every target is one.
pub(crate) fn check_targets(targets: &[ValueAddTarget]) -> Result<(), Fault> {
    for (index, target) in targets.iter().enumerate() {
        let check = match target.file_path_position {
            _ if target.field_path.is_empty() => Err(Problem::NoFieldPath),
            position if position < 0 => Err(Problem::NegativePosition(position)),
            _ => Ok(()),
        };
        check.map_err(|problem| Fault::of_item("targets", index, problem))?;
    }
    Ok(())
}

#[derive(Default)]
struct Targets(Vec<ValueAddTarget>);

impl Fields for Targets {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![field("targets", &mut self.0)]
    }
}

impl Fields for ValueAddTarget {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![
            field("selector", &mut self.selector),
            field("fieldPath", &mut self.field_path),
            field("filePathPosition", &mut self.file_path_position),
        ]
    }
}
