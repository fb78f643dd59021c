//! `caretaker app list`

use serde_json::Value;

use super::now;
use crate::application::{ApplicationView, Listing, list_table};
use crate::applications::{Applications, ClusterArgs};
use crate::commands::document::{self, Format};
use crate::exit_code;
use crate::failure::Outcome;
use crate::screen::{Screen, one_line};

/// How a list looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
enum Output {
    /// A table
    #[default]
    Table,
    /// A table with more columns and whole messages
    Wide,
    /// Names, as `kubectl -o name` prints them
    Name,
    /// The resources as a JSON List
    Json,
    /// The resources as a YAML List
    Yaml,
}

/// List Applications
#[derive(Debug, clap::Args)]
#[command(after_long_help = exit_code::HELP)]
pub struct Args {
    /// Only those with these labels, as in `team=web,env!=dev`
    #[arg(short = 'l', long, value_name = "SELECTOR")]
    selector: Option<String>,
    /// Only those of this project; may be given several times
    #[arg(short, long, value_name = "PROJECT")]
    project: Vec<String>,
    /// Those of all namespaces
    #[arg(short = 'A', long)]
    all_namespaces: bool,
    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    output: Output,
    #[command(flatten)]
    cluster: ClusterArgs,
}

/// Prints them.
pub async fn run(args: Args, screen: &Screen) -> Outcome {
    let applications = Applications::open(&args.cluster).await?;
    let namespace = (!args.all_namespaces).then(|| applications.namespace());
    let mut apps = applications
        .list(namespace, args.selector.as_deref())
        .await?;
    if !args.project.is_empty() {
        apps.retain(|app| {
            args.project
                .iter()
                .any(|name| name == ApplicationView(app).project())
        });
    }
    if apps.is_empty() && matches!(args.output, Output::Table | Output::Wide) {
        let place = namespace.map_or("any namespace".to_owned(), |name| {
            format!("namespace {name}")
        });
        screen.remark("note", &format!("no Applications in {place}"));
        return Ok(exit_code::OK);
    }
    let text = text(apps, &args, screen);
    match args.output {
        Output::Json | Output::Yaml => screen.print_document(&text),
        Output::Table | Output::Wide | Output::Name => screen.print(&text),
    }
    Ok(exit_code::OK)
}

fn text(apps: Vec<Value>, args: &Args, screen: &Screen) -> String {
    let listing = Listing {
        wide: args.output == Output::Wide,
        namespaces: args.all_namespaces,
    };
    let resources = || -> Vec<Value> {
        apps.iter()
            .cloned()
            .map(document::without_managed_fields)
            .collect()
    };
    match args.output {
        Output::Table | Output::Wide => list_table(&apps, listing, now(), screen.paint()),
        Output::Name => apps.iter().map(|app| name(ApplicationView(app))).collect(),
        Output::Json => document::one(&document::list(&resources()), Format::Json),
        Output::Yaml => document::one(&document::list(&resources()), Format::Yaml),
    }
}

fn name(app: ApplicationView<'_>) -> String {
    format!("application.argoproj.io/{}\n", one_line(app.name()))
}
