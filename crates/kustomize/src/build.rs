//! One build, from a folder to objects.
//!
//! Comes in: a tree, a folder in it and options. Goes out: the objects `kustomize build` would print,
//! in its order, with where each was written, and warnings; or why there are none. Source: Kustomize
//! 5.8.1, api/krusty/kustomizer.go and api/internal/target/kusttarget.go (makeCustomizedResMap).

use crate::accumulate::{Accumulator, Session, Target};
use crate::edit::EditError;
use crate::error::{BuildError, Cause, Problem};
use crate::file::{FieldSpec, Kustomization, SortOptions, StringMap};
use crate::generate::HelmSettings;
use crate::load::{Elsewhere, Loader, Restrictions};
use crate::metered::{Meter, MeteredElsewhere, MeteredTree};
use crate::node;
use crate::output::{Built, Object};
use crate::parsed::ParsedFiles;
use crate::resource::{ORIGIN, ResMap, Resource, TRANSFORMATIONS};
use crate::schema::Schema;
use crate::transform::{hash, labels, name_reference, sort_order, variables};
use model::{SourceTree, TreePath};
use std::sync::Arc;

/// Changes a kustomization after it was read and before it is built.
pub type Edit<'a> = &'a dyn Fn(&mut Kustomization) -> Result<(), EditError>;

/// What to build.
pub struct Request<'a> {
    /// Where files are read.
    pub tree: &'a dyn SourceTree,
    /// The folder of the kustomization.
    pub folder: &'a TreePath,
    /// How to build.
    pub options: &'a Options,
    /// Gets what lies outside the tree.
    pub elsewhere: &'a dyn Elsewhere,
    /// Remembers files that were parsed, from one build to the next.
    pub parsed: Option<&'a ParsedFiles>,
    /// What to change in the folder's kustomization first.
    pub edit: Option<Edit<'a>>,
}

/// How to build; the flags of `kustomize build`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// Which files may be read.
    pub restrictions: Restrictions,
    /// The tree shows a file system from its root, not a repository.
    pub on_disk: bool,
    /// The order of objects, where the kustomization says none.
    pub order: Order,
    /// Label everything as managed by Kustomize.
    pub managed_by_label: bool,
    /// The version that label names.
    pub version: String,
    /// Whether and how charts are rendered.
    pub helm: HelmSettings,
    /// How much one build may do.
    pub bounds: Bounds,
}

/// The order of objects.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// Namespaces first, webhooks last: what `kustomize build` does unless told otherwise.
    #[default]
    Legacy,
    /// As they were read.
    AsRead,
}

/// How much one build may do: far more than any kustomization needs, little enough to end soon.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bounds {
    /// Resources read and generated.
    pub resources: usize,
    /// Keys and values in them; with aliases a few bytes are very many.
    pub nodes: usize,
    /// Times a transformer may look at a resource.
    pub work: usize,
    /// Charts rendered.
    pub charts: usize,
    /// Bytes of files.
    pub bytes: u64,
    /// Bytes that transformers write into resources, over and over.
    pub text: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            restrictions: Restrictions::RootOnly,
            on_disk: false,
            order: Order::Legacy,
            managed_by_label: false,
            version: "v5.8.1".to_owned(),
            helm: HelmSettings::default(),
            bounds: Bounds::default(),
        }
    }
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            resources: 200_000,
            nodes: 20_000_000,
            work: 10_000_000,
            charts: 1_000,
            bytes: 256 << 20,
            text: 4 << 30,
        }
    }
}

/// Builds the kustomization of a folder.
pub fn build(request: &Request<'_>) -> Result<Built, BuildError> {
    let meter = Arc::new(Meter::new(request.options.bounds.bytes));
    let tree = MeteredTree::new(request.tree, Arc::clone(&meter));
    let elsewhere = MeteredElsewhere::new(request.elsewhere, meter);
    let folder = request.folder.clone();
    let options = request.options;
    let loader = match options.on_disk {
        true => Loader::on_disk(&tree, folder, options.restrictions, &elsewhere)?,
        false => Loader::new(&tree, folder, options.restrictions, &elsewhere)?,
    };
    let mut session = Session::new(options, request.parsed);
    let target = Target::start(loader, &mut session, |kustomization| {
        request.edit.map_or(Ok(()), |edit| Ok(edit(kustomization)?))
    })?;
    let mut all = Accumulator::default();
    target.accumulate(&mut session, &mut all)?;
    let schema = session.schema();
    let resources = finish(all, &target.kustomization, options, &schema)
        .map_err(|error| error.through(target.itself()))?;
    Ok(Built {
        objects: objects(resources, &schema)?,
        warnings: session.warnings,
    })
}

