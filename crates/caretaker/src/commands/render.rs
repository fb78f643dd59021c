//! `caretaker render`: manifests from a local checkout, without a cluster.

use std::path::PathBuf;
use std::sync::Arc;

use ::render::Rendered;
use anyhow::Context as _;
use engine::build_target;
use model::{App, GroupKind, Manifest, ObjectKey};
use serde_json::{Value, json};
use source::DirectoryTree;

use super::document::{Format, stream};
use super::known_kinds::KnownKinds;
use crate::application::ApplicationView;
use crate::exit_code;
use crate::failure::{Failure, Outcome};
use crate::late_remotes::LateRemotes;
use crate::near::near;
use crate::screen::{Screen, one_line};

/// Render manifests from a local checkout; no cluster is needed
///
/// With --path, the folder is rendered as it is. With --app, the Application is read and its
/// objects are printed as they would be applied: with their namespace and tracking marks.
#[derive(Debug, clap::Args)]
#[command(after_long_help = exit_code::HELP)]
pub struct Args {
    /// Folder with the repository's files, as they are on disk
    #[arg(long, value_name = "DIR", default_value = ".")]
    repo: PathBuf,
    /// Folder to render, from the repository's root [default: the root]
    #[arg(long, value_name = "PATH", conflicts_with = "app")]
    path: Option<String>,
    /// File with the Application to render; its repoURL and targetRevision are taken to be --repo
    #[arg(long, value_name = "FILE")]
    app: Option<PathBuf>,
    /// With --app: which of several Applications; otherwise the name to render as
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Namespace for objects that name none [default with --app: the Application's destination]
    #[arg(short, long, value_name = "NAMESPACE")]
    namespace: Option<String>,
    /// Fetch what kustomizations and charts name elsewhere: bases, files, charts
    #[arg(long)]
    allow_remote: bool,
    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "yaml")]
    output: Format,
}

/// Prints them.
pub fn run(args: Args, screen: &Screen) -> Outcome {
    let objects = match &args.app {
        Some(file) => applied(application(file, args.name.as_deref())?, &args, screen)?,
        None => folder(&args, screen)?,
    };
    screen.print_document(&stream(&objects, args.output));
    Ok(exit_code::OK)
}

/// The objects of a folder; with a namespace, those that name none get it.
fn folder(args: &Args, screen: &Screen) -> Outcome<Vec<Value>> {
    let path = args.path.as_deref().unwrap_or(".");
    let name = args.name.clone().unwrap_or_else(|| "app".to_owned());
    let namespace = args.namespace.as_deref().unwrap_or_default();
    let resource = json!({
        "metadata": { "name": name },
        "spec": {
            "source": { "repoURL": "https://example.invalid", "path": path },
            "destination": { "server": model::ClusterId::IN_CLUSTER, "namespace": namespace },
        },
    });
    let settings = argo::Settings::default();
    let app = argo::translate(&resource, &settings);
    let rendered = render(&app, args)?;
    if !namespace.is_empty() {
        return target(&app, &rendered, &settings, &no_mark, screen);
    }
    for warning in &rendered.warnings {
        screen.remark("warning", warning);
    }
    Ok(rendered
        .manifests
        .into_iter()
        .map(|manifest| manifest.value)
        .collect())
}

/// The objects of an Application, as they would be applied.
fn applied(mut resource: Value, args: &Args, screen: &Screen) -> Outcome<Vec<Value>> {
    if let Some(namespace) = &args.namespace {
        resource["spec"]["destination"]["namespace"] = namespace.as_str().into();
    }
    let settings = argo::Settings::default();
    let app = argo::translate(&resource, &settings);
    if !app.invalid.is_empty() {
        let message = format!(
            "the Application {:?} is wrong: {}",
            app.id.name,
            app.invalid.join("; ")
        );
        return Err(Failure::new(exit_code::USAGE, message));
    }
    for field in &app.not_acted_on {
        screen.remark("warning", field);
    }
    target(
        &app,
        &render(&app, args)?,
        &settings,
        &argo::tracking::mark,
        screen,
    )
}

fn render(app: &App, args: &Args) -> Outcome<Rendered> {
    let tree = DirectoryTree::open(&args.repo, source::Limits::default())
        .with_context(|| format!("the folder {} cannot be read", args.repo.display()))
        .map_err(|error| Failure::from(error).with_code(exit_code::USAGE))?;
    let request = ::render::Request::of(app, "", Arc::default());
    let sources = ::render::Sources::offline(&tree);
    if !args.allow_remote {
        return ::render::render(&request, sources).map_err(with_remote_hint);
    }
    let remotes = LateRemotes::default();
    let sources = ::render::Sources {
        remotes: &remotes,
        ..sources
    };
    Ok(::render::render(&request, sources)?)
}

