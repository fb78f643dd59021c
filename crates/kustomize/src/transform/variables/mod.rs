//! Variables: `$(NAME)` in certain fields stands for a field of some resource.
//!
//! Comes in: the variables of all kustomizations of a build, and the resources. Goes out: the same
//! resources with their values in place of `$(NAME)`. A variable finds its resource where it is
//! declared, by any id that resource has or had, and takes its value at the end of the build, after
//! all renaming. Source: Kustomize 5.8.1, api/internal/accumulator/resaccumulator.go and
//! refvartransformer.go, api/types/var.go, api/filters/refvar.

mod error;
mod expand;
mod resolve;
mod update;
mod value;
mod var_set;

pub use error::{Shown, UpdateError, ValueError, VariablesError};
pub use resolve::resolve;
pub use var_set::VarSet;

#[cfg(test)]
mod tests;
