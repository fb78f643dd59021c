//! What is asked before an object is kept: namespaces that are going, quotas, and rules of the
//! scenario's own, as webhooks would be.

use super::kinds::Kind;
use super::refusal::{Reason, Refusal};
use super::{Cluster, key, patch::merge, pods, quantity::nanos};
use serde_json::Value;

/// What is being done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    /// It is made.
    Create,
    /// It is changed.
    Update,
}

/// What a rule does.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    /// Merges this into the object.
    Change(Value),
    /// Refuses, in these words.
    Refuse(String),
}

/// A rule that is asked about objects.
#[derive(Clone, PartialEq, Debug)]
pub struct Rule {
    /// The kind it is asked about; empty: all.
    pub kind: String,
    /// The beginning of the names it is asked about; empty: all.
    pub name: String,
    /// What it does.
    pub effect: Effect,
}

/// No more than so many objects of a kind in a namespace.
#[derive(Clone, PartialEq, Debug)]
pub struct Quota {
    /// Its name.
    pub name: String,
    /// Where.
    pub namespace: String,
    /// Of what.
    pub kind: String,
    /// How many.
    pub most: usize,
}

/// Finalizers that keep storage while it is in use.
const PROTECTIONS: [(&str, &str); 2] = [
    ("PersistentVolumeClaim", "kubernetes.io/pvc-protection"),
    ("PersistentVolume", "kubernetes.io/pv-protection"),
];

fn protect(kind: &Kind, object: &mut Value) {
    let protection = PROTECTIONS
        .iter()
        .find(|(name, _)| kind.group.is_empty() && kind.kind == *name);
    let Some((_, finalizer)) = protection else {
        return;
    };
    let finalizers = &mut object["metadata"]["finalizers"];
    match finalizers.as_array_mut() {
        Some(list) if list.iter().any(|name| name == finalizer) => {}
        Some(list) => list.push((*finalizer).into()),
        None => *finalizers = serde_json::json!([finalizer]),
    }
}

/// The finalizer that protects objects of a kind while they are in use.
pub(super) fn protection(kind: &str) -> Option<&'static str> {
    PROTECTIONS
        .iter()
        .find(|(name, _)| *name == kind)
        .map(|(_, finalizer)| *finalizer)
}

impl Cluster {
    /// Asks the rules about an object, which they may change.
    pub(super) fn admit(&self, kind: &Kind, verb: Verb, object: &mut Value) -> Result<(), Refusal> {
        if verb == Verb::Create && kind.namespaced {
            self.namespace_is_there(kind, object)?;
        }
        if verb == Verb::Create {
            protect(kind, object);
            pods::complete(kind, object);
        }
        pods::tolerate_lost_nodes(kind, object);
        let name = object["metadata"]["name"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let asked = |rule: &&Rule| {
            (rule.kind.is_empty() || rule.kind == kind.kind) && name.starts_with(&rule.name)
        };
        for rule in self.rules.iter().filter(asked) {
            match &rule.effect {
                Effect::Change(patch) => merge(object, patch),
                Effect::Refuse(why) => {
                    let said =
                        format!("admission webhook \"rule.example.org\" denied the request: {why}");
                    return Err(Refusal::new(Reason::Forbidden, said));
                }
            }
        }
        match object
            .pointer("/metadata/annotations/sim~1invalid")
            .and_then(Value::as_str)
        {
            Some(why) => Err(Refusal::invalid(
                &kind.qualified_kind(),
                &name,
                &[why.to_owned()],
            )),
            None => Ok(()),
        }
    }

    fn namespace_is_there(&self, kind: &Kind, object: &Value) -> Result<(), Refusal> {
        let namespace = object["metadata"]["namespace"].as_str().unwrap_or_default();
        let Some(there) = self.objects.get(&key("", "Namespace", "", namespace)) else {
            return Err(Refusal::not_found("namespaces", namespace));
        };
        if there["status"]["phase"] != "Terminating" {
            return Ok(());
        }
        let name = object["metadata"]["name"].as_str().unwrap_or_default();
        let why = format!(
            "unable to create new content in namespace {namespace} because it is being terminated"
        );
        Err(Refusal::forbidden(&kind.qualified(), name, &why))
    }

    /// Refuses a claim that grows where its storage class does not allow it.
    pub(super) fn check_growth(
        &self,
        kind: &Kind,
        object: &Value,
        old: &Value,
    ) -> Result<(), Refusal> {
        let size =
            |object: &Value| nanos(object["spec"]["resources"]["requests"]["storage"].as_str()?);
        if kind.kind != "PersistentVolumeClaim" || size(object) <= size(old) {
            return Ok(());
        }
        let class = object["spec"]["storageClassName"]
            .as_str()
            .unwrap_or_default();
        let class = self
            .objects
            .get(&key("storage.k8s.io", "StorageClass", "", class));
        if class.is_some_and(|class| class["allowVolumeExpansion"] == true) {
            return Ok(());
        }
        let name = object["metadata"]["name"].as_str().unwrap_or_default();
        let why = "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize";
        Err(Refusal::forbidden(&kind.qualified(), name, why))
    }

    /// Refuses an object that is one too many.
    pub(super) fn check_quota(&self, kind: &Kind, object: &Value) -> Result<(), Refusal> {
        let namespace = object["metadata"]["namespace"].as_str().unwrap_or_default();
        let name = object["metadata"]["name"].as_str().unwrap_or_default();
        let limits = self
            .quotas
            .iter()
            .filter(|q| q.namespace == namespace && q.kind == kind.kind);
        for quota in limits {
            let there = self.objects.keys();
            let used = there
                .filter(|key| &*key.namespace == namespace && *key.group_kind.kind == *quota.kind)
                .count();
            if used >= quota.most {
                let what = format!("count/{}", kind.qualified());
                let (quota, most) = (&quota.name, quota.most);
                let why = format!(
                    "exceeded quota: {quota}, requested: {what}=1, used: {what}={used}, limited: {what}={most}"
                );
                return Err(Refusal::forbidden(&kind.qualified(), name, &why));
            }
        }
        Ok(())
    }
}
