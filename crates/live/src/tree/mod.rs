//! The resource tree of an app: what it manages, and what that owns in turn.
//!
//! Comes in: live objects, each reduced to a [`Member`]. Goes out: an [`ApplicationTree`] in the
//! JSON that Argo CD's clients read. A tree is built when somebody asks for one and then dropped;
//! nothing of it is kept between two views.
//! Source: Argo CD 3.5: gitops-engine/pkg/cache/{cluster,references,resource}.go,
//! controller/cache/{cache,info}.go, controller/appcontroller.go (getResourceTree, getAppHosts).

mod amount;
mod app_tree;
mod claims;
mod details;
mod graph;
mod hosts;
mod member;
mod node;
mod orphans;
mod owners;

pub use app_tree::{Managed, Trees};
pub use details::{Details, details, external_urls};
pub use graph::Graph;
pub use hosts::hosts;
pub use member::Member;
pub use node::{
    ApplicationTree, HealthStatus, HostInfo, HostResource, InfoItem, LoadBalancerIngress,
    Networking, ResourceNode, ResourceRef,
};
pub use orphans::{OrphanKey, Orphans};
pub use owners::Owner;
