//! `caretaker app tree`, and what it shares with `caretaker app resources`: the resource tree of an
//! Application, read when it is asked for. `caretaker run` keeps nothing for it.

mod kinds;
mod project;
mod reading;

use std::collections::{BTreeSet, HashSet};

use live::tree::{ApplicationTree, Graph, HealthStatus, Managed, ResourceNode, Trees};
use model::{App, ClusterId, GroupKind, ObjectKey};
use serde_json::{Value, json};

use super::installation::Installation;
use super::now;
use crate::application::{ApplicationView, resource_lines, tree_table};
use crate::applications::{Applications, ClusterArgs};
use crate::commands::document::{self, Format};
use crate::exit_code;
use crate::failure::{Failure, Outcome};
use crate::screen::Screen;
use project::ProjectView;
use reading::{Read, Reading};

/// How a tree looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
enum Output {
    /// Branches, for people
    #[default]
    Tree,
    /// The tree as Argo CD's API gives it
    Json,
}

/// Show the objects of an Application, and what those own in turn
///
/// The objects are read from the cluster as you may read them. Objects that belong to no
/// Application are shown where the project watches them (`spec.orphanedResources`).
#[derive(Debug, clap::Args)]
#[command(after_long_help = exit_code::HELP)]
pub struct Args {
    /// The Application, as `name` or `namespace/name`
    name: String,
    /// How to print it
    #[arg(short, long, value_name = "FORMAT", default_value = "tree")]
    output: Output,
    #[command(flatten)]
    cluster: ClusterArgs,
}

/// Prints it.
pub async fn run(args: Args, screen: &Screen) -> Outcome {
    let Seen { app, tree, .. } = see(&args.name, &args.cluster, screen).await?;
    match args.output {
        Output::Tree => {
            let text = tree_table(&tree, ApplicationView(&app), now(), screen.paint());
            screen.print(&text);
        }
        Output::Json => screen.print_document(&document::one(&json!(tree), Format::Json)),
    }
    Ok(exit_code::OK)
}

/// An Application, and its tree.
#[derive(Debug)]
pub struct Seen {
    /// The resource.
    pub app: Value,
    /// Its tree.
    pub tree: ApplicationTree,
    /// Whether its project watches what belongs to nobody.
    pub watches_orphans: bool,
}

/// Reads the tree of an Application.
pub async fn see(name: &str, cluster: &ClusterArgs, screen: &Screen) -> Outcome<Seen> {
    let applications = Applications::open(cluster).await?;
    let app = applications.get(&applications.target(name)).await?;
    let connection = applications.connection();
    let view = ApplicationView(&app);
    let control = match view.text("/status/controllerNamespace") {
        "" => applications.namespace(),
        namespace => namespace,
    };
    let installation = Installation {
        connection,
        namespace: control,
        screen,
    };
    let settings = installation.settings().await?;
    let labels = installation.shown_labels().await?;
    let definition = argo::translate(&app, &settings);
    refuse_elsewhere(&definition)?;
    let project = ProjectView::read(connection, control, view.project(), screen).await?;
    let managed = managed(view);
    let discovery = connection.discover().await?;
    let reading = Reading {
        connection,
        discovery: &discovery,
        settings: &settings,
        labels: &labels,
    };
    let namespaces = namespaces(&managed, &definition, project.orphans.is_some());
    let read = reading.graph(&managed, &namespaces).await;
    for told in &read.told {
        screen.remark("warning", told);
    }
    let apps = match project.orphans {
        Some(_) => instances(&applications, &settings).await?,
        None => HashSet::new(),
    };
    let mut tree = tree(&read.graph, &managed, &definition, &project, &apps);
    doubt(&mut tree, &read);
    Ok(Seen {
        app,
        tree,
        watches_orphans: project.orphans.is_some(),
    })
}

fn refuse_elsewhere(app: &App) -> Outcome<()> {
    let cluster = &app.destination.cluster;
    if *cluster == ClusterId::in_cluster() {
        return Ok(());
    }
    let message = format!(
        "the destination {cluster} of {} is not this cluster",
        app.id.name
    );
    Err(Failure::new(exit_code::FAILED, message))
}

/// What the Application's status says it manages.
fn managed(app: ApplicationView<'_>) -> Vec<Managed> {
    let object = |line: crate::application::ResourceLine| Managed {
        key: ObjectKey {
            cluster: ClusterId::in_cluster(),
            group_kind: GroupKind::new(&line.group, &line.kind),
            namespace: line.namespace.as_str().into(),
            name: line.name.as_str().into(),
        },
        version: line.version.as_str().into(),
    };
    resource_lines(app).into_iter().map(object).collect()
}

/// Where objects of the tree may live.
fn namespaces(managed: &[Managed], app: &App, orphans: bool) -> BTreeSet<String> {
    let mut namespaces: BTreeSet<String> = managed
        .iter()
        .map(|object| object.key.namespace.to_string())
        .collect();
    if orphans {
        namespaces.insert(app.destination.namespace.to_string());
    }
    namespaces.remove("");
    namespaces
}

/// What could not be looked for is not missing, as far as we know.
fn doubt(tree: &mut ApplicationTree, read: &Read) {
    let absent = |node: &&mut ResourceNode| node.reference.uid.is_empty();
    for node in tree.nodes.iter_mut().filter(absent) {
        if read.may_hide(&node.reference) {
            node.health = Some(HealthStatus {
                status: "Unknown".to_owned(),
                message: "it may not be read".to_owned(),
            });
        }
    }
}

/// The names that marks on objects have for the Applications that are there.
async fn instances(
    applications: &Applications,
    settings: &argo::Settings,
) -> Outcome<HashSet<String>> {
    let apps = applications.names().await?;
    let instance =
        |(namespace, name): &(String, String)| argo::tracking::instance(namespace, name, settings);
    Ok(apps.iter().map(instance).collect())
}

fn tree(
    graph: &Graph,
    managed: &[Managed],
    app: &App,
    project: &ProjectView,
    apps: &HashSet<String>,
) -> ApplicationTree {
    let trees = Trees {
        graph,
        permitted: &|key| project.permits(key),
        permitted_kind: &|kind, _| project.permits_kind(kind),
        is_app: &|instance| apps.contains(instance),
    };
    trees.tree(
        managed,
        &app.destination.namespace,
        project.orphans.as_ref(),
    )
}
