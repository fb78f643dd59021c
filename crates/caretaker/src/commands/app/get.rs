//! `caretaker app get`

use std::time::Duration;

use serde_json::{Value, json};

use super::{limit, now};
use crate::application::{ApplicationView, summary};
use crate::applications::{Applications, ClusterArgs, REFRESH, Seen, Target};
use crate::commands::document::{self, Format};
use crate::exit_code;
use crate::failure::{Failure, Outcome};
use crate::screen::Screen;

/// Show one Application in full
///
/// Source, destination, sync, health, the last operation, conditions, and its objects.
#[derive(Debug, clap::Args)]
#[command(after_long_help = exit_code::HELP)]
pub struct Args {
    /// The Application, as `name` or `namespace/name`
    name: String,
    /// Have it compared with Git anew first
    #[arg(long)]
    refresh: bool,
    /// The same without any cache
    #[arg(long, conflicts_with = "refresh")]
    hard_refresh: bool,
    /// How long a refresh may take, in seconds; 0 is without limit
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    timeout: u64,
    /// Print the resource itself instead
    #[arg(short, long, value_name = "FORMAT")]
    output: Option<Format>,
    #[command(flatten)]
    cluster: ClusterArgs,
}

/// Prints it.
pub async fn run(args: Args, screen: &Screen) -> Outcome {
    let applications = Applications::open(&args.cluster).await?;
    let target = applications.target(&args.name);
    let app = match (args.hard_refresh, args.refresh) {
        (true, _) => refreshed(&applications, &target, "hard", limit(args.timeout)).await?,
        (_, true) => refreshed(&applications, &target, "normal", limit(args.timeout)).await?,
        (false, false) => applications.get(&target).await?,
    };
    match args.output {
        Some(format) => {
            let app = document::without_managed_fields(app);
            screen.print_document(&document::one(&app, format));
        }
        None => screen.print(&summary(&app, now(), screen.paint())),
    }
    Ok(exit_code::OK)
}

/// Asks for a fresh look, and waits until the controller took the request off again.
async fn refreshed(
    applications: &Applications,
    target: &Target,
    how: &str,
    limit: Duration,
) -> Outcome<Value> {
    // Read first, for the hint when there is none of that name.
    applications.get(target).await?;
    let patch = json!({"metadata": {"annotations": {REFRESH: how}}});
    applications.patch(target, &patch).await?;
    let answered = tokio::time::timeout(limit, until_refreshed(applications, target)).await;
    answered.unwrap_or_else(|_| {
        let message = format!("no fresh look was taken within {} s", limit.as_secs());
        let failure = Failure::new(exit_code::TIMEOUT, message);
        Err(failure.hint("is `caretaker run` up, and does it serve this namespace?"))
    })
}

async fn until_refreshed(applications: &Applications, target: &Target) -> Outcome<Value> {
    let mut followed = applications.follow(target);
    loop {
        match followed.next().await {
            Seen::Here(app) if is_refreshed(&app) => return Ok(*app),
            Seen::Here(_) | Seen::Hidden(_) => {}
            Seen::Gone => {
                return Err(Failure::new(
                    exit_code::UNAVAILABLE,
                    "the Application was deleted",
                ));
            }
            Seen::Forbidden(why) => {
                let failure = Failure::new(exit_code::UNAVAILABLE, why);
                return Err(failure.hint("the right to watch applications.argoproj.io is needed"));
            }
        }
    }
}

fn is_refreshed(app: &Value) -> bool {
    let annotations = ApplicationView(app).0.pointer("/metadata/annotations");
    annotations
        .and_then(|annotations| annotations.get(REFRESH))
        .is_none()
}
