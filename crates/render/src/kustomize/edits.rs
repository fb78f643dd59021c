//! An Application's wishes, written into its kustomization.
//!
//! In: the kustomization as it was read, and the options. Out: the kustomization as `kustomize edit`
//! would have left it; the repository's files stay as they are. Source: Argo CD 3.5,
//! util/kustomize/kustomize.go.

use super::options::KustomizeOptions;
use crate::environment::Expander;
use kustomize::edit::{self, EditError, LabelOptions};
use kustomize::file::{Kustomization, StringMap};

/// Applies the options in Argo CD's order. `components` are those to add: the ones that are there.
pub(crate) fn apply(
    kustomization: &mut Kustomization,
    options: &KustomizeOptions,
    components: &[String],
    variables: &Expander<'_>,
) -> Result<(), EditError> {
    set(&mut kustomization.name_prefix, &options.name_prefix);
    set(&mut kustomization.name_suffix, &options.name_suffix);
    if !options.images.is_empty() {
        let images = options.images.iter();
        let images: Vec<String> = images.map(|image| variables.expand(image)).collect();
        edit::set_images(kustomization, &images)?;
    }
    if !options.replicas.is_empty() {
        edit::set_replicas(kustomization, options.replicas.iter().cloned());
    }
    metadata(kustomization, options, variables)?;
    set(&mut kustomization.namespace, &options.namespace);
    kustomization
        .patches
        .extend(options.patches.iter().cloned());
    edit::add_components(kustomization, components.iter().cloned());
    Ok(())
}

fn metadata(
    kustomization: &mut Kustomization,
    options: &KustomizeOptions,
    variables: &Expander<'_>,
) -> Result<(), EditError> {
    if !options.common_labels.is_empty() {
        let labels = expanded(&options.common_labels, variables);
        let scope = LabelOptions {
            force: options.force_common_labels,
            without_selector: options.label_without_selector,
            include_templates: options.label_include_templates,
        };
        edit::add_labels(kustomization, &labels, scope)?;
    }
    if options.common_annotations.is_empty() {
        return Ok(());
    }
    let annotations = match options.common_annotations_envsubst {
        true => expanded(&options.common_annotations, variables),
        false => options.common_annotations.clone(),
    };
    edit::add_annotations(
        kustomization,
        &annotations,
        options.force_common_annotations,
    )
}

fn expanded(map: &StringMap, variables: &Expander<'_>) -> StringMap {
    map.iter()
        .map(|(key, value)| (key.clone(), variables.expand(value)))
        .collect()
}

fn set(field: &mut String, wish: &str) {
    if !wish.is_empty() {
        wish.clone_into(field);
    }
}
