//! The transformers that are fields of a kustomization.
//!
//! Comes in: resources, and the fields that say how to change them. Goes out: the resources, changed by
//! one field after another, in an order that is not that of the file. Source: Kustomize 5.8.1,
//! api/internal/target/kusttarget_configplugin.go (configureBuiltinTransformers).

use super::transforming::{Job, Transforming};
use crate::error::{BuildError, Cause};
use crate::file::{NamespaceArgs, Patch, Replacement};
use crate::patch;
use crate::transform::{
    annotations, images, labels, namespace, prefix, replacements, replicas, suffix,
};

impl Transforming<'_, '_, '_> {
    /// Runs all of them.
    pub(super) fn fields(&mut self) -> Result<(), BuildError> {
        self.patches_strategic_merge()?;
        self.patches()?;
        self.namespace()?;
        self.name_prefix()?;
        self.name_suffix()?;
        self.labels()?;
        self.common_annotations()?;
        self.patches_json6902()?;
        self.replicas()?;
        self.images()?;
        self.replacements()
    }

    fn patches_strategic_merge(&mut self) -> Result<(), BuildError> {
        let target = self.target;
        let paths = &target.kustomization.patches_strategic_merge;
        if paths.is_empty() {
            return Ok(());
        }
        self.session.merges();
        let job = Job::of("PatchStrategicMergeTransformer", "patchesStrategicMerge");
        self.run(job, |resources, schema| {
            patch::apply_strategic_merge(resources, paths, "", &target.loader, schema)
        })
    }

    fn patches(&mut self) -> Result<(), BuildError> {
        let target = self.target;
        for (index, patch) in target.kustomization.patches.iter().enumerate() {
            if !patch.patch.trim_start().starts_with(['-', '[']) {
                self.session.merges();
            }
            let job = self.patch("PatchTransformer", "patches", index, patch);
            self.run(job, |resources, schema| {
                patch::apply_patch(resources, patch, &target.loader, schema)
            })?;
        }
        Ok(())
    }

    fn patches_json6902(&mut self) -> Result<(), BuildError> {
        let target = self.target;
        let patches = &target.kustomization.patches_json6902;
        for (index, patch) in patches.iter().enumerate() {
            let job = self.patch("PatchJson6902Transformer", "patchesJson6902", index, patch);
            self.run(job, |resources, schema| {
                patch::apply_json6902(resources, patch, &target.loader, schema)
            })?;
        }
        Ok(())
    }

    fn patch<'j>(
        &self,
        kind: &'static str,
        field: &'static str,
        index: usize,
        patch: &'j Patch,
    ) -> Job<'j> {
        // Without a target it changes one resource, and only looks at the others.
        let effort = if patch.target.is_some() { 4 } else { 1 };
        Job::of(kind, field)
            .at(index, &patch.path)
            .writing(self.target.patch_length(patch))
            .effort(effort)
            .naming()
    }

    fn namespace(&mut self) -> Result<(), BuildError> {
        let (text, config) = (&self.target.kustomization.namespace, self.config);
        if text.is_empty() {
            return Ok(());
        }
        let args = NamespaceArgs {
            namespace: text.clone(),
            field_specs: config.namespace.clone(),
            ..NamespaceArgs::default()
        };
        let job = Job::of("NamespaceTransformer", "namespace")
            .with(text)
            .specs(&config.namespace)
            .naming();
        self.run(job, |resources, schema| {
            namespace::apply(resources, &args, schema)
        })
    }

    fn name_prefix(&mut self) -> Result<(), BuildError> {
        let (text, config) = (&self.target.kustomization.name_prefix, self.config);
        if text.is_empty() {
            return Ok(());
        }
        let job = Job::of("PrefixTransformer", "namePrefix")
            .with(text)
            .specs(&config.name_prefix)
            .naming();
        self.run(job, |resources, schema| {
            prefix::apply(resources, text, &config.name_prefix, schema)
        })
    }

    fn name_suffix(&mut self) -> Result<(), BuildError> {
        let (text, config) = (&self.target.kustomization.name_suffix, self.config);
        if text.is_empty() {
            return Ok(());
        }
        let job = Job::of("SuffixTransformer", "nameSuffix")
            .with(text)
            .specs(&config.name_suffix)
            .naming();
        self.run(job, |resources, schema| {
            suffix::apply(resources, text, &config.name_suffix, schema)
        })
    }

    /// `commonLabels` come last, and are noted as a transformer of their own even if there are none.
    fn labels(&mut self) -> Result<(), BuildError> {
        let (ours, config) = (&self.target.kustomization, self.config);
        let common = &ours.common_labels;
        if ours.labels.is_empty() && common.is_empty() {
            return Ok(());
        }
        for (index, label) in ours.labels.iter().enumerate() {
            let job = Job::of("LabelTransformer", "labels")
                .at(index, "")
                .map(&label.pairs)
                .specs(&label.fields)
                .specs(&config.labels);
            self.run(job, |resources, schema| -> Result<(), Cause> {
                let specs = config.label_specs(label)?;
                Ok(labels::apply(resources, &label.pairs, &specs, schema)?)
            })?;
        }
        let job = Job::of("LabelTransformer", "commonLabels")
            .map(common)
            .specs(&config.common_labels);
        self.run(job, |resources, schema| {
            labels::apply(resources, common, &config.common_labels, schema)
        })
    }

    fn common_annotations(&mut self) -> Result<(), BuildError> {
        let (common, config) = (&self.target.kustomization.common_annotations, self.config);
        if common.is_empty() {
            return Ok(());
        }
        let job = Job::of("AnnotationsTransformer", "commonAnnotations")
            .map(common)
            .specs(&config.common_annotations);
        self.run(job, |resources, schema| {
            annotations::apply(resources, common, &config.common_annotations, schema)
        })
    }

    fn replicas(&mut self) -> Result<(), BuildError> {
        let (ours, config) = (&self.target.kustomization, self.config);
        for (index, replica) in ours.replicas.iter().enumerate() {
            let job = Job::of("ReplicaCountTransformer", "replicas")
                .at(index, &replica.name)
                .specs(&config.replicas);
            self.run(job, |resources, schema| {
                replicas::apply(resources, replica, &config.replicas, schema)
            })?;
        }
        Ok(())
    }

    fn images(&mut self) -> Result<(), BuildError> {
        let (ours, config) = (&self.target.kustomization, self.config);
        for (index, image) in ours.images.iter().enumerate() {
            let texts = [
                &image.new_name,
                &image.new_tag,
                &image.tag_suffix,
                &image.digest,
            ];
            let job = Job::of("ImageTagTransformer", "images")
                .at(index, &image.name)
                .writing(texts.iter().map(|text| text.len()).sum())
                .specs(&config.images);
            self.run(job, |resources, schema| {
                images::apply(resources, image, &config.images, schema)
            })?;
        }
        Ok(())
    }

    fn replacements(&mut self) -> Result<(), BuildError> {
        let target = self.target;
        let fields = &target.kustomization.replacements;
        if fields.is_empty() {
            return Ok(());
        }
        let read = target.replacements(fields);
        let targets = |one: &Replacement| one.targets.as_ref().map_or(0, Vec::len);
        let effort = read.as_ref().map_or(0, |all| all.iter().map(targets).sum());
        let job = Job::of("ReplacementTransformer", "replacements").effort(1 + effort);
        self.run(job, |resources, _| -> Result<(), Cause> {
            Ok(replacements::apply(resources, &read?)?)
        })
    }
}
