//! `caretaker app resources`

use serde_json::json;

use super::now;
use super::tree::{Seen, see};
use crate::application::{Shape, Shown, resource_table};
use crate::applications::ClusterArgs;
use crate::commands::document::{self, Format};
use crate::exit_code;
use crate::failure::Outcome;
use crate::screen::Screen;

/// How the objects are printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
enum Output {
    /// A row for each object the Application manages
    #[default]
    Table,
    /// With all that is owned by those
    Tree,
    /// The same with age, health and reason
    #[value(name = "tree=detailed")]
    Detailed,
    /// The nodes as JSON
    Json,
}

/// List the objects of an Application
///
/// Those that belong to no Application are listed where the project watches them
/// (`spec.orphanedResources`).
#[derive(Debug, clap::Args)]
#[command(after_long_help = exit_code::HELP)]
pub struct Args {
    /// The Application, as `name` or `namespace/name`
    name: String,
    /// Only those that belong to no Application
    #[arg(long)]
    orphaned: bool,
    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    output: Output,
    #[command(flatten)]
    cluster: ClusterArgs,
}

/// Prints them.
pub async fn run(args: Args, screen: &Screen) -> Outcome {
    let Seen {
        tree,
        watches_orphans,
        ..
    } = see(&args.name, &args.cluster, screen).await?;
    if args.orphaned && !watches_orphans {
        let words = "the project does not watch orphaned objects (spec.orphanedResources)";
        screen.remark("note", words);
    }
    let shown = if args.orphaned {
        Shown::Orphaned
    } else {
        Shown::All
    };
    let shape = match args.output {
        Output::Table => Shape::Flat,
        Output::Tree => Shape::Tree,
        Output::Detailed => Shape::Detailed,
        Output::Json => {
            let nodes = match shown {
                Shown::All => json!(tree),
                Shown::Orphaned => json!({"orphanedNodes": tree.orphaned_nodes}),
            };
            screen.print_document(&document::one(&nodes, Format::Json));
            return Ok(exit_code::OK);
        }
    };
    screen.print(&resource_table(&tree, shown, shape, now(), screen.paint()));
    Ok(exit_code::OK)
}
