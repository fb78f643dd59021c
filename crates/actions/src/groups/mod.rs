//! The actions of each API group: one file a group, one folder for groups of many kinds.
//!
//! Comes in: an object of that group. Goes out: the actions it offers and how each is carried out
//! (Argo CD 3.5: resource_customizations/GROUP/KIND/actions).

mod apps;
mod argoproj;
mod batch;
mod cloudnative_pg;
mod external_secrets;
mod flux;
mod keda;
mod mariadb;
mod numaproj;
mod percona;
mod promoter;
mod strimzi;

use crate::catalogue::Kind;

/// Every kind that has actions.
pub(crate) const GROUPS: [&[Kind]; 12] = [
    &apps::KINDS,
    &argoproj::KINDS,
    &batch::KINDS,
    &cloudnative_pg::KINDS,
    &external_secrets::KINDS,
    &flux::KINDS,
    &keda::KINDS,
    &mariadb::KINDS,
    &numaproj::KINDS,
    &percona::KINDS,
    &promoter::KINDS,
    &strimzi::KINDS,
];
