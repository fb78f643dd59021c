//! Object in; its health, and why, out.
//!
//! Comes in: a live object as JSON. Goes out: its [`Health`], or nothing for kinds that have none.
//! The checks are those built into Argo CD 3.5 and the rules for custom resources that it ships, with
//! their messages, because scripts match them; and one rule of ours, for Applications in an
//! application. Checks that users write are no part of this crate: whoever runs them asks
//! [`pending_deletion`] first and [`built_in`] last.
//!
//! No object makes a check fail: one with a field of the wrong type is of unknown health, and the
//! message says what was expected and what was found.
//!
//! ```
//! let claim = serde_json::json!({
//!     "apiVersion": "v1",
//!     "kind": "PersistentVolumeClaim",
//!     "status": {"phase": "Bound"},
//! });
//! let health = health::assess(&claim).unwrap();
//! assert_eq!(health.status, health::HealthStatus::Healthy);
//! ```

mod assess;
mod built_in;
mod conditions;
mod deletion;
mod error;
mod fields;
mod gvk;
mod hook;
mod ignored;
mod rules;
mod status;
mod worst;

pub use assess::{assess, built_in, custom_resource, kubernetes};
pub use deletion::pending_deletion;
pub use ignored::is_ignored;
pub use status::{Health, HealthStatus, UnknownStatus};
pub use worst::{Member, worst};
