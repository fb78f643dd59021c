//! `patches`.
//!
//! Comes in: a patch's place. Goes out: its fields, or why it is no patch. Source: Kustomize 5.8.1,
//! api/types/{patch,patchargs}.go, api/internal/builtins/{PatchTransformer,
//! PatchJson6902Transformer}.go.

use crate::file::decode::{Decode, Field, Fields, Input, decode_fields, field};
use crate::file::fault::{Fault, Problem};
use crate::file::types::{Patch, StringBools};

impl Fields for Patch {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![
            field("path", &mut self.path),
            field("patch", &mut self.patch),
            field("target", &mut self.target),
            field("options", &mut self.options),
        ]
    }
}

const ALLOW_NAME_CHANGE: &str = "allowNameChange";
const ALLOW_KIND_CHANGE: &str = "allowKindChange";

impl Decode for StringBools {
    fn decode(&mut self, input: Input<'_>) -> Result<(), Fault> {
        let value = |all: &Self, name| all.get(name).copied().unwrap_or_default();
        let mut name_change = value(self, ALLOW_NAME_CHANGE);
        let mut kind_change = value(self, ALLOW_KIND_CHANGE);
        let mut fields = [
            field(ALLOW_NAME_CHANGE, &mut name_change),
            field(ALLOW_KIND_CHANGE, &mut kind_change),
        ];
        decode_fields(&mut fields, input)?;
        let switches = [
            (ALLOW_NAME_CHANGE, name_change),
            (ALLOW_KIND_CHANGE, kind_change),
        ];
        let set = switches.into_iter().filter(|(_, set)| *set);
        *self = set.map(|(name, set)| (name.to_owned(), set)).collect();
        Ok(())
    }
}

impl Patch {
    /// Takes the white space around the patch off, and looks whether there is exactly one patch:
    /// what a `PatchTransformer` does first.
    pub(crate) fn settle(&mut self) -> Result<(), Problem> {
        self.patch = self.patch.trim().to_owned();
        match (self.patch.is_empty(), self.path.is_empty()) {
            (true, true) => Err(Problem::NoPatch),
            (false, false) => Err(Problem::PatchAndPath),
            _ => Ok(()),
        }
    }

    /// Looks whether it is one JSON patch for something with a name: what a
    /// `PatchJson6902Transformer` does first.
    pub(crate) fn check_json6902(&self) -> Result<(), Problem> {
        let target = self.target.as_ref().ok_or(Problem::NoPatchTarget)?;
        match (self.patch.is_empty(), self.path.is_empty()) {
            _ if target.id.name.is_empty() => Err(Problem::NoPatchTargetName),
            (true, true) => Err(Problem::NoOperations),
            (false, false) => Err(Problem::OperationsAndPath),
            _ => Ok(()),
        }
    }
}
