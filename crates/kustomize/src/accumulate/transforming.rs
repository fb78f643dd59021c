//! One transformer after the other.
//!
//! Comes in: resources and one transformer at a time. Goes out: the changed resources, without those
//! that were deleted, with the transformer noted on them if that is wanted. What a transformer writes
//! into all resources is counted before and after: a few lines can ask for more text than there is
//! memory. Source: Kustomize 5.8.1, api/internal/target/multitransformer.go.

use super::plugins::Plugin;
use super::transformations::add_transformation;
use super::{Session, Target};
use crate::config::TransformerConfig;
use crate::error::{BuildError, Cause, Problem};
use crate::file::{FieldSpec, StringMap};
use crate::node;
use crate::plugin::Transformer;
use crate::resource::{BuildAnnotation, Origin, ResMap, Resource, TRANSFORMATIONS};
use crate::schema::Schema;
use crate::step::Step;

/// The transformers of one kustomization at work.
pub(super) struct Transforming<'t, 'a, 's> {
    pub(super) target: &'t Target<'a>,
    pub(super) session: &'t mut Session<'s>,
    pub(super) config: &'t TransformerConfig,
    resources: &'t mut ResMap,
    /// Transformers since names were weighed.
    unweighed: usize,
    /// All transformers.
    runs: usize,
}

/// How many patches may change names before names are weighed.
const WEIGH_AFTER: usize = 16;

/// How many transformers may work before what is there is counted.
const COUNT_AFTER: usize = 4;

/// So many values that so many transformers may look at are one unit of work.
const QUICK_LOOKS: usize = 160;

/// A transformer that is a field of the kustomization, or an entry of one.
#[derive(Clone, Copy)]
pub(super) struct Job<'j> {
    kind: &'static str,
    field: &'static str,
    index: Option<usize>,
    value: &'j str,
    /// How many bytes it may write into each resource.
    bytes: usize,
    /// It notes earlier names on resources.
    names: bool,
    /// How much more it does to a resource than others.
    effort: usize,
}

impl<'j> Job<'j> {
    /// A field, and the kind its transformer is known by in origins.
    pub(super) fn of(kind: &'static str, field: &'static str) -> Self {
        Self {
            kind,
            field,
            index: None,
            value: "",
            bytes: 0,
            names: false,
            effort: 1,
        }
    }

    /// An entry of the field, and what it says in short.
    pub(super) fn at(self, index: usize, value: &'j str) -> Self {
        let index = Some(index);
        Self {
            index,
            value,
            ..self
        }
    }

    /// What the field says, which is written into resources.
    pub(super) fn with(self, value: &'j str) -> Self {
        Self { value, ..self }.writing(value.len())
    }

    /// Pairs, which are written into resources.
    pub(super) fn map(self, pairs: &StringMap) -> Self {
        let effort = effort_of_map(pairs);
        self.writing(length_of_map(pairs)).more_effort(effort)
    }

    /// Fields it looks for in each resource.
    pub(super) fn specs(self, specs: &[FieldSpec]) -> Self {
        self.more_effort(effort_of_specs(specs))
    }

    fn more_effort(self, more: usize) -> Self {
        let effort = self.effort.saturating_add(more);
        Self { effort, ..self }
    }

    /// How many bytes may be written into each resource.
    pub(super) fn writing(self, bytes: usize) -> Self {
        Self { bytes, ..self }
    }

    /// It notes earlier names on resources.
    pub(super) fn naming(self) -> Self {
        Self {
            names: true,
            ..self
        }
    }

    /// It does so many times more to a resource than others.
    pub(super) fn effort(self, effort: usize) -> Self {
        Self { effort, ..self }
    }

    fn step(self, target: &Target<'_>) -> Step {
        match self.index {
            Some(index) => target.step_at(self.field, index, self.value),
            None => target.step(self.field, self.value),
        }
    }
}

/// How many bytes a map of texts takes, about.
pub(super) fn length_of_map(pairs: &StringMap) -> usize {
    const OF_A_NODE: usize = 256;
    let lengths = pairs.iter().map(|(key, value)| key.len() + value.len());
    lengths.map(|length| length + 2 * OF_A_NODE).sum()
}

/// Setting an entry means looking for it among all.
pub(super) fn effort_of_map(pairs: &StringMap) -> usize {
    pairs.len().saturating_mul(pairs.len()) / 1000
}

/// Most fields are not there, and looking is quick.
pub(super) fn effort_of_specs(specs: &[FieldSpec]) -> usize {
    specs.len() / 100
}

