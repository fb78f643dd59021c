//! Writes one object: by server-side apply, or in place of what is there.
//!
//! Source of the rules: Argo CD 3.5, gitops-engine/pkg/sync/sync_context.go (applyObject).

use crate::run::cluster_work::{apply_options, connection, read, served};
use crate::run::context::Context;
use crate::run::wanted::Want;
use crate::run::worker::{failure, in_words};
use bytes::Bytes;
use cluster::{
    ApiResource, ApplyOptions, CLIENT_SIDE_MANAGERS, Connection, CreateOptions, DeleteOptions,
    PatchKind, PatchOptions, RequestError, migrate_managers,
};
use engine::{ApplyMode, Failure, Priority};
use model::{App, PropagationPolicy};
use plan::Desired;
use serde_json::Value;
use std::sync::Arc;

/// Writes one object.
pub(super) struct Writer<'a> {
    connection: Connection,
    resource: ApiResource,
    desired: &'a Desired,
    app: &'a App,
    how: ApplyMode,
    options: ApplyOptions,
}

impl<'a> Writer<'a> {
    pub(super) async fn new(
        context: &Arc<Context>,
        desired: &'a Desired,
        app: &'a App,
        how: ApplyMode,
        priority: Priority,
    ) -> Result<Self, Failure> {
        Ok(Self {
            connection: connection(context, priority),
            resource: served(context, desired).await?,
            options: apply_options(desired, app, how.dry_run),
            desired,
            app,
            how,
        })
    }

    /// What is sent: the desired text, or, where ignored fields are to be respected, that text with
    /// those fields as they are live.
    pub(super) async fn respecting(&self, want: &Want) -> Result<Bytes, Failure> {
        let key = &self.desired.key;
        let as_desired = Bytes::copy_from_slice(&self.desired.body);
        if !self.app.options.respect_ignored || want.ignore.is_empty_for(key) {
            return Ok(as_desired);
        }
        let Some(live) = self.live().await? else {
            return Ok(as_desired);
        };
        let mut wanted = read(key, &self.desired.body)?;
        let respected = want.ignore.respect(key, &mut wanted, &live);
        respected.map_err(|error| Failure {
            message: in_words(&error),
            transient: false,
        })?;
        Ok(Bytes::from(wanted.to_string()))
    }

    /// The object as the server then has it, and what to say of it.
    pub(super) async fn write(&self, body: Bytes) -> Result<(Value, String), Failure> {
        match self.how.replace {
            true => self.replace(body).await,
            false => self.apply(body).await,
        }
    }

    async fn apply(&self, body: Bytes) -> Result<(Value, String), Failure> {
        let mut applied = match self.send(body.clone()).await {
            Err(error) if self.how.force && is_unchangeable(&error) => {
                return Err(self.clear_the_way().await);
            }
            applied => applied.map_err(|error| failure(&error))?,
        };
        let mut object = read(&self.desired.key, &applied.object)?;
        // Fields that were applied client-side become ours, so that taking over leaves none behind.
        if let Some(patch) = self.migration(&object) {
            self.migrate(&patch).await?;
            applied = self.send(body).await.map_err(|error| failure(&error))?;
            object = read(&self.desired.key, &applied.object)?;
        }
        let warnings: Vec<String> = applied
            .warnings
            .iter()
            .map(|text| format!("; warning: {text}"))
            .collect();
        let message = self.say("serverside-applied") + &warnings.concat();
        Ok((object, message))
    }

    async fn send(&self, body: Bytes) -> Result<cluster::Applied, RequestError> {
        let (namespace, name) = (&*self.desired.key.namespace, &*self.desired.key.name);
        self.connection
            .apply(&self.resource, namespace, name, body, &self.options)
            .await
    }

    fn migration(&self, object: &Value) -> Option<Value> {
        if self.how.dry_run || self.app.options.keep_client_side {
            return None;
        }
        let [kubectl, ours] = CLIENT_SIDE_MANAGERS;
        let kubectl = self.app.client_side_manager.as_deref().unwrap_or(kubectl);
        migrate_managers(object, &[kubectl, ours], &self.app.field_manager)
    }

