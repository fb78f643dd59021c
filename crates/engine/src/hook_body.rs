//! The text a hook is made with.
//!
//! In: a hook, the object it is in this run, and the run's name. Out: its object, held until its
//! outcome was seen, with the marks of its app. Runs where requests are carried out.

use model::{App, ObjectKey};
use plan::{HOOK_FINALIZER, HOOK_RUN, Hook};
use serde_json::{Value, json};

/// The object to apply. Errors if the desired text is unreadable, which ours never is.
pub fn hook_body(
    hook: &Hook,
    key: &ObjectKey,
    (run, held): (&str, bool),
    app: &App,
    mark: &dyn Fn(&mut Value, &ObjectKey, &App),
) -> Result<Value, serde_json::Error> {
    let mut object: Value = serde_json::from_slice(&hook.object.body)?;
    let metadata = &mut object["metadata"];
    if hook.is_named_by_run {
        metadata["name"] = json!(&*key.name);
        if let Some(fields) = metadata.as_object_mut() {
            fields.remove("generateName");
        }
    }
    if !metadata["annotations"].is_object() {
        metadata["annotations"] = json!({});
    }
    metadata["annotations"][HOOK_RUN] = json!(run);
    if held {
        hold(metadata);
    }
    mark(&mut object, key, app);
    Ok(object)
}

fn hold(metadata: &mut Value) {
    match metadata["finalizers"].as_array_mut() {
        Some(all) if all.iter().any(|it| it == HOOK_FINALIZER) => {}
        Some(all) => all.push(json!(HOOK_FINALIZER)),
        None => metadata["finalizers"] = json!([HOOK_FINALIZER]),
    }
}
