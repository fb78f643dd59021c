//! Built-in transformers and their arguments.
//!
//! Comes in: a resource. Goes out: the transformer it configures. Source: Kustomize 5.8.1,
//! api/internal/builtins.

use super::PluginError;
use super::document::Document;
use crate::file::decode::{Fields, Rules, field};
use crate::file::fields::Metadata;
use crate::file::value_add::check_targets;
use crate::file::{
    Fault, FieldSpec, Image, NamespaceArgs, Patch, Problem, ReplacementField, Replica,
    RoleBindingSubjects, StringMap, ValueAddArgs,
};
use crate::resource::Resource;

/// A built-in transformer.
#[derive(Clone, PartialEq, Debug)]
pub enum Transformer {
    /// Adds annotations to fields.
    Annotations(StringMap, Vec<FieldSpec>),
    /// Puts hashes behind the names of what was generated.
    Hash,
    /// Changes an image in fields, and in all containers.
    ImageTag(Image, Vec<FieldSpec>),
    /// Adds labels to fields.
    Label(StringMap, Vec<FieldSpec>),
    /// Sets the namespace.
    Namespace(NamespaceArgs),
    /// Applies a JSON patch.
    PatchJson6902(Patch),
    /// Applies strategic merge patches.
    PatchStrategicMerge {
        /// Files, or patches themselves.
        paths: Vec<String>,
        /// Patches, as one text.
        patches: String,
    },
    /// Applies a patch of either kind.
    Patch(Patch),
    /// Puts a text before names and other fields, and another behind.
    PrefixSuffix {
        /// Goes before.
        prefix: String,
        /// Goes behind.
        suffix: String,
        /// In these fields.
        field_specs: Vec<FieldSpec>,
    },
    /// Puts a text before names and other fields.
    Prefix(String, Vec<FieldSpec>),
    /// Copies values.
    Replacement(Vec<ReplacementField>),
    /// Sets the number of replicas in fields.
    ReplicaCount(Replica, Vec<FieldSpec>),
    /// Puts a text behind names and other fields.
    Suffix(String, Vec<FieldSpec>),
    /// Adds a value to fields.
    ValueAdd(ValueAddArgs),
}

impl Transformer {
    /// The transformer that a resource configures.
    pub fn read(resource: &Resource) -> Result<Self, PluginError> {
        let document = Document::open(resource)?;
        match document.kind {
            "AnnotationsTransformer" => annotations(&document),
            "HashTransformer" => Ok(Self::Hash),
            "ImageTagTransformer" => image_tag(&document),
            "LabelTransformer" => label(&document),
            "NamespaceTransformer" => namespace(&document),
            "PatchJson6902Transformer" => patch_json6902(&document),
            "PatchStrategicMergeTransformer" => patch_strategic_merge(&document),
            "PatchTransformer" => patch(&document),
            "PrefixSuffixTransformer" => prefix_suffix(&document),
            "PrefixTransformer" => prefix(&document),
            "ReplacementTransformer" => replacement(&document),
            "ReplicaCountTransformer" => replica_count(&document),
            "SuffixTransformer" => suffix(&document),
            "ValueAddTransformer" => value_add(&document),
            _ => Err(document.misplaced("transformer", "generators")),
        }
    }
}

type Read = Result<Transformer, PluginError>;

fn annotations(document: &Document<'_>) -> Read {
    let (mut annotations, mut specs) = (StringMap::new(), Vec::new());
    document.read(vec![
        field("annotations", &mut annotations),
        field("fieldSpecs", &mut specs),
    ])?;
    Ok(Transformer::Annotations(annotations, specs))
}

fn label(document: &Document<'_>) -> Read {
    let (mut labels, mut specs) = (StringMap::new(), Vec::new());
    document.read(vec![
        field("labels", &mut labels),
        field("fieldSpecs", &mut specs),
    ])?;
    Ok(Transformer::Label(labels, specs))
}

fn image_tag(document: &Document<'_>) -> Read {
    let (mut image, mut specs) = (Image::default(), Vec::new());
    document.read(vec![
        field("imageTag", &mut image),
        field("fieldSpecs", &mut specs),
    ])?;
    Ok(Transformer::ImageTag(image, specs))
}

fn replica_count(document: &Document<'_>) -> Read {
    let (mut replica, mut specs) = (Replica::default(), Vec::new());
    document.read(vec![
        field("replica", &mut replica),
        field("fieldSpecs", &mut specs),
    ])?;
    Ok(Transformer::ReplicaCount(replica, specs))
}

