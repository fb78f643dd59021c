//! A manager wrote an object some other way than by apply.

use super::managers::Owned;
use super::{Context, ManagerId, Managers, Operation, unowned};
use crate::cluster::typed::{check, compare};
use serde_json::Value;

/// Who owns what was there before the first apply.
pub const BEFORE_FIRST_APPLY: &str = "before-first-apply";

/// Who owns what once an object was made another: what changed is the writer's, what went is nobody's.
/// An object whose type does not hold loses all owners.
pub fn update(
    context: Context<'_>,
    old: &Value,
    new: &Value,
    mut managers: Managers,
    name: &str,
) -> Managers {
    let Context { shapes, shape, .. } = context;
    if [old, new]
        .iter()
        .any(|object| !check(shapes, shape, object, true).is_empty())
    {
        return Managers::default();
    }
    let found = compare(shapes, shape, old, new).without(context.reset);
    let written = found.modified.union(&found.added);
    managers.0.retain(|_, owned| {
        owned.fields = owned.fields.difference(&written).difference(&found.removed);
        !owned.fields.is_empty()
    });
    let ours = written.difference(&unowned());
    if !ours.is_empty() {
        let id = ManagerId {
            name: name.to_owned(),
            operation: Operation::Update,
            api_version: context.api_version.to_owned(),
            subresource: context.subresource.to_owned(),
        };
        let before = managers
            .0
            .get(&id)
            .map(|owned| owned.fields.clone())
            .unwrap_or_default();
        let owned = Owned {
            fields: before.union(&ours),
            api_version: context.api_version.to_owned(),
            time: Some(context.now.to_owned()),
        };
        managers.0.insert(id, owned);
    }
    managers.cap();
    managers
}
