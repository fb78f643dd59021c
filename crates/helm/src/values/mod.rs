//! Values: what users give and what charts default to, brought together by Helm's rules.
//!
//! Comes in: values files and arguments of the `--set` family ([`ValueInputs`]), and a chart with
//! its defaults. Goes out: the one map that templates see as `.Values`. Maps are Go's, shared and
//! changeable, because Helm lets charts share parts of their globals and some charts live by it.
//! Source: Helm 4.2, pkg/cli/values, pkg/strvals, pkg/chart/common.

mod coalesce;
mod convert;
mod defaults;
mod dialect;
mod error;
pub mod files;
mod inputs;
mod lookup;
pub mod set;
mod shown;
mod tables;

pub use coalesce::{TypeMismatch, coalesce, merge};
pub(crate) use convert::deep_copy_map;
pub use convert::{fields, from_json, map_from_json, to_json};
pub use defaults::Defaults;
pub use dialect::Dialect;
pub use error::{InputError, ValuesFileError};
pub use inputs::{ReadFile, ValueFile, ValueInputs};
pub use lookup::{NotFound, path_value, table};
pub use tables::{coalesce_tables, merge_tables};
