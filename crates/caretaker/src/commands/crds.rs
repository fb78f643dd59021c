//! `caretaker crds`: the definitions of the kinds served, to be applied to a cluster.

use super::document::{Format, list, one};
use crate::exit_code;
use crate::failure::Outcome;
use crate::screen::Screen;

/// Print the definitions of the kinds Caretaker serves
///
/// Application, AppProject and ApplicationSet of argoproj.io/v1alpha1, ready for
/// `caretaker crds | kubectl apply --server-side -f -`. They keep every field of Argo CD's own, so
/// that they can take their place and give it back.
#[derive(Debug, clap::Args)]
#[command(after_long_help = exit_code::HELP)]
pub struct Args {
    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "yaml")]
    output: Format,
}

/// Prints them.
pub fn run(args: Args, screen: &Screen) -> Outcome {
    screen.print(&match args.output {
        Format::Yaml => argo::crds_yaml(),
        Format::Json => one(&list(&argo::crds()), Format::Json),
    });
    Ok(exit_code::OK)
}
