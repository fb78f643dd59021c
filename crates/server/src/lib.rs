//! HTTP in: webhooks, probes, metrics.
//!
//! Comes in: requests from Git hosts, the kubelet and Prometheus. Goes out: the bytes of a webhook
//! to whoever understands them ([`WebhookSink`]), and answers about how we are ([`Probe`],
//! [`Metrics`]). Nothing here knows Kubernetes or Git. Strangers may call, so everything is bounded:
//! connections, sizes, memory and time.

mod heartbeat;
mod metrics;
mod serve;
mod status;
mod webhook;

pub use heartbeat::Heartbeat;
pub use metrics::{ClusterReading, Counter, Flight, Metrics, RequestCount, SourceOfClusters};
pub use serve::{ServeError, serve};
pub use status::{Probe, status_router};
pub use webhook::{WebhookReply, WebhookSink, webhook_router};
