//! Builds a case and compares.

use crate::case::{Case, Outcome};
use crate::lists::Lists;
use kustomize::load::{Nowhere, Restrictions};
use kustomize::{Options, Order, Request, build};
use serde_json::Value;

/// Builds a case and compares: byte for byte, or by what the error says.
pub fn play(case: &Case, lists: &Lists) -> Result<(), String> {
    let request = Request {
        tree: &case.tree,
        folder: &case.folder,
        options: &options(&case.options),
        elsewhere: &Nowhere,
        parsed: None,
        edit: None,
    };
    let result = build(&request).map(|built| built.to_yaml());
    match (result.map_err(|error| error.report()), &case.outcome) {
        (Ok(text), Outcome::Text(expected)) if text == *expected => Ok(()),
        (Ok(text), Outcome::Text(expected)) => {
            Err(format!("expected\n{expected}\nbut it gives\n{text}"))
        }
        (Ok(text), Outcome::Error(_)) => Err(format!("it should fail, but it gives\n{text}")),
        (Err(error), Outcome::Text(_)) => Err(format!("it fails: {error}")),
        (Err(error), Outcome::Error(theirs)) => {
            let words = lists
                .phrases
                .get(&*case.name)
                .map_or(&**theirs, |ours| ours);
            let said = error.contains(words);
            said.then_some(())
                .ok_or(format!("{words:?} is not said by: {error}"))
        }
    }
}

fn options(case: &Value) -> Options {
    let says = |field: &str, text: &str| case[field].as_str().is_some_and(|it| it.ends_with(text));
    let legacy = ["ReorderOptionLegacy", "ReorderOptionUnspecified"];
    Options {
        restrictions: match says("LoadRestrictions", "LoadRestrictionsNone") {
            true => Restrictions::None,
            false => Restrictions::RootOnly,
        },
        on_disk: true,
        order: match legacy.iter().any(|order| says("Reorder", order)) {
            true => Order::Legacy,
            false => Order::AsRead,
        },
        managed_by_label: case["AddManagedbyLabel"].as_bool().unwrap_or(false),
        version: "(test)".to_owned(),
        ..Options::default()
    }
}
