//! Each row of `actions.yaml`: an object, what it offers, and what running its actions does.

use actions::{Action, Operation};
use model::Timestamp;
use serde_json::Value;

#[test]
fn every_row_offers_and_does_what_it_says() {
    let rows = yaml::read_first(include_bytes!("actions.yaml"), &yaml::Limits::default()).unwrap();
    let rows = rows.as_array().unwrap();
    assert!(rows.len() > 40, "rows are missing");
    for row in rows {
        offered(row);
        for run in row["runs"].as_array().into_iter().flatten() {
            ran(&row["object"], run);
        }
    }
}

fn offered(row: &Value) {
    let found = actions::discover(&row["object"]).map_err(|error| error.to_string());
    let expected = match row["discoveryError"].as_str() {
        Some(error) => Err(error.to_owned()),
        None => Ok(row["offers"].as_str().unwrap().to_owned()),
    };
    assert_eq!(found.map(|actions| listed(&actions)), expected, "{row}");
}

fn listed(actions: &[Action]) -> String {
    let mark = |action: &Action| if action.disabled { "!" } else { "" };
    let names = actions
        .iter()
        .map(|action| format!("{}{}", action.name, mark(action)));
    names.collect::<Vec<_>>().join(" ")
}

fn ran(object: &Value, run: &Value) {
    let now = Timestamp::parse_rfc3339("2026-11-21T12:34:56Z").unwrap();
    let parameters = run["parameters"].as_object().into_iter().flatten();
    let parameters: Vec<(&str, &str)> = parameters
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect();
    let action = run["action"].as_str().unwrap();
    let (kind, found) = match actions::run(object, action, &parameters, now) {
        Err(error) => ("error", error.to_string().into()),
        Ok(outcomes) => match outcomes[0].operation {
            Operation::Patch => ("patch", actions::patch(object, &outcomes[0].resource)),
            Operation::Create => ("create", outcomes[0].resource.clone()),
        },
    };
    assert_eq!(run.get(kind), Some(&found), "{object}\n{run}");
}

#[test]
fn actions_are_written_as_clients_know_them() {
    let deployment = serde_json::json!({"apiVersion": "apps/v1", "kind": "Deployment", "spec": {}});
    let found = serde_json::to_value(actions::discover(&deployment).unwrap()).unwrap();
    let expected = serde_json::json!([
        {"name": "pause", "iconClass": "fa fa-fw fa-pause-circle"},
        {"name": "restart", "iconClass": "fa fa-fw fa-redo"},
        {"name": "resume", "iconClass": "fa fa-fw fa-play-circle", "disabled": true},
        {
            "name": "scale",
            "iconClass": "fa fa-fw fa-plus-circle",
            "params": [{"name": "replicas"}],
        },
    ]);
    assert_eq!(found, expected);
}
