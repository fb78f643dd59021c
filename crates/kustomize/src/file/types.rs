//! The fields of a kustomization, and of the files it refers to.
//!
//! Names and meaning are upstream's: Kustomize 5.8.1, api/types. Optional texts are empty where
//! nothing was said, as in Go; an `Option` stands where absence and emptiness differ.

use crate::resource::{Gvk, ResId};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Labels or annotations.
pub type StringMap = BTreeMap<String, String>;

/// A kustomization, deprecated fields already moved to where they are today.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Kustomization {
    /// `kustomize.config.k8s.io/v1beta1`, or `v1alpha1` for a component.
    pub api_version: String,
    /// `Kustomization` or `Component`.
    pub kind: String,
    /// `openapi`: `path` or `version`.
    pub openapi: StringMap,
    /// Goes before names.
    pub name_prefix: String,
    /// Goes behind names.
    pub name_suffix: String,
    /// The namespace of everything.
    pub namespace: String,
    /// Labels also of selectors and templates.
    pub common_labels: StringMap,
    /// Labels.
    pub labels: Vec<Label>,
    /// Annotations of everything.
    pub common_annotations: StringMap,
    /// Strategic merge patches: a path or the patch itself.
    pub patches_strategic_merge: Vec<String>,
    /// JSON patches.
    pub patches_json6902: Vec<Patch>,
    /// Patches of either kind.
    pub patches: Vec<Patch>,
    /// New names, tags and digests of images.
    pub images: Vec<Image>,
    /// Copies of values from one place to others.
    pub replacements: Vec<ReplacementField>,
    /// Numbers of replicas.
    pub replicas: Vec<Replica>,
    /// Variables.
    pub vars: Vec<Var>,
    /// In which order resources are written.
    pub sort_options: Option<SortOptions>,
    /// Files, folders and addresses to build from; `bases` are appended here.
    pub resources: Vec<String>,
    /// Folders whose directives work on what is here.
    pub components: Vec<String>,
    /// OpenAPI documents of custom kinds.
    pub crds: Vec<String>,
    /// ConfigMaps to make.
    pub config_map_generator: Vec<GeneratorArgs>,
    /// Secrets to make.
    pub secret_generator: Vec<SecretArgs>,
    /// What holds for all charts.
    pub helm_globals: Option<HelmGlobals>,
    /// Charts to render.
    pub helm_charts: Vec<HelmChart>,
    /// What holds for all generators.
    pub generator_options: Option<GeneratorOptions>,
    /// Files with more field specs.
    pub configurations: Vec<String>,
    /// Generators as files or inline.
    pub generators: Vec<String>,
    /// Transformers as files or inline.
    pub transformers: Vec<String>,
    /// Validators as files or inline.
    pub validators: Vec<String>,
    /// `originAnnotations`, `transformerAnnotations`, `managedByLabel`.
    pub build_metadata: Vec<String>,
}

/// Where a transformer writes: which kinds, and the path in them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FieldSpec {
    /// The kinds; empty parts match any.
    pub gvk: Gvk,
    /// `/`-separated; `\/` is a slash in a key.
    pub path: String,
    /// Make the field where it is missing.
    pub create: bool,
}

/// Which resources: parts are regular expressions, empty ones match any.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Selector {
    /// Kind, name and namespace.
    pub id: ResId,
    /// In the grammar of `kubectl -l`, over annotations.
    pub annotation_selector: String,
    /// In the grammar of `kubectl -l`.
    pub label_selector: String,
}

/// A patch: a path or a text, and what it is for.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Patch {
    /// The file it lies in.
    pub path: String,
    /// The patch itself.
    pub patch: String,
    /// The resources it is for.
    pub target: Option<Selector>,
    /// `allowNameChange` and `allowKindChange`, by these names; no others.
    pub options: StringBools,
}

/// Switches by name.
pub type StringBools = BTreeMap<String, bool>;

/// `labels` of a kustomization.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Label {
    /// The labels.
    pub pairs: StringMap,
    /// Also in selectors and templates.
    pub include_selectors: bool,
    /// Also in templates.
    pub include_templates: bool,
    /// Also here.
    pub fields: Vec<FieldSpec>,
}

/// `images` of a kustomization.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Image {
    /// The image to change: a regular expression for its name.
    pub name: String,
    /// Its new name.
    pub new_name: String,
    /// Goes behind the tag.
    pub tag_suffix: String,
    /// Its new tag.
    pub new_tag: String,
    /// Its new digest.
    pub digest: String,
}

/// `replicas` of a kustomization.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Replica {
    /// The workload's name.
    pub name: String,
    /// How many.
    pub count: i64,
}

/// An entry of `replacements`: a file of them, or one.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ReplacementField {
    /// The file.
    pub path: String,
    /// The replacement itself.
    pub replacement: Replacement,
}

/// A value and where it goes.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Replacement {
    /// Where the value is read.
    pub source: Option<SourceSelector>,
    /// The value itself.
    pub source_value: Option<String>,
    /// Where it goes; `None` if the field is absent.
    pub targets: Option<Vec<TargetSelector>>,
}

/// Where a value is read.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SourceSelector {
    /// Exactly this resource; empty parts match any.
    pub id: ResId,
    /// `.`-separated; `metadata.name` if empty.
    pub field_path: String,
    /// Which part of it.
    pub options: Option<FieldOptions>,
}

