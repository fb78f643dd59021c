//! `caretaker app wait`: follows Applications until they are as wanted. Watches, never polls.

use std::time::Duration;

use serde_json::Value;

use super::limit;
use super::sync::{gone, unseen};
use crate::application::{ApplicationView, OperationView, is_busy};
use crate::applications::{Applications, ClusterArgs, Followed, Seen, Target};
use crate::exit_code;
use crate::failure::{Failure, Outcome};
use crate::screen::{Paint, Screen, one_line};

/// Wait until Applications are as wanted
///
/// Without any of --sync, --health and --operation, all three are waited for.
#[derive(Debug, clap::Args)]
#[command(after_long_help = exit_code::HELP)]
pub struct Args {
    /// The Applications, as `name` or `namespace/name`
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// Until they are Synced
    #[arg(long)]
    sync: bool,
    /// Until they are Healthy
    #[arg(long)]
    health: bool,
    /// Until no operation is asked for or under way
    #[arg(long)]
    operation: bool,
    /// How long to wait, in seconds; 0 is without limit
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    timeout: u64,
    #[command(flatten)]
    cluster: ClusterArgs,
}

/// What is waited for.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    sync: bool,
    health: bool,
    operation: bool,
}

impl Wanted {
    fn of(args: &Args) -> Self {
        let all = !(args.sync || args.health || args.operation);
        Self {
            sync: args.sync || all,
            health: args.health || all,
            operation: args.operation || all,
        }
    }

    /// What is missing, in words; nothing when all is as wanted.
    fn missing(self, app: ApplicationView<'_>) -> Option<String> {
        let mut missing = Vec::new();
        if self.sync && app.sync() != "Synced" {
            missing.push(format!("it is {}", app.sync()));
        }
        if self.health && app.health() != "Healthy" {
            missing.push(format!("it is {}", app.health()));
        }
        missing.extend(is_busy(app).filter(|_| self.operation));
        (!missing.is_empty()).then(|| missing.join(", "))
    }
}

/// Waits for all of them.
pub async fn run(args: Args, screen: &Screen) -> Outcome {
    let applications = Applications::open(&args.cluster).await?;
    let (wanted, limit) = (Wanted::of(&args), limit(args.timeout));
    let targets: Vec<Target> = args
        .names
        .iter()
        .map(|name| applications.target(name))
        .collect();
    for target in &targets {
        // Read first, for the hint when there is none of that name.
        applications.get(target).await?;
    }
    let mut waiting = tokio::task::JoinSet::new();
    for target in targets {
        let followed = applications.follow(&target);
        waiting.spawn(wait_within(followed, target, wanted, limit, *screen));
    }
    while let Some(end) = waiting.join_next().await {
        end??;
    }
    Ok(exit_code::OK)
}

async fn wait_within(
    mut followed: Followed,
    target: Target,
    wanted: Wanted,
    limit: Duration,
    screen: Screen,
) -> Outcome<()> {
    let mut missing = "nothing was seen of it yet".to_owned();
    let waited = wait(&mut followed, &target, wanted, &mut missing, &screen);
    let waited = tokio::time::timeout(limit, waited).await;
    waited.unwrap_or_else(|_| {
        let message = format!(
            "{} is not as wanted after {} s: {}",
            target.name,
            limit.as_secs(),
            one_line(&missing)
        );
        let hint = format!("see why with: caretaker app get {}", target.name);
        Err(Failure::new(exit_code::TIMEOUT, message).hint(hint))
    })
}

async fn wait(
    followed: &mut Followed,
    target: &Target,
    wanted: Wanted,
    missing: &mut String,
    screen: &Screen,
) -> Outcome<()> {
    let mut told = String::new();
    loop {
        match followed.next().await {
            Seen::Here(app) => {
                let line = state_line(&app, screen.paint());
                if line != told {
                    screen.print(&line);
                    told = line;
                }
                match wanted.missing(ApplicationView(&app)) {
                    Some(what) => *missing = what,
                    None => return Ok(()),
                }
            }
            Seen::Gone => return Err(gone(target)),
            Seen::Hidden(why) => screen.remark("note", &format!("{}: {why}", target.name)),
            Seen::Forbidden(why) => return Err(unseen(target, &why)),
        }
    }
}

/// `name: Synced, Healthy, Succeeded`
fn state_line(app: &Value, paint: &Paint) -> String {
    let app = ApplicationView(app);
    let phase = OperationView::of(app).map_or("", OperationView::phase);
    let words = [app.sync(), app.health(), phase]
        .into_iter()
        .filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(|word| paint.word(&one_line(word))).collect();
    format!("{}: {}\n", one_line(app.name()), words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn app(sync: &str, health: &str, phase: &str) -> Value {
        json!({"status": {
            "sync": {"status": sync}, "health": {"status": health},
            "operationState": {"phase": phase, "operation": {"initiatedBy": {"username": "ann"}}},
        }})
    }

    fn missing(sync: bool, health: bool, operation: bool, app: &Value) -> Option<String> {
        Wanted {
            sync,
            health,
            operation,
        }
        .missing(ApplicationView(app))
    }

    #[test]
    fn only_what_is_waited_for_counts() {
        let running = app("OutOfSync", "Healthy", "Running");
        assert_eq!(missing(false, true, false, &running), None);
        assert_eq!(
            missing(true, true, true, &running).as_deref(),
            Some("it is OutOfSync, an operation is Running, asked for by ann")
        );
        assert_eq!(
            missing(true, true, true, &app("Synced", "Healthy", "Failed")),
            None
        );
        let asked = json!({"operation": {"sync": {}}, "status": {"sync": {"status": "Synced"}}});
        assert_eq!(
            missing(true, false, true, &asked).as_deref(),
            Some("an operation was asked for and has not begun")
        );
        assert_eq!(
            missing(true, true, false, &json!({})).as_deref(),
            Some("it is Unknown, it is Unknown")
        );
    }
}
