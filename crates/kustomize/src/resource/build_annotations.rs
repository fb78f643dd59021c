//! What Kustomize notes on a resource while it works, and takes off at the end.
//!
//! The notes are real annotations of the object, as they are upstream: a user's patch sees an
//! annotations map where there is one for this reason alone, and one that replaces the annotations
//! makes Kustomize forget. Source: Kustomize 5.8.1, api/internal/utils/annotations.go.

/// One kind of note.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BuildAnnotation {
    /// Kinds it had before, the oldest first.
    PreviousKinds,
    /// Names it had before.
    PreviousNames,
    /// Prefixes its name was given, the first one first.
    Prefixes,
    /// Suffixes its name was given.
    Suffixes,
    /// Effective namespaces it was in before.
    PreviousNamespaces,
    /// Ids of resources that name it.
    RefBy,
    /// Whether a generated resource is new, replaces or is merged.
    GeneratorBehavior,
    /// A hash of its content goes behind its name.
    NeedsHashSuffix,
    /// This patch may change names.
    AllowNameChange,
    /// This patch may change kinds.
    AllowKindChange,
}

impl BuildAnnotation {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::PreviousKinds,
        Self::PreviousNames,
        Self::Prefixes,
        Self::Suffixes,
        Self::PreviousNamespaces,
        Self::RefBy,
        Self::GeneratorBehavior,
        Self::NeedsHashSuffix,
        Self::AllowNameChange,
        Self::AllowKindChange,
    ];

    /// The annotation's key.
    pub fn key(self) -> &'static str {
        match self {
            Self::PreviousKinds => "internal.config.kubernetes.io/previousKinds",
            Self::PreviousNames => "internal.config.kubernetes.io/previousNames",
            Self::Prefixes => "internal.config.kubernetes.io/prefixes",
            Self::Suffixes => "internal.config.kubernetes.io/suffixes",
            Self::PreviousNamespaces => "internal.config.kubernetes.io/previousNamespaces",
            Self::RefBy => "internal.config.kubernetes.io/refBy",
            Self::GeneratorBehavior => "internal.config.kubernetes.io/generatorBehavior",
            Self::NeedsHashSuffix => "internal.config.kubernetes.io/needsHashSuffix",
            Self::AllowNameChange => "internal.config.kubernetes.io/allowNameChange",
            Self::AllowKindChange => "internal.config.kubernetes.io/allowKindChange",
        }
    }
}

/// Keys of other tools of the same family that are taken off too.
pub const OTHER_KEYS: [&str; 9] = [
    "internal.config.kubernetes.io/path",
    "internal.config.kubernetes.io/index",
    "internal.config.kubernetes.io/seqindent",
    "internal.config.kubernetes.io/id",
    "internal.config.kubernetes.io/annotations-migration-resource-id",
    "config.kubernetes.io/path",
    "config.kubernetes.io/index",
    "config.k8s.io/id",
    "internal.config.kubernetes.io/helm-generated",
];
