//! Dependencies: which are on, what they are called, and what their parent takes from them.
//!
//! Comes in: a chart as it was loaded, and the user's values. Goes out: the chart as it is rendered.
//! Charts change on the way: aliases give names, disabled charts are gone, and the defaults of a
//! chart that names dependencies become its own and theirs together, below what it imports from
//! them. Source: Helm 4.2, pkg/chart/v2/util/dependencies.go.

mod enabled;
mod imports;
mod lock;
mod missing;
mod status;
mod wanted;

pub use lock::{digest, digest_v2};
pub use missing::{MissingDependencies, check};
pub use status::{Status, status};
pub use wanted::{OutOfSync, wanted};

use crate::Warning;
use crate::chart::Chart;
use crate::values::{Dialect, TypeMismatch};
use gotemplate::Map;

/// The chart with its dependencies as the values want them.
pub fn process(
    chart: &Chart,
    values: &Map,
    dialect: Dialect,
    warnings: &mut Vec<Warning>,
) -> Result<Chart, TypeMismatch> {
    let mut chart = chart.clone();
    enabled::process(&mut chart, values, "", dialect, warnings)?;
    imports::process(&mut chart, dialect, warnings)?;
    Ok(chart)
}
