//! What senders of webhooks must know.
//!
//! Comes in: the data of `argocd-secret`. Goes out: a secret per host; an empty one is not asked
//! for, as in Argo CD. No printer shows them.

use std::collections::BTreeMap;
use std::fmt;

/// The secrets, and the longest payload taken.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSecrets {
    /// `webhook.github.secret`.
    pub github: String,
    /// `webhook.gitlab.secret`.
    pub gitlab: String,
    /// `webhook.gogs.secret`, also for Gitea and Forgejo.
    pub gogs: String,
    /// `webhook.bitbucket.uuid`.
    pub bitbucket_uuid: String,
    /// `webhook.bitbucketserver.secret`.
    pub bitbucket_server: String,
    /// `webhook.azuredevops.username`.
    pub azure_devops_username: String,
    /// `webhook.azuredevops.password`.
    pub azure_devops_password: String,
    /// The longest payload taken, in bytes.
    pub payload_limit: usize,
}

impl Default for WebhookSecrets {
    fn default() -> Self {
        Self::from_secret(&BTreeMap::new(), 50 << 20)
    }
}

impl WebhookSecrets {
    /// Reads the decoded data of `argocd-secret`.
    pub fn from_secret(data: &BTreeMap<String, String>, payload_limit: usize) -> Self {
        let text = |key: &str| {
            data.get(key)
                .map(|text| text.trim().to_owned())
                .unwrap_or_default()
        };
        Self {
            github: text("webhook.github.secret"),
            gitlab: text("webhook.gitlab.secret"),
            gogs: text("webhook.gogs.secret"),
            bitbucket_uuid: text("webhook.bitbucket.uuid"),
            bitbucket_server: text("webhook.bitbucketserver.secret"),
            azure_devops_username: text("webhook.azuredevops.username"),
            azure_devops_password: text("webhook.azuredevops.password"),
            payload_limit,
        }
    }
}

impl fmt::Debug for WebhookSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookSecrets").finish_non_exhaustive()
    }
}
