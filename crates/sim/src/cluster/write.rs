//! Writing an object: create, replace, patch, apply.
//!
//! In: a request to write. Out: the object as it then is, or a refusal; of a dry run the same, and
//! nothing kept. Source: apiserver 1.36, endpoints/handlers and registry/generic/registry/store.go.

use super::admission::Verb;
use super::draft::{
    Draft, Made, empty, listed, managers_of, read, read_merged, same_name, same_namespace,
    without_managers,
};
use super::kinds::Kind;
use super::ownership::{Application, Context, Managers, apply, remember, update};
use super::patch::Patch;
use super::refusal::{Reason, Refusal};
use super::{Cluster, strategy, typed};
use model::{GroupKind, ObjectKey};
use serde_json::Value;
use std::sync::Arc;

/// How something is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Write<'a> {
    /// Who writes.
    pub manager: &'a str,
    /// Is nothing to be kept?
    pub dry_run: bool,
    /// `status`, or nothing.
    pub subresource: &'a str,
}

impl<'a> Write<'a> {
    /// A write by a manager.
    pub fn by(manager: &'a str) -> Self {
        Self {
            manager,
            ..Self::default()
        }
    }
}

/// What was written.
#[derive(Clone, PartialEq, Debug)]
pub struct Written {
    /// The object.
    pub object: Value,
    /// Was it not there before?
    pub created: bool,
}

impl Cluster {
    pub(super) fn kind(&self, kind: &GroupKind) -> Result<Arc<Kind>, Refusal> {
        self.kinds
            .get(kind)
            .cloned()
            .ok_or_else(Refusal::no_such_kind)
    }

    /// Makes an object, which gets a name if it has only the beginning of one.
    pub fn post(
        &mut self,
        group_kind: &GroupKind,
        namespace: &str,
        object: &Value,
        write: Write<'_>,
    ) -> Result<Written, Refusal> {
        let kind = self.kind(group_kind)?;
        let shared_labels = strategy::shares_labels(&kind, object);
        let managers = managers_of(&kind, object, None);
        let mut object = read(&kind, object)?;
        same_namespace(&kind, namespace, &mut object)?;
        if let Some(metadata) = object["metadata"].as_object_mut() {
            const OWN: [&str; 5] = [
                "uid",
                "creationTimestamp",
                "deletionTimestamp",
                "deletionGracePeriodSeconds",
                "selfLink",
            ];
            OWN.iter().for_each(|field| drop(metadata.remove(*field)));
        }
        let bare = without_managers(&object);
        let managers = update(
            self.context(&kind, "", &kind.reset("")),
            &empty(&kind),
            &bare,
            managers,
            write.manager,
        );
        let mut object = bare;
        managers.write(&mut object);
        self.admit(&kind, Verb::Create, &mut object)?;
        let versioned = !object["metadata"]["resourceVersion"].is_null();
        let draft = Draft {
            object,
            shared_labels,
            ..Draft::default()
        };
        match versioned && !write.dry_run {
            true => {
                self.finish_create(
                    &kind,
                    draft,
                    Write {
                        dry_run: true,
                        ..write
                    },
                )?;
                Err(Refusal::new(
                    Reason::Unknown,
                    "resourceVersion should not be set on objects to be created",
                ))
            }
            false => self.finish_create(&kind, draft, write),
        }
    }

    /// Replaces an object.
    pub fn put(
        &mut self,
        key: &ObjectKey,
        object: &Value,
        write: Write<'_>,
    ) -> Result<Written, Refusal> {
        let kind = self.kind(&key.group_kind)?;
        let mut read = read(&kind, object)?;
        same_namespace(&kind, &key.namespace, &mut read)?;
        same_name(key, &read)?;
        let uid = read["metadata"]["uid"].as_str().map(str::to_owned);
        let creates = kind.made_by_replacing();
        self.write(
            &kind,
            key,
            uid.as_deref(),
            creates,
            write,
            |cluster, live| {
                let live = live.cloned().unwrap_or_else(|| empty(&kind));
                Ok(cluster.updated(&kind, &live, object, &read, write).into())
            },
        )
    }

