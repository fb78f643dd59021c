//! How large one result may be. A chart can ask for a text of a terabyte in ten characters.

use gotemplate::FunctionError;

/// The longest text.
pub(crate) const TEXT: usize = 64 << 20;

/// The most items.
pub(crate) const ITEMS: usize = 1 << 20;

/// How deep maps and lists may nest where they are walked.
pub(crate) const DEPTH: usize = 500;

/// A text of so many bytes: may it be?
pub(crate) fn check_text(length: usize) -> Result<(), FunctionError> {
    check(length <= TEXT, "the text would be too long")
}

/// So many items: may they be?
pub(crate) fn check_items(count: usize) -> Result<(), FunctionError> {
    check(count <= ITEMS, "the list would be too long")
}

/// A walk at such a depth: may it go on?
pub(crate) fn check_depth(depth: usize) -> Result<(), FunctionError> {
    check(depth <= DEPTH, "maps and lists nest too deep")
}

fn check(fine: bool, message: &str) -> Result<(), FunctionError> {
    fine.then_some(())
        .ok_or_else(|| FunctionError::new(message))
}
