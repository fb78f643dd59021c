//! A sync somebody asked for.
//!
//! Comes in: `.operation`, or the operation a status remembers. Goes out: the operation, with what
//! of it is not acted on, and what makes it impossible to do as asked.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/types.go (Operation, SyncOperation).

use super::{retry, source, sync_options};
use crate::fields::{Object, Problems};
use model::{Initiator, ObjectSelector, Operation, OperationSource, Revision};
use serde_json::Value;
use std::sync::Arc;

/// The operation on the resource.
pub(super) fn requested(
    root: &Object<'_>,
    project: &str,
    told: &mut Vec<String>,
) -> Option<Operation> {
    let value = root.value("operation")?;
    if value.get("sync").is_none_or(Value::is_null) {
        told.push("operation: only sync is known; without it nothing is done".to_owned());
        return None;
    }
    Some(read(value, project, root.object("spec").value("source")))
}

/// An operation as it was written. `followed` is the app's own source, when there is one.
pub(super) fn read(value: &Value, project: &str, followed: Option<&Value>) -> Operation {
    let problems = Problems::default();
    let whole = Object::at(value, "operation".to_owned(), &problems);
    let sync = whole.object("sync");
    let initiator = whole.object("initiatedBy");
    let attempts = sync.whole("autoHealAttemptsCount").unwrap_or(0);
    refuse_impossible(&sync);
    let mut told = Vec::new();
    let source = other_source(&sync, project, followed, &problems, &mut told);
    let options = sync
        .value("syncOptions")
        .filter(|list| !is_empty_list(list));
    let options = options.map(|_| sync_options::read(&sync, &mut told));
    let strategy = sync.object("syncStrategy");
    let forced = |way: &str| strategy.object(way).flag("force").unwrap_or(false);
    let revision = sync.text("revision");
    Operation {
        revision: (!revision.is_empty()).then(|| Revision(revision.into())),
        prune: sync.flag("prune").unwrap_or(false),
        dry_run: sync.flag("dryRun").unwrap_or(false),
        force: forced("apply") || forced("hook"),
        skip_hooks: strategy.value("apply").is_some(),
        options,
        source,
        manifests: manifests(&sync),
        only: sync.objects("resources").iter().map(selector).collect(),
        initiated_by: Initiator {
            username: initiator.text("username").to_owned(),
            automated: initiator.flag("automated").unwrap_or(false),
        },
        retry: retry::of_block(&whole.object("retry")),
        self_heal_attempts: u32::try_from(attempts).unwrap_or(0),
        verbatim: whole.exists().then(|| Arc::new(value.clone())),
        not_acted_on: told,
        invalid: problems.into_vec(),
    }
}

fn selector(object: &Object<'_>) -> ObjectSelector {
    let text = |field| object.text(field).to_owned();
    ObjectSelector {
        group: text("group"),
        kind: text("kind"),
        name: text("name"),
        namespace: text("namespace"),
    }
}

/// What would sync something else than was asked for.
fn refuse_impossible(sync: &Object<'_>) {
    let given = |field: &str| sync.value(field).filter(|value| !is_empty_list(value));
    for field in ["sources", "revisions"] {
        if given(field).is_some() {
            sync.wrong(field, "several sources are not supported yet");
        }
    }
}

/// Another source than the app's own, as a rollback names it.
fn other_source(
    sync: &Object<'_>,
    project: &str,
    followed: Option<&Value>,
    problems: &Problems,
    told: &mut Vec<String>,
) -> Option<Arc<OperationSource>> {
    let written = sync.value("source")?;
    if followed.is_some_and(|own| is_same(written, own)) {
        return None;
    }
    let source = source::one(&sync.object("source"), false, project, problems, told);
    Some(Arc::new(OperationSource {
        key: source.key,
        render: (*source.render).clone(),
        written: (*source.written).clone(),
    }))
}

fn manifests(sync: &Object<'_>) -> Option<Arc<[String]>> {
    let texts = sync.texts("manifests");
    let texts: Vec<String> = texts.into_iter().map(str::to_owned).collect();
    (!texts.is_empty()).then(|| texts.into())
}

fn is_empty_list(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}

/// The same but for the revision, which the operation names itself.
fn is_same(one: &Value, other: &Value) -> bool {
    let stripped = |source: &Value| {
        let mut source = super::normalised(source);
        if let Some(map) = source.as_object_mut() {
            map.remove("targetRevision");
        }
        source
    };
    stripped(one) == stripped(other)
}