/// Where a value goes.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct TargetSelector {
    /// These resources,
    pub select: Option<Selector>,
    /// but not these.
    pub reject: Vec<Selector>,
    /// `.`-separated paths; `metadata.name` if none.
    pub field_paths: Vec<String>,
    /// Which part of the field.
    pub options: Option<FieldOptions>,
}

/// Which part of a text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FieldOptions {
    /// What its parts are separated by.
    pub delimiter: String,
    /// Which part, from 0.
    pub index: i64,
    /// How the value is encoded (accepted, without effect upstream).
    pub encoding: String,
    /// Make the field where it is missing.
    pub create: bool,
}

/// `vars` of a kustomization.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Var {
    /// The name in `$(NAME)`.
    pub name: String,
    /// The resource; apiVersion already taken apart.
    pub object: ResId,
    /// `.`-separated; `metadata.name` by default, already filled in.
    pub field_path: String,
}

/// `sortOptions` of a kustomization.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SortOptions {
    /// `legacy` or `fifo`.
    pub order: String,
    /// Which kinds come first and last.
    pub legacy: Option<LegacySortOptions>,
}

/// Kinds that come first and last.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LegacySortOptions {
    /// First, in this order.
    pub order_first: Vec<String>,
    /// Last, in this order.
    pub order_last: Vec<String>,
}

/// `configMapGenerator`, and what `secretGenerator` shares with it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GeneratorArgs {
    /// The namespace of what is made.
    pub namespace: String,
    /// Its name, before the hash.
    pub name: String,
    /// `create`, `replace` or `merge`.
    pub behavior: String,
    /// `key=value`.
    pub literals: Vec<String>,
    /// `[key=]path`.
    pub files: Vec<String>,
    /// Files of `key=value` lines; the old `env` is appended here.
    pub envs: Vec<String>,
    /// Its options; those for all generators not yet merged in.
    pub options: Option<GeneratorOptions>,
}

/// `secretGenerator` of a kustomization.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SecretArgs {
    /// As of a ConfigMap.
    pub args: GeneratorArgs,
    /// The secret's type; `Opaque` if empty.
    pub secret_type: String,
}

/// `generatorOptions`, and `options` of one generator.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GeneratorOptions {
    /// Labels of what is made.
    pub labels: StringMap,
    /// Annotations of what is made.
    pub annotations: StringMap,
    /// No hash behind the name.
    pub disable_name_suffix_hash: bool,
    /// What is made cannot be changed.
    pub immutable: bool,
}

/// `helmGlobals` of a kustomization.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HelmGlobals {
    /// Where charts lie; `charts` if empty.
    pub chart_home: String,
    /// Helm's own configuration.
    pub config_home: String,
}

/// An entry of `helmCharts`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct HelmChart {
    /// The chart's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The repository it comes from.
    pub repo: String,
    /// The release.
    pub release_name: String,
    /// The release's namespace.
    pub namespace: String,
    /// More values files.
    pub additional_values_files: Vec<String>,
    /// The values file; the chart's own if empty.
    pub values_file: String,
    /// Values written here.
    pub values_inline: Option<Map<String, Value>>,
    /// `override`, `merge` or `replace`.
    pub values_merge: String,
    /// Also the chart's CRDs.
    pub include_crds: bool,
    /// No hooks.
    pub skip_hooks: bool,
    /// What the cluster can do.
    pub api_versions: Vec<String>,
    /// The cluster's version.
    pub kube_version: String,
    /// A template of the release's name.
    pub name_template: String,
    /// No tests.
    pub skip_tests: bool,
    /// Helm's `--debug`.
    pub debug: bool,
    /// Helm's `--devel`.
    pub devel: bool,
}

/// What a `NamespaceTransformer` does; a kustomization's `namespace` sets the first field alone.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NamespaceArgs {
    /// The namespace; nothing is done if it is empty.
    pub namespace: String,
    /// Further fields that hold the namespace.
    pub field_specs: Vec<FieldSpec>,
    /// Which subjects of role bindings follow.
    pub role_binding_subjects: RoleBindingSubjects,
    /// Leave namespaces that are set.
    pub unset_only: bool,
}

/// Which subjects of role bindings are put into the namespace.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum RoleBindingSubjects {
    /// Service accounts called `default`.
    #[default]
    DefaultOnly,
    /// All service accounts.
    AllServiceAccounts,
    /// None.
    None,
}

/// What an `IAMPolicyGenerator` makes a service account of.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IamPolicyArgs {
    /// The cloud; only `gke` is known.
    pub cloud: String,
    /// The service account's name in the cluster,
    pub kubernetes_name: String,
    /// and its namespace.
    pub kubernetes_namespace: String,
    /// The service account's name in the cloud,
    pub account_name: String,
    /// and its project.
    pub project_id: String,
}

/// What a `ValueAddTransformer` adds, and where.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ValueAddArgs {
    /// The value; the last part of the kustomization's folder if empty.
    pub value: String,
    /// Where it goes.
    pub targets: Vec<ValueAddTarget>,
    /// A file with further targets.
    pub target_file_path: String,
}

/// Where a value is added.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ValueAddTarget {
    /// Which resources; all if `None`.
    pub selector: Option<Selector>,
    /// `/`-separated.
    pub field_path: String,
    /// Before which part of the file path in the field, from 1; the field is replaced at 0.
    pub file_path_position: i64,
}
