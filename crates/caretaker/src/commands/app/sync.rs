//! `caretaker app sync`: asks for an operation on the resource, and tells how it goes.

use std::time::Duration;

use bytes::Bytes;
use cluster::{ApiResource, Connection, CreateOptions, RequestError};
use model::GroupVersionKind;
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use super::limit;
use super::progress::Progress;
use super::selector::ObjectSelector;
use crate::application::{ApplicationView, is_busy, resource_lines};
use crate::applications::{Applications, ClusterArgs, Followed, Seen, Target};
use crate::exit_code;
use crate::failure::{Failure, Outcome};
use crate::screen::Screen;

/// The controller takes an operation up within a moment; after this long something is amiss.
const TAKEN_WITHIN: Duration = Duration::from_secs(15);
/// Others may write the resource while we ask for the operation.
const TRIES: usize = 5;

/// Sync Applications with Git now
///
/// Asks for an operation on each Application and follows it until it ends. The exit code is 1 if
/// any of them fails, 5 if one is already being synced.
#[derive(Debug, clap::Args)]
#[command(after_long_help = exit_code::HELP)]
pub struct Args {
    /// The Applications, as `name` or `namespace/name`
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// Sync to this branch, tag or commit instead of what they follow
    #[arg(long, value_name = "REVISION")]
    revision: Option<String>,
    /// Delete objects that are no longer in Git
    #[arg(long)]
    prune: bool,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
    /// Only this object, as GROUP:KIND:NAME or GROUP:KIND:NAMESPACE/NAME; may be given several
    /// times
    #[arg(long = "resource", value_name = "OBJECT")]
    resources: Vec<ObjectSelector>,
    /// Do not wait for the end
    #[arg(long = "async")]
    detached: bool,
    /// How long to wait for the end, in seconds; 0 is without limit
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    timeout: u64,
    #[command(flatten)]
    cluster: ClusterArgs,
}

/// Asks for all, then follows all.
pub async fn run(args: Args, screen: &Screen) -> Outcome {
    let applications = Applications::open(&args.cluster).await?;
    let targets: Vec<Target> = args
        .names
        .iter()
        .map(|name| applications.target(name))
        .collect();
    let username = username(applications.connection()).await;
    // All are looked at before anything is asked of one.
    let mut apps = Vec::new();
    for target in &targets {
        let app = applications.get(target).await?;
        refuse_if_busy(ApplicationView(&app), target)?;
        remark_unknown(ApplicationView(&app), &args, screen);
        apps.push(app);
    }
    for (target, app) in targets.iter().zip(apps) {
        request(&applications, target, app, &args, &username).await?;
    }
    if args.detached {
        let lines = targets
            .iter()
            .map(|target| format!("{}: sync asked for\n", target.name));
        screen.print(&lines.collect::<String>());
        return Ok(exit_code::OK);
    }
    follow_all(&applications, &targets, limit(args.timeout), screen).await
}

async fn request(
    applications: &Applications,
    target: &Target,
    mut app: Value,
    args: &Args,
    username: &str,
) -> Outcome<()> {
    for _ in 0..TRIES {
        match applications
            .patch(target, &patch(&app, args, username))
            .await
        {
            // Somebody wrote it meanwhile, perhaps an operation: look again.
            Err(RequestError::Conflict { .. }) => {
                app = applications.get(target).await?;
                refuse_if_busy(ApplicationView(&app), target)?;
            }
            Err(error) => return Err(error.into()),
            Ok(_) => return Ok(()),
        }
    }
    let message = format!("{}: others keep changing the Application", target.name);
    Err(Failure::new(exit_code::BUSY, message).hint("try again"))
}

fn refuse_if_busy(app: ApplicationView<'_>, target: &Target) -> Outcome<()> {
    let Some(why) = is_busy(app) else {
        return Ok(());
    };
    let message = format!("{} is already being synced: {why}", target.name);
    let hint = format!(
        "wait for its end with: caretaker app wait {} --operation",
        target.name
    );
    Err(Failure::new(exit_code::BUSY, message).hint(hint))
}

/// An object that is not in status may be new in Git, so this is no error.
fn remark_unknown(app: ApplicationView<'_>, args: &Args, screen: &Screen) {
    let known = resource_lines(app);
    for selector in &args.resources {
        if !known.iter().any(|line| selector.names(line)) {
            let words = format!(
                "{} has no object {selector} as far as its status says",
                app.name()
            );
            screen.remark("warning", &words);
        }
    }
}

