//! What can be done to an object by name: restart, scale, pause, resume and their like.
//!
//! Comes in: a live object as JSON; to run an action also its name, its parameters and the time.
//! Goes out: the actions its kind offers, or the objects to patch and to create. The kinds and
//! actions are those built into Argo CD 3.5, with its names, icons and messages, because people
//! and scripts call them by name. Actions that users write are no part of this crate.
//!
//! Running asks neither whether the action is offered nor whether it is disabled: Argo CD leaves
//! that to whoever shows the button.
//!
//! ```
//! let deployment = serde_json::json!({
//!     "apiVersion": "apps/v1",
//!     "kind": "Deployment",
//!     "spec": {"replicas": 1},
//! });
//! let now = model::Timestamp::default();
//! let outcomes = actions::run(&deployment, "scale", &[("replicas", "3")], now).unwrap();
//! let patch = actions::patch(&deployment, &outcomes[0].resource);
//! assert_eq!(patch, serde_json::json!({"spec": {"replicas": 3}}));
//! ```

mod action;
mod catalogue;
mod error;
mod fields;
mod groups;
mod moment;
mod number;
mod patch;
mod run;
mod verbs;

pub use action::{Action, Param};
pub use catalogue::discover;
pub use error::ActionError;
pub use patch::{StatusSplit, patch, split_status};
pub use run::{Operation, Outcome, run};
