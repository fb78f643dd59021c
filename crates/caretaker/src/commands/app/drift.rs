//! `caretaker app drift`: every field that is not as Git wants it, and who wrote it.
//!
//! What can be seen from here is told at once; of objects that leave doubt the server is asked by a
//! dry run. Nothing is changed.

use std::path::PathBuf;
use std::sync::Arc;

use cluster::Connection;
use diff::{Change, Comparison, Ignore};
use model::{GroupVersionKind, ObjectKey, Timestamp};
use plan::Desired;
use serde_json::{Map, Value, json};

use super::desired::{Origin, Wanted, wanted};
use super::{live, now};
use crate::application::ApplicationView;
use crate::applications::{Applications, ClusterArgs};
use crate::commands::document::{self, Format};
use crate::exit_code;
use crate::failure::Outcome;
use crate::screen::{Cell, Paint, Screen, Table, age, one_line, shortened};

/// Values are cut here in tables.
const VALUE: usize = 60;

/// How drift is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
enum Output {
    /// A table for each object
    #[default]
    Table,
    /// Everything, values whole
    Json,
}

/// Show which fields drifted, from what to what, and who wrote them
///
/// Fetches and renders the Application's source in this process, and compares each object with the
/// live one. Values of Secrets are hidden. The exit code is 0 without drift, 1 with some, 2 or more
/// when something went wrong.
#[derive(Debug, clap::Args)]
#[command(after_long_help = exit_code::HELP)]
pub struct Args {
    /// The Application, as `name` or `namespace/name`
    name: String,
    /// Compare with a local checkout instead of the Application's repository
    #[arg(long, value_name = "DIR")]
    repo: Option<PathBuf>,
    /// How to print it
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    output: Output,
    #[command(flatten)]
    cluster: ClusterArgs,
}

/// One object that is not as wanted.
#[derive(Debug)]
struct Drifted {
    key: ObjectKey,
    drift: Drift,
}

#[derive(Debug)]
enum Drift {
    /// It is not there.
    Absent,
    /// These fields differ.
    Fields(Vec<Change>),
    /// What can be seen differs like this, and the server would not say more.
    Unsure(Vec<Change>, String),
}

/// Prints it.
pub async fn run(args: Args, screen: &Screen) -> Outcome {
    let applications = Applications::open(&args.cluster).await?;
    let resource = applications.get(&applications.target(&args.name)).await?;
    let connection = applications.connection();
    let view = ApplicationView(&resource);
    let control = match view.text("/status/controllerNamespace") {
        "" => applications.namespace(),
        namespace => namespace,
    };
    let origin = match args.repo {
        Some(folder) => Origin::Folder(folder),
        None => Origin::Git { revision: None },
    };
    let wanted = Arc::new(wanted(&resource, connection, control, origin, screen).await?);
    let drifted = drifted(connection, &wanted, screen).await?;
    match args.output {
        Output::Table => {
            let text: String = drifted
                .iter()
                .map(|object| table(object, now(), screen.paint()))
                .collect();
            screen.print(&text);
        }
        Output::Json => {
            let objects: Vec<Value> = drifted.iter().map(as_json).collect();
            let told = json!({
                "application": format!("{}/{}", view.namespace(), view.name()),
                "comparedWith": wanted.origin,
                "resources": objects,
            });
            screen.print_document(&document::one(&told, Format::Json));
        }
    }
    screen.remark("note", &format!("compared with {}", wanted.origin));
    Ok(match drifted.is_empty() {
        true => exit_code::OK,
        false => exit_code::DIFFERS,
    })
}

/// The drifted objects, in the order in which they are wanted.
async fn drifted(
    connection: &Connection,
    wanted: &Arc<Wanted>,
    screen: &Screen,
) -> Outcome<Vec<Drifted>> {
    let ignore = Arc::new(wanted.ignore(screen));
    let comparisons: Vec<_> = wanted
        .target
        .objects
        .iter()
        .map(|desired| {
            let (connection, wanted) = (connection.clone(), wanted.clone());
            let (desired, ignore) = (desired.clone(), ignore.clone());
            let key = desired.key.clone();
            let drift =
                tokio::spawn(async move { drift(&connection, &wanted, &desired, &ignore).await });
            (key, drift)
        })
        .collect();
    let mut drifted = Vec::new();
    for (key, drift) in comparisons {
        if let Some(drift) = drift.await?? {
            drifted.push(Drifted { key, drift });
        }
    }
    Ok(drifted)
}

/// What of an object drifted; none if nothing did.
async fn drift(
    connection: &Connection,
    wanted: &Wanted,
    desired: &Desired,
    ignore: &Ignore,
) -> Outcome<Option<Drift>> {
    let gvk = GroupVersionKind {
        group_kind: desired.key.group_kind.clone(),
        version: desired.version.clone(),
    };
    let Some(resource) = wanted.discovery.kinds.get(&gvk) else {
        return Ok(Some(Drift::Absent));
    };
    let (namespace, name) = (&*desired.key.namespace, &*desired.key.name);
    let Some(bytes) = connection.get(resource, namespace, name).await? else {
        return Ok(Some(Drift::Absent));
    };
    let found: Value = serde_json::from_slice(&bytes)?;
    let value: Value = serde_json::from_slice(&desired.body)?;
    let manager = &wanted.app.field_manager;
    let hidden = |changes: Vec<Change>| -> Vec<Change> {
        let hidden = changes
            .iter()
            .map(|change| diff::without_secrets(change, &desired.key));
        hidden.collect()
    };
    let seen = match diff::compare(&value, &found, manager, ignore, &desired.key)? {
        Comparison::Same => return Ok(None),
        Comparison::Different(changes) => return Ok(Some(Drift::Fields(hidden(changes)))),
        Comparison::Doubtful(changes) => changes,
    };
    let predicted = match live::dry_run(connection, resource, desired, &wanted.app).await {
        Ok(predicted) => predicted,
        Err(why) => return Ok(Some(Drift::Unsure(hidden(seen), why.to_string()))),
    };
    let changes = diff::compare_predicted(&predicted, &found, manager, ignore, &desired.key)?;
    Ok((!changes.is_empty()).then(|| Drift::Fields(hidden(changes))))
}

