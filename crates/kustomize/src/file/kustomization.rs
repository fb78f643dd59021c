//! A kustomization as it is written, and as it is meant.
//!
//! Comes in: the fields of a file. Goes out: the same with deprecated fields moved to their
//! successors where upstream moves them when it builds, warnings about the others, or what makes
//! the file unfit. Source: Kustomize 5.8.1, api/types/kustomization.go and api/internal/target.

use super::decode::{Field, Fields, field};
use super::fault::{Fault, Problem};
use super::fields::{ConfigMapEntry, HelmEntry, Metadata, SecretEntry, VarEntry};
use super::types::{
    GeneratorOptions, HelmChart, HelmGlobals, Image, Kustomization, Label, Patch, Replacement,
    ReplacementField, Replica, SortOptions, StringMap,
};
use super::warning::Warning;

const KIND: &str = "Kustomization";
const API_VERSION: &str = "kustomize.config.k8s.io/v1beta1";
const COMPONENT_KIND: &str = "Component";
const COMPONENT_API_VERSION: &str = "kustomize.config.k8s.io/v1alpha1";

/// A kustomization as it is written. Options tell an empty list from none, because a file whose
/// lists are all absent is refused and one with an empty list is not.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Written {
    kind: String,
    api_version: String,
    metadata: Option<Metadata>,
    openapi: Option<StringMap>,
    name_prefix: String,
    name_suffix: String,
    namespace: String,
    common_labels: Option<StringMap>,
    labels: Option<Vec<Label>>,
    common_annotations: Option<StringMap>,
    patches_strategic_merge: Option<Vec<String>>,
    patches_json6902: Option<Vec<Patch>>,
    patches: Option<Vec<Patch>>,
    images: Option<Vec<Image>>,
    image_tags: Option<Vec<Image>>,
    replacements: Option<Vec<ReplacementField>>,
    replicas: Option<Vec<Replica>>,
    vars: Option<Vec<VarEntry>>,
    sort_options: Option<SortOptions>,
    resources: Option<Vec<String>>,
    components: Option<Vec<String>>,
    crds: Option<Vec<String>>,
    bases: Option<Vec<String>>,
    config_map_generator: Option<Vec<ConfigMapEntry>>,
    secret_generator: Option<Vec<SecretEntry>>,
    helm_globals: Option<HelmGlobals>,
    helm_charts: Option<Vec<HelmChart>>,
    helm_chart_inflation_generator: Option<Vec<HelmEntry>>,
    generator_options: Option<GeneratorOptions>,
    configurations: Option<Vec<String>>,
    generators: Option<Vec<String>>,
    transformers: Option<Vec<String>>,
    validators: Option<Vec<String>>,
    build_metadata: Option<Vec<String>>,
}

impl Fields for Written {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![
            field("kind", &mut self.kind),
            field("apiVersion", &mut self.api_version),
            field("metadata", &mut self.metadata),
            field("openapi", &mut self.openapi),
            field("namePrefix", &mut self.name_prefix),
            field("nameSuffix", &mut self.name_suffix),
            field("namespace", &mut self.namespace),
            field("commonLabels", &mut self.common_labels),
            field("labels", &mut self.labels),
            field("commonAnnotations", &mut self.common_annotations),
            field("patchesStrategicMerge", &mut self.patches_strategic_merge),
            field("patchesJson6902", &mut self.patches_json6902),
            field("patches", &mut self.patches),
            field("images", &mut self.images),
            field("imageTags", &mut self.image_tags),
            field("replacements", &mut self.replacements),
            field("replicas", &mut self.replicas),
            field("vars", &mut self.vars),
            field("sortOptions", &mut self.sort_options),
            field("resources", &mut self.resources),
            field("components", &mut self.components),
            field("crds", &mut self.crds),
            field("bases", &mut self.bases),
            field("configMapGenerator", &mut self.config_map_generator),
            field("secretGenerator", &mut self.secret_generator),
            field("helmGlobals", &mut self.helm_globals),
            field("helmCharts", &mut self.helm_charts),
            field(
                "helmChartInflationGenerator",
                &mut self.helm_chart_inflation_generator,
            ),
            field("generatorOptions", &mut self.generator_options),
            field("configurations", &mut self.configurations),
            field("generators", &mut self.generators),
            field("transformers", &mut self.transformers),
            field("validators", &mut self.validators),
            field("buildMetadata", &mut self.build_metadata),
        ]
    }
}

impl Written {
    /// What it says about fields that have successors.
    pub fn warnings(&self, file: &str) -> Vec<Warning> {
        let deprecated = [
            ("bases", "resources", self.bases.is_some()),
            ("commonLabels", "labels", self.common_labels.is_some()),
            ("imageTags", "images", self.image_tags.is_some()),
            (
                "patchesJson6902",
                "patches",
                self.patches_json6902.is_some(),
            ),
            (
                "patchesStrategicMerge",
                "patches",
                self.patches_strategic_merge.is_some(),
            ),
            ("vars", "replacements", self.vars.is_some()),
        ];
        let used = deprecated.into_iter().filter(|(.., used)| *used);
        used.map(|(field, successor, _)| Warning::deprecated(file, field, successor))
            .collect()
    }

