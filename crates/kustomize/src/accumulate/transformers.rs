//! What a kustomization does to its resources.
//!
//! Comes in: the resources, and the kustomization's transformers: its fields in their fixed order,
//! then those in files of their own. Goes out: the changed resources. Source: Kustomize 5.8.1,
//! api/internal/target/kusttarget_configplugin.go and multitransformer.go.

use super::plugins::Plugin;
use super::transformations::add_transformation;
use super::{Accumulator, Session, Target};
use crate::config::TransformerConfig;
use crate::error::{BuildError, Cause, Problem};
use crate::file::{self, NamespaceArgs, Replacement, ReplacementField, ValueAddArgs};
use crate::patch;
use crate::plugin::Transformer;
use crate::resource::{Origin, ResMap};
use crate::schema::Schema;
use crate::step::Step;
use crate::transform::{
    annotations, hash, images, labels, namespace, prefix, replacements, replicas, suffix, value_add,
};

impl Target<'_> {
    /// Runs the transformers of this kustomization.
    pub(super) fn transform(
        &self,
        session: &mut Session,
        all: &mut Accumulator,
    ) -> Result<(), BuildError> {
        let entries = &self.kustomization.transformers;
        let plugins = self.transformers_of(session, "transformers", entries)?;
        self.transform_all(session, all, &plugins)
    }

    fn transform_all(
        &self,
        session: &mut Session,
        all: &mut Accumulator,
        plugins: &[Plugin<Transformer>],
    ) -> Result<(), BuildError> {
        let (resources, config) = all.resources_and_config();
        let mut transforming = Transforming {
            target: self,
            session,
            resources,
            config,
        };
        transforming.patches_strategic_merge()?;
        transforming.patches()?;
        transforming.names()?;
        transforming.labels()?;
        transforming.annotations()?;
        transforming.patches_json6902()?;
        transforming.replicas()?;
        transforming.images()?;
        transforming.replacements()?;
        transforming.plugins(plugins)
    }

    /// The transformers a field names.
    pub(super) fn transformers_of(
        &self,
        session: &mut Session,
        field: &str,
        entries: &[String],
    ) -> Result<Vec<Plugin<Transformer>>, BuildError> {
        self.plugins(session, field, entries, Transformer::read)
    }

    /// Runs one transformer that stands in a file of its own.
    pub(super) fn run_plugin(
        &self,
        plugin: &Plugin<Transformer>,
        resources: &mut ResMap,
        schema: &Schema,
    ) -> Result<(), BuildError> {
        let ran = self.run_transformer(&plugin.plugin, resources, schema);
        let what = || format!("{} {}", plugin.config.kind(), plugin.config.name());
        ran.map_err(|cause| Problem::Transform(what(), cause).into())
    }

    fn run_transformer(
        &self,
        transformer: &Transformer,
        resources: &mut ResMap,
        schema: &Schema,
    ) -> Result<(), Cause> {
        match transformer {
            Transformer::Annotations(map, specs) => {
                annotations::apply(resources, map, specs, schema)?;
            }
            Transformer::Hash => hash::apply(resources, schema)?,
            Transformer::ImageTag(image, specs) => images::apply(resources, image, specs, schema)?,
            Transformer::Label(map, specs) => labels::apply(resources, map, specs, schema)?,
            Transformer::Namespace(args) => namespace::apply(resources, args, schema)?,
            Transformer::PatchJson6902(patch) => {
                patch::apply_json6902(resources, patch, &self.loader, schema)?;
            }
            Transformer::PatchStrategicMerge { paths, patches } => {
                patch::apply_strategic_merge(resources, paths, patches, &self.loader, schema)?;
            }
            Transformer::Patch(patch) => {
                patch::apply_patch(resources, patch, &self.loader, schema)?;
            }
            Transformer::PrefixSuffix {
                prefix,
                suffix,
                field_specs,
            } => {
                prefix::apply(resources, prefix, field_specs, schema)?;
                suffix::apply(resources, suffix, field_specs, schema)?;
            }
            Transformer::Prefix(text, specs) => prefix::apply(resources, text, specs, schema)?,
            Transformer::Suffix(text, specs) => suffix::apply(resources, text, specs, schema)?,
            Transformer::Replacement(fields) => {
                replacements::apply(resources, &self.replacements(fields)?)?;
            }
            Transformer::ReplicaCount(replica, specs) => {
                replicas::apply(resources, replica, specs, schema)?;
            }
            Transformer::ValueAdd(args) => {
                value_add::apply(resources, &self.value_add(args)?, schema)?;
            }
        }
        Ok(())
    }

    /// What a `ValueAddTransformer` is told, with the targets in a file of their own; without a value it
    /// adds the name of the kustomization's folder.
    fn value_add(&self, args: &ValueAddArgs) -> Result<ValueAddArgs, Cause> {
        let mut args = args.clone();
        if args.value.is_empty() {
            self.loader.root().name().clone_into(&mut args.value);
        }
        if !args.target_file_path.is_empty() {
            let path = &args.target_file_path;
            let bytes = self.loader.load(path)?;
            args.targets
                .extend(file::read_value_add_targets(&bytes, path)?);
        }
        Ok(args)
    }

    /// Replacements, those in files of their own read.
    fn replacements(&self, fields: &[ReplacementField]) -> Result<Vec<Replacement>, Cause> {
        let mut all = Vec::with_capacity(fields.len());
        for field in fields {
            match field.path.as_str() {
                "" => all.push(field.replacement.clone()),
                path => {
                    let bytes = self.loader.load(path)?;
                    all.extend(file::read_replacements(&bytes, path)?);
                }
            }
        }
        Ok(all)
    }
}

