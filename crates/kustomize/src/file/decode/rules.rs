//! How strict a reading is, and which of upstream's readers it is like.
//!
//! Comes in: what is read. Goes out: its rules. Upstream reads a kustomization, the files it names
//! and plugins in four ways, and which of them decides whether `newTag: 1.10` is an error. Source:
//! Kustomize 5.8.1, api/types/kustomization.go (Unmarshal), api/internal/builtins; sigs.k8s.io/yaml
//! 1.5, yaml.go.

/// How strict the reading is.
#[derive(Clone, Copy)]
pub(crate) struct Rules {
    /// A field nobody knows is an error.
    pub known_only: bool,
    /// Which of upstream's readers it is.
    pub reader: Reader,
}

/// Upstream's readers differ in what may stand where a text is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    /// JSON: a text.
    Json,
    /// JSON made with an eye on the field: a number or boolean becomes a text.
    Coercing,
    /// yaml.v3: any scalar, as it is written. Words are booleans, names match in case, and nulls in
    /// lists are dropped.
    Yaml,
}

impl Rules {
    /// A kustomization: every field known, every type right.
    pub const KUSTOMIZATION: Self = Self {
        known_only: true,
        reader: Reader::Json,
    };
    /// Files with field specs: every field known.
    pub const CONFIGURATION: Self = Self {
        known_only: true,
        reader: Reader::Coercing,
    };
    /// Configurations of plugins and files of replacements: what is not known is passed over.
    pub const LENIENT: Self = Self {
        known_only: false,
        reader: Reader::Coercing,
    };
    /// Configurations of the plugins for prefixes and suffixes.
    pub const YAML: Self = Self {
        known_only: false,
        reader: Reader::Yaml,
    };
}
