//! Desired and live object in; changes, field by field, out.
//!
//! Objects are applied with server-side apply, so a live object's `managedFields` entry of our
//! manager says exactly which fields we own and how each list is structured, for built-in kinds
//! and custom resources alike. That makes a proof of sameness possible without a schema and
//! without a request: [`compare`]. What it cannot prove either way it calls doubtful; then the
//! server's dry run is asked and judged by [`compare_predicted`], and the verdict is remembered
//! for the pair of the desired digest and the [`projection`].

mod change;
mod compare;
mod describe;
mod endpoints;
mod fields;
mod forgotten;
mod ignore;
mod kinds;
mod known;
mod limit_range;
mod mask;
mod path;
mod predicted;
mod projection;
mod quantity;
mod respelled;
mod secret;
mod system;
mod unified;
mod walk;

pub use change::Change;
pub use compare::{CompareError, Comparison, compare};
pub use describe::{changes_text, describe, without_secrets};
pub use ignore::{Ignore, IgnoreError, JqProblem, RuleError, RuleProblem};
pub use known::{KnownTypeError, KnownTypeField};
pub use mask::hide_secret;
pub use predicted::compare_predicted;
pub use projection::projection;
pub use system::{CompareSettings, IgnoredStatus, SettingError, SystemRules};
pub use unified::unified;
