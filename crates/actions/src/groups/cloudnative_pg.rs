//! PostgreSQL by CloudNativePG: restart, reload, switchover and rest, as its own command line does
//! them.
//!
//! Comes in: a Cluster. Goes out: what its instances allow, or the object told so.

use crate::catalogue::{Kind, Verb::Change};
use crate::fields::{self, find, holds, within};
use crate::number;
use crate::run::Request;
use crate::verbs::annotate::{annotate, annotation, remove_annotation};
use crate::verbs::restart::RESTARTED_AT;
use crate::{Action, ActionError};
use serde_json::Value;

pub const KINDS: [Kind; 1] = [Kind {
    group: "postgresql.cnpg.io",
    kind: "Cluster",
    offers,
    verbs: &[
        ("promote", Change(promote)),
        ("reload", Change(reload)),
        ("restart", Change(restart)),
        ("resume", Change(resume)),
        ("suspend", Change(suspend)),
    ],
}];

const LOOP: &str = "cnpg.io/reconciliationLoop";
const HEALTHY: [&str; 3] = ["status", "instancesStatus", "healthy"];

fn offers(cluster: &Value) -> Result<Vec<Action>, ActionError> {
    let restart = Action::new("restart").icon("fa fa-fw fa-recycle");
    let reload = Action::new("reload").icon("fa fa-fw fa-rotate-right");
    let promote = Action::new("promote").icon("fa fa-fw fa-angles-up");
    let promote = promote.shown_as("Promote Replica to Primary");
    Ok(vec![
        restart.shown_as("Rollout restart Cluster"),
        reload.shown_as("Reload all Configuration"),
        promote.enabled(has_replicas(cluster)?).param("instance"),
        suspend_or_resume(cluster)?,
    ])
}

fn has_replicas(cluster: &Value) -> Result<bool, ActionError> {
    within(cluster, &HEALTHY[..2])?;
    let healthy = find(cluster, &HEALTHY)?;
    Ok(holds(healthy) && fields::length(healthy, &HEALTHY)? >= 2)
}

fn suspend_or_resume(cluster: &Value) -> Result<Action, ActionError> {
    Ok(match annotation(cluster, LOOP)? == "disabled" {
        true => Action::new("resume")
            .icon("fa fa-fw fa-play")
            .shown_as("Resume Reconciliation"),
        false => Action::new("suspend")
            .icon("fa fa-fw fa-pause")
            .shown_as("Suspend Reconciliation"),
    })
}

fn promote(cluster: &mut Value, request: &Request) -> Result<(), ActionError> {
    let instance = request.parameter("instance")?;
    let healthy = within(cluster, &HEALTHY)?;
    let healthy = healthy.as_array().map_or(&[][..], Vec::as_slice);
    let chosen = match instance {
        "any" => after_primary(healthy, &cluster["status"]["currentPrimary"]),
        name_or_number => named(healthy, &full_name(cluster, name_or_number)),
    };
    let given = || ActionError::NoSuchInstance {
        given: instance.to_owned(),
    };
    let chosen = chosen.ok_or_else(given)?.to_owned();
    let status = fields::mapping(cluster, &["status"], &[])?;
    let reason = format!("Switching over to {chosen}");
    let time = request.now.rfc3339();
    status.insert("targetPrimary".to_owned(), chosen.into());
    status.insert("targetPrimaryTimestamp".to_owned(), time.into());
    status.insert("phase".to_owned(), "Switchover in progress".into());
    status.insert("phaseReason".to_owned(), reason.into());
    Ok(())
}

/// The healthy instance after the primary, the first after the last; the first of all if the
/// primary is not healthy.
fn after_primary<'a>(healthy: &'a [Value], primary: &Value) -> Option<&'a str> {
    let place = healthy.iter().position(|node| node == primary);
    let next = place.map_or(0, |place| (place + 1) % healthy.len());
    healthy.get(next)?.as_str()
}

fn named<'a>(healthy: &'a [Value], name: &str) -> Option<&'a str> {
    healthy
        .iter()
        .filter_map(Value::as_str)
        .find(|node| *node == name)
}

/// An instance may be given by its number alone.
fn full_name(cluster: &Value, given: &str) -> String {
    let name = cluster["metadata"]["name"].as_str().unwrap_or_default();
    match number::read(given) {
        Some(_) => format!("{name}-{given}"),
        None => given.to_owned(),
    }
}

fn reload(cluster: &mut Value, request: &Request) -> Result<(), ActionError> {
    annotate(cluster, "cnpg.io/reloadedAt", request.now.rfc3339())
}

fn restart(cluster: &mut Value, request: &Request) -> Result<(), ActionError> {
    annotate(cluster, RESTARTED_AT, request.now.rfc3339())
}

fn resume(cluster: &mut Value, _: &Request) -> Result<(), ActionError> {
    remove_annotation(cluster, LOOP)
}

fn suspend(cluster: &mut Value, _: &Request) -> Result<(), ActionError> {
    annotate(cluster, LOOP, "disabled")
}
