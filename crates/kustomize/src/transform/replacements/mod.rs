//! Values copied from one field to others.
//!
//! Comes in: the resources and replacements: where a value is read, or the value itself, and where
//! it goes. Goes out: the resources with the value there. A scalar gives its text only; what type
//! that text is of, the field it goes to decides. Source: Kustomize 5.8.1,
//! api/filters/replacement/replacement.go.

mod bounds;
mod error;
mod field_path;
mod matches;
mod population;
mod source;
mod structured;
mod target;
mod value;

pub use error::{
    Nearest, PathError, ReplacementError, ReplacementsError, ShownSource, TargetError,
};

use crate::file::Replacement;
use crate::resource::ResMap;
use bounds::Budget;
use population::Population;

/// Makes all replacements, one after another: each sees what those before it wrote.
pub fn apply(
    resources: &mut ResMap,
    replacements: &[Replacement],
) -> Result<(), ReplacementsError> {
    match replacements.is_empty() {
        true => Ok(()),
        false => apply_within(resources, replacements, Budget::default()),
    }
}

fn apply_within(
    resources: &mut ResMap,
    replacements: &[Replacement],
    mut budget: Budget,
) -> Result<(), ReplacementsError> {
    let mut population = Population::new(&mut resources.resources);
    for (index, replacement) in replacements.iter().enumerate() {
        replace(&mut population, replacement, &mut budget)
            .map_err(|source| ReplacementsError { index, source })?;
    }
    Ok(())
}

fn replace(
    population: &mut Population,
    replacement: &Replacement,
    budget: &mut Budget,
) -> Result<(), ReplacementError> {
    let targets = replacement.targets.as_ref();
    let targets = targets.ok_or(ReplacementError::Incomplete)?;
    let rejected: usize = targets.iter().map(|target| target.reject.len()).sum();
    budget.look(population.len(), 1 + targets.len() + rejected)?;
    let mut value = source::read(population, replacement)?;
    for target in targets {
        target::write(population, &mut value, target, budget)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
