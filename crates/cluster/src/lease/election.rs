//! A candidate at work: tries, renews, steps down. What it knows is a value others can wait on.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use model::{GroupVersionKind, Timestamp};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::record::{Lease, Spec, Verdict};
use crate::{ApiResource, Connection, CreateOptions, Priority, RequestError};

/// How long things take; client-go's own by default.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ElectionTimes {
    /// How long others wait for a silent leader.
    pub lease: Duration,
    /// How long a leader tries to renew before it steps down; less than `lease`.
    pub renew_within: Duration,
    /// Between tries.
    pub retry: Duration,
}

impl Default for ElectionTimes {
    fn default() -> Self {
        let (lease, renew_within) = (Duration::from_secs(15), Duration::from_secs(10));
        Self {
            lease,
            renew_within,
            retry: Duration::from_secs(2),
        }
    }
}

/// Which lease, and as whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ElectionOptions {
    /// The lease's namespace.
    pub namespace: String,
    /// The lease's name.
    pub name: String,
    /// Ours alone among the candidates, as in the pod's name.
    pub identity: String,
    /// How long things take.
    pub times: ElectionTimes,
}

/// Who leads, as far as this candidate knows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Leadership {
    /// Not known yet, or not known any more. Whoever led must stop.
    Unknown,
    /// Another does.
    Other(String),
    /// We do.
    Ours,
}

/// A running candidacy. When it is dropped, the lease is left to run out.
#[derive(Debug)]
pub struct Election {
    leadership: watch::Receiver<Leadership>,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Election {
    /// Stands for election.
    pub fn start(connection: &Connection, options: ElectionOptions) -> Self {
        let (tell, leadership) = watch::channel(Leadership::Unknown);
        let (stop, stopped) = oneshot::channel();
        let candidate = Candidate {
            connection: connection.with_priority(Priority::Interactive),
            options,
            tell,
            seen: Seen {
                lease: None,
                since: Instant::now(),
            },
            renewed: Instant::now(),
        };
        let task = tokio::spawn(candidate.run(stopped));
        Self {
            leadership,
            stop: Some(stop),
            task,
        }
    }

    /// Follow this to learn of every change, lost leadership included.
    pub fn leadership(&self) -> watch::Receiver<Leadership> {
        self.leadership.clone()
    }

    /// Whether we lead at this moment.
    pub fn is_ours(&self) -> bool {
        *self.leadership.borrow() == Leadership::Ours
    }

    /// Steps down and gives the lease up, so that the next need not wait for it to run out.
    pub async fn release(mut self) {
        drop(self.stop.take());
        let _ = (&mut self.task).await;
    }
}

impl Drop for Election {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Candidate {
    connection: Connection,
    options: ElectionOptions,
    tell: watch::Sender<Leadership>,
    seen: Seen,
    renewed: Instant,
}

/// The record as last seen, and since when it has been the same.
struct Seen {
    lease: Option<Lease>,
    since: Instant,
}

impl Candidate {
    async fn run(mut self, mut stopped: oneshot::Receiver<()>) {
        loop {
            let round = tokio::time::timeout_at(self.deadline(), self.try_once());
            tokio::select! {
                outcome = round => self.note(outcome.ok()),
                _ = &mut stopped => break,
            }
            tokio::select! {
                () = tokio::time::sleep(self.options.times.retry) => {}
                _ = &mut stopped => break,
            }
        }
        self.step_down().await;
    }

    /// A leader's time counts from its last renewal, however many tries it makes.
    fn deadline(&self) -> Instant {
        let leading = *self.tell.borrow() == Leadership::Ours;
        let from = if leading {
            self.renewed
        } else {
            Instant::now()
        };
        from + self.options.times.renew_within
    }

    fn note(&mut self, outcome: Option<Result<Leadership, RequestError>>) {
        match outcome {
            Some(Ok(leadership)) => self.say(leadership),
            Some(Err(error)) => {
                tracing::debug!(lease = %self.options.name, %error, "lease not reached");
                self.doubt();
            }
            None => self.doubt(),
        }
    }

    /// A leader that could not renew in time must not go on: others may already have taken over.
    fn doubt(&mut self) {
        let leading = *self.tell.borrow() == Leadership::Ours;
        if !leading || self.renewed.elapsed() >= self.options.times.renew_within {
            self.say(Leadership::Unknown);
        }
    }

