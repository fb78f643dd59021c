//! The Applications of a cluster: read, listed, patched, followed.
//!
//! Comes in: which cluster, which namespace, which name. Goes out: resources as JSON, or a failure
//! that says what is missing and what may have been meant.

mod cluster_args;
mod followed;

pub use cluster_args::ClusterArgs;
pub use followed::{Followed, Seen};

use bytes::Bytes;
use cluster::{
    ApiResource, ConnectOptions, Connection, ListOptions, PatchKind, PatchOptions, Priority,
    RequestError, WatchRequest,
};
use model::GroupVersionKind;
use serde_json::Value;

use crate::exit_code;
use crate::failure::{Failure, Outcome};
use crate::near::near;

/// The annotation by which a fresh look is asked for; the controller takes it off again.
pub const REFRESH: &str = "argocd.argoproj.io/refresh";
const USER_AGENT: &str = concat!("caretaker/", env!("CARGO_PKG_VERSION"), " (cli)");
const FIELD_MANAGER: &str = "caretaker-cli";

/// An Application, by the name a person gave: `name` or `namespace/name`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

/// The Applications of one cluster.
#[derive(Clone, Debug)]
pub struct Applications {
    connection: Connection,
    kind: ApiResource,
    namespace: String,
}

impl Applications {
    /// Connects.
    pub async fn open(args: &ClusterArgs) -> Outcome<Self> {
        let options = ConnectOptions {
            kubeconfig: args.kubeconfig.clone(),
            context: args.context.clone(),
            user_agent: USER_AGENT.to_owned(),
        };
        let connection = Connection::connect(options)
            .await?
            .with_priority(Priority::Interactive);
        let namespace = match (&args.namespace, connection.default_namespace()) {
            (Some(named), _) => named.clone(),
            (None, "" | "default") => argo::DEFAULT_NAMESPACE.to_owned(),
            (None, own) => own.to_owned(),
        };
        let gvk = GroupVersionKind::from_api_version("argoproj.io/v1alpha1", "Application");
        let kind = ApiResource::new(gvk, "applications", true);
        Ok(Self {
            connection,
            kind,
            namespace,
        })
    }

    /// The connection they are read through.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The namespace of names without one.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// Reads a name as people give it.
    pub fn target(&self, name: &str) -> Target {
        let (namespace, name) = name.split_once('/').unwrap_or((&self.namespace, name));
        Target {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        }
    }

    /// One of them, which must be there.
    pub async fn get(&self, target: &Target) -> Outcome<Value> {
        let found = self
            .connection
            .get(&self.kind, &target.namespace, &target.name)
            .await?;
        match found {
            Some(bytes) => Ok(serde_json::from_slice(&bytes)?),
            None => Err(self.missing(target).await),
        }
    }

    /// All of a namespace, or of all namespaces, sorted.
    pub async fn list(
        &self,
        namespace: Option<&str>,
        selector: Option<&str>,
    ) -> Outcome<Vec<Value>> {
        let options = ListOptions {
            namespace: namespace.map(str::to_owned),
            label_selector: selector.map(str::to_owned),
            ..ListOptions::default()
        };
        let mut apps: Vec<Value> = Vec::new();
        let mut unreadable = None;
        let listed =
            self.connection.list(&self.kind, &options, |bytes| {
                match serde_json::from_slice(&bytes) {
                    Ok(app) => apps.push(app),
                    Err(error) => unreadable = Some(error),
                }
            });
        match (listed.await, unreadable) {
            (Err(RequestError::NotFound { .. }), _) => Err(not_installed()),
            (Err(error), _) => Err(error.into()),
            (Ok(_), Some(error)) => Err(error.into()),
            (Ok(_), None) => {
                apps.sort_by(|a, b| place(a).cmp(&place(b)));
                Ok(apps)
            }
        }
    }

    /// Namespaces and names of those of all namespaces, or of our own if we may not look further.
    pub async fn names(&self) -> Outcome<Vec<(String, String)>> {
        match self.names_in(None).await {
            Err(RequestError::Forbidden { .. }) => Ok(self.names_in(Some(&self.namespace)).await?),
            names => Ok(names?),
        }
    }

