//! What Argo CD's API would refuse of a project.
//!
//! Comes in: a project's name and spec. Goes out: what is wrong, in Argo CD's words. Such a project
//! can be written past the API, and both engines work with it all the same; so it is told, and
//! nothing is refused for it.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/app_project_types.go (ValidateProject).

use super::{check_policy, check_service_account, is_valid_group_name};
use crate::fields::Object;
use std::collections::HashSet;

/// Everything that would be refused.
pub(super) fn faults(name: &str, spec: &Object<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    destinations(spec, &mut faults);
    sources(spec, &mut faults);
    for role in spec.objects("roles") {
        self::role(name, &role, &mut faults);
    }
    let names = spec
        .objects("roles")
        .into_iter()
        .map(|role| role.text("name"));
    let twice = repeated(names.map(str::to_owned));
    faults.extend(twice.map(|name| format!("role '{name}' already exists")));
    windows(spec, &mut faults);
    service_accounts(spec, &mut faults);
    faults
}

fn destinations(spec: &Object<'_>, faults: &mut Vec<String>) {
    let entries = spec.objects("destinations");
    for entry in &entries {
        let fields = ["name", "server", "namespace"].into_iter();
        let denied = fields.filter(|field| entry.text(field) == "!*");
        faults.extend(denied.map(|field| format!("{field} has an invalid format, '!*'")));
    }
    let keys = entries.iter().map(|entry| {
        let server = entry.text("server");
        let place = if server.is_empty() {
            entry.text("name")
        } else {
            server
        };
        format!("{place}/{}", entry.text("namespace"))
    });
    faults.extend(repeated(keys).map(|key| format!("destination '{key}' already added")));
}

fn sources(spec: &Object<'_>, faults: &mut Vec<String>) {
    let namespaces = spec
        .texts("sourceNamespaces")
        .into_iter()
        .map(str::to_owned);
    let twice = repeated(namespaces);
    faults.extend(twice.map(|name| format!("source namespace '{name}' already added")));
    let repositories = spec.texts("sourceRepos");
    if repositories.contains(&"!*") {
        faults.push("source repository has an invalid format, '!*'".to_owned());
    }
    let twice = repeated(repositories.into_iter().map(str::to_owned));
    faults.extend(twice.map(|url| format!("source repository '{url}' already added")));
}

fn role(project: &str, role: &Object<'_>, faults: &mut Vec<String>) {
    let name = role.text("name");
    if !is_role_name(name) {
        faults.push(format!(
            "invalid role name '{name}'. Must consist of alphanumeric characters, '-' or '_', \
             and must start and end with an alphanumeric character"
        ));
    }
    let (policies, groups) = (role.texts("policies"), role.texts("groups"));
    let wrong = policies
        .iter()
        .filter_map(|policy| check_policy(project, name, policy).err());
    faults.extend(wrong.map(|error| error.to_string()));
    let wrong = groups.iter().filter(|group| !is_valid_group_name(group));
    faults.extend(wrong.map(|group| format!("group '{group}' of role '{name}' is no name")));
    for (kind, list) in [("policy", policies), ("group", groups)] {
        let twice = repeated(list.into_iter().map(str::to_owned));
        faults.extend(twice.map(|it| format!("{kind} '{it}' already exists for role '{name}'")));
    }
}

fn is_role_name(name: &str) -> bool {
    let edge = |c: char| c.is_ascii_alphanumeric();
    let fits = |c: char| edge(c) || matches!(c, '-' | '_');
    name.starts_with(edge) && name.ends_with(edge) && name.chars().all(fits)
}

fn windows(spec: &Object<'_>, faults: &mut Vec<String>) {
    let of_nobody = |window: &Object<'_>| {
        let selectors = ["applications", "namespaces", "clusters"];
        selectors.iter().all(|field| window.texts(field).is_empty())
    };
    let windows = spec.objects("syncWindows").into_iter();
    faults.extend(windows.filter(of_nobody).map(|window| {
        let text = |field| window.text(field);
        format!(
            "window '{}':'{}':'{}' requires one of application, cluster or namespace",
            text("kind"),
            text("schedule"),
            text("duration")
        )
    }));
}

fn service_accounts(spec: &Object<'_>, faults: &mut Vec<String>) {
    let entries = spec.objects("destinationServiceAccounts");
    for entry in &entries {
        let (server, namespace) = (entry.text("server"), entry.text("namespace"));
        let account = entry.text("defaultServiceAccount");
        let wrong = check_service_account(server, namespace, account).err();
        faults.extend(wrong.map(|error| error.to_string()));
    }
    let place =
        |entry: &Object<'_>| format!("{}/{}", entry.text("server"), entry.text("namespace"));
    let twice = repeated(entries.iter().map(place));
    faults.extend(twice.map(|key| format!("destinationServiceAccount '{key}' already added")));
}

/// The items that came before.
fn repeated(items: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
    let mut seen = HashSet::new();
    items.filter(move |item| !seen.insert(item.clone()))
}
