//! Reading the live objects of a tree: kinds side by side, a few at a time, each object reduced as
//! soon as it is read. Kinds that may not be listed are told; the rest of the tree is shown.

use std::collections::BTreeSet;
use std::sync::Arc;

use cluster::{ApiResource, Connection, Discovery, RequestError, Verbs};
use live::Health;
use live::tree::{Graph, Managed, Member, ResourceRef};
use model::{ClusterId, GroupVersionKind};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::kinds::{Ask, TOKEN, may_own_across};

/// Requests under way at once.
const AT_ONCE: usize = 16;

/// What reading needs.
pub struct Reading<'a> {
    /// The cluster.
    pub connection: &'a Connection,
    /// Its kinds.
    pub discovery: &'a Discovery,
    /// The installation's settings.
    pub settings: &'a argo::Settings,
    /// Labels that are shown as info.
    pub labels: &'a [String],
}

/// What was read.
#[derive(Default)]
pub struct Read {
    /// The objects.
    pub graph: Graph,
    /// What could not be read, a line each.
    pub told: Vec<String>,
    unread: Vec<Ask>,
}

impl Read {
    /// Might this object be there, although it was not read?
    pub fn may_hide(&self, object: &ResourceRef) -> bool {
        self.unread.iter().any(|ask| {
            let kind = &ask.resource.gvk.group_kind;
            let namespace = ask.options.namespace.as_deref();
            (&*kind.group, &*kind.kind) == (&*object.group, &*object.kind)
                && namespace.is_none_or(|namespace| namespace == object.namespace)
        })
    }
}

impl Reading<'_> {
    /// The objects of these namespaces, and the cluster-scoped ones that are managed.
    pub async fn graph(&self, managed: &[Managed], namespaces: &BTreeSet<String>) -> Read {
        let listed = self.listed(self.asks(managed, namespaces)).await;
        let mut read = Read::default();
        let mut members = Vec::new();
        for (ask, (found, error)) in listed {
            members.extend(found);
            if let Some(error) = error {
                let place = place(&ask);
                read.told.push(format!("{place} cannot be listed: {error}"));
                read.unread.push(ask);
            }
        }
        read.graph = Graph::of(members);
        read
    }

    fn asks(&self, managed: &[Managed], namespaces: &BTreeSet<String>) -> Vec<Ask> {
        let across = managed.iter().any(|object| {
            object.key.namespace.is_empty() && may_own_across(&object.key.group_kind)
        });
        let mut asks: Vec<Ask> = Vec::new();
        for resource in self
            .discovery
            .each_preferred()
            .filter(|kind| self.is_read(kind))
        {
            match (across, resource.namespaced) {
                (true, _) => asks.push(Ask::of(resource, None)),
                (false, true) => {
                    asks.extend(namespaces.iter().map(|name| Ask::of(resource, Some(name))));
                }
                (false, false) => {}
            }
        }
        let alone = managed
            .iter()
            .filter(|object| object.key.namespace.is_empty());
        asks.extend(alone.filter_map(|object| self.one(object)));
        // Tokens come last, so that what is known of them counts.
        let tokens: Vec<Ask> = asks.iter().filter_map(Ask::tokens).collect();
        asks.extend(tokens);
        asks
    }

    fn is_read(&self, kind: &ApiResource) -> bool {
        let excluded = self
            .settings
            .is_excluded(&kind.gvk.group_kind, ClusterId::IN_CLUSTER);
        kind.verbs.contains(Verbs::LIST) && !excluded
    }

    /// The answers, in the order of the questions.
    async fn listed(&self, asks: Vec<Ask>) -> Vec<(Ask, Listed)> {
        let (free, reducer) = (Arc::new(Semaphore::new(AT_ONCE)), Arc::new(self.reducer()));
        let mut running = JoinSet::new();
        for (at, ask) in asks.into_iter().enumerate() {
            let (connection, free) = (self.connection.clone(), free.clone());
            let reducer = reducer.clone();
            running.spawn(async move {
                // The semaphore is never closed.
                let _permit = free.acquire().await;
                let listed = list(&connection, &ask, &reducer).await;
                (at, ask, listed)
            });
        }
        let mut answers = running.join_all().await;
        answers.sort_by_key(|(at, ..)| *at);
        answers
            .into_iter()
            .map(|(_, ask, listed)| (ask, listed))
            .collect()
    }

    /// A managed cluster-scoped object, if its kind is served.
    fn one(&self, object: &Managed) -> Option<Ask> {
        let gvk = GroupVersionKind {
            group_kind: object.key.group_kind.clone(),
            version: object.version.clone(),
        };
        let served = self.discovery.kinds.get(&gvk);
        let served = served.or_else(|| self.discovery.preferred(&gvk.group_kind));
        Some(Ask::one(served?, &object.key.name))
    }

    fn reducer(&self) -> Reducer {
        Reducer {
            settings: self.settings.clone(),
            labels: self.labels.to_vec(),
        }
    }
}

/// What a list brought, and why it ended early if it did.
type Listed = (Vec<Member>, Option<RequestError>);

async fn list(connection: &Connection, ask: &Ask, reducer: &Reducer) -> Listed {
    let mut members = Vec::new();
    let (gvk, tokens) = (&ask.resource.gvk, ask.is_of_tokens());
    let take = |bytes: bytes::Bytes| members.extend(reducer.reduce(&bytes, gvk, tokens));
    let listed = connection.list(&ask.resource, &ask.options, take).await;
    let error = listed
        .err()
        .filter(|error| !matches!(error, RequestError::NotFound { .. }));
    (members, error)
}

/// Makes members of bytes.
struct Reducer {
    settings: argo::Settings,
    labels: Vec<String>,
}

impl Reducer {
    fn reduce(&self, bytes: &[u8], gvk: &GroupVersionKind, token: bool) -> Option<Member> {
        let mut object: Value = serde_json::from_slice(bytes).ok()?;
        if token {
            object["type"] = json!(TOKEN);
        }
        let mut member = Member::of(&object, gvk, &ClusterId::in_cluster(), &self.labels)?;
        member.health = health::assess(&object).map(|health| Health {
            status: health.status.to_string().into(),
            message: health.message.into(),
        });
        let mark = argo::tracking::owner(&object, &member.key, &self.settings);
        member.instance = mark.map(Into::into);
        Some(member)
    }
}

fn place(ask: &Ask) -> String {
    let kind = &ask.resource.gvk.group_kind;
    match (&ask.options.namespace, &ask.options.field_selector) {
        (Some(namespace), _) => format!("{kind} in {namespace}"),
        (None, Some(selector)) => format!("{kind} with {selector}"),
        (None, None) => kind.to_string(),
    }
}