    /// Patches an object.
    pub fn patch(
        &mut self,
        key: &ObjectKey,
        patch: &Patch,
        write: Write<'_>,
    ) -> Result<Written, Refusal> {
        let kind = self.kind(&key.group_kind)?;
        patch.check(&kind)?;
        if let Patch::Apply { config, force } = patch {
            return self.write(&kind, key, None, true, write, |cluster, live| {
                cluster.applied(&kind, live, config, *force, write)
            });
        }
        self.write(&kind, key, None, false, write, |cluster, live| {
            let live = live.cloned().unwrap_or_default();
            let patched = patch.on(&kind, &live)?;
            let read = read(&kind, &patched)
                .map_err(|refusal| Refusal::new(Reason::Invalid, refusal.message))?;
            Ok(cluster.updated(&kind, &live, &patched, &read, write).into())
        })
    }

    pub(super) fn context<'a>(
        &'a self,
        kind: &'a Kind,
        subresource: &'a str,
        reset: &'a super::fields::FieldSet,
    ) -> Context<'a> {
        Context {
            shapes: &kind.shapes,
            shape: kind.shape,
            api_version: &kind.api_version,
            subresource,
            reset,
            now: &self.clock,
        }
    }

    /// An object that somebody made of a live one, with its owners: what was said, and how it was read.
    fn updated(
        &self,
        kind: &Kind,
        live: &Value,
        said: &Value,
        read: &Value,
        write: Write<'_>,
    ) -> Value {
        let managers = match write.subresource {
            "" => managers_of(kind, said, Some(live)),
            _ => managers_of(kind, &Value::Null, Some(live)),
        };
        let mut object = without_managers(read);
        // Who owns what of an object that lost its owners is not followed any more.
        if managers.0.is_empty() && !live["metadata"]["uid"].is_null() {
            return object;
        }
        let reset = kind.reset(write.subresource);
        let context = self.context(kind, write.subresource, &reset);
        update(
            context,
            &without_managers(live),
            &object,
            managers,
            write.manager,
        )
        .write(&mut object);
        object
    }

    /// What an apply makes of a live object, or of none.
    fn applied(
        &self,
        kind: &Kind,
        live: Option<&Value>,
        config: &Value,
        force: bool,
        write: Write<'_>,
    ) -> Made {
        if config["apiVersion"] != kind.api_version.as_str() || config["kind"] != kind.kind.as_str()
        {
            let said = format!(
                "invalid object type: {}, Kind={}",
                config["apiVersion"], config["kind"]
            );
            return Err(Refusal::new(Reason::BadRequest, said));
        }
        if config["metadata"]["managedFields"].is_array() {
            return Err(Refusal::new(
                Reason::BadRequest,
                "metadata.managedFields must be nil",
            ));
        }
        let wrong = typed::check(&kind.shapes, kind.shape, config, false);
        if !wrong.is_empty() {
            let said = format!("failed to create typed patch object: {}", listed(&wrong));
            return Err(Refusal::new(Reason::Unknown, said));
        }
        let empty = empty(kind);
        let live = live.map_or_else(|| empty.clone(), Value::clone);
        let managers = Managers::of(&live).unwrap_or_default();
        let live = without_managers(&live);
        let reset = kind.reset(write.subresource);
        let context = self.context(kind, write.subresource, &reset);
        let application = Application {
            live: &live,
            empty: &empty,
            config,
            manager: write.manager,
            force,
        };
        let applied = apply(context, application, managers)
            .map_err(|conflicts| Refusal::new(Reason::Conflict, conflicts.to_string()))?;
        let mut draft = match applied.object {
            Some(object) => read_merged(kind, object)?,
            None => live.into(),
        };
        draft.shared_labels = strategy::shares_labels(kind, config);
        remember(write.manager, config, &mut draft.object);
        applied.managers.write(&mut draft.object);
        Ok(draft)
    }
}