impl<'t, 'a, 's> Transforming<'t, 'a, 's> {
    /// Ready to begin.
    pub(super) fn new(
        target: &'t Target<'a>,
        session: &'t mut Session<'s>,
        resources: &'t mut ResMap,
        config: &'t TransformerConfig,
    ) -> Self {
        Self {
            target,
            session,
            config,
            resources,
            unweighed: 0,
            runs: 0,
        }
    }

    /// Runs a transformer that is a field of the kustomization.
    pub(super) fn run<E: Into<Cause>>(
        &mut self,
        job: Job<'_>,
        transform: impl FnOnce(&mut ResMap, &Schema) -> Result<(), E>,
    ) -> Result<(), BuildError> {
        self.run_job(job, transform)
            .map_err(|error| error.through(job.step(self.target)))
    }

    fn run_job<E: Into<Cause>>(
        &mut self,
        job: Job<'_>,
        transform: impl FnOnce(&mut ResMap, &Schema) -> Result<(), E>,
    ) -> Result<(), BuildError> {
        let count = self.resources.resources.len();
        self.session.count_work(count.saturating_mul(job.effort))?;
        self.session.count_text(job.bytes, count)?;
        let schema = self.session.schema();
        let failed = |cause: E| Problem::Transform(job.field.to_owned(), cause.into());
        transform(self.resources, &schema).map_err(failed)?;
        if job.names {
            self.weigh_names(job.index.is_none())?;
        }
        self.weigh_resources()?;
        self.tidy(self.target.origin_of(job.kind).as_ref(), &schema)
    }

    /// Runs the transformers in files of their own.
    pub(super) fn plugins(&mut self, plugins: &[Plugin<Transformer>]) -> Result<(), BuildError> {
        for plugin in plugins {
            let target = self.target;
            let step = || target.step("transformers", plugin.config.name());
            self.run_one(plugin)
                .map_err(|error| error.through(step()))?;
        }
        Ok(())
    }

    fn run_one(&mut self, plugin: &Plugin<Transformer>) -> Result<(), BuildError> {
        let count = self.resources.resources.len();
        let effort = self.target.plugin_effort(plugin);
        self.session.count_work(count.saturating_mul(effort))?;
        self.session
            .count_text(self.target.plugin_length(plugin), count)?;
        let schema = self.session.schema();
        self.target.run_plugin(plugin, self.resources, &schema)?;
        self.weigh_names(true)?;
        self.weigh_resources()?;
        self.tidy(plugin.origin.as_ref(), &schema)
    }

    /// Names grow with every transformer that renames, and every name that was is remembered and
    /// written anew: what that takes counts as written.
    fn weigh_names(&mut self, now: bool) -> Result<(), BuildError> {
        self.unweighed += 1;
        if !now && self.unweighed < WEIGH_AFTER {
            return Ok(());
        }
        let times = std::mem::take(&mut self.unweighed);
        let weight = |resource: &Resource| {
            let earlier = resource.note(BuildAnnotation::PreviousNames);
            resource.name().len() + earlier.map_or(0, str::len)
        };
        let weight = self.resources.resources.iter().map(weight).sum();
        self.session.count_text(weight, times)
    }

    /// A transformer may look at all of a resource, and a resource may be large: what very many of
    /// them look at counts as work.
    fn weigh_resources(&mut self) -> Result<(), BuildError> {
        self.runs += 1;
        if !self.runs.is_multiple_of(COUNT_AFTER) {
            return Ok(());
        }
        let values = self.resources.resources.iter();
        let values: usize = values.map(|one| node::count(&one.node)).sum();
        self.session.hold(values)?;
        self.session.count_work(values / QUICK_LOOKS)
    }

    /// Every transformer is noted behind those before it, in a note that is written anew.
    fn weigh_notes(&mut self) -> Result<(), BuildError> {
        let note = |resource: &Resource| {
            let note = node::annotation(&resource.node, TRANSFORMATIONS);
            note.map_or(0, str::len)
        };
        let length = self.resources.resources.iter().map(note).sum();
        self.session.count_text(length, 1)
    }

    /// What comes after each transformer.
    fn tidy(&mut self, origin: Option<&Origin>, schema: &Schema) -> Result<(), BuildError> {
        if let Some(origin) = origin {
            self.weigh_notes()?;
            add_transformation(&mut self.resources.resources, origin, schema)?;
        }
        self.resources.drop_gone();
        Ok(())
    }
}
