//! One live object, reduced to what a tree needs of it.

use super::details::{Details, details};
use super::{HealthStatus, Owner, ResourceNode, ResourceRef, claims, owners};
use crate::Health;
use model::{ClusterId, GroupVersionKind, ObjectKey};
use serde_json::Value;
use std::sync::Arc;

/// One live object.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// Which object.
    pub key: ObjectKey,
    /// API version it was read at, without the group.
    pub version: Arc<str>,
    /// Its UID.
    pub uid: Arc<str>,
    /// Orders versions of it.
    pub resource_version: String,
    /// Who owns it.
    pub owners: Vec<Owner>,
    /// Names of the templates it makes volume claims from.
    pub claim_templates: Vec<String>,
    /// When it was made, as the server wrote it.
    pub created: Option<String>,
    /// What is told of it.
    pub details: Details,
    /// Its health, if its kind has one.
    pub health: Option<Health>,
    /// The app instance named by its own mark. Objects that others own are not asked for theirs.
    pub instance: Option<Arc<str>>,
}

impl Member {
    /// Reduces an object, or as much of one as was read: metadata alone will do where nothing else
    /// is told. Its kind is given, since metadata comes without. `labels` are those shown as info.
    pub fn of(
        object: &Value,
        gvk: &GroupVersionKind,
        cluster: &ClusterId,
        labels: &[String],
    ) -> Option<Self> {
        let metadata = object.get("metadata")?;
        let text = |field: &str| metadata[field].as_str().unwrap_or_default();
        Some(Self {
            key: ObjectKey {
                cluster: cluster.clone(),
                group_kind: gvk.group_kind.clone(),
                namespace: text("namespace").into(),
                name: metadata["name"].as_str()?.into(),
            },
            version: gvk.version.clone(),
            uid: text("uid").into(),
            resource_version: text("resourceVersion").to_owned(),
            owners: owners::owners(object, &gvk.group_kind),
            claim_templates: claims::templates(object, &gvk.group_kind),
            created: metadata["creationTimestamp"].as_str().map(str::to_owned),
            details: details(object, gvk, labels),
            health: None,
            instance: None,
        })
    }

    /// Does nothing own it?
    pub fn is_top_level(&self) -> bool {
        self.owners.is_empty()
    }

    /// As a node of a tree. `beside` tells whether an owner is found in the object's namespace.
    pub(super) fn node(&self, beside: impl Fn(&Owner) -> bool) -> ResourceNode {
        let parent = |owner: &Owner| match beside(owner) {
            true => owner.reference(&self.key.namespace),
            false => owner.reference(""),
        };
        ResourceNode {
            reference: self.reference(),
            parent_refs: self.owners.iter().map(parent).collect(),
            info: self.details.info.clone(),
            networking_info: self.details.networking.clone(),
            resource_version: self.resource_version.clone(),
            images: self.details.images.clone(),
            health: self.health.as_ref().map(|health| HealthStatus {
                status: health.status.to_string(),
                message: health.message.to_string(),
            }),
            created_at: self.created.clone(),
        }
    }

    fn reference(&self) -> ResourceRef {
        ResourceRef {
            group: self.key.group_kind.group.to_string(),
            version: self.version.to_string(),
            kind: self.key.group_kind.kind.to_string(),
            namespace: self.key.namespace.to_string(),
            name: self.key.name.to_string(),
            uid: self.uid.to_string(),
        }
    }
}
