//! Kind, namespace and name -> the path and query the API server serves them under.

use std::fmt::Write;

use crate::{ApiResource, RequestError};

/// A path with its query, growing.
#[derive(Debug, Clone)]
pub(crate) struct ResourcePath {
    text: String,
    separator: char,
}

impl ResourcePath {
    /// A path as it stands.
    pub(crate) fn raw(path: &str) -> Self {
        let separator = if path.contains('?') { '&' } else { '?' };
        Self {
            text: path.to_owned(),
            separator,
        }
    }

    /// All objects of a kind; of one namespace if `namespace` is not empty.
    pub(crate) fn collection(resource: &ApiResource, namespace: &str) -> Self {
        let mut text = String::with_capacity(160);
        match &*resource.gvk.group_kind.group {
            "" => text.push_str("/api"),
            group => segments(&mut text, &["apis", group]),
        }
        segments(&mut text, &[&resource.gvk.version]);
        if resource.namespaced && !namespace.is_empty() {
            segments(&mut text, &["namespaces", namespace]);
        }
        segments(&mut text, &[&resource.plural]);
        Self {
            text,
            separator: '?',
        }
    }

    /// One object. A name that is no name is refused here: `DELETE` on a path that lacks its last
    /// segment would mean the whole collection.
    pub(crate) fn object(
        resource: &ApiResource,
        namespace: &str,
        name: &str,
    ) -> Result<Self, RequestError> {
        let no_name = |text: &str| matches!(text, "" | "." | "..");
        if no_name(name) || (resource.namespaced && no_name(namespace)) {
            return Err(RequestError::Unnamed {
                namespace: namespace.into(),
                name: name.into(),
            });
        }
        let mut path = Self::collection(resource, namespace);
        segments(&mut path.text, &[name]);
        Ok(path)
    }

    /// A subresource of it.
    pub(crate) fn subresource(mut self, subresource: Option<&str>) -> Self {
        if let Some(subresource) = subresource {
            segments(&mut self.text, &[subresource]);
        }
        self
    }

    /// Adds `key=value` to the query.
    pub(crate) fn query(mut self, key: &str, value: &str) -> Self {
        self.text.push(self.separator);
        self.text.push_str(key);
        self.text.push('=');
        percent_encode(&mut self.text, value);
        self.separator = '&';
        self
    }

    /// Adds `key=value` if there is a value.
    pub(crate) fn maybe(self, key: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.query(key, value),
            None => self,
        }
    }

    /// Adds `dryRun=All` if asked to.
    pub(crate) fn dry_run(self, dry_run: bool) -> Self {
        self.maybe("dryRun", dry_run.then_some("All"))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }
}

fn segments(path: &mut String, parts: &[&str]) {
    for part in parts {
        path.push('/');
        percent_encode(path, part);
    }
}

/// Leaves RFC 3986's unreserved characters and the colon (as in `system:node`) alone.
fn percent_encode(out: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' => {
                out.push(byte as char);
            }
            other => write!(out, "%{other:02X}").expect("writing to a String cannot fail"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::GroupVersionKind;

    fn kind(api_version: &str, kind: &str, plural: &str, namespaced: bool) -> ApiResource {
        ApiResource::new(
            GroupVersionKind::from_api_version(api_version, kind),
            plural,
            namespaced,
        )
    }

    #[test]
    fn paths_of_core_grouped_and_cluster_scoped_kinds() {
        let pods = kind("v1", "Pod", "pods", true);
        let roles = kind(
            "rbac.authorization.k8s.io/v1",
            "ClusterRole",
            "clusterroles",
            false,
        );
        let deployments = kind("apps/v1", "Deployment", "deployments", true);
        let path = ResourcePath::object(&pods, "default", "web")
            .unwrap()
            .dry_run(true);
        assert_eq!(
            path.as_str(),
            "/api/v1/namespaces/default/pods/web?dryRun=All"
        );
        assert_eq!(
            ResourcePath::object(&roles, "ignored", "system:node")
                .unwrap()
                .as_str(),
            "/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node"
        );
        assert_eq!(
            ResourcePath::collection(&deployments, "")
                .query("labelSelector", "a=b,c")
                .as_str(),
            "/apis/apps/v1/deployments?labelSelector=a%3Db%2Cc"
        );
    }

    #[test]
    fn a_name_cannot_leave_its_place_in_the_path() {
        let pods = kind("v1", "Pod", "pods", true);
        let path = ResourcePath::object(&pods, "a/b", "../x?y#z%").unwrap();
        assert_eq!(
            path.as_str(),
            "/api/v1/namespaces/a%2Fb/pods/..%2Fx%3Fy%23z%25"
        );
    }
}
