//! `caretaker app`: Applications, seen and synced through their custom resources alone. Whoever
//! may read and patch those needs no server of ours to talk to.

mod desired;
mod diff;
mod drift;
mod get;
mod installation;
mod list;
mod live;
mod progress;
mod resources;
mod selector;
mod sync;
mod tree;
mod wait;

use std::time::Duration;

use crate::failure::Outcome;
use crate::screen::Screen;

/// What to do with Applications. What each is about, its arguments say.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    List(list::Args),
    Get(get::Args),
    Diff(diff::Args),
    Drift(drift::Args),
    Resources(resources::Args),
    Tree(tree::Args),
    Sync(sync::Args),
    Wait(wait::Args),
}

impl Command {
    /// Runs it; the answer is the exit code.
    pub async fn run(self, screen: &Screen) -> Outcome {
        match self {
            Self::List(args) => list::run(args, screen).await,
            Self::Get(args) => get::run(args, screen).await,
            Self::Diff(args) => diff::run(args, screen).await,
            Self::Drift(args) => drift::run(args, screen).await,
            Self::Resources(args) => resources::run(args, screen).await,
            Self::Tree(args) => tree::run(args, screen).await,
            Self::Sync(args) => sync::run(args, screen).await,
            Self::Wait(args) => wait::run(args, screen).await,
        }
    }
}

/// A time limit in seconds; 0 is none.
fn limit(seconds: u64) -> Duration {
    match seconds {
        0 => Duration::MAX,
        seconds => Duration::from_secs(seconds),
    }
}

/// What time it is.
fn now() -> model::Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let millis = since.unwrap_or_default().as_millis();
    model::Timestamp(u64::try_from(millis).unwrap_or(u64::MAX))
}