    /// Fills in kind and apiVersion, and moves what upstream moves before it builds.
    pub fn fix(&mut self) {
        if self.kind.is_empty() {
            KIND.clone_into(&mut self.kind);
        }
        if self.api_version.is_empty() {
            self.required_api_version()
                .clone_into(&mut self.api_version);
        }
        append(&mut self.resources, self.bases.take());
        append(&mut self.images, self.image_tags.take());
        let mut globals = HelmGlobals::default();
        let charts = self.helm_chart_inflation_generator.take().map(|old| {
            let charts = old.into_iter().map(|entry| entry.split(&mut globals));
            charts.collect()
        });
        append(&mut self.helm_charts, charts);
        if self.helm_globals.is_none() && globals != HelmGlobals::default() {
            self.helm_globals = Some(globals);
        }
    }

    fn required_api_version(&self) -> &'static str {
        match self.kind == COMPONENT_KIND {
            true => COMPONENT_API_VERSION,
            false => API_VERSION,
        }
    }

    /// Does it say nothing but what it is? Only after it was fixed.
    pub fn is_empty(&self) -> bool {
        let empty = Self {
            kind: self.kind.clone(),
            api_version: self.api_version.clone(),
            ..Self::default()
        };
        *self == empty
    }

    /// What is wrong with kind and apiVersion. Only after it was fixed.
    pub fn header_findings(&self) -> Vec<HeaderFinding> {
        let mut findings = Vec::new();
        if self.kind != KIND && self.kind != COMPONENT_KIND {
            let text = format!(
                "kind should be {KIND} or {COMPONENT_KIND}, not {:?}",
                self.kind
            );
            findings.push(HeaderFinding {
                field: "kind",
                text,
            });
        }
        let required = self.required_api_version();
        if self.api_version != required {
            let text = format!(
                "apiVersion for {} should be {required}, not {:?}",
                self.kind, self.api_version
            );
            findings.push(HeaderFinding {
                field: "apiVersion",
                text,
            });
        }
        findings
    }

    /// What it means. Looks into each entry for what its transformer or generator would refuse.
    pub fn into_kustomization(mut self) -> Result<Kustomization, Fault> {
        each("patches", &mut self.patches, Patch::settle)?;
        each("patchesJson6902", &mut self.patches_json6902, |patch| {
            patch.check_json6902()
        })?;
        each("replacements", &mut self.replacements, settle_replacement)?;
        each("helmCharts", &mut self.helm_charts, HelmChart::settle)?;
        Ok(Kustomization {
            api_version: self.api_version,
            kind: self.kind,
            openapi: self.openapi.unwrap_or_default(),
            name_prefix: self.name_prefix,
            name_suffix: self.name_suffix,
            namespace: self.namespace,
            common_labels: self.common_labels.unwrap_or_default(),
            labels: self.labels.unwrap_or_default(),
            common_annotations: self.common_annotations.unwrap_or_default(),
            patches_strategic_merge: self.patches_strategic_merge.unwrap_or_default(),
            patches_json6902: self.patches_json6902.unwrap_or_default(),
            patches: self.patches.unwrap_or_default(),
            images: self.images.unwrap_or_default(),
            replacements: self.replacements.unwrap_or_default(),
            replicas: self.replicas.unwrap_or_default(),
            vars: converted(self.vars, VarEntry::into_var),
            sort_options: self.sort_options,
            resources: self.resources.unwrap_or_default(),
            components: self.components.unwrap_or_default(),
            crds: self.crds.unwrap_or_default(),
            config_map_generator: converted(self.config_map_generator, ConfigMapEntry::into_args),
            secret_generator: converted(self.secret_generator, SecretEntry::into_args),
            helm_globals: self.helm_globals,
            helm_charts: self.helm_charts.unwrap_or_default(),
            generator_options: self.generator_options,
            configurations: self.configurations.unwrap_or_default(),
            generators: self.generators.unwrap_or_default(),
            transformers: self.transformers.unwrap_or_default(),
            validators: self.validators.unwrap_or_default(),
            build_metadata: self.build_metadata.unwrap_or_default(),
        })
    }
}

/// Something wrong with kind or apiVersion.
pub(crate) struct HeaderFinding {
    pub field: &'static str,
    pub text: String,
}

/// Appends a list; none and nothing make none.
fn append<T>(list: &mut Option<Vec<T>>, more: Option<Vec<T>>) {
    if let Some(more) = more.filter(|more| !more.is_empty()) {
        list.get_or_insert_default().extend(more);
    }
}

fn converted<T, U>(list: Option<Vec<T>>, convert: impl Fn(T) -> U) -> Vec<U> {
    list.unwrap_or_default().into_iter().map(convert).collect()
}

fn each<T>(
    name: &str,
    list: &mut Option<Vec<T>>,
    look: impl Fn(&mut T) -> Result<(), Problem>,
) -> Result<(), Fault> {
    for (index, item) in list.iter_mut().flatten().enumerate() {
        look(item).map_err(|problem| Fault::of_item(name, index, problem))?;
    }
    Ok(())
}

/// An empty list of targets is none: upstream writes the entry down for its transformer, without
/// fields that are empty.
fn settle_replacement(entry: &mut ReplacementField) -> Result<(), Problem> {
    let Replacement { targets, .. } = &mut entry.replacement;
    targets.take_if(|targets| targets.is_empty());
    entry.check()
}
