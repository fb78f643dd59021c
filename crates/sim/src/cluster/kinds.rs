//! The kinds that the cluster serves: Kubernetes' own from the table, custom ones from their
//! definitions.

use super::custom::Custom;
use super::fields::FieldSet;
use super::typed::{KUBERNETES, ShapeId, Shapes, read};
use model::GroupKind;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, LazyLock};

/// A kind that is served.
#[derive(Clone)]
pub struct Kind {
    /// `apps/v1`.
    pub api_version: String,
    /// `apps`.
    pub group: String,
    /// `Deployment`.
    pub kind: String,
    /// `deployments`.
    pub resource: String,
    /// Is it in namespaces?
    pub namespaced: bool,
    /// Has it a status that is written apart?
    pub has_status: bool,
    /// All types that its own is made of.
    pub shapes: Arc<Shapes>,
    /// Its type.
    pub shape: ShapeId,
    /// What only custom resources have.
    pub custom: Option<Arc<Custom>>,
}

impl Kind {
    /// The name that messages use: `deployments.apps`.
    pub fn qualified(&self) -> String {
        qualified(&self.resource, &self.group)
    }

    /// The kind as messages about validity name it: `Deployment.apps`.
    pub fn qualified_kind(&self) -> String {
        qualified(&self.kind, &self.group)
    }

    /// What a write takes back whatever is said: the status, or all but the status.
    pub fn reset(&self, subresource: &str) -> FieldSet {
        match (subresource, self.has_status, &self.custom) {
            ("", false, _) => FieldSet::default(),
            ("", true, _) => FieldSet::of(&[&["status"]]),
            (_, _, Some(_)) => FieldSet::of(&[&["metadata"], &["spec"]]),
            _ => match self.kind.as_str() {
                "Deployment" => FieldSet::of(&[&["spec"], &["metadata", "labels"]]),
                "Pod" => FieldSet::of(&[
                    &["spec"],
                    &["metadata", "deletionTimestamp"],
                    &["metadata", "ownerReferences"],
                ]),
                _ => FieldSet::of(&[&["spec"]]),
            },
        }
    }

    /// Does replacing what is not there make it?
    pub fn made_by_replacing(&self) -> bool {
        self.group == "rbac.authorization.k8s.io"
            || (self.group.is_empty() && self.kind == "Service")
    }

    /// Does the server keep a new object otherwise than it reads it? Then the first write after
    /// it changes it, whatever it says.
    pub fn settles_late(&self) -> bool {
        self.group.is_empty() && self.kind == "PersistentVolumeClaim"
    }

    /// Do objects without labels get those of their pods when they are read?
    pub fn labelled_late(&self) -> bool {
        self.group == "batch" && self.kind == "Job"
    }

    /// May it be replaced without saying which version is meant?
    pub fn replaced_blindly(&self) -> bool {
        const NOT: [&str; 2] = ["CustomResourceDefinition", "PodDisruptionBudget"];
        self.custom.is_none() && !NOT.contains(&self.kind.as_str())
    }
}

/// Only what tells kinds apart: their types are long.
impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scope = if self.namespaced {
            "namespaced"
        } else {
            "cluster"
        };
        write!(f, "{} {} {scope}", self.api_version, self.kind)
    }
}

fn qualified(name: &str, group: &str) -> String {
    match group {
        "" => name.to_owned(),
        group => format!("{name}.{group}"),
    }
}

static BUILT_IN: LazyLock<Vec<Arc<Kind>>> = LazyLock::new(|| {
    let (shapes, kinds) = read(KUBERNETES);
    let shapes = Arc::new(shapes);
    let kind = |line: super::typed::KindLine| {
        let group = line
            .api_version
            .split_once('/')
            .map_or("", |(group, _)| group);
        Arc::new(Kind {
            group: group.to_owned(),
            api_version: line.api_version,
            kind: line.kind,
            resource: line.resource,
            namespaced: line.namespaced,
            has_status: line.status,
            shapes: Arc::clone(&shapes),
            shape: line.shape,
            custom: None,
        })
    };
    kinds.into_iter().map(kind).collect()
});

/// Kubernetes' own types.
pub fn built_in_shapes() -> &'static Arc<Shapes> {
    static NONE: LazyLock<Arc<Shapes>> = LazyLock::new(Arc::default);
    BUILT_IN.first().map_or(&NONE, |kind| &kind.shapes)
}

/// What the cluster serves.
#[derive(Clone, Debug)]
pub struct Kinds {
    kinds: BTreeMap<(String, String), Arc<Kind>>,
    /// API groups whose discovery fails.
    pub failing: BTreeSet<String>,
}

impl Default for Kinds {
    fn default() -> Self {
        let entry = |kind: &Arc<Kind>| ((kind.group.clone(), kind.kind.clone()), Arc::clone(kind));
        Self {
            kinds: BUILT_IN.iter().map(entry).collect(),
            failing: BTreeSet::new(),
        }
    }
}

impl Kinds {
    /// How many kinds are served.
    pub fn count(&self) -> usize {
        self.kinds.len()
    }

    /// A kind, if it is served.
    pub fn get(&self, kind: &GroupKind) -> Option<&Arc<Kind>> {
        self.kinds
            .get(&(kind.group.to_string(), kind.kind.to_string()))
    }

    /// Is the kind namespaced? None when it is not served.
    pub fn namespaced(&self, kind: &GroupKind) -> Option<bool> {
        self.get(kind).map(|kind| kind.namespaced)
    }

    /// The one served kind of this name, whatever its group.
    pub fn by_name(&self, name: &str) -> Option<&Arc<Kind>> {
        self.kinds.values().find(|kind| kind.kind == name)
    }

    /// Serves a kind from now on; a definition that could not be read serves none.
    pub fn serve(&mut self, kind: Option<Kind>) {
        if let Some(kind) = kind {
            let key = (kind.group.clone(), kind.kind.clone());
            self.kinds.insert(key, Arc::new(kind));
        }
    }

    /// Serves a kind no longer.
    pub fn withdraw(&mut self, kind: &GroupKind) {
        self.kinds
            .remove(&(kind.group.to_string(), kind.kind.to_string()));
    }
}