fn table(object: &Drifted, now: Timestamp, paint: &Paint) -> String {
    let name = one_line(&object.key.to_string());
    let (changes, why) = match &object.drift {
        Drift::Absent => return format!("{name}: not there\n"),
        Drift::Fields(changes) => (changes, String::new()),
        Drift::Unsure(changes, why) => {
            (changes, format!(" (the dry run failed: {})", one_line(why)))
        }
    };
    let mut table = Table::new(&["FIELD", "WANTED", "FOUND", "WRITTEN BY", "AGO"]);
    for change in changes {
        let written = change.written_at.as_deref();
        table.row(vec![
            Cell::behind("  ", &change.path),
            Cell::text(value(change.want.as_ref())),
            Cell::text(value(change.have.as_ref())),
            Cell::text(change.written_by.as_deref().unwrap_or_default()),
            Cell::text(written.map(|time| age(time, now)).unwrap_or_default()),
        ]);
    }
    format!("{name}{why}\n{}", table.text(paint))
}

fn value(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => shortened(text, VALUE),
        Some(other) => shortened(&other.to_string(), VALUE),
        None => "nothing".to_owned(),
    }
}

fn as_json(object: &Drifted) -> Value {
    let key = &object.key;
    let mut told = json!({
        "group": &*key.group_kind.group,
        "kind": &*key.group_kind.kind,
        "namespace": &*key.namespace,
        "name": &*key.name,
    });
    let (changes, why) = match &object.drift {
        Drift::Absent => {
            told["absent"] = json!(true);
            return told;
        }
        Drift::Fields(changes) => (changes, None),
        Drift::Unsure(changes, why) => (changes, Some(why)),
    };
    told["fields"] = changes.iter().map(change_as_json).collect();
    if let Some(why) = why {
        told["error"] = json!(why);
    }
    told
}

fn change_as_json(change: &Change) -> Value {
    let text = |text: &Option<String>| text.as_ref().map(|text| json!(text));
    let fields = [
        ("path", Some(json!(change.path))),
        ("wanted", change.want.clone()),
        ("found", change.have.clone()),
        ("writtenBy", text(&change.written_by)),
        ("writtenAt", text(&change.written_at)),
    ];
    let given = fields
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(given.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::ColorChoice;
    use model::{ClusterId, GroupKind};

    fn scaled() -> Drifted {
        let mut change = diff_of(json!(3), json!(5));
        change.written_by = Some("kubectl".into());
        change.written_at = Some("1970-01-01T00:00:00Z".into());
        Drifted {
            key: ObjectKey {
                cluster: ClusterId::in_cluster(),
                group_kind: GroupKind::new("apps", "Deployment"),
                namespace: "shop".into(),
                name: "web".into(),
            },
            drift: Drift::Fields(vec![change]),
        }
    }

    fn diff_of(want: Value, have: Value) -> Change {
        Change {
            path: "spec.replicas".into(),
            want: Some(want),
            have: Some(have),
            written_by: None,
            written_at: None,
            hidden: false,
        }
    }

    #[test]
    fn drift_names_field_values_and_writer() {
        let paint = Paint::new(ColorChoice::Never, false);
        assert_eq!(
            table(&scaled(), Timestamp(60_000), &paint),
            "Deployment.apps shop/web\n\
             FIELD            WANTED  FOUND  WRITTEN BY  AGO\n  \
             spec.replicas  3       5      kubectl     60s\n"
        );
        assert_eq!(
            as_json(&scaled()),
            json!({"group": "apps", "kind": "Deployment", "namespace": "shop", "name": "web",
                "fields": [{"path": "spec.replicas", "wanted": 3, "found": 5,
                    "writtenBy": "kubectl", "writtenAt": "1970-01-01T00:00:00Z"}]})
        );
    }

    #[test]
    fn what_is_not_there_and_what_the_server_refuses_is_told() {
        let paint = Paint::new(ColorChoice::Never, false);
        let absent = Drifted {
            drift: Drift::Absent,
            ..scaled()
        };
        assert_eq!(
            table(&absent, Timestamp(0), &paint),
            "Deployment.apps shop/web: not there\n"
        );
        assert_eq!(as_json(&absent)["absent"], true);
        let unsure = Drifted {
            drift: Drift::Unsure(vec![diff_of(json!(1), json!(2))], "denied\u{1b}".into()),
            ..scaled()
        };
        assert!(
            table(&unsure, Timestamp(0), &paint)
                .starts_with("Deployment.apps shop/web (the dry run failed: denied\\u{1b})\n")
        );
        assert_eq!(as_json(&unsure)["error"], "denied\u{1b}");
    }
}
