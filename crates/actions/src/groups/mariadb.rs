//! MariaDB: its operator keeps its hands off a database that is suspended.
//!
//! Comes in: a MariaDB. Goes out: the one of suspending and resuming that makes sense, or the
//! object told so.

use crate::catalogue::{Kind, Verb::Change};
use crate::fields::find;
use crate::run::Request;
use crate::verbs::suspend;
use crate::{Action, ActionError};
use serde_json::Value;

pub const KINDS: [Kind; 1] = [Kind {
    group: "k8s.mariadb.com",
    kind: "MariaDB",
    offers,
    verbs: &[
        ("resume", Change(suspend::resume)),
        ("suspend", Change(suspend)),
    ],
}];

fn offers(database: &Value) -> Result<Vec<Action>, ActionError> {
    let action = match find(database, &["spec", "suspend"])? {
        Value::Bool(true) => Action::new("resume")
            .icon("fa fa-fw fa-play")
            .shown_as("Resume"),
        _ => Action::new("suspend")
            .icon("fa fa-fw fa-pause")
            .shown_as("Suspend"),
    };
    Ok(vec![action])
}

/// A database without a spec is left alone.
fn suspend(database: &mut Value, request: &Request) -> Result<(), ActionError> {
    match find(database, &["spec"])? {
        Value::Null => Ok(()),
        _ => suspend::suspend(database, request),
    }
}