/// The operation, and the version of the resource it was made for.
fn patch(app: &Value, args: &Args, username: &str) -> Value {
    let view = ApplicationView(app);
    let mut sync = Map::new();
    if let Some(revision) = &args.revision {
        sync.insert("revision".into(), revision.as_str().into());
    }
    for (name, on) in [("prune", args.prune), ("dryRun", args.dry_run)] {
        if on {
            sync.insert(name.into(), true.into());
        }
    }
    if !args.resources.is_empty() {
        let resources = args.resources.iter().map(ObjectSelector::value);
        sync.insert("resources".into(), resources.collect());
    }
    let mut operation = json!({ "initiatedBy": { "username": username }, "sync": sync });
    if let Some(retry) = app.pointer("/spec/syncPolicy/retry") {
        operation["retry"] = retry.clone();
    }
    json!({
        "metadata": { "resourceVersion": view.text("/metadata/resourceVersion") },
        "operation": operation,
    })
}

/// Who the API server says we are; empty where it does not say.
async fn username(connection: &Connection) -> String {
    let gvk = GroupVersionKind::from_api_version("authentication.k8s.io/v1", "SelfSubjectReview");
    let kind = ApiResource::new(gvk, "selfsubjectreviews", false);
    let review = json!({"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"});
    let body = Bytes::from(review.to_string());
    let answer = connection
        .create(&kind, "", body, &CreateOptions::default())
        .await;
    let review: Option<Value> = answer
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let name = review
        .as_ref()
        .and_then(|review| review.pointer("/status/userInfo/username"));
    name.and_then(Value::as_str).unwrap_or_default().to_owned()
}

async fn follow_all(
    applications: &Applications,
    targets: &[Target],
    limit: Duration,
    screen: &Screen,
) -> Outcome {
    let mut following = tokio::task::JoinSet::new();
    for target in targets {
        let name = (targets.len() > 1).then_some(target.name.as_str());
        let followed = applications.follow(target);
        let (target, progress, screen) = (target.clone(), Progress::new(name), *screen);
        following.spawn(async move {
            let end = follow(followed, progress, &target, &screen);
            let end = tokio::time::timeout(limit, end).await;
            end.unwrap_or_else(|_| Err(too_late(&target, limit)))
        });
    }
    let mut well = true;
    while let Some(end) = following.join_next().await {
        well &= end??;
    }
    Ok(if well {
        exit_code::OK
    } else {
        exit_code::DIFFERS
    })
}

/// Prints what is new until the operation ends; the answer is whether it ended well.
async fn follow(
    mut followed: Followed,
    mut progress: Progress,
    target: &Target,
    screen: &Screen,
) -> Outcome<bool> {
    let (mut begun, mut told) = (false, false);
    let patience = Instant::now() + TAKEN_WITHIN;
    loop {
        let seen = tokio::select! {
            seen = followed.next() => seen,
            () = tokio::time::sleep_until(patience), if !begun && !told => {
                told = true;
                let words = "the operation has not been taken up yet; is `caretaker run` up, and \
                             does it serve this namespace?";
                screen.remark("note", &format!("{}: {words}", target.name));
                continue;
            }
        };
        match seen {
            Seen::Here(app) => {
                let news = progress.look(&app, screen.paint());
                begun |= news.begun;
                screen.print(
                    &news
                        .lines
                        .iter()
                        .map(|line| format!("{line}\n"))
                        .collect::<String>(),
                );
                if let Some(well) = news.ended {
                    return Ok(well);
                }
            }
            Seen::Gone => return Err(gone(target)),
            Seen::Hidden(why) => screen.remark("note", &format!("{}: {why}", target.name)),
            Seen::Forbidden(why) => return Err(unseen(target, &why)),
        }
    }
}

/// The Application was deleted while it was looked at.
pub(super) fn gone(target: &Target) -> Failure {
    let message = format!("{} was deleted meanwhile", target.name);
    Failure::new(exit_code::UNAVAILABLE, message)
}

/// It may not be watched.
pub(super) fn unseen(target: &Target, why: &str) -> Failure {
    let message = format!("{} cannot be followed: {why}", target.name);
    Failure::new(exit_code::UNAVAILABLE, message)
        .hint("the right to list and watch applications.argoproj.io is needed")
}

fn too_late(target: &Target, limit: Duration) -> Failure {
    let message = format!(
        "{}: the sync has not ended within {} s",
        target.name,
        limit.as_secs()
    );
    let hint = format!(
        "it goes on; look at it with: caretaker app get {}",
        target.name
    );
    Failure::new(exit_code::TIMEOUT, message).hint(hint)
}
