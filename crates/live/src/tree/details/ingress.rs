//! Ingresses: the Services behind them, and the URLs they answer at.
//!
//! What Argo CD makes of `tls` is kept: a line with a secret makes every URL one of https, the
//! hosts it lists are not looked at.

use super::service::load_balancers;
use super::{links, list, namespace};
use crate::tree::{LoadBalancerIngress, Networking, ResourceRef};
use model::GroupVersionKind;
use serde_json::Value;
use std::collections::BTreeSet;

pub(super) fn networking(object: &Value, gvk: &GroupVersionKind) -> Networking {
    let ingress = load_balancers(object);
    let rules: Vec<Rule<'_>> = list(object, "/spec/rules")
        .filter(|rule| rule.is_object())
        .flat_map(|rule| paths(rule, &ingress))
        .collect();
    let backends = rules.iter().filter_map(|rule| rule.path.get("backend"));
    let backends = object.pointer("/spec/backend").into_iter().chain(backends);
    let services = backends.filter_map(|backend| service(backend, gvk));
    let targets: BTreeSet<ResourceRef> = services
        .map(|name| ResourceRef {
            kind: "Service".to_owned(),
            namespace: namespace(object).to_owned(),
            name: name.to_owned(),
            ..ResourceRef::default()
        })
        .collect();
    let urls: BTreeSet<String> = match links::defaults_wanted(object) {
        true => rules.iter().filter_map(|rule| url(rule, object)).collect(),
        false => BTreeSet::new(),
    };
    Networking {
        target_refs: targets.into_iter().collect(),
        ingress,
        external_urls: urls.into_iter().collect(),
        ..Networking::default()
    }
}

/// A path of a rule, and the host it is served at.
struct Rule<'a> {
    host: &'a str,
    path: &'a Value,
}

fn paths<'a>(rule: &'a Value, ingress: &'a [LoadBalancerIngress]) -> Vec<Rule<'a>> {
    let own = rule["host"].as_str().unwrap_or_default();
    let balancers = ingress.iter().map(LoadBalancerIngress::host);
    let mut hosts = std::iter::once(own).chain(balancers);
    let host = hosts.find(|host| !host.is_empty()).unwrap_or_default();
    let paths = list(rule, "/http/paths").filter(|path| path.is_object());
    paths.map(|path| Rule { host, path }).collect()
}

fn service<'a>(backend: &'a Value, gvk: &GroupVersionKind) -> Option<&'a str> {
    match (&*gvk.group_kind.group, &*gvk.version) {
        ("extensions", _) | ("networking.k8s.io", "v1beta1") => {
            backend.get("serviceName")?.as_str()
        }
        ("networking.k8s.io", "v1") => backend.pointer("/service/name")?.as_str(),
        _ => None,
    }
}

fn url(rule: &Rule<'_>, object: &Value) -> Option<String> {
    if rule.host.is_empty() {
        return None;
    }
    let scheme = if is_secure(rule.host, object) {
        "https"
    } else {
        "http"
    };
    let path = rule.path["path"].as_str().unwrap_or_default();
    let path = path.strip_suffix('*').unwrap_or(path);
    Some(format!("{scheme}://{}{path}", rule.host))
}

fn is_secure(host: &str, object: &Value) -> bool {
    list(object, "/spec/tls").any(|line| {
        let named = |value: &Value| value.as_str() == Some(host);
        let hosts = line.get("hosts").and_then(Value::as_object);
        line.get("secretName")
            .is_some_and(|secret| !secret.is_null())
            || line.get("host").is_some_and(named)
            || hosts.is_some_and(|hosts| hosts.values().any(named))
    })
}
