//! The server over real sockets: what strangers, the kubelet and Prometheus meet.

mod client;
mod end;
mod metrics;
mod probes;
mod webhooks;