fn namespace(document: &Document<'_>) -> Read {
    let (mut args, mut metadata) = (NamespaceArgs::default(), Metadata::default());
    let mut subjects = String::new();
    document.read(vec![
        field("metadata", &mut metadata),
        field("fieldSpecs", &mut args.field_specs),
        field("unsetOnly", &mut args.unset_only),
        field("setRoleBindingSubjects", &mut subjects),
    ])?;
    args.namespace = metadata.namespace;
    args.role_binding_subjects = match subjects.as_str() {
        "" | "defaultOnly" => RoleBindingSubjects::DefaultOnly,
        "allServiceAccounts" => RoleBindingSubjects::AllServiceAccounts,
        "none" => RoleBindingSubjects::None,
        _ => return refused(document, Problem::RoleBindingSubjects(subjects)),
    };
    Ok(Transformer::Namespace(args))
}

fn patch_json6902(document: &Document<'_>) -> Read {
    let mut patch = Patch::default();
    document.read(vec![
        field("target", &mut patch.target),
        field("path", &mut patch.path),
        field("jsonOp", &mut patch.patch),
    ])?;
    match patch.check_json6902() {
        Ok(()) => Ok(Transformer::PatchJson6902(patch)),
        Err(problem) => refused(document, problem),
    }
}

fn patch_strategic_merge(document: &Document<'_>) -> Read {
    let (mut paths, mut patches) = (Vec::new(), String::new());
    document.read(vec![
        field("paths", &mut paths),
        field("patches", &mut patches),
    ])?;
    match paths.is_empty() && patches.is_empty() {
        true => refused(document, Problem::NoPatches),
        false => Ok(Transformer::PatchStrategicMerge { paths, patches }),
    }
}

fn patch(document: &Document<'_>) -> Read {
    let mut patch = Patch::default();
    document.read(patch.fields())?;
    match patch.settle() {
        Ok(()) => Ok(Transformer::Patch(patch)),
        Err(problem) => refused(document, problem),
    }
}

fn prefix(document: &Document<'_>) -> Read {
    let (prefix, specs) = affix(document, "prefix")?;
    Ok(Transformer::Prefix(prefix, specs))
}

fn suffix(document: &Document<'_>) -> Read {
    let (suffix, specs) = affix(document, "suffix")?;
    Ok(Transformer::Suffix(suffix, specs))
}

fn prefix_suffix(document: &Document<'_>) -> Read {
    let (prefix, field_specs) = affix(document, "prefix")?;
    let (suffix, _) = affix(document, "suffix")?;
    Ok(Transformer::PrefixSuffix {
        prefix,
        suffix,
        field_specs,
    })
}

/// Upstream reads these, and these alone, without the detour through JSON.
fn affix(
    document: &Document<'_>,
    name: &'static str,
) -> Result<(String, Vec<FieldSpec>), PluginError> {
    let (mut text, mut specs) = (String::new(), None);
    document.read_by(
        Rules::YAML,
        vec![field(name, &mut text), field("fieldSpecs", &mut specs)],
    )?;
    let none = || document.wrong(Fault::of_document(Problem::NoFieldSpecs));
    Ok((text, specs.ok_or_else(none)?))
}

fn replacement(document: &Document<'_>) -> Read {
    let mut replacements: Vec<ReplacementField> = Vec::new();
    document.read(vec![field("replacements", &mut replacements)])?;
    for (index, entry) in replacements.iter().enumerate() {
        if let Err(problem) = entry.check() {
            return Err(document.wrong(Fault::of_item("replacements", index, problem)));
        }
    }
    Ok(Transformer::Replacement(replacements))
}

fn value_add(document: &Document<'_>) -> Read {
    let mut args = ValueAddArgs::default();
    document.read(vec![
        field("value", &mut args.value),
        field("targets", &mut args.targets),
        field("targetFilePath", &mut args.target_file_path),
    ])?;
    args.value = args.value.trim().to_owned();
    if args.targets.is_empty() && args.target_file_path.is_empty() {
        return refused(document, Problem::NoTarget);
    }
    match check_targets(&args.targets) {
        Ok(()) => Ok(Transformer::ValueAdd(args)),
        Err(fault) => Err(document.wrong(fault)),
    }
}

/// Refuses the arguments as a whole.
fn refused(document: &Document<'_>, problem: Problem) -> Read {
    Err(document.wrong(Fault::of_document(problem)))
}
