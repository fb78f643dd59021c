//! Metrics: the whole text, and that series go with what they were about.

use crate::client::{Server, body, status};
use model::{
    App, AppId, Automated, ClusterId, Condition, ConditionKind, Destination, Operation,
    OperationPhase, OperationState, Outcome, Reference, Remembered, SourceKey, SyncOptions,
    SyncStatus, Timestamp, Tracking, TrackingMethod,
};
use server::{ClusterReading, Metrics, Probe, RequestCount, status_router};
use std::sync::Arc;
use std::time::Duration;

struct Fine;

impl Probe for Fine {
    fn is_alive(&self) -> bool {
        true
    }
    fn is_ready(&self) -> bool {
        true
    }
}

const HERE: &str = "https://kubernetes.default.svc";

fn guestbook() -> App {
    App {
        id: AppId::new("argocd", "guestbook"),
        uid: "u".into(),
        project: "default".into(),
        source: SourceKey {
            repository: "https://ann:hunter2@git.example.com/\"shop\".git".into(),
            chart: "".into(),
            reference: Reference::head(),
            project: "default".into(),
            pass_credentials: false,
        },
        render: Arc::default(),
        render_settings: Arc::default(),
        written_source: Arc::default(),
        destination: Destination {
            cluster: ClusterId::in_cluster(),
            namespace: "shop".into(),
        },
        automated: Some(Automated::default()),
        options: SyncOptions::default(),
        retry: None,
        ignore: Vec::new(),
        namespace_metadata: None,
        history_limit: 10,
        tracking: Tracking {
            method: TrackingMethod::Annotation,
            label_key: "app".into(),
            installation_id: None,
            instance: "guestbook".into(),
        },
        field_manager: "argocd-controller".into(),
        requested: None,
        refresh: None,
        approved_at: None,
        client_side_manager: None,
        deletion: None,
        paused: false,
        invalid: Vec::new(),
        not_acted_on: Vec::new(),
        remembered: Remembered::default(),
    }
}

fn operation(started_at: u64, phase: OperationPhase) -> OperationState {
    OperationState {
        operation: Operation::default(),
        phase,
        message: String::new(),
        started_at: Timestamp(started_at),
        finished_at: None,
        retry_count: 0,
        revision: None,
        results: Vec::new(),
    }
}

fn outcome(sync: SyncStatus, operation: OperationState) -> Outcome {
    let condition = |message: &str| Condition {
        kind: ConditionKind::SyncError,
        message: message.into(),
        since: Timestamp(0),
    };
    Outcome {
        sync,
        health: Some(("Healthy".into(), Timestamp(0))),
        conditions: vec![condition("a"), condition("b")],
        operation: Some(operation),
        ..Outcome::default()
    }
}

fn busy() -> Metrics {
    let (metrics, id) = (Metrics::new("0.1.0"), AppId::new("argocd", "guestbook"));
    metrics.app_defined(&guestbook());
    let done = outcome(SyncStatus::Synced, operation(1, OperationPhase::Succeeded));
    metrics.app_reported(&id, &done);
    metrics.app_reported(&id, &done);
    let running = operation(2, OperationPhase::Running);
    metrics.app_reported(&id, &outcome(SyncStatus::OutOfSync, running));
    metrics.healed(&id);
    metrics.heal_took(Duration::from_millis(30));
    metrics.app_reconciled(&id, Duration::from_millis(300));
    metrics.drifted();
    metrics.rendered(true);
    metrics.engine_step(Duration::from_micros(3));
    let repository = guestbook().source.repository;
    metrics.git_fetch(&repository, Duration::from_secs(3));
    metrics.git_fetch_failed(&repository);
    metrics.cluster_events(HERE, "apps", "Deployment").inc();
    metrics.clusters_from(|| {
        vec![ClusterReading {
            server: HERE.into(),
            k8s_version: "v1.36".into(),
            connected: true,
            api_resources: 60,
            objects: Some(1234),
            requests: vec![RequestCount {
                verb: "apply",
                outcome: "done",
                count: 7,
            }],
            in_flight: Some(1),
            waiting: Some(0),
            limit: Some(16),
        }]
    });
    metrics
}

#[tokio::test]
async fn the_whole_text_is_as_expected() {
    let metrics = busy();
    let flight = metrics.flight("render");
    let server = Server::start(status_router(Arc::new(Fine), metrics.into())).await;
    let answer = server.get("/metrics").await;
    assert_eq!(status(&answer), 200);
    assert!(answer.contains("content-type: application/openmetrics-text; version=1.0.0"));
    let steady = |line: &&str| {
        !line.starts_with("caretaker_resident_memory_bytes ")
            && !line.starts_with("caretaker_cpu_seconds_total ")
    };
    let lines: Vec<_> = body(&answer).lines().filter(steady).collect();
    golden("tests/http/metrics.txt", &(lines.join("\n") + "\n"));
    drop(flight);
}

#[test]
fn the_process_is_measured() {
    let text = Metrics::new("1").text();
    let value = |name: &str| -> f64 {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| panic!("no {name}in {text}"))
            .parse()
            .unwrap()
    };
    assert!(value("caretaker_resident_memory_bytes ") > 1e6);
    assert!(value("caretaker_cpu_seconds_total ") >= 0.0);
}

#[test]
fn series_go_with_what_they_were_about() {
    let (metrics, id) = (busy(), AppId::new("argocd", "guestbook"));
    let synced = outcome(SyncStatus::Synced, operation(2, OperationPhase::Failed));
    metrics.app_reported(&id, &synced);
    let text = metrics.text();
    assert!(text.contains("sync_status=\"Synced\"") && !text.contains("sync_status=\"OutOfSync\""));
    assert!(
        text.contains("phase=\"Failed\"") && !text.contains("hunter2"),
        "{text}"
    );
    metrics.app_gone(&id);
    metrics.cluster_gone(HERE);
    metrics.clusters_from(Vec::new);
    let text = metrics.text();
    for word in [
        "guestbook",
        "git.example.com",
        "Deployment",
        "api_resources",
    ] {
        assert!(!text.contains(word), "{word} is still in {text}");
    }
}

#[test]
fn what_ended_before_we_came_is_not_counted() {
    let (metrics, mut app) = (Metrics::new("1"), guestbook());
    app.remembered.operation = Some(operation(1, OperationPhase::Succeeded));
    metrics.app_defined(&app);
    let told = |started| {
        outcome(
            SyncStatus::Synced,
            operation(started, OperationPhase::Succeeded),
        )
    };
    metrics.app_reported(&app.id, &told(1));
    assert!(!metrics.text().contains("argocd_app_sync_total"));
    metrics.app_reported(&app.id, &told(2));
    assert!(metrics.text().contains("argocd_app_sync_total"));
}

#[test]
fn a_request_counts_while_it_is_under_way() {
    let metrics = Metrics::new("1");
    let flights = (metrics.flight("apply"), metrics.flight("apply"));
    let line = "caretaker_requests_in_flight{kind=\"apply\"}";
    assert!(metrics.text().contains(&format!("{line} 2\n")));
    drop(flights);
    assert!(metrics.text().contains(&format!("{line} 0\n")));
}

/// Compares with a file; `UPDATE_GOLDEN=1` writes it.
fn golden(path: &str, text: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        return std::fs::write(path, text).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(
        text, expected,
        "{path} differs; UPDATE_GOLDEN=1 writes it anew"
    );
}