/// What is done once, when everything is there and has its name.
fn finish(
    mut all: Accumulator,
    kustomization: &Kustomization,
    options: &Options,
    schema: &Schema,
) -> Result<ResMap, BuildError> {
    let variables = std::mem::take(&mut all.variables);
    let (resources, config) = all.resources_and_config();
    hash::apply(resources, schema).map_err(step("the hash transformer"))?;
    name_reference::apply(resources, &config.name_references, schema)
        .map_err(step("the name reference transformer"))?;
    variables::resolve(resources, &variables, &config.var_references, schema)
        .map_err(step("the variable transformer"))?;
    drop_local(resources, schema)?;
    sort(resources, kustomization, options, schema)?;
    let asks = |option: &str| kustomization.build_metadata.iter().any(|one| one == option);
    if options.managed_by_label || asks("managedByLabel") {
        add_managed_by(resources, &options.version, schema)?;
    }
    let (origins, transformations) = (asks("originAnnotations"), asks("transformerAnnotations"));
    strip(resources, origins, transformations, schema)?;
    Ok(all.resources)
}

fn step<E: Into<Cause>>(what: &'static str) -> impl Fn(E) -> BuildError {
    move |error| Problem::Transform(what.to_owned(), error.into()).into()
}

/// Drops what says of itself that it is for tools only. By now everything must be an object still.
fn drop_local(resources: &mut ResMap, schema: &Schema) -> Result<(), BuildError> {
    const LOCAL: &str = "config.kubernetes.io/local-config";
    resources.drop_gone();
    for resource in &resources.resources {
        let missing = match (resource.kind(), resource.name()) {
            ("", _) => "kind",
            (kind, "") if !kind.ends_with("List") => "metadata.name",
            _ => continue,
        };
        let id = resource.current_id(schema);
        return Err(Problem::NoResource { id, missing }.into());
    }
    let stays = |resource: &Resource| {
        node::annotation(&resource.node, LOCAL).is_none_or(|value| value == "false")
    };
    resources.resources.retain(stays);
    resources.check_unique(schema).map_err(|source| {
        let from = "the whole build".to_owned();
        Problem::Merge { from, source }.into()
    })
}

fn sort(
    resources: &mut ResMap,
    kustomization: &Kustomization,
    options: &Options,
    schema: &Schema,
) -> Result<(), BuildError> {
    let legacy = SortOptions {
        order: "legacy".to_owned(),
        legacy: None,
    };
    let order = match (&kustomization.sort_options, options.order) {
        (Some(own), _) => own,
        (None, Order::Legacy) => &legacy,
        (None, Order::AsRead) => return Ok(()),
    };
    sort_order::apply(resources, order, schema).map_err(step("sortOptions"))
}

fn add_managed_by(
    resources: &mut ResMap,
    version: &str,
    schema: &Schema,
) -> Result<(), BuildError> {
    let pair = (
        "app.kubernetes.io/managed-by".to_owned(),
        format!("kustomize-{version}"),
    );
    let everywhere = FieldSpec {
        path: "metadata/labels".to_owned(),
        create: true,
        ..FieldSpec::default()
    };
    labels::apply(resources, &StringMap::from([pair]), &[everywhere], schema)
        .map_err(step("the managed-by label"))
}

/// Takes off what was noted for the build itself, and the notes nobody asked for. Each of the three
/// writes all annotations anew, as texts, sorted; an object that has two sets of them gets one.
fn strip(
    resources: &mut ResMap,
    keep_origins: bool,
    keep_transformations: bool,
    schema: &Schema,
) -> Result<(), BuildError> {
    let take_off = |resource: &mut Resource| {
        resource.remove_notes()?;
        for (annotation, keep) in [
            (ORIGIN, keep_origins),
            (TRANSFORMATIONS, keep_transformations),
        ] {
            if !keep {
                resource.change_annotations(|all| {
                    all.remove(annotation);
                })?;
            }
        }
        Ok(())
    };
    for resource in &mut resources.resources {
        take_off(resource).map_err(|source| Problem::Shape {
            id: resource.current_id(schema),
            source,
        })?;
    }
    Ok(())
}

fn objects(resources: ResMap, schema: &Schema) -> Result<Vec<Object>, BuildError> {
    let object = |resource: Resource| {
        let value = resource.node.to_value();
        let value = value.map_err(|source| Problem::Write {
            id: resource.current_id(schema),
            place: resource.place.clone().unwrap_or_default(),
            source,
        })?;
        Ok(Object {
            value,
            place: resource.place,
        })
    };
    resources.resources.into_iter().map(object).collect()
}