    fn say(&self, leadership: Leadership) {
        self.tell
            .send_if_modified(|known| std::mem::replace(known, leadership.clone()) != leadership);
    }

    async fn try_once(&mut self) -> Result<Leadership, RequestError> {
        let asked = Instant::now();
        let options = &self.options;
        let found = self
            .connection
            .get(&leases(), &options.namespace, &options.name)
            .await?;
        let Some(found) = found else {
            return self.create(asked).await;
        };
        self.seen.see(read(&found)?);
        let lease = self.seen.lease.clone().expect("it was seen just now");
        match lease
            .spec
            .verdict(&options.identity, self.seen.since.elapsed())
        {
            Verdict::Leave(holder) => Ok(Leadership::Other(holder)),
            Verdict::Renew | Verdict::Take => self.hold(lease, asked).await,
        }
    }

    async fn create(&mut self, asked: Instant) -> Result<Leadership, RequestError> {
        let metadata = serde_json::json!({
            "name": self.options.name,
            "namespace": self.options.namespace,
        });
        let lease = Lease {
            api_version: "coordination.k8s.io/v1".into(),
            kind: "Lease".into(),
            metadata: metadata.as_object().cloned().unwrap_or_default(),
            spec: self.ours(&Spec::default()),
        };
        let (namespace, options) = (&self.options.namespace, CreateOptions::default());
        let created = self
            .connection
            .create(&leases(), namespace, write(&lease), &options)
            .await;
        self.outcome(created, asked)
    }

    /// The resourceVersion within the lease lets only one of several takers through.
    async fn hold(&mut self, lease: Lease, asked: Instant) -> Result<Leadership, RequestError> {
        let lease = Lease {
            spec: self.ours(&lease.spec),
            ..lease
        };
        let replaced = self.replace(&lease).await;
        self.outcome(replaced, asked)
    }

    async fn replace(&self, lease: &Lease) -> Result<bytes::Bytes, RequestError> {
        let ElectionOptions {
            namespace, name, ..
        } = &self.options;
        let options = CreateOptions::default();
        self.connection
            .replace(&leases(), namespace, name, write(lease), &options)
            .await
    }

    fn outcome(
        &mut self,
        written: Result<bytes::Bytes, RequestError>,
        asked: Instant,
    ) -> Result<Leadership, RequestError> {
        match written {
            Ok(lease) => {
                self.seen.see(read(&lease)?);
                self.renewed = asked;
                Ok(Leadership::Ours)
            }
            Err(RequestError::Conflict { .. } | RequestError::AlreadyExists { .. })
                if *self.tell.borrow() != Leadership::Ours =>
            {
                Ok(Leadership::Unknown)
            }
            Err(error) => Err(error),
        }
    }

    fn ours(&self, spec: &Spec) -> Spec {
        spec.held_by(&self.options.identity, self.options.times.lease, now())
    }

    /// Says so first: nobody may lead between our release and our knowing of it.
    async fn step_down(&mut self) {
        let led = *self.tell.borrow() == Leadership::Ours;
        self.say(Leadership::Unknown);
        if let Some(lease) = self.seen.lease.take().filter(|_| led) {
            let spec = lease.spec.released(now());
            let release = Lease { spec, ..lease };
            let released = self.replace(&release);
            let _ = tokio::time::timeout(self.options.times.renew_within, released).await;
        }
    }
}

impl Seen {
    fn see(&mut self, lease: Lease) {
        if self
            .lease
            .as_ref()
            .is_none_or(|known| known.spec != lease.spec)
        {
            self.since = Instant::now();
        }
        self.lease = Some(lease);
    }
}

fn leases() -> ApiResource {
    let gvk = GroupVersionKind::from_api_version("coordination.k8s.io/v1", "Lease");
    ApiResource::new(gvk, "leases", true)
}

fn read(lease: &[u8]) -> Result<Lease, RequestError> {
    serde_json::from_slice(lease).map_err(|source| RequestError::Unreadable { source })
}

fn write(lease: &Lease) -> bytes::Bytes {
    serde_json::to_vec(lease)
        .expect("strings and maps always serialize")
        .into()
}

fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(since.as_millis() as u64)
}
