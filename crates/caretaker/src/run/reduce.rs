//! An object's bytes in; its record out, if it is ours to know. The place where live objects end.

use super::context::Context;
use super::wanted::Want;
use crate::user_scripts;
use engine::{Observer, observe};
use live::{Health, Record};
use model::{ClusterId, ObjectKey};
use serde_json::Value;

/// Reduces an object to its record; none when it is neither marked nor desired.
pub fn reduce(context: &Context, object: &Value, want: Option<&Want>) -> Option<Record> {
    let settings = context.settings.load();
    let cluster = ClusterId::in_cluster();
    let owner = |object: &Value, key: &ObjectKey| argo::tracking::owner(object, key, &settings);
    let observer = Observer {
        cluster: &cluster,
        owner: &owner,
    };
    let desired = want.map(|want| (&*want.desired, &*want.app.field_manager, &*want.ignore));
    let mut record = observe(object, desired, &observer)?;
    let scripts = context.scripts.load();
    if let Some(said) = scripts.overruling(object, user_scripts::now()) {
        record.health = said.map(|health| Health {
            status: health.status.as_str().into(),
            message: health.message.into(),
        });
    }
    Some(record)
}
