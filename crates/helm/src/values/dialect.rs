//! Which Helm is spoken, where versions differ.

/// A major version of Helm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Dialect {
    /// Helm 4.2.
    #[default]
    V4,
    /// Helm 3.21: some nulls of chart defaults survive, and `.Chart` is a struct.
    V3,
}
