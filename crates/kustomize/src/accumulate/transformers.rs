//! What a kustomization does to its resources.
//!
//! Comes in: the resources, and the kustomization's transformers: its fields in their fixed order,
//! then those in files of their own. Goes out: the changed resources. Source: Kustomize 5.8.1,
//! api/internal/target/kusttarget_configplugin.go and multitransformer.go.

use super::plugins::Plugin;
use super::transforming::{Transforming, effort_of_map, effort_of_specs, length_of_map};
use super::{Accumulator, Session, Target};
use crate::error::{BuildError, Cause, Problem};
use crate::file::{self, Patch, Replacement, ReplacementField, ValueAddArgs};
use crate::patch;
use crate::plugin::Transformer;
use crate::resource::ResMap;
use crate::schema::Schema;
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
        let mut transforming = Transforming::new(self, session, resources, config);
        transforming.fields()?;
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
    pub(super) fn replacements(
        &self,
        fields: &[ReplacementField],
    ) -> Result<Vec<Replacement>, Cause> {
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

    /// How many bytes a patch has; a file that cannot be loaded is told of where it is applied.
    pub(super) fn patch_length(&self, patch: &Patch) -> usize {
        match (&patch.target, patch.path.as_str()) {
            (None, _) => 0,
            (Some(_), "") => patch.patch.len(),
            (Some(_), path) => self.loader.load(path).map_or(0, |bytes| bytes.len()),
        }
    }

    /// How many bytes a transformer in a file of its own may write into each resource.
    pub(super) fn plugin_length(&self, plugin: &Plugin<Transformer>) -> usize {
        match &plugin.plugin {
            Transformer::Patch(patch) | Transformer::PatchJson6902(patch) => {
                self.patch_length(patch)
            }
            Transformer::Annotations(map, _) | Transformer::Label(map, _) => length_of_map(map),
            _ => yaml::write_node(&plugin.config.node).len(),
        }
    }

    /// How much a transformer in a file of its own does to each resource.
    pub(super) fn plugin_effort(&self, plugin: &Plugin<Transformer>) -> usize {
        let more = match &plugin.plugin {
            Transformer::Annotations(map, specs) | Transformer::Label(map, specs) => {
                effort_of_map(map) + effort_of_specs(specs)
            }
            Transformer::ImageTag(_, specs)
            | Transformer::Prefix(_, specs)
            | Transformer::Suffix(_, specs)
            | Transformer::ReplicaCount(_, specs)
            | Transformer::PrefixSuffix {
                field_specs: specs, ..
            } => effort_of_specs(specs),
            Transformer::Namespace(args) => effort_of_specs(&args.field_specs),
            Transformer::ValueAdd(args) => args.targets.len(),
            Transformer::Replacement(fields) => fields.iter().map(targets_of).sum(),
            Transformer::Hash
            | Transformer::Patch(_)
            | Transformer::PatchJson6902(_)
            | Transformer::PatchStrategicMerge { .. } => 0,
        };
        more.saturating_add(1)
    }
}

fn targets_of(field: &ReplacementField) -> usize {
    field.replacement.targets.as_ref().map_or(0, Vec::len)
}
