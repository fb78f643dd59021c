//! `caretaker helm show`: what `helm show` prints.

use helm::{Part, show, show_values_at};

use super::chart_source::{ChartFlags, chart};
use super::failed;
use crate::exit_code;
use crate::failure::Outcome;
use crate::screen::Screen;

/// What of a chart to show.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// All of it
    All(Args),
    /// Its Chart.yaml
    Chart(Args),
    /// Its values.yaml, as it is written
    Values(ValuesArgs),
    /// Its README
    Readme(Args),
    /// The definitions of its crds/
    Crds(Args),
}

/// Which chart.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder or archive of a chart, oci:// address, or name with --repo
    chart: String,
    #[command(flatten)]
    source: ChartFlags,
}

/// Which chart, and which of its values.
#[derive(Debug, clap::Args)]
pub struct ValuesArgs {
    #[command(flatten)]
    of: Args,
    /// Print only what a JSONPath expression finds
    #[arg(long, value_name = "EXPRESSION")]
    jsonpath: Option<String>,
}

impl Command {
    /// Prints it.
    pub fn run(self, screen: &Screen) -> Outcome {
        let (args, part) = match self {
            Self::All(args) => (args, Part::All),
            Self::Chart(args) => (args, Part::Chart),
            Self::Readme(args) => (args, Part::Readme),
            Self::Crds(args) => (args, Part::Crds),
            Self::Values(args) => match args.jsonpath {
                Some(path) => return values_at(&args.of, &path, screen),
                None => (args.of, Part::Values),
            },
        };
        let chart = chart(&args.chart, &args.source)?;
        screen.print(&String::from_utf8_lossy(&show(&chart, part)));
        Ok(exit_code::OK)
    }
}

fn values_at(args: &Args, path: &str, screen: &Screen) -> Outcome {
    let chart = chart(&args.chart, &args.source)?;
    screen.print(&show_values_at(&chart, path).map_err(failed)?);
    Ok(exit_code::OK)
}
