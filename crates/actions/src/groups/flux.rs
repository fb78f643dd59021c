//! Flux: whatever it reconciles can be suspended, resumed and reconciled at once.
//!
//! Comes in: an object of any of Flux's groups. Goes out: which of the three make sense, or the
//! object told so. The kinds differ by nothing but their names, and by having work to do or not.

use crate::catalogue::{Kind, Verb, Verb::Change};
use crate::moment;
use crate::run::Request;
use crate::verbs::annotate::annotate;
use crate::verbs::suspend::{self, is_suspended};
use crate::{Action, ActionError};
use serde_json::Value;

const IMAGE: &str = "image.toolkit.fluxcd.io";
const NOTIFICATION: &str = "notification.toolkit.fluxcd.io";
const SOURCE: &str = "source.toolkit.fluxcd.io";

pub const KINDS: [Kind; 12] = [
    reconciled("helm.toolkit.fluxcd.io", "HelmRelease"),
    reconciled(IMAGE, "ImageRepository"),
    reconciled(IMAGE, "ImageUpdateAutomation"),
    reconciled("kustomize.toolkit.fluxcd.io", "Kustomization"),
    suspended(NOTIFICATION, "Alert"),
    suspended(NOTIFICATION, "Provider"),
    reconciled(NOTIFICATION, "Receiver"),
    reconciled(SOURCE, "Bucket"),
    reconciled(SOURCE, "GitRepository"),
    reconciled(SOURCE, "HelmChart"),
    reconciled(SOURCE, "HelmRepository"),
    reconciled(SOURCE, "OCIRepository"),
];

const VERBS: [(&str, Verb); 3] = [
    ("reconcile", Change(reconcile)),
    ("resume", Change(suspend::resume)),
    ("suspend", Change(suspend::suspend)),
];

/// A kind that has work to do.
const fn reconciled(group: &'static str, kind: &'static str) -> Kind {
    Kind {
        group,
        kind,
        offers: offers_of_reconciled,
        verbs: &VERBS,
    }
}

/// A kind that others refer to.
const fn suspended(group: &'static str, kind: &'static str) -> Kind {
    Kind {
        group,
        kind,
        offers: offers_of_suspended,
        verbs: &[VERBS[1], VERBS[2]],
    }
}

fn offers_of_reconciled(object: &Value) -> Result<Vec<Action>, ActionError> {
    let mut actions = offers_of_suspended(object)?;
    actions.push(Action::new("reconcile").disabled(is_suspended(object)?));
    Ok(actions)
}

fn offers_of_suspended(object: &Value) -> Result<Vec<Action>, ActionError> {
    let suspended = is_suspended(object)?;
    Ok(vec![
        Action::new("suspend").disabled(suspended),
        Action::new("resume").enabled(suspended),
    ])
}

fn reconcile(object: &mut Value, request: &Request) -> Result<(), ActionError> {
    let value = format!("By Argo CD at: {}", moment::without_zone(request.now));
    annotate(object, "reconcile.fluxcd.io/requestedAt", value)
}
