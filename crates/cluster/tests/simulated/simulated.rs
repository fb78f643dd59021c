//! The simulated cluster, asked the same.

use crate::ask::{Answer, Ask, Verb};
use crate::compare::Memory;
use crate::real::{merge, migrated, one_key, placed, set};
use model::{GroupKind, PropagationPolicy};
use serde_json::{Value, json};
use sim::{Cluster, Deletion, Patch, Refusal, Write, Written, key};

pub struct Simulated {
    pub cluster: Cluster,
}

impl Simulated {
    pub fn new() -> Self {
        let mut cluster = Cluster::default();
        cluster.lazy_collector = true;
        Self { cluster }
    }

    pub fn answer(&mut self, ask: &Ask, namespace: &str, name: &str, memory: &Memory) -> Answer {
        let kind = ask.kind();
        let group = kind
            .api_version
            .split_once('/')
            .map_or("", |(group, _)| group);
        let group_kind = GroupKind::new(group, kind.kind);
        let within = if kind.namespaced { namespace } else { "" };
        let key = key(group, kind.kind, within, name);
        let write = Write {
            dry_run: ask.dry_run,
            subresource: if ask.status { "status" } else { "" },
            ..Write::by(ask.manager)
        };
        let known = memory.of(&one_key(ask, namespace, name));
        let cluster = &mut self.cluster;
        match &ask.verb {
            Verb::Create(object) => {
                written(cluster.post(&group_kind, within, &placed(object, name), write))
            }
            Verb::Replace(object, version, uid) => {
                let mut object = placed(object, name);
                set(&mut object, "resourceVersion", known.version(*version));
                set(&mut object, "uid", known.uid(*uid));
                written(cluster.put(&key, &object, write))
            }
            Verb::Edit(change) => match cluster.get(&key).cloned() {
                None => refused(&Refusal::not_found(kind.plural, name)),
                Some(mut object) => {
                    merge(&mut object, change);
                    written(cluster.put(&key, &object, write))
                }
            },
            Verb::Migrate => match cluster.get(&key).cloned() {
                None => refused(&Refusal::not_found(kind.plural, name)),
                Some(object) => written(cluster.put(&key, &migrated(object, ask.manager), write)),
            },
            Verb::Apply(config, force) => {
                let patch = Patch::Apply {
                    config: placed(config, name),
                    force: *force,
                };
                written(cluster.patch(&key, &patch, write))
            }
            Verb::Merge(patch, version) => {
                let mut patch = patch.clone();
                set(&mut patch, "resourceVersion", known.version(*version));
                written(cluster.patch(&key, &Patch::Merge(patch), write))
            }
            Verb::Json(patch) => written(cluster.patch(&key, &Patch::Json(patch.clone()), write)),
            Verb::Strategic(patch) => {
                written(cluster.patch(&key, &Patch::Strategic(patch.clone()), write))
            }
            Verb::Delete {
                uid,
                version,
                propagation,
                grace,
            } => {
                let (uid, version) = (known.uid(*uid), known.version(*version));
                let deletion = Deletion {
                    uid: uid.as_deref(),
                    version: version.as_deref(),
                    propagation: propagation.map(policy),
                    grace: *grace,
                    dry_run: ask.dry_run,
                };
                match cluster.remove(&key, &deletion) {
                    Ok(left) => Answer {
                        code: 200,
                        body: left.unwrap_or_default(),
                    },
                    Err(refusal) => refused(&refusal),
                }
            }
            Verb::Get => match cluster.get(&key) {
                Some(object) => Answer {
                    code: 200,
                    body: object.clone(),
                },
                None => refused(&Refusal::not_found(kind.plural, name)),
            },
            Verb::List => {
                let there = cluster
                    .objects()
                    .filter(|(k, _)| k.group_kind == group_kind && *k.namespace == *within);
                let items: Vec<Value> = there.map(|(_, object)| object.clone()).collect();
                Answer {
                    code: 200,
                    body: json!({"items": items}),
                }
            }
        }
    }
}

pub fn policy(text: &str) -> PropagationPolicy {
    match text {
        "Foreground" => PropagationPolicy::Foreground,
        "Orphan" => PropagationPolicy::Orphan,
        _ => PropagationPolicy::Background,
    }
}

fn written(answer: Result<Written, Refusal>) -> Answer {
    match answer {
        Ok(written) => Answer {
            code: if written.created { 201 } else { 200 },
            body: written.object,
        },
        Err(refusal) => refused(&refusal),
    }
}

fn refused(refusal: &Refusal) -> Answer {
    let mut body = json!({"kind": "Status", "message": refusal.message});
    if !refusal.reason.as_str().is_empty() {
        body["reason"] = json!(refusal.reason.as_str());
    }
    Answer {
        code: refusal.code,
        body,
    }
}
