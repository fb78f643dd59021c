//! How much a reader may be made to do.
//!
//! Comes in: what the caller allows. Goes out: bounds every reading keeps to. They exist because
//! manifests come from repositories that others can write to: a text of a few kilobytes can ask
//! for gigabytes (aliases of aliases) or for an endless stack (ten thousand brackets).

/// Bounds of one reading. The defaults are far above any real manifest.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Length of the text, in bytes.
    pub bytes: usize,
    /// Documents in one stream, empty ones not counted.
    pub documents: usize,
    /// How deep sequences and mappings may nest, aliases expanded. Never taken above
    /// [`Limits::DEEPEST`].
    pub depth: usize,
    /// Bytes of text that aliases may copy within one document. How many nodes they may copy
    /// cannot be set: for values it follows go-yaml's own rule, for trees it is a million.
    pub aliased_bytes: usize,
    /// What a repeated key means.
    pub duplicate_keys: DuplicateKeys,
}

/// What a mapping that names one key twice means.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DuplicateKeys {
    /// The last one counts, as for `kubectl apply` and Argo CD.
    #[default]
    Last,
    /// An error, as in `UnmarshalStrict`. A key that a merge (`<<`) brings counts too.
    Refuse,
}

impl Limits {
    /// The deepest nesting any limit allows. Values are cloned, written and dropped recursively;
    /// this much fits the smallest stack a thread is given.
    pub const DEEPEST: usize = 1024;

    pub(crate) fn deepest(&self) -> usize {
        self.depth.min(Self::DEEPEST)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            documents: 100_000,
            depth: 512,
            aliased_bytes: 64 << 20,
            duplicate_keys: DuplicateKeys::Last,
        }
    }
}
