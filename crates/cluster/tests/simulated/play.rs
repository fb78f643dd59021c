//! Both sides, played the same requests.

use crate::ask::{Answer, Ask, Kind, Verb};
use crate::compare::{Memory, differences};
use crate::objects;
use crate::real::{Real, collection, one_key};
use crate::simulated::Simulated;
use serde_json::{Value, json};
use sim::Write;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use testbed::{Component, ControlPlane};

/// The first answers that differ.
#[derive(Clone, Debug)]
pub struct Difference {
    pub at: usize,
    pub places: Vec<String>,
    pub real: Value,
    pub simulated: Value,
}

/// The last play, for what is seen of it from a watch.
struct Last {
    namespace: String,
    since: String,
    cluster: sim::Cluster,
    version: u64,
}

pub struct Stage {
    last: Option<Last>,
    pub real: Real,
    plays: usize,
    /// Pairs of answers compared.
    pub pairs: usize,
    /// Refusals among them.
    pub refusals: usize,
}

impl Stage {
    /// A control plane without controllers, with the custom kinds.
    pub fn on(plane: &ControlPlane) -> Self {
        for component in [
            Component::ControllerManager,
            Component::Scheduler,
            Component::Kwok,
        ] {
            plane.kill(component);
        }
        let real = Real::of(plane);
        for definition in objects::definitions() {
            let path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
            real.send("POST", path, "application/json", &definition);
        }
        let patience = Instant::now() + Duration::from_secs(20);
        let served = || {
            let list = |plural: &str| {
                real.send(
                    "GET",
                    &format!("/apis/example.org/v1/{plural}"),
                    "application/json",
                    &Value::Null,
                )
                .code
            };
            list("widgets") == 200 && list("gadgets") == 200
        };
        while !served() && Instant::now() < patience {
            std::thread::sleep(Duration::from_millis(50));
        }
        // An apply is refused until the server knows the new types.
        std::thread::sleep(Duration::from_millis(1500));
        Self {
            last: None,
            real,
            plays: 0,
            pairs: 0,
            refusals: 0,
        }
    }

    /// Plays requests in namespaces of their own; the first answers that differ, if any do.
    pub fn play(&mut self, asks: &[Ask]) -> Option<Difference> {
        self.plays += 1;
        let namespaces = [
            format!("play-{}-a", self.plays),
            format!("play-{}-b", self.plays),
        ];
        let mut simulated = Simulated::new();
        for definition in objects::definitions() {
            let kind = model::GroupKind::new("apiextensions.k8s.io", "CustomResourceDefinition");
            simulated
                .cluster
                .post(&kind, "", &definition, Write::by("setup"))
                .expect("it is valid");
        }
        let mut since = String::new();
        for namespace in &namespaces {
            let object =
                json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}});
            let made = self
                .real
                .send("POST", "/api/v1/namespaces", "application/json", &object);
            assert_eq!(made.code, 201, "{}", made.body);
            since = made.body["metadata"]["resourceVersion"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            simulated.cluster.create_namespace(namespace);
            // Pods are refused where it is not.
            let account = json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default"}});
            let path = format!("/api/v1/namespaces/{namespace}/serviceaccounts");
            self.real.send("POST", &path, "application/json", &account);
            let kind = model::GroupKind::new("", "ServiceAccount");
            simulated
                .cluster
                .post(&kind, namespace, &account, Write::by("setup"))
                .expect("it is valid");
        }
        let version = simulated.cluster.version();
        let (mut theirs, mut ours) = (Memory::default(), Memory::default());
        for (at, ask) in asks.iter().enumerate() {
            let namespace = &namespaces[ask.namespace];
            let name = if ask.kind().namespaced {
                ask.name.clone()
            } else {
                format!("play-{}-{}", self.plays, ask.name)
            };
            let key = one_key(ask, namespace, &name);
            let real = self.real.answer(ask, namespace, &name, &theirs);
            simulated.cluster.set_clock(now());
            let simulation = simulated.answer(ask, namespace, &name, &ours);
            self.pairs += 1;
            self.refusals += usize::from(real.code >= 300);
            let said = |memory: &mut Memory, answer: &Answer| {
                let (lists, deletes) = (
                    matches!(ask.verb, Verb::List),
                    matches!(ask.verb, Verb::Delete { .. }),
                );
                if answer.code < 300
                    && !ask.dry_run
                    && !lists
                    && !deletes
                    && answer.body["kind"] == ask.kind().kind
                {
                    memory.learn(&key, &answer.body);
                }
                memory.said(
                    &key,
                    answer,
                    lists && ask.kind().namespaced,
                    deletes || lists,
                )
            };
            let (real_said, simulated_said) =
                (said(&mut theirs, &real), said(&mut ours, &simulation));
            if real_said != simulated_said {
                let places = differences(&real_said, &simulated_said);
                return Some(Difference {
                    at,
                    places,
                    real: real.body,
                    simulated: simulation.body,
                });
            }
        }
        let namespace = namespaces[0].clone();
        self.last = Some(Last {
            namespace,
            since,
            cluster: simulated.cluster,
            version,
        });
        None
    }

    /// What a watch tells of the last play's objects of a kind, where that differs.
    pub fn watch(&self, kind: &Kind) -> Option<String> {
        let last = self.last.as_ref().filter(|_| kind.namespaced)?;
        let path = collection(kind, &last.namespace);
        let told = self.real.stream(&format!(
            "{path}?watch=1&resourceVersion={}&timeoutSeconds=1",
            last.since
        ));
        let theirs: Vec<String> = told
            .iter()
            .map(|event| event_in_words(&event["type"], &event["object"]))
            .collect();
        let group = kind
            .api_version
            .split_once('/')
            .map_or("", |(group, _)| group);
        let told = last
            .cluster
            .watch(&model::GroupKind::new(group, kind.kind), last.version)
            .expect("it is remembered");
        let ours = told
            .events
            .iter()
            .filter(|told| *told.key.namespace == *last.namespace);
        let word = |told: &sim::Told| match told.happened {
            sim::Happened::Added => json!("ADDED"),
            sim::Happened::Modified => json!("MODIFIED"),
            sim::Happened::Deleted => json!("DELETED"),
        };
        let ours: Vec<String> = ours
            .map(|told| event_in_words(&word(told), &told.object))
            .collect();
        (theirs != ours).then(|| {
            format!(
                "a watch of {}:\nreal: {theirs:#?}\nsimulated: {ours:#?}",
                kind.kind
            )
        })
    }
}

fn event_in_words(kind: &Value, object: &Value) -> String {
    let metadata = &object["metadata"];
    let dying = metadata["deletionTimestamp"].is_string();
    let (name, generation) = (&metadata["name"], &metadata["generation"]);
    format!(
        "{kind} {name} generation {generation} dying {dying} {}",
        metadata["finalizers"]
    )
}

/// The time to the second, as objects are stamped with it.
fn now() -> String {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    // Only the order of stamps matters, and whether they are equal.
    format!("2026-01-01T{seconds:012}Z")
}
