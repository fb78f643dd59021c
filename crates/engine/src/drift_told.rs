//! Drift, told as events: which object, which fields, and who wrote them.
//!
//! Secrets are masked where differences are described (`diff`).

use crate::request::{Notice, Outbox};
use model::{AppId, ObjectKey};

/// More objects of one app than this are counted, not named: events are for people.
const NAMED: usize = 10;
/// So many fields of one object are named.
const FIELDS: usize = 5;

/// Tells of objects that differ from what is wanted, each with a line a field.
pub fn tell(app: &AppId, drifted: &[(ObjectKey, Vec<String>)], out: &mut Outbox) {
    for (key, changes) in drifted.iter().take(NAMED) {
        event(app, format!("{key} drifted: {}", fields(changes)), out);
    }
    let more = drifted.len().saturating_sub(NAMED);
    if more > 0 {
        event(app, format!("{more} more objects drifted"), out);
    }
}

fn fields(changes: &[String]) -> String {
    let named: Vec<&str> = changes.iter().take(FIELDS).map(String::as_str).collect();
    let named = named.join("; ");
    match changes.len().saturating_sub(FIELDS) {
        0 => named,
        more => format!("{named}; and {more} more fields"),
    }
}

fn event(app: &AppId, message: String, out: &mut Outbox) {
    out.notices.push(Notice::Event {
        app: app.clone(),
        reason: "Drift",
        message,
        warning: true,
    });
}
