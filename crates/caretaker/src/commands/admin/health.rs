//! `caretaker admin health`: how healthy objects are, and why.

use super::input::{self, SettingsArgs};
use crate::commands::document::line;
use crate::exit_code;
use crate::failure::Outcome;
use crate::screen::Screen;
use crate::user_scripts;
use health::Health;
use lua::Scripts;
use model::Timestamp;
use serde::Serialize;
use serde_json::Value;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  caretaker admin health deployment.yaml
  kubectl get widgets -o yaml | caretaker admin health - --settings argocd-cm.yaml";

/// Tell how healthy objects are
///
/// Prints a line of JSON for each object in the files, in their order: its status (Healthy,
/// Progressing, Degraded, Suspended, Missing or Unknown) and why. The status of an object whose
/// kind has no health is null. A file that cannot be read is an error, and the others are still
/// judged.
///
/// A user's own check is asked first, then the rule for the kind that Caretaker ships, also of
/// objects that are being deleted: what is tried out here is the check. A running Caretaker holds
/// whatever is being deleted to be Progressing.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit_code::HELP))]
pub struct Args {
    /// YAML or JSON with objects; `-` is the standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    settings: SettingsArgs,
}

/// What is told of an object.
#[derive(Serialize)]
struct Told<'a> {
    status: Option<&'a str>,
    message: &'a str,
}

fn judged(scripts: &Scripts, object: &Value, now: Timestamp) -> Option<Health> {
    match scripts.health(object, now) {
        Some(Ok(said)) => said,
        Some(Err(error)) => Some(error.as_health()),
        None => health::custom_resource(object).or_else(|| health::assess(object)),
    }
}

/// Tells it.
pub fn run(args: &Args, screen: &Screen) -> Outcome {
    let scripts = args.settings.scripts(screen)?;
    let now = user_scripts::now();
    let mut code = exit_code::OK;
    for file in &args.files {
        let objects = input::objects(file);
        for object in objects.found {
            let health = judged(&scripts, &object, now);
            screen.print(&line(&Told {
                status: health.as_ref().map(|health| health.status.as_str()),
                message: health.as_ref().map_or("", |health| &health.message),
            }));
        }
        if let Some(failure) = objects.broken {
            eprint!("{}", failure.text(screen));
            code = failure.code();
        }
    }
    Ok(code)
}
