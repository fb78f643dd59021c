//! The one crate that speaks to Kubernetes.
//!
//! Comes in: where a cluster is and what is wanted of it. Goes out: bytes of objects, watch events,
//! and refusals as typed values. Nothing here decides what should be done: callers name the verb.
//!
//! Objects pass through as raw JSON ([`bytes::Bytes`]): who needs a field decodes it once, elsewhere.
//! Requests share a few HTTP/2 connections behind one adaptive [`Limiter`]; watches live on their own
//! connections, so that neither can starve the other of streams.

mod api_resource;
mod call;
mod connect;
mod connection;
mod connector;
mod counters;
mod discovery;
mod events;
mod kubeconfig;
mod lane;
mod lease;
mod limiter;
mod migrate;
mod object_head;
mod remote;
mod request_error;
mod request_headers;
mod resource_path;
mod server_version;
mod verbs;
mod warnings;
mod watch;

pub use api_resource::{ApiResource, Verbs};
pub use connect::{ConnectError, ConnectOptions};
pub use connection::Connection;
pub use counters::{Outcome, RequestCounters, Verb};
pub use discovery::{DiscoverError, Discovery, FailedGroup};
pub use events::{EventKind, EventRecorder, NewEvent, ObjectReference};
pub use lease::{Election, ElectionOptions, ElectionTimes, Leadership};
pub use limiter::{Limiter, LimiterReading, Priority};
pub use migrate::{CLIENT_SIDE_MANAGERS, LAST_APPLIED, migrate_client_side, migrate_managers};
pub use object_head::{MetadataHead, ObjectHead};
pub use remote::RemoteAccess;
pub use request_error::{Cause, RequestError};
pub use server_version::ServerVersion;
pub use verbs::{
    Answer, Applied, ApplyOptions, CreateOptions, DeleteOptions, Deleted, FieldValidation,
    ListOptions, PatchKind, PatchOptions,
};
pub use watch::{FailureReason, WatchEvent, WatchHandle, WatchRequest};
