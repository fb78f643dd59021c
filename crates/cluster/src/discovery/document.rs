//! A resource as both kinds of discovery documents tell it -> an [`ApiResource`].

use std::sync::Arc;

use model::GroupVersionKind;

use crate::{ApiResource, Verbs};

pub(super) struct Resource {
    pub(super) plural: String,
    pub(super) kind: String,
    pub(super) namespaced: bool,
    pub(super) verbs: Verbs,
    pub(super) subresources: Vec<String>,
    pub(super) short_names: Vec<String>,
}

impl Resource {
    /// At the group and version of `gvk`, whose own kind does not count.
    pub(super) fn at(self, gvk: &GroupVersionKind) -> ApiResource {
        let mut gvk = gvk.clone();
        gvk.group_kind.kind = self.kind.into();
        ApiResource {
            gvk,
            plural: self.plural.into(),
            namespaced: self.namespaced,
            verbs: self.verbs,
            subresources: shared(self.subresources),
            short_names: shared(self.short_names),
        }
    }
}

fn shared(names: Vec<String>) -> Arc<[Arc<str>]> {
    names.into_iter().map(Arc::from).collect()
}