    async fn migrate(&self, patch: &Value) -> Result<(), Failure> {
        let body = Bytes::from(patch.to_string());
        let options = PatchOptions {
            field_manager: self.app.field_manager.to_string(),
            ..Default::default()
        };
        self.patch(PatchKind::Json, body, &options).await
    }

    async fn patch(
        &self,
        kind: PatchKind,
        body: Bytes,
        options: &PatchOptions,
    ) -> Result<(), Failure> {
        let (namespace, name) = (&*self.desired.key.namespace, &*self.desired.key.name);
        let patched = self
            .connection
            .patch(&self.resource, namespace, name, kind, body, options)
            .await;
        patched.map(drop).map_err(|error| failure(&error))
    }

    /// Puts the object in place of what is there. Namespaces and definitions of kinds are never
    /// deleted for that: all that is in them would go too.
    async fn replace(&self, body: Bytes) -> Result<(Value, String), Failure> {
        let options = CreateOptions {
            field_manager: self.app.field_manager.to_string(),
            dry_run: self.how.dry_run,
            field_validation: self.options.field_validation,
        };
        let (namespace, name) = (&*self.desired.key.namespace, &*self.desired.key.name);
        let Some(live) = self.live().await? else {
            let created = self
                .connection
                .create(&self.resource, namespace, body, &options)
                .await;
            let created = created.map_err(|error| failure(&error))?;
            return Ok((read(&self.desired.key, &created)?, self.say("created")));
        };
        let holds_others = matches!(
            &*self.desired.key.group_kind.kind,
            "Namespace" | "CustomResourceDefinition"
        );
        if self.how.force && !holds_others && !self.how.dry_run {
            return Err(self.clear_the_way().await);
        }
        let mut wanted = read(&self.desired.key, &body)?;
        wanted["metadata"]["resourceVersion"] = live["metadata"]["resourceVersion"].clone();
        let body = Bytes::from(wanted.to_string());
        let replaced = self
            .connection
            .replace(&self.resource, namespace, name, body, &options)
            .await;
        let replaced = replaced.map_err(|error| failure(&error))?;
        let message = match holds_others {
            true => format!("{}/{name} updated", self.desired.key.group_kind.kind),
            false => self.say("replaced"),
        };
        Ok((read(&self.desired.key, &replaced)?, message))
    }

    async fn live(&self) -> Result<Option<Value>, Failure> {
        let (namespace, name) = (&*self.desired.key.namespace, &*self.desired.key.name);
        let found = self.connection.get(&self.resource, namespace, name).await;
        let found = found.map_err(|error| failure(&error))?;
        found.map(|live| read(&self.desired.key, &live)).transpose()
    }

    /// Deletes what is in the way; the step is tried again until it is gone, so that nobody waits.
    async fn clear_the_way(&self) -> Failure {
        match self.delete_live().await {
            Ok(()) => Failure {
                message: format!("{} is being deleted, to be made anew", self.desired.key),
                transient: true,
            },
            Err(failure) => failure,
        }
    }

    async fn delete_live(&self) -> Result<(), Failure> {
        let Some(live) = self.live().await? else {
            return Ok(());
        };
        if !live["metadata"]["deletionTimestamp"].is_null() {
            return Ok(());
        }
        let options = DeleteOptions {
            uid: live["metadata"]["uid"].as_str().map(str::to_owned),
            propagation: PropagationPolicy::Background,
            ..Default::default()
        };
        let (namespace, name) = (&*self.desired.key.namespace, &*self.desired.key.name);
        let deleted = self
            .connection
            .delete(&self.resource, namespace, name, &options)
            .await;
        deleted.map(drop).map_err(|error| failure(&error))
    }

    /// `deployment.apps/web replaced (dry run)`, as kubectl says it.
    fn say(&self, what: &str) -> String {
        let key = &self.desired.key;
        let kind = key.group_kind.kind.to_lowercase();
        let group = match &*key.group_kind.group {
            "" => String::new(),
            group => format!(".{group}"),
        };
        let dry = if self.how.dry_run { " (dry run)" } else { "" };
        format!("{kind}{group}/{} {what}{dry}", key.name)
    }
}

/// Refused because it cannot be changed in place.
fn is_unchangeable(error: &RequestError) -> bool {
    matches!(
        error,
        RequestError::Invalid { .. } | RequestError::Conflict { .. }
    )
}
