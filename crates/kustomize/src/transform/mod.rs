//! Changes to all resources that a kustomization asks for.
//!
//! Comes in: resources and what is to be done with them. Goes out: the same resources, changed in
//! place. One file per transformer; [`field_spec`] finds the fields they work on, [`set`] writes
//! them.

pub mod annotations;
pub mod field_spec;
pub mod hash;
pub mod images;
pub mod labels;
pub mod name_reference;
pub mod namespace;
pub mod prefix;
pub mod replacements;
pub mod replicas;
pub mod set;
pub mod sort_order;
pub mod suffix;
pub mod value_add;
pub mod variables;

mod affix;
mod entries;

#[cfg(test)]
mod reference_cases;
#[cfg(test)]
mod tests;
