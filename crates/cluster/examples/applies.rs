//! How fast, and at what cost to us, many objects are applied.
//!
//! `applies KUBECONFIG COUNT IN_FLIGHT`: applies that many ConfigMaps of 1 KiB to the namespace of
//! the context, three times: new, changed, unchanged. Prints rate, CPU seconds and resident memory.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use cluster::{Answer, ApiResource, ApplyOptions, ConnectOptions, Connection};
use model::GroupVersionKind;

#[tokio::main(worker_threads = 2)]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let kubeconfig = args.next().map(PathBuf::from);
    let count = args.next().map_or(Ok(5000), |text| text.parse())?;
    let in_flight = args.next().map_or(Ok(16), |text| text.parse())?;
    let user_agent = "caretaker/bench".to_owned();
    let options = ConnectOptions {
        kubeconfig,
        context: None,
        user_agent,
    };
    let connection = Connection::connect(options).await?;
    for (round, answer) in [
        ("a", Answer::Object),
        ("b", Answer::Object),
        ("b", Answer::Metadata),
    ] {
        let (begun, cpu) = (Instant::now(), cpu_time());
        apply_all(&connection, count, in_flight, round, answer).await;
        let (wall, cpu) = (begun.elapsed().as_secs_f64(), cpu_time() - cpu);
        let rate = count as f64 / wall;
        let limit = connection.limiter().reading();
        println!(
            "{count} applies ({round}, {answer:?}): {wall:.2} s, {rate:.0}/s, {:.2} CPU s, {} KiB resident, {limit:?}",
            cpu.as_secs_f64(),
            resident()
        );
    }
    println!("{:?}", connection.counters().iter().collect::<Vec<_>>());
    Ok(())
}

async fn apply_all(
    connection: &Connection,
    count: usize,
    in_flight: usize,
    round: &'static str,
    answer: Answer,
) {
    let next = Arc::new(AtomicUsize::new(0));
    let workers = (0..in_flight).map(|_| {
        let (connection, next) = (connection.clone(), next.clone());
        tokio::spawn(async move {
            loop {
                let number = next.fetch_add(1, Relaxed);
                if number >= count {
                    return;
                }
                apply(&connection, number, round, answer).await;
            }
        })
    });
    for worker in workers.collect::<Vec<_>>() {
        worker.await.expect("a worker does not panic");
    }
}

async fn apply(connection: &Connection, number: usize, round: &str, answer: Answer) {
    let kind = GroupVersionKind::from_api_version("v1", "ConfigMap");
    let (kind, name) = (
        ApiResource::new(kind, "configmaps", true),
        format!("bench-{number}"),
    );
    let body = serde_json::json!({
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": { "name": name, "labels": { "app.kubernetes.io/instance": "bench" } },
        "data": { "round": round, "text": "x".repeat(1024) },
    });
    let options = ApplyOptions {
        field_manager: "bench".into(),
        force: true,
        answer,
        ..Default::default()
    };
    let namespace = connection.default_namespace();
    let applied = connection
        .apply(&kind, namespace, &name, body.to_string().into(), &options)
        .await;
    applied.expect("a ConfigMap can be applied");
}

/// User and system time of this process, from `/proc/self/stat` in ticks of 10 ms.
fn cpu_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = after_name.split_whitespace().skip(11).take(2);
    let ticks: u64 = ticks.filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .unwrap_or_default()
}
