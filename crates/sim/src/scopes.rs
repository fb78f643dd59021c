//! The simulated cluster's kinds, as the engine asks for them.

use crate::cluster::Kinds;
use engine::{Scope, Scopes};
use model::{GroupKind, GroupVersionKind};

impl Scopes for Kinds {
    fn scope(&self, gvk: &GroupVersionKind) -> Scope {
        if self.failing.contains(&*gvk.group_kind.group) {
            return Scope::Failed("the server is currently unable to handle the request".into());
        }
        match self.namespaced(&gvk.group_kind) {
            Some(true) => Scope::Namespaced,
            Some(false) => Scope::Cluster,
            None => Scope::Unknown,
        }
    }

    fn excluded(&self, _: &GroupKind) -> bool {
        false
    }
}
