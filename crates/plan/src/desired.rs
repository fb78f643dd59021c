//! One desired object, ready to be applied and compared, and the set of them an app wants.

use crate::ResourceOptions;
use model::{AppId, Digest, ObjectKey, Origin};
use std::collections::HashMap;
use std::sync::Arc;

/// An object as it is applied: marked, with its namespace settled. About as large as its JSON text.
#[derive(Clone, PartialEq, Debug)]
pub struct Desired {
    /// The app that wants it.
    pub app: AppId,
    /// Which object.
    pub key: ObjectKey,
    /// API version it is applied at, without the group.
    pub version: Arc<str>,
    /// Is its kind namespaced?
    pub namespaced: bool,
    /// Digest of `body`.
    pub digest: Digest,
    /// Compact JSON, as sent.
    pub body: Arc<[u8]>,
    /// Its wave, before namespaces and CRDs are moved forward.
    pub wave: i64,
    /// What its own annotations ask for.
    pub options: ResourceOptions,
    /// For a CustomResourceDefinition: the group and kind it defines.
    pub defines: Option<model::GroupKind>,
    /// Where it was written.
    pub origin: Origin,
}

/// A hook: an object that is made at a moment of a sync, and is no part of the desired state.
#[derive(Clone, PartialEq, Debug)]
pub struct Hook {
    /// The object. Where it has only a `generateName`, that is its name here, and each run adds
    /// an ending of its own.
    pub object: Arc<Desired>,
    /// It has a `generateName` and no name.
    pub is_named_by_run: bool,
    /// When it runs and when it is deleted.
    pub options: crate::HookOptions,
}

/// All an app wants. The revision it was rendered from is kept beside it, since many revisions
/// render the same.
#[derive(Clone, PartialEq, Debug)]
pub struct Target {
    /// The objects, in the order of the source; keys are unique.
    pub objects: Vec<Arc<Desired>>,
    /// Its hooks, in the order of the source.
    pub hooks: Vec<Arc<Hook>>,
    /// Where each stands in `objects`.
    pub index: HashMap<ObjectKey, usize>,
    /// Which renderer made it.
    pub source_type: Arc<str>,
    /// Things to tell: repeated objects, excluded kinds, what is not acted on.
    pub notes: Vec<(model::ConditionKind, String)>,
    /// Images of its workloads, sorted.
    pub images: Vec<String>,
    /// Some kind was not known to the cluster: render anew when its kinds change.
    pub has_unknown_kinds: bool,
    /// Digest of all objects and hooks: equal targets need no new plan.
    pub digest: Digest,
}

impl Target {
    /// The desired object of a key.
    pub fn get(&self, key: &ObjectKey) -> Option<&Arc<Desired>> {
        self.index.get(key).map(|at| &self.objects[*at])
    }
}
