//! Built-in generators and their arguments.
//!
//! Comes in: a resource. Goes out: the generator it configures. Source: Kustomize 5.8.1,
//! api/internal/builtins.

use super::PluginError;
use super::document::Document;
use crate::file::Fault;
use crate::file::decode::{Fields, field, group, inline};
use crate::file::fields::{ConfigMapEntry, Metadata, SecretEntry};
use crate::file::{GeneratorArgs, HelmChart, HelmGlobals, IamPolicyArgs, SecretArgs};
use crate::resource::Resource;

/// A built-in generator.
#[derive(Clone, PartialEq, Debug)]
pub enum Generator {
    /// Makes a ConfigMap.
    ConfigMap(GeneratorArgs),
    /// Makes a Secret.
    Secret(SecretArgs),
    /// Makes a service account that is known to a cloud.
    IamPolicy(IamPolicyArgs),
    /// Renders a chart.
    HelmChart(HelmGlobals, HelmChart),
}

impl Generator {
    /// The generator that a resource configures.
    pub fn read(resource: &Resource) -> Result<Self, PluginError> {
        let document = Document::open(resource)?;
        match document.kind {
            "ConfigMapGenerator" => config_map(&document),
            "SecretGenerator" => secret(&document),
            "IAMPolicyGenerator" => iam_policy(&document),
            "HelmChartInflationGenerator" => helm_chart(&document),
            _ => Err(document.misplaced("generator", "transformers")),
        }
    }
}

/// The old `env` is read, but nothing comes of it here, as upstream.
fn config_map(document: &Document<'_>) -> Result<Generator, PluginError> {
    let (mut entry, mut metadata) = (ConfigMapEntry::default(), Metadata::default());
    let mut fields = inline(entry.fields());
    fields.push(field("metadata", &mut metadata));
    document.read(fields)?;
    Ok(Generator::ConfigMap(named(entry.args, metadata)))
}

fn secret(document: &Document<'_>) -> Result<Generator, PluginError> {
    let (mut entry, mut metadata) = (SecretEntry::default(), Metadata::default());
    let mut fields = inline(entry.fields());
    fields.push(field("metadata", &mut metadata));
    document.read(fields)?;
    Ok(Generator::Secret(SecretArgs {
        args: named(entry.map.args, metadata),
        secret_type: entry.secret_type,
    }))
}

/// The plugin's own name and namespace stand in where its arguments say none.
fn named(mut args: GeneratorArgs, metadata: Metadata) -> GeneratorArgs {
    if args.name.is_empty() {
        args.name = metadata.name;
    }
    if args.namespace.is_empty() {
        args.namespace = metadata.namespace;
    }
    args
}

fn iam_policy(document: &Document<'_>) -> Result<Generator, PluginError> {
    let mut args = IamPolicyArgs::default();
    let cluster = vec![
        field("name", &mut args.kubernetes_name),
        field("namespace", &mut args.kubernetes_namespace),
    ];
    let cloud = vec![
        field("name", &mut args.account_name),
        field("projectId", &mut args.project_id),
    ];
    document.read(inline(vec![
        field("cloud", &mut args.cloud),
        group("kubernetesService", cluster),
        group("serviceAccount", cloud),
    ]))?;
    Ok(Generator::IamPolicy(args))
}

fn helm_chart(document: &Document<'_>) -> Result<Generator, PluginError> {
    let (mut globals, mut chart) = (HelmGlobals::default(), HelmChart::default());
    let mut fields = inline(globals.fields());
    fields.extend(inline(chart.fields()));
    document.read(fields)?;
    chart
        .settle()
        .map_err(|problem| document.wrong(Fault::of_document(problem)))?;
    Ok(Generator::HelmChart(globals, chart))
}
