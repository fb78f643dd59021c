//! Server-side apply.

use super::managers::Owned;
use super::{
    BEFORE_FIRST_APPLY, Conflicts, Context, ManagerId, Managers, Operation, last_applied, unowned,
    update,
};
use crate::cluster::fields::FieldSet;
use crate::cluster::typed::{compare, merge, remove, same, to_set, with_named_fields};
use serde_json::Value;

/// What is applied, by whom.
#[derive(Clone, Copy, Debug)]
pub struct Application<'a> {
    /// The object as it is, without a word of its owners.
    pub live: &'a Value,
    /// An object of the kind with nothing in it.
    pub empty: &'a Value,
    /// What is applied.
    pub config: &'a Value,
    /// The manager's name.
    pub manager: &'a str,
    /// Does it take what others own?
    pub force: bool,
}

/// What an apply made.
#[derive(Clone, Debug)]
pub struct Applied {
    /// The object, when it became another.
    pub object: Option<Value>,
    /// Who owns what now.
    pub managers: Managers,
}

/// Applies. Fields become as declared; fields that the manager alone owned and no longer declares go.
pub fn apply(
    context: Context<'_>,
    application: Application<'_>,
    managers: Managers,
) -> Result<Applied, Conflicts> {
    let managers = match managers.0.is_empty() {
        true => update(
            context,
            application.empty,
            application.live,
            managers,
            BEFORE_FIRST_APPLY,
        ),
        false => managers,
    };
    let refused = match once(context, application, managers.clone()) {
        Err(conflicts) if application.manager == last_applied::MANAGER => conflicts,
        answer => return answer,
    };
    // What kubectl applied on the client's side before is its own.
    let allowed =
        last_applied::allowed(context, application.live).ok_or_else(|| refused.clone())?;
    let left = refused.without(&allowed);
    match left.is_empty() {
        true => once(
            context,
            Application {
                force: true,
                ..application
            },
            managers,
        ),
        false => Err(left),
    }
}

fn once(
    context: Context<'_>,
    application: Application<'_>,
    mut managers: Managers,
) -> Result<Applied, Conflicts> {
    let Context { shapes, shape, .. } = context;
    let Application { live, config, .. } = application;
    let id = ManagerId {
        name: application.manager.to_owned(),
        operation: Operation::Apply,
        api_version: String::new(),
        subresource: context.subresource.to_owned(),
    };
    let merged = merge(shapes, shape, live, config);
    let before = managers.0.remove(&id);
    let (last, time) = before
        .map(|owned| (owned.fields, owned.time))
        .unwrap_or_default();
    let owned = Owned {
        fields: to_set(shapes, shape, config).without(context.reset),
        api_version: context.api_version.to_owned(),
        time,
    };
    managers.0.insert(id.clone(), owned);
    let new = prune(context, merged, &managers, &last);

    let found = compare(shapes, shape, live, &new).without(context.reset);
    let written = found.modified.union(&found.added);
    let conflicts = Conflicts::find(&managers, &id, &written);
    if !conflicts.is_empty() && !application.force {
        return Err(conflicts);
    }
    managers.0.retain(|other, owned| {
        owned.fields = match *other == id {
            true => owned.fields.difference(&unowned()),
            false => owned.fields.difference(&written).difference(&found.removed),
        };
        !owned.fields.is_empty()
    });
    if same(live, &new) {
        return Ok(Applied {
            object: None,
            managers,
        });
    }
    if let Some(owned) = managers.0.get_mut(&id) {
        owned.time = Some(context.now.to_owned());
    }
    Ok(Applied {
        object: Some(new),
        managers,
    })
}

/// Takes away what the manager declared last and nobody declares or owns now.
fn prune(context: Context<'_>, merged: Value, managers: &Managers, last: &FieldSet) -> Value {
    if last.is_empty() {
        return merged;
    }
    let Context { shapes, shape, .. } = context;
    let named = |set: &FieldSet| with_named_fields(set, shapes, shape);
    let fields = |value: &Value| named(&to_set(shapes, shape, value));
    let last = named(last);
    let pruned = remove(shapes, shape, &merged, &last);

    let owners = managers.0.values();
    let owned = owners.fold(FieldSet::default(), |all, owned| all.union(&owned.fields));
    let kept = fields(&pruned).union(&named(&owned));
    let pruned = remove(shapes, shape, &merged, &fields(&merged).difference(&kept));

    let gone = fields(&merged).difference(&fields(&pruned));
    remove(shapes, shape, &merged, &gone.intersection(&last))
}