/// Says how to allow what is off unless allowed.
fn with_remote_hint(error: ::render::RenderError) -> Failure {
    let wants_remote = error.wants_remote();
    let failure = Failure::from(error);
    match wants_remote {
        true => failure.hint("fetching is off; allow it with --allow-remote"),
        false => failure,
    }
}

type Mark<'a> = &'a dyn Fn(&mut Value, &ObjectKey, &App);

fn no_mark(_: &mut Value, _: &ObjectKey, _: &App) {}

fn target(
    app: &App,
    rendered: &Rendered,
    settings: &argo::Settings,
    mark: Mark<'_>,
    screen: &Screen,
) -> Outcome<Vec<Value>> {
    let kinds = KnownKinds::new(settings);
    let target = build_target(app, rendered, &kinds, mark)?;
    for (kind, message) in &target.notes {
        screen.remark("warning", &format!("{}: {message}", kind.as_str()));
    }
    remark_guesses(&kinds, &rendered.manifests, screen);
    let read = |desired: &Arc<plan::Desired>| serde_json::from_slice(&desired.body);
    Ok(target.objects.iter().map(read).collect::<Result<_, _>>()?)
}

fn remark_guesses(kinds: &KnownKinds<'_>, manifests: &[Manifest], screen: &Screen) {
    let guessed = kinds.guessed();
    let defined: Vec<GroupKind> = manifests.iter().filter_map(defined_kind).collect();
    let names: Vec<String> = guessed
        .iter()
        .filter(|kind| !defined.contains(kind))
        .map(ToString::to_string)
        .collect();
    if !names.is_empty() {
        screen.remark(
            "note",
            &format!("taken to be namespaced: {}", names.join(", ")),
        );
    }
}

/// The kind that a CustomResourceDefinition of the same set defines.
fn defined_kind(manifest: &Manifest) -> Option<GroupKind> {
    let text = |pointer: &str| manifest.value.pointer(pointer)?.as_str();
    let definition = &*manifest.gvk.group_kind.kind == "CustomResourceDefinition";
    definition.then(|| {
        Some(GroupKind::new(
            text("/spec/group")?,
            text("/spec/names/kind")?,
        ))
    })?
}

/// Reads the Application of a file, which may hold other documents too.
fn application(file: &PathBuf, name: Option<&str>) -> Outcome<Value> {
    let wrong = |error: anyhow::Error| Failure::from(error).with_code(exit_code::USAGE);
    let bytes = std::fs::read(file)
        .with_context(|| format!("the file {} cannot be read", file.display()))
        .map_err(wrong)?;
    let documents = yaml::read_documents(&bytes, &yaml::Limits::default())
        .with_context(|| format!("the file {} is no YAML", file.display()))
        .map_err(wrong)?;
    let applications: Vec<Value> = documents
        .into_iter()
        .map(|document| document.value)
        .filter(|value| value.get("kind").is_some_and(|kind| kind == "Application"))
        .collect();
    choose(applications, name).map_err(|failure| {
        let hint = format!("look into {}", file.display());
        if failure.has_hint() {
            failure
        } else {
            failure.hint(hint)
        }
    })
}

fn choose(applications: Vec<Value>, name: Option<&str>) -> Outcome<Value> {
    let names: Vec<String> = applications
        .iter()
        .map(|app| one_line(ApplicationView(app).name()))
        .collect();
    let mut fitting = applications
        .into_iter()
        .filter(|app| name.is_none_or(|name| ApplicationView(app).name() == name));
    match (fitting.next(), fitting.next()) {
        (Some(app), None) => Ok(app),
        (Some(_), Some(_)) => {
            let failure = Failure::new(exit_code::USAGE, "the file holds several Applications");
            Err(failure.hint(format!("choose one with --name: {}", names.join(", "))))
        }
        (None, _) if names.is_empty() => Err(Failure::new(
            exit_code::USAGE,
            "the file holds no Application",
        )),
        (None, _) => {
            let asked = name.unwrap_or_default();
            let message = format!("the file holds no Application {asked:?}");
            let near = near(asked, names.iter().map(String::as_str));
            let known = if near.is_empty() {
                names.join(", ")
            } else {
                near.join(" or ")
            };
            Err(Failure::new(exit_code::USAGE, message).hint(format!("did you mean {known}?")))
        }
    }
}
