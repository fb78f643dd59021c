//! `helm template`: from a chart and values to what would be installed.
//!
//! Comes in: a [`Request`]. Goes out: [`Rendered`], or the first thing that is wrong, in the order
//! in which Helm looks: values, chart, dependencies, name, schema, templates, manifests. Source:
//! Helm 4.2, pkg/cmd/install.go, pkg/action/install.go and pkg/action/action.go.

use crate::capabilities::Capabilities;
use crate::chart::Chart;
use crate::engine::{Engine, Lookup, ParsedTemplates, Shared};
use crate::failure::{Problem, TemplateError};
use crate::manifest::{self, Hook, Sorted};
use crate::values::{self, ValueInputs};
use crate::warning::Warning;
use crate::{Dialect, Rendered, dependencies, notes, release_name, schema};
use gotemplate::{Map, Text, Value};
use model::{Version, VersionRange};
use std::sync::Arc;

/// What is to be rendered, and how.
pub struct Request<'a> {
    /// The chart, as it was loaded.
    pub chart: &'a Chart,
    /// What the user says about values.
    pub values: &'a ValueInputs<'a>,
    /// `.Release`.
    pub release: Release<'a>,
    /// `.Capabilities`.
    pub capabilities: &'a Capabilities,
    /// All else.
    pub options: &'a Options,
    /// Templates parsed before; give the same to every render, and no template is parsed twice.
    pub parsed: Option<&'a Arc<ParsedTemplates>>,
    /// Where the function `lookup` looks; without it every lookup finds nothing.
    pub lookup: Option<Arc<dyn Lookup>>,
}

/// The release that is imagined.
#[derive(Clone, Copy, Debug)]
pub struct Release<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its namespace.
    pub namespace: &'a str,
    /// Its revision.
    pub revision: i64,
    /// Whether it is there already.
    pub is_upgrade: bool,
}

/// How a chart is rendered.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The files of crds/ are printed, too.
    pub include_crds: bool,
    /// Hooks are left out.
    pub no_hooks: bool,
    /// Hooks for `helm test` are left out.
    pub skip_tests: bool,
    /// values.schema.json is not looked at.
    pub skip_schema_validation: bool,
    /// The notes of subcharts count, too.
    pub subchart_notes: bool,
    /// Only these files are printed.
    pub show_only: Vec<String>,
    /// Which Helm is spoken.
    pub dialect: Dialect,
    /// Where random functions draw from; if none is given, from the release and its values, so that
    /// rendering twice gives the same.
    pub seed: Option<Vec<u8>>,
    /// What nobody else knows, mixed into the seed that comes of the release and its values. Without
    /// it, who knows these can guess what is drawn.
    pub secret: Vec<u8>,
    /// What `now` gives.
    pub clock: sprig::Clock,
    /// What templates may do.
    pub limits: gotemplate::Limits,
    /// How large and deep a manifest may be.
    pub manifests: yaml::Limits,
}

/// Renders a chart as `helm template` does.
pub fn template(request: &Request<'_>) -> Result<Rendered, TemplateError> {
    let mut warnings = Vec::new();
    match render(request, &mut warnings) {
        Ok(rendered) => Ok(Rendered {
            warnings,
            ..rendered
        }),
        Err(problem) => Err(TemplateError { problem, warnings }),
    }
}

fn render(request: &Request<'_>, warnings: &mut Vec<Warning>) -> Result<Rendered, Problem> {
    let (chart, options) = (request.chart, request.options);
    let dialect = options.dialect;
    let user_values = request.values.merge()?;
    warnings.extend(chart.warnings.iter().cloned());
    check_installable(chart, warnings)?;
    dependencies::check(chart)?;
    release_name::check(request.release.name)?;
    let chart = dependencies::process(chart, &user_values, dialect, warnings)
        .map_err(Problem::Dependencies)?;
    let values = values::coalesce(&chart, &user_values, dialect, warnings)?;
    if !options.skip_schema_validation {
        schema::validate(&chart, &values)?;
    }
    check_kube_version(&chart, request.capabilities)?;
    let seed = seed_of(request, &user_values);
    let files = engine(request, &seed).render(&chart, &values, &shared(request), warnings)?;
    gather(&chart, files, options, warnings)
}

