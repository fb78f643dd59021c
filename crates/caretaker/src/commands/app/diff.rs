//! `caretaker app diff`: what a sync would change, found out in this process.

use std::path::PathBuf;
use std::sync::Arc;

use cluster::Connection;
use model::ObjectKey;

use super::desired::{Origin, Wanted, wanted};
use super::live::{self, Change};
use crate::application::{ApplicationView, resource_lines};
use crate::applications::{Applications, ClusterArgs};
use crate::exit_code;
use crate::failure::Outcome;
use crate::screen::{Paint, Screen, printable};

/// Show what differs between Git and the cluster
///
/// Fetches and renders the Application's source in this process, with the credentials of the
/// installation as far as you may read them, and compares each object with the live one. Lines with
/// `-` are live, lines with `+` are what a sync would make of them. Values of Secrets are hidden.
/// The exit code is 0 without a difference, 1 with one, 2 or more when something went wrong.
#[derive(Debug, clap::Args)]
#[command(after_long_help = exit_code::HELP)]
pub struct Args {
    /// The Application, as `name` or `namespace/name`
    name: String,
    /// Compare with a local checkout instead of the Application's repository
    #[arg(long, value_name = "DIR")]
    repo: Option<PathBuf>,
    /// Compare with this branch, tag or commit instead of what the Application follows; with --repo
    /// it is looked for there, and without it the files are read as they are on disk
    #[arg(long, value_name = "REVISION")]
    revision: Option<String>,
    #[command(flatten)]
    cluster: ClusterArgs,
}

impl Args {
    fn origin(&self) -> Origin {
        match (self.repo.clone(), self.revision.clone()) {
            (None, revision) => Origin::Git { revision },
            (Some(folder), None) => Origin::Folder(folder),
            (Some(repository), Some(revision)) => Origin::Local {
                repository,
                revision,
            },
        }
    }
}

/// Prints the differences.
pub async fn run(args: Args, screen: &Screen) -> Outcome {
    let applications = Applications::open(&args.cluster).await?;
    let target = applications.target(&args.name);
    let resource = applications.get(&target).await?;
    let connection = applications.connection();
    let view = ApplicationView(&resource);
    let control = match view.text("/status/controllerNamespace") {
        "" => applications.namespace(),
        namespace => namespace,
    };
    let wanted = wanted(&resource, connection, control, args.origin(), screen).await?;
    let wanted = Arc::new(wanted);
    let mut changes = changes(connection, &wanted, screen).await?;
    for line in resource_lines(view) {
        changes.extend(live::pruned(connection, &wanted, &line).await?);
    }
    let text: String = changes
        .iter()
        .map(|(key, change)| show(key, change, screen.paint()))
        .collect();
    screen.print(&text);
    screen.remark("note", &format!("compared with {}", wanted.origin));
    Ok(if text.is_empty() {
        exit_code::OK
    } else {
        exit_code::DIFFERS
    })
}

/// The changes of all desired objects, in their order.
async fn changes(
    connection: &Connection,
    wanted: &Arc<Wanted>,
    screen: &Screen,
) -> Outcome<Vec<(ObjectKey, Change)>> {
    let ignore = Arc::new(wanted.ignore(screen));
    let comparisons: Vec<_> = wanted
        .target
        .objects
        .iter()
        .map(|desired| {
            let (connection, wanted) = (connection.clone(), wanted.clone());
            let (desired, ignore) = (desired.clone(), ignore.clone());
            let key = desired.key.clone();
            let change =
                tokio::spawn(
                    async move { live::change(&connection, &wanted, &desired, &ignore).await },
                );
            (key, change)
        })
        .collect();
    let mut changes = Vec::new();
    for (key, change) in comparisons {
        changes.push((key, change.await??));
    }
    Ok(changes)
}

fn show(key: &ObjectKey, change: &Change, paint: &Paint) -> String {
    let label = label(key);
    let text = match change {
        Change::Same => return String::new(),
        Change::Differs { live, after } => diff::unified(after, live, &label),
        Change::Roughly { why, lines } => {
            let lines: String = lines.iter().map(|line| format!("  {line}\n")).collect();
            format!("{label} would change; the server's dry run failed: {why}\n{lines}")
        }
    };
    printable(&text)
        .lines()
        .map(|line| paint.diff_line(line) + "\n")
        .collect()
}

fn label(key: &ObjectKey) -> String {
    let namespace = if key.namespace.is_empty() { "" } else { "/" };
    format!(
        "{}/{}{namespace}{}",
        key.group_kind, key.namespace, key.name
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::ColorChoice;
    use model::{ClusterId, GroupKind};

    #[test]
    fn a_difference_names_its_object_and_harms_no_terminal() {
        let key = ObjectKey {
            cluster: ClusterId::in_cluster(),
            group_kind: GroupKind::new("apps", "Deployment"),
            namespace: "shop".into(),
            name: "web".into(),
        };
        let change = Change::Differs {
            live: "a: 1\n".into(),
            after: "a: \u{1b}[2J\n".into(),
        };
        let text = show(&key, &change, &Paint::new(ColorChoice::Never, false));
        assert_eq!(
            text,
            "--- live/Deployment.apps/shop/web\n+++ desired/Deployment.apps/shop/web\n\
             @@ -1 +1 @@\n-a: 1\n+a: \\u{1b}[2J\n"
        );
    }
}
