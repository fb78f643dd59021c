//! Settings and credentials of the installation that an Application belongs to, as far as we may
//! read them: what may not be read is told, and defaults hold.

use cluster::{ApiResource, Connection, ListOptions, RequestError};
use model::GroupVersionKind;
use serde_json::Value;

use crate::failure::Outcome;
use crate::run::credentials::CredentialStore;
use crate::run::repository_secret::{Data, RepositorySecret, SECRET_TYPE};
use crate::screen::Screen;

const CONFIG: &str = "argocd-cm";
const PARAMETERS: &str = "argocd-cmd-params-cm";
const TLS_CERTIFICATES: &str = "argocd-tls-certs-cm";
const KNOWN_HOSTS: &str = "argocd-ssh-known-hosts-cm";

/// The settings and secrets of the control plane, as far as we may read them.
pub struct Installation<'a> {
    /// The cluster.
    pub connection: &'a Connection,
    /// Its namespace.
    pub namespace: &'a str,
    /// Where remarks go.
    pub screen: &'a Screen,
}

impl Installation<'_> {
    /// The settings; defaults where they may not be read.
    pub async fn settings(&self) -> Outcome<argo::Settings> {
        let (config, parameters) = (self.config(CONFIG).await?, self.config(PARAMETERS).await?);
        let (settings, _) = argo::Settings::from_config_maps(&config, &parameters);
        Ok(settings.in_namespace(self.namespace))
    }

    /// The labels that are shown of objects (`resource.customLabels`).
    pub async fn shown_labels(&self) -> Outcome<Vec<String>> {
        let config = self.config(CONFIG).await?;
        let labels = config.get("resource.customLabels").map(String::as_str);
        let labels = labels.unwrap_or_default().split(',').map(str::trim);
        Ok(labels
            .filter(|label| !label.is_empty())
            .map(str::to_owned)
            .collect())
    }

    /// The credentials of repositories; none where they may not be read.
    pub async fn credentials(&self) -> Outcome<CredentialStore> {
        let secrets = self.secrets().await?;
        let certificates = self.config(TLS_CERTIFICATES).await?;
        let hosts = self.config(KNOWN_HOSTS).await?;
        let store = CredentialStore::default().with_secrets(secrets.into_iter());
        Ok(store.with_trust(&certificates, &hosts))
    }

    /// The data of a config map; none if there is none, or we may not read it.
    async fn config(&self, name: &str) -> Outcome<Data> {
        let kind = core_kind("ConfigMap", "configmaps");
        match self.connection.get(&kind, self.namespace, name).await {
            Ok(Some(bytes)) => {
                let object: Value = serde_json::from_slice(&bytes)?;
                Ok(data(&object))
            }
            Ok(None) => Ok(Data::new()),
            Err(RequestError::Forbidden { message }) => {
                let words =
                    format!("the config map {name} may not be read ({message}): defaults hold");
                self.screen.remark("warning", &words);
                Ok(Data::new())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The Secrets with credentials of repositories.
    async fn secrets(&self) -> Outcome<Vec<RepositorySecret>> {
        let kind = core_kind("Secret", "secrets");
        let options = ListOptions {
            namespace: Some(self.namespace.to_owned()),
            label_selector: Some(format!("{SECRET_TYPE} in (repository,repo-creds)")),
            ..ListOptions::default()
        };
        let mut secrets = Vec::new();
        let read = |bytes: bytes::Bytes| secrets.extend(secret(&bytes));
        match self.connection.list(&kind, &options, read).await {
            Ok(_) => Ok(secrets),
            Err(RequestError::Forbidden { .. }) => {
                let words = "Secrets may not be read: the repository is read without credentials";
                self.screen.remark("warning", words);
                Ok(Vec::new())
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn core_kind(kind: &str, plural: &str) -> ApiResource {
    ApiResource::new(GroupVersionKind::from_api_version("v1", kind), plural, true)
}

fn secret(bytes: &[u8]) -> Option<RepositorySecret> {
    RepositorySecret::read(&serde_json::from_slice(bytes).ok()?)
}

fn data(object: &Value) -> Data {
    let data = object.get("data").and_then(Value::as_object);
    let text = |(key, value): (&String, &Value)| Some((key.clone(), value.as_str()?.to_owned()));
    data.into_iter().flatten().filter_map(text).collect()
}
