//! How we are, for the kubelet and Prometheus: `/healthz`, `/readyz`, `/metrics`.
//!
//! Not alive means: start us anew, it cannot get better by itself. Not ready means: wait. A cluster
//! or Git server that is away makes us neither: that is what metrics and conditions are for.

use std::sync::Arc;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::Metrics;

/// The type of OpenMetrics text, which Prometheus asks for by default.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What the binary knows of itself.
pub trait Probe: Send + Sync + 'static {
    /// Whether the loop has answered lately.
    fn is_alive(&self) -> bool;

    /// Whether work has begun: everything was listed once, and those who wait for their turn to
    /// lead are ready to.
    fn is_ready(&self) -> bool;

    /// What has to come before work can begin, for people.
    fn waiting_for(&self) -> String {
        "the first lists".to_owned()
    }
}

/// Routes for the port of probes and metrics.
pub fn status_router(probe: Arc<dyn Probe>, metrics: Arc<Metrics>) -> Router {
    let (alive, ready) = (probe.clone(), probe);
    Router::new()
        .route("/healthz", get(async move || liveness(&*alive)))
        .route("/readyz", get(async move || readiness(&*ready)))
        .route("/metrics", get(async move || exposition(&metrics)))
}

fn liveness(probe: &dyn Probe) -> Response {
    match probe.is_alive() {
        true => (StatusCode::OK, "ok\n").into_response(),
        false => unavailable("the loop does not answer".to_owned()),
    }
}

fn readiness(probe: &dyn Probe) -> Response {
    match probe.is_ready() {
        true => (StatusCode::OK, "ok\n").into_response(),
        false => unavailable(format!("waiting for {}", probe.waiting_for())),
    }
}

fn unavailable(why: String) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, why + "\n").into_response()
}

fn exposition(metrics: &Metrics) -> Response {
    ([(header::CONTENT_TYPE, OPEN_METRICS)], metrics.text()).into_response()
}