/// What is wanted of what the templates printed.
fn gather(
    chart: &Chart,
    files: Vec<(String, Text)>,
    options: &Options,
    warnings: &mut Vec<Warning>,
) -> Result<Rendered, Problem> {
    let (notes, files) = notes::take(files, chart.name(), options.subchart_notes);
    let mut sorted = sort(&files, options)?;
    warnings.append(&mut sorted.warnings);
    let is_left_out = |hook: &Hook| options.no_hooks || options.skip_tests && hook.is_test();
    sorted.hooks.retain(|hook| !is_left_out(hook));
    let crds = match options.include_crds {
        true => chart.crds(),
        false => Vec::new(),
    };
    Ok(Rendered {
        manifests: sorted.manifests,
        hooks: sorted.hooks,
        crds,
        notes,
        warnings: Vec::new(),
        show_only: options.show_only.clone(),
    })
}

fn check_installable(chart: &Chart, warnings: &mut Vec<Warning>) -> Result<(), Problem> {
    let kind = &chart.metadata.kind;
    if !matches!(&kind[..], "" | "application") {
        return Err(Problem::NotInstallable(kind.clone()));
    }
    if chart.metadata.deprecated {
        warnings.push(Warning::warn("this chart is deprecated"));
    }
    Ok(())
}

fn check_kube_version(chart: &Chart, capabilities: &Capabilities) -> Result<(), Problem> {
    let (wanted, found) = (&chart.metadata.kube_version, &capabilities.kube_version);
    if wanted.is_empty() || admits(wanted, &found.normalized) {
        return Ok(());
    }
    Err(Problem::KubeVersion {
        wanted: wanted.clone(),
        found: found.version.clone(),
    })
}

/// What cannot be read admits nothing.
fn admits(range: &str, version: &str) -> bool {
    match (VersionRange::parse(range), Version::parse(version)) {
        (Ok(range), Ok(version)) => range.admits(&version),
        _ => false,
    }
}

fn engine<'e>(request: &Request<'_>, seed: &'e [u8]) -> Engine<'e> {
    let options = request.options;
    Engine {
        dialect: options.dialect,
        lint: false,
        strict: false,
        clock: options.clock,
        seed,
        limits: options.limits,
        parsed: request.parsed.cloned().unwrap_or_default(),
        lookup: request.lookup.clone(),
    }
}

fn shared(request: &Request<'_>) -> Shared {
    let release = &request.release;
    let text = |text: &str| Value::Text(text.into());
    let fields = [
        ("Name", text(release.name)),
        ("Namespace", text(release.namespace)),
        ("IsUpgrade", Value::Bool(release.is_upgrade)),
        ("IsInstall", Value::Bool(!release.is_upgrade)),
        ("Revision", Value::Int(release.revision)),
        ("Service", text("Helm")),
    ];
    Shared {
        release: Value::Map(fields.into_iter().collect()),
        capabilities: request.capabilities.value(),
    }
}

/// Everything the result depends on, but for the chart's own files: a new version of a chart keeps
/// the passwords of the old one.
fn seed_of(request: &Request<'_>, values: &Map) -> Vec<u8> {
    if let Some(seed) = &request.options.seed {
        return seed.clone();
    }
    let (release, chart) = (&request.release, request.chart.name());
    let values = values::to_json(&Value::Map(values.clone()));
    let known = format!("{}\0{}\0{chart}\0{values}", release.name, release.namespace);
    [&request.options.secret[..], b"\0", known.as_bytes()].concat()
}

fn sort(files: &[(String, Text)], options: &Options) -> Result<Sorted, Problem> {
    let files = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_bytes()));
    Ok(manifest::sort(files, &options.manifests, options.dialect)?)
}