    async fn names_in(
        &self,
        namespace: Option<&str>,
    ) -> Result<Vec<(String, String)>, RequestError> {
        let options = ListOptions {
            namespace: namespace.map(str::to_owned),
            metadata_only: true,
            ..ListOptions::default()
        };
        let mut names = Vec::new();
        let take = |bytes: Bytes| {
            if let Ok(app) = serde_json::from_slice::<Value>(&bytes) {
                let (namespace, name) = place(&app);
                names.push((namespace.to_owned(), name.to_owned()));
            }
        };
        self.connection.list(&self.kind, &options, take).await?;
        Ok(names)
    }

    /// Merges a patch into one of them.
    pub async fn patch(&self, target: &Target, patch: &Value) -> Result<Value, RequestError> {
        let options = PatchOptions {
            field_manager: FIELD_MANAGER.to_owned(),
            ..PatchOptions::default()
        };
        let body = Bytes::from(patch.to_string());
        let (namespace, name) = (&target.namespace, &target.name);
        let patched = self
            .connection
            .patch(
                &self.kind,
                namespace,
                name,
                PatchKind::Merge,
                body,
                &options,
            )
            .await?;
        serde_json::from_slice(&patched).map_err(|source| RequestError::Unreadable { source })
    }

    /// Follows one of them: first how it is, then each change.
    pub fn follow(&self, target: &Target) -> Followed {
        let request = WatchRequest {
            namespace: Some(target.namespace.clone()),
            field_selector: Some(format!("metadata.name={}", target.name)),
            ..WatchRequest::all(self.kind.clone())
        };
        Followed::start(&self.connection, request)
    }

    /// The failure for a name that is not there, with names that are like it.
    pub async fn missing(&self, target: &Target) -> Failure {
        let Target { namespace, name } = target;
        let message = format!("there is no Application {name:?} in namespace {namespace:?}");
        let failure = Failure::new(exit_code::UNAVAILABLE, message);
        match self.list(None, None).await {
            Ok(apps) => match suggestion(target, &apps) {
                Some(hint) => failure.hint(hint),
                None => failure,
            },
            // Not allowed to look everywhere: then what is here has to do.
            Err(error) => match self.list(Some(namespace), None).await {
                Ok(apps) => match suggestion(target, &apps) {
                    Some(hint) => failure.hint(hint),
                    None => failure,
                },
                Err(_) if error.code() == exit_code::UNAVAILABLE => error,
                Err(_) => failure,
            },
        }
    }
}

fn not_installed() -> Failure {
    let message = "this cluster has no Applications: the kind is not installed";
    Failure::new(exit_code::UNAVAILABLE, message)
        .hint("install it with: caretaker crds | kubectl apply --server-side -f -")
}

/// The same name elsewhere, or names like it here.
fn suggestion(target: &Target, apps: &[Value]) -> Option<String> {
    let here = |app: &&Value| text(app, "namespace") == target.namespace;
    let elsewhere: Vec<&str> = apps
        .iter()
        .filter(|app| text(app, "name") == target.name)
        .map(|app| text(app, "namespace"))
        .collect();
    if let [namespace, ..] = elsewhere.as_slice() {
        return Some(format!(
            "there is one in namespace {namespace}: use -n {namespace}"
        ));
    }
    let names = near(
        &target.name,
        apps.iter().filter(here).map(|app| text(app, "name")),
    );
    (!names.is_empty()).then(|| format!("did you mean {}?", names.join(" or ")))
}

fn place(app: &Value) -> (&str, &str) {
    (text(app, "namespace"), text(app, "name"))
}

fn text<'a>(app: &'a Value, field: &str) -> &'a str {
    app.get("metadata")
        .and_then(|metadata| metadata.get(field)?.as_str())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn hint(name: &str) -> Option<String> {
        let app = |namespace: &str, name: &str| json!({"metadata": {"namespace": namespace, "name": name}});
        let apps = [
            app("argocd", "guestbook"),
            app("argocd", "web"),
            app("team", "shop"),
        ];
        suggestion(
            &Target {
                namespace: "argocd".into(),
                name: name.into(),
            },
            &apps,
        )
    }

    #[test]
    fn a_missing_name_gets_the_nearest_one() {
        assert_eq!(hint("guestbok").as_deref(), Some("did you mean guestbook?"));
        assert_eq!(
            hint("shop").as_deref(),
            Some("there is one in namespace team: use -n team")
        );
        assert_eq!(hint("payments"), None);
    }
}
