//! What discovery tells of one kind: where its objects are served and what may be done to them.

use std::sync::Arc;

use model::GroupVersionKind;

/// A kind at one version, as served.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ApiResource {
    /// Group, version and kind.
    pub gvk: GroupVersionKind,
    /// The plural in URLs, as in `deployments`.
    pub plural: Arc<str>,
    /// Whether its objects live in namespaces.
    pub namespaced: bool,
    /// What may be done to it.
    pub verbs: Verbs,
    /// Its subresources, as in `status` and `scale`.
    pub subresources: Arc<[Arc<str>]>,
    /// Names `kubectl` takes for it, as in `deploy`.
    pub short_names: Arc<[Arc<str>]>,
}

impl ApiResource {
    /// One from its parts, with every verb and no subresource: for kinds known beforehand.
    pub fn new(gvk: GroupVersionKind, plural: &str, namespaced: bool) -> Self {
        let none: Arc<[Arc<str>]> = Arc::from([]);
        let (plural, verbs) = (plural.into(), Verbs::ALL);
        Self {
            gvk,
            plural,
            namespaced,
            verbs,
            subresources: none.clone(),
            short_names: none,
        }
    }

    /// Whether its objects can be kept in view: listed and watched.
    pub fn is_watchable(&self) -> bool {
        self.verbs.contains(Verbs::LIST) && self.verbs.contains(Verbs::WATCH)
    }
}

/// A set of verbs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Verbs(u8);

impl Verbs {
    /// `get`
    pub const GET: Verbs = Verbs(1);
    /// `list`
    pub const LIST: Verbs = Verbs(1 << 1);
    /// `watch`
    pub const WATCH: Verbs = Verbs(1 << 2);
    /// `create`
    pub const CREATE: Verbs = Verbs(1 << 3);
    /// `update`
    pub const UPDATE: Verbs = Verbs(1 << 4);
    /// `patch`
    pub const PATCH: Verbs = Verbs(1 << 5);
    /// `delete`
    pub const DELETE: Verbs = Verbs(1 << 6);
    /// All of them.
    pub const ALL: Verbs = Verbs(0x7f);

    /// Whether every verb of `other` is in this set.
    pub fn contains(self, other: Verbs) -> bool {
        self.0 & other.0 == other.0
    }

    /// Reads the names discovery uses; verbs we never send are left out.
    pub fn from_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self(
            names
                .into_iter()
                .fold(0, |set, name| set | Self::from_name(name).0),
        )
    }

    fn from_name(name: &str) -> Self {
        match name {
            "get" => Self::GET,
            "list" => Self::LIST,
            "watch" => Self::WATCH,
            "create" => Self::CREATE,
            "update" => Self::UPDATE,
            "patch" => Self::PATCH,
            "delete" => Self::DELETE,
            _ => Self(0),
        }
    }
}
