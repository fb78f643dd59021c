//! What the engine does: steps, renders, heals, reconciles, requests under way. All of it atomics;
//! labels come from short fixed lists, or from namespaces and clusters there are.

use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// Argo CD's bounds for a reconcile, with finer ones below: most take milliseconds here.
const RECONCILE_BOUNDS: [f64; 10] = [0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0];
/// From an event to the answer of the apply that set it right.
const HEAL_BOUNDS: [f64; 11] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0,
];
/// Steps are meant to take microseconds; one of more than a millisecond wants a look.
const STEP_BOUNDS: [f64; 8] = [1e-6, 5e-6, 2.5e-5, 1e-4, 5e-4, 2.5e-3, 2.5e-2, 0.25];

type Place = [(&'static str, String); 2];
type Kind = [(&'static str, &'static str); 1];

#[derive(Debug)]
pub(super) struct EngineMetrics {
    pub heal_duration: Histogram,
    pub drift_events: Counter,
    pub step: Histogram,
    reconcile: Family<Place, Histogram, fn() -> Histogram>,
    renders: Family<Kind, Counter>,
    in_flight: Family<Kind, Gauge>,
}

/// A request of the engine under way; no longer when dropped.
#[derive(Debug)]
#[must_use = "the request counts as under way until this is dropped"]
pub struct Flight(Gauge);

impl Drop for Flight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl EngineMetrics {
    pub fn in_registry(registry: &mut Registry) -> Self {
        let reconcile = || Histogram::new(RECONCILE_BOUNDS);
        let metrics = Self {
            heal_duration: Histogram::new(HEAL_BOUNDS),
            drift_events: Counter::default(),
            step: Histogram::new(STEP_BOUNDS),
            reconcile: Family::new_with_constructor(reconcile),
            renders: Family::default(),
            in_flight: Family::default(),
        };
        metrics.register(registry);
        metrics
    }

    fn register(&self, registry: &mut Registry) {
        let reconcile = "Seconds to compare an application with its source";
        registry.register("argocd_app_reconcile", reconcile, self.reconcile.clone());
        let heal = "Seconds from drift being seen to its apply being answered";
        registry.register(
            "caretaker_heal_duration_seconds",
            heal,
            self.heal_duration.clone(),
        );
        let drift = "Watch events that showed drift";
        registry.register("caretaker_drift_events", drift, self.drift_events.clone());
        let step = "Seconds a step of the engine takes";
        registry.register("caretaker_engine_step_seconds", step, self.step.clone());
        let renders = "Renders, answered from the cache or not";
        registry.register("caretaker_renders", renders, self.renders.clone());
        let in_flight = "Requests of the engine under way, by kind";
        registry.register(
            "caretaker_requests_in_flight",
            in_flight,
            self.in_flight.clone(),
        );
    }

    pub fn reconciled(&self, namespace: &str, dest_server: &str, took: Duration) {
        let place = [
            ("dest_server", dest_server.to_owned()),
            ("namespace", namespace.to_owned()),
        ];
        self.reconcile
            .get_or_create(&place)
            .observe(took.as_secs_f64());
    }

    pub fn rendered(&self, cached: bool) {
        let word = if cached { "true" } else { "false" };
        self.renders.get_or_create(&[("cached", word)]).inc();
    }

    pub fn flight(&self, kind: &'static str) -> Flight {
        let gauge = self.in_flight.get_or_create(&[("kind", kind)]).clone();
        gauge.inc();
        Flight(gauge)
    }
}