/// A field of a kustomization, or an entry of one.
#[derive(Clone, Copy)]
struct At {
    field: &'static str,
    index: Option<usize>,
}

impl At {
    fn field(field: &'static str) -> Self {
        let index = None;
        Self { field, index }
    }

    fn item(field: &'static str, index: usize) -> Self {
        let index = Some(index);
        Self { field, index }
    }

    fn step(self, target: &Target<'_>, value: &str) -> Step {
        match self.index {
            Some(index) => target.step_at(self.field, index, value),
            None => target.step(self.field, value),
        }
    }
}

/// The transformers of one kustomization at work.
struct Transforming<'t, 'a, 's> {
    target: &'t Target<'a>,
    session: &'t mut Session<'s>,
    resources: &'t mut ResMap,
    config: &'t TransformerConfig,
}

impl Transforming<'_, '_, '_> {
    fn patches_strategic_merge(&mut self) -> Result<(), BuildError> {
        let target = self.target;
        let paths = &target.kustomization.patches_strategic_merge;
        if paths.is_empty() {
            return Ok(());
        }
        self.session.merges();
        self.run(
            "PatchStrategicMergeTransformer",
            At::field("patchesStrategicMerge"),
            "",
            |resources, schema| {
                patch::apply_strategic_merge(resources, paths, "", &target.loader, schema)
            },
        )
    }

    fn patches(&mut self) -> Result<(), BuildError> {
        let target = self.target;
        for (index, patch) in target.kustomization.patches.iter().enumerate() {
            if !patch.patch.trim_start().starts_with(['-', '[']) {
                self.session.merges();
            }
            self.run(
                "PatchTransformer",
                At::item("patches", index),
                &patch.path,
                |resources, schema| patch::apply_patch(resources, patch, &target.loader, schema),
            )?;
        }
        Ok(())
    }

    fn patches_json6902(&mut self) -> Result<(), BuildError> {
        let target = self.target;
        for (index, patch) in target.kustomization.patches_json6902.iter().enumerate() {
            self.run(
                "PatchJson6902Transformer",
                At::item("patchesJson6902", index),
                &patch.path,
                |resources, schema| patch::apply_json6902(resources, patch, &target.loader, schema),
            )?;
        }
        Ok(())
    }

    fn names(&mut self) -> Result<(), BuildError> {
        let (ours, config) = (&self.target.kustomization, self.config);
        if !ours.namespace.is_empty() {
            let args = NamespaceArgs {
                namespace: ours.namespace.clone(),
                field_specs: config.namespace.clone(),
                ..NamespaceArgs::default()
            };
            self.run(
                "NamespaceTransformer",
                At::field("namespace"),
                &ours.namespace,
                |resources, schema| namespace::apply(resources, &args, schema),
            )?;
        }
        if !ours.name_prefix.is_empty() {
            self.run(
                "PrefixTransformer",
                At::field("namePrefix"),
                &ours.name_prefix,
                |resources, schema| {
                    prefix::apply(resources, &ours.name_prefix, &config.name_prefix, schema)
                },
            )?;
        }
        if !ours.name_suffix.is_empty() {
            self.run(
                "SuffixTransformer",
                At::field("nameSuffix"),
                &ours.name_suffix,
                |resources, schema| {
                    suffix::apply(resources, &ours.name_suffix, &config.name_suffix, schema)
                },
            )?;
        }
        Ok(())
    }

    /// `commonLabels` come last, and are noted as a transformer of their own even if there are none.
    fn labels(&mut self) -> Result<(), BuildError> {
        let (ours, config) = (&self.target.kustomization, self.config);
        if ours.labels.is_empty() && ours.common_labels.is_empty() {
            return Ok(());
        }
        for (index, label) in ours.labels.iter().enumerate() {
            self.run(
                "LabelTransformer",
                At::item("labels", index),
                "",
                |resources, schema| -> Result<(), Cause> {
                    let specs = config.label_specs(label)?;
                    Ok(labels::apply(resources, &label.pairs, &specs, schema)?)
                },
            )?;
        }
        self.run(
            "LabelTransformer",
            At::field("commonLabels"),
            "",
            |resources, schema| {
                labels::apply(
                    resources,
                    &ours.common_labels,
                    &config.common_labels,
                    schema,
                )
            },
        )
    }

    fn annotations(&mut self) -> Result<(), BuildError> {
        let (ours, config) = (&self.target.kustomization, self.config);
        if ours.common_annotations.is_empty() {
            return Ok(());
        }
        self.run(
            "AnnotationsTransformer",
            At::field("commonAnnotations"),
            "",
            |resources, schema| {
                let specs = &config.common_annotations;
                annotations::apply(resources, &ours.common_annotations, specs, schema)
            },
        )
    }

    fn replicas(&mut self) -> Result<(), BuildError> {
        let (ours, config) = (&self.target.kustomization, self.config);
        for (index, replica) in ours.replicas.iter().enumerate() {
            self.run(
                "ReplicaCountTransformer",
                At::item("replicas", index),
                &replica.name,
                |resources, schema| replicas::apply(resources, replica, &config.replicas, schema),
            )?;
        }
        Ok(())
    }

    fn images(&mut self) -> Result<(), BuildError> {
        let (ours, config) = (&self.target.kustomization, self.config);
        for (index, image) in ours.images.iter().enumerate() {
            self.run(
                "ImageTagTransformer",
                At::item("images", index),
                &image.name,
                |resources, schema| images::apply(resources, image, &config.images, schema),
            )?;
        }
        Ok(())
    }

    fn replacements(&mut self) -> Result<(), BuildError> {
        let target = self.target;
        let fields = &target.kustomization.replacements;
        if fields.is_empty() {
            return Ok(());
        }
        self.run(
            "ReplacementTransformer",
            At::field("replacements"),
            "",
            |resources, _| -> Result<(), Cause> {
                Ok(replacements::apply(
                    resources,
                    &target.replacements(fields)?,
                )?)
            },
        )
    }

    /// The transformers in files of their own.
    fn plugins(&mut self, plugins: &[Plugin<Transformer>]) -> Result<(), BuildError> {
        for plugin in plugins {
            self.session.count_work(self.resources.resources.len())?;
            let (target, schema) = (self.target, self.session.schema());
            let ran = target.run_plugin(plugin, self.resources, &schema);
            let step = || target.step("transformers", plugin.config.name());
            ran.map_err(|error| error.through(step()))?;
            self.tidy(plugin.origin.as_ref(), &schema)?;
        }
        Ok(())
    }

    /// Runs a transformer that is a field of the kustomization.
    fn run<E: Into<Cause>>(
        &mut self,
        kind: &str,
        at: At,
        value: &str,
        transform: impl FnOnce(&mut ResMap, &Schema) -> Result<(), E>,
    ) -> Result<(), BuildError> {
        self.session.count_work(self.resources.resources.len())?;
        let schema = self.session.schema();
        let origin = self.target.origin_of(kind);
        let ran = match transform(self.resources, &schema) {
            Ok(()) => self.tidy(origin.as_ref(), &schema),
            Err(cause) => Err(Problem::Transform(at.field.to_owned(), cause.into()).into()),
        };
        ran.map_err(|error: BuildError| error.through(at.step(self.target, value)))
    }

    /// What comes after each transformer.
    fn tidy(&mut self, origin: Option<&Origin>, schema: &Schema) -> Result<(), BuildError> {
        if let Some(origin) = origin {
            add_transformation(&mut self.resources.resources, origin, schema)?;
        }
        self.resources.drop_gone();
        Ok(())
    }
}
