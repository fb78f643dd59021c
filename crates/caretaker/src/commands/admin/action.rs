//! `caretaker admin actions` and `caretaker admin action`: what can be done to objects, and what
//! comes of it. Nothing is written to a cluster.

use super::input::{self, SettingsArgs};
use crate::commands::document::line;
use crate::exit_code;
use crate::failure::{Failure, Outcome};
use crate::screen::Screen;
use crate::user_scripts;
use anyhow::Context as _;
use lua::Scripts;
use serde_json::Value;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  caretaker admin action restart deployment.yaml
  caretaker admin action scale deployment.yaml --param replicas=3
  caretaker admin action polish widget.yaml --settings argocd-cm.yaml";

/// List the actions that objects offer
///
/// Prints a line of JSON for each action: its name, its parameters, whether it is disabled in the
/// state the object is in, and how it is shown.
#[derive(Debug, clap::Args)]
#[command(after_long_help = exit_code::HELP)]
pub struct ListArgs {
    /// YAML or JSON with objects; `-` is the standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    settings: SettingsArgs,
}

/// Carry an action out and print what comes of it
///
/// Prints a line of JSON for each resource the action wants written: whether it is to be patched or
/// created, and what it shall be. Nothing is written to a cluster. Whether the action is offered is
/// not asked: `caretaker admin actions FILE` tells.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit_code::HELP))]
pub struct Args {
    /// The name of the action
    name: String,
    /// YAML or JSON with objects; `-` is the standard input
    #[arg(value_name = "FILE", required_unless_present = "list")]
    file: Option<PathBuf>,
    /// A parameter of the action; may be given several times
    #[arg(short, long = "param", value_name = "NAME=VALUE", value_parser = parameter)]
    parameters: Vec<(String, String)>,
    /// List the actions that FILE offers instead
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    settings: SettingsArgs,
}

fn parameter(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// Lists them.
pub fn list(args: &ListArgs, screen: &Screen) -> Outcome {
    let scripts = args.settings.scripts(screen)?;
    each(&args.file, screen, |object| offered(&scripts, object))
}

/// Carries it out.
pub fn run(args: &Args, screen: &Screen) -> Outcome {
    let scripts = args.settings.scripts(screen)?;
    match &args.file {
        Some(file) if !args.list => each(file, screen, |object| outcomes(args, &scripts, object)),
        file => {
            // With --list the file may stand where the name would.
            let file = file.as_deref().unwrap_or(Path::new(&args.name));
            each(file, screen, |object| offered(&scripts, object))
        }
    }
}

type Lines = anyhow::Result<String>;

fn offered(scripts: &Scripts, object: &Value) -> Lines {
    let actions = scripts.actions(object, user_scripts::now())?;
    Ok(actions.iter().map(line).collect())
}

fn outcomes(args: &Args, scripts: &Scripts, object: &Value) -> Lines {
    let given = args.parameters.iter();
    let parameters: Vec<(&str, &str)> = given
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let now = user_scripts::now();
    let outcomes = scripts.run_action(object, &args.name, &parameters, now)?;
    Ok(outcomes.iter().map(line).collect())
}

/// Prints the lines of each object in a file; one that fails does not stop the others.
fn each(file: &Path, screen: &Screen, lines: impl Fn(&Value) -> Lines) -> Outcome {
    let objects = input::objects(file);
    let mut failures: Vec<Failure> = Vec::new();
    for object in &objects.found {
        let told = lines(object)
            .with_context(|| format!("{} in {}", input::name_of(object), file.display()));
        match told {
            Ok(text) => screen.print(&text),
            Err(error) => failures.push(Failure::from(error).with_code(exit_code::DIFFERS)),
        }
    }
    failures.extend(objects.broken);
    for failure in &failures {
        eprint!("{}", failure.text(screen));
    }
    Ok(failures.last().map_or(exit_code::OK, Failure::code))
}
