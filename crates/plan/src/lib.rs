//! Desired set and live records in; an ordered, immutable plan out.
//!
//! Everything is decided here: order, waves, what is pruned and what is not, and why. The engine
//! only walks what it is given. Source of the rules: Argo CD 3.5, gitops-engine/pkg/sync.

mod desired;
mod kind_order;
mod plan;
mod resource_options;

pub use desired::{Desired, Target};
pub use kind_order::kind_rank;
pub use plan::{Action, Plan, PlanInput, PruneRule, Stage, Step};
pub use resource_options::ResourceOptions;
