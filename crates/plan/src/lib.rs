//! Desired set and live records in; an ordered, immutable plan out.
//!
//! Everything is decided here: phases, order, waves, what is pruned and what is not, and why. The
//! engine only walks what it is given. Source of the rules: Argo CD 3.5, gitops-engine/pkg/sync.

mod desired;
mod hook;
mod kind_order;
mod order;
mod plan;
mod prune;
mod resource_options;
mod stages;

pub use desired::{Desired, Hook, Target};
pub use hook::{DeletePolicy, HOOK_FINALIZER, HOOK_RUN, HookOptions};
pub use kind_order::kind_rank;
pub use plan::{Action, Plan, PlanInput, Step};
pub use prune::PruneRule;
pub use resource_options::ResourceOptions;
pub use stages::Stage;
