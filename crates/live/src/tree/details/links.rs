//! Links that people put on objects, and what counts as a link at all.
//!
//! Source: Argo CD 3.5: controller/cache/info.go, util/settings/settings.go (ValidateExternalURL).

use super::annotation;
use serde_json::Value;

const PREFIX: &str = "link.argocd.argoproj.io/";
const NO_DEFAULTS: &str = "argocd.argoproj.io/ignore-default-links";

/// The links an object is annotated with, as they stand there: a URL, or `title|URL`. They end up
/// in browsers, so whatever a browser would run instead of open is dropped.
pub(super) fn annotated(object: &Value) -> Vec<String> {
    let annotations = object.pointer("/metadata/annotations");
    let annotations = annotations.and_then(Value::as_object).into_iter().flatten();
    let links = annotations.filter(|(name, _)| name.starts_with(PREFIX));
    let links = links.filter_map(|(_, link)| link.as_str());
    let safe = |link: &&str| {
        let url = link.split_once('|').map_or(*link, |(_, url)| url);
        is_link(url)
    };
    let mut links: Vec<String> = links.filter(safe).map(str::to_owned).collect();
    links.sort();
    links
}

/// Are the links that would be made from the object itself wanted?
pub(super) fn defaults_wanted(object: &Value) -> bool {
    let refused = annotation(object, NO_DEFAULTS);
    !refused.is_some_and(|text| matches!(text, "1" | "t" | "T" | "true" | "TRUE" | "True"))
}

/// Is it nothing, or a URL of the web?
pub(super) fn is_link(url: &str) -> bool {
    let scheme = url
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    let web = scheme.is_some_and(|scheme| matches!(scheme.as_str(), "http" | "https"));
    url.is_empty() || (web && !url.chars().any(char::is_control) && has_readable_host(url))
}

/// Go refuses hosts with spaces, broken ports and escapes that are none.
fn has_readable_host(url: &str) -> bool {
    let rest = url.split_once(':').map_or("", |(_, rest)| rest);
    let authority = rest.strip_prefix("//").unwrap_or_default();
    let end = authority.find(['/', '?', '#']).unwrap_or(authority.len());
    let host = authority[..end].rsplit('@').next().unwrap_or_default();
    let after = host.rfind(']').map_or(host, |end| &host[end + 1..]);
    let port = after.rsplit_once(':').map_or("", |(_, port)| port);
    !host.contains([' ', '<', '>', '"', '`', '{', '}', '|', '\\', '^'])
        && port.chars().all(|c| c.is_ascii_digit())
}
