//! What has been gathered so far.
//!
//! Comes in: resources, field specs and variables, kustomization by kustomization. Goes out: all of
//! them together. Source: Kustomize 5.8.1, api/internal/accumulator/resaccumulator.go.

use crate::config::{Conflict, TransformerConfig};
use crate::error::{BuildError, Problem};
use crate::resource::{KnownIds, ResMap, Resource};
use crate::schema::Schema;
use crate::transform::variables::VarSet;

/// Resources, and what is needed to change them.
#[derive(Default)]
pub(crate) struct Accumulator {
    /// The resources.
    pub(crate) resources: ResMap,
    /// The variables.
    pub(crate) variables: VarSet,
    config: Config,
}

/// The fields of transformers. Almost all kustomizations have the built-in ones and no others, which
/// is why those are not copied.
#[derive(Default)]
enum Config {
    /// No kustomization has said any.
    #[default]
    Unsaid,
    BuiltIn,
    Own(Box<TransformerConfig>),
}

impl Accumulator {
    /// The resources, and the fields of transformers that may change them.
    pub(crate) fn resources_and_config(&mut self) -> (&mut ResMap, &TransformerConfig) {
        (&mut self.resources, self.config.get())
    }

    /// Adds the built-in fields of transformers.
    pub(crate) fn merge_built_in_config(&mut self) -> Result<(), Conflict> {
        self.merge_config(Config::BuiltIn)
    }

    /// Adds fields of transformers.
    pub(crate) fn merge_own_config(&mut self, more: TransformerConfig) -> Result<(), Conflict> {
        self.merge_config(Config::Own(Box::new(more)))
    }

    /// How much it takes to merge the fields of transformers of another one into those here.
    pub(crate) fn effort_of_merging(&self, other: &Self) -> usize {
        match (&self.config, &other.config) {
            (_, Config::Own(theirs)) => self.effort_of_fields(theirs),
            _ => 0,
        }
    }

    /// How much it takes to add fields of transformers.
    pub(crate) fn effort_of_fields(&self, more: &TransformerConfig) -> usize {
        const QUICK_LOOKS: usize = 1000;
        let ours = self.config.get().size();
        ours.saturating_mul(more.size()) / QUICK_LOOKS
    }

    fn merge_config(&mut self, more: Config) -> Result<(), Conflict> {
        self.config = match (std::mem::take(&mut self.config), more) {
            (config, Config::Unsaid) | (Config::Unsaid, config) => config,
            (Config::BuiltIn, Config::BuiltIn) => Config::BuiltIn,
            (ours, theirs) => Config::Own(Box::new(ours.get().clone().merge(theirs.get())?)),
        };
        Ok(())
    }

    /// Adds resources, each of which must be new.
    pub(crate) fn append(
        &mut self,
        more: Vec<Resource>,
        known: &mut KnownIds,
        schema: &Schema,
        from: &str,
    ) -> Result<(), BuildError> {
        for resource in more {
            let added = self.resources.append(resource, known, schema);
            added.map_err(|source| Problem::Merge {
                from: from.to_owned(),
                source,
            })?;
        }
        Ok(())
    }

    /// Adds all that a kustomization below gathered.
    pub(crate) fn merge(
        &mut self,
        other: Self,
        known: &mut KnownIds,
        schema: &Schema,
        from: &str,
    ) -> Result<(), BuildError> {
        self.append(other.resources.resources, known, schema, from)?;
        self.merge_config(other.config)?;
        self.variables.merge(other.variables)?;
        Ok(())
    }
}

impl Config {
    fn get(&self) -> &TransformerConfig {
        match self {
            Self::Own(own) => own,
            Self::Unsaid | Self::BuiltIn => TransformerConfig::built_in(),
        }
    }
}
