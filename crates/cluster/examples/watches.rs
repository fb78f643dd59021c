//! What it costs to keep a cluster in view.
//!
//! `watches KUBECONFIG TIMES`: watches every kind of the cluster so many times over until each
//! first list is complete. Prints kinds, objects, time, CPU, memory and sockets.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use cluster::{ConnectOptions, Connection, WatchEvent, WatchRequest};

#[tokio::main(worker_threads = 2)]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let kubeconfig = args.next().map(PathBuf::from);
    let times = args.next().map_or(Ok(1), |text| text.parse::<usize>())?;
    let user_agent = "caretaker/bench".to_owned();
    let options = ConnectOptions {
        kubeconfig,
        context: None,
        user_agent,
    };
    let connection = Connection::connect(options).await?;
    let discovery = connection.discover().await?;
    let kinds: Vec<_> = discovery
        .each_preferred()
        .filter(|kind| kind.is_watchable())
        .collect();
    let (begun, listed, objects) = (
        Instant::now(),
        Arc::<AtomicUsize>::default(),
        Arc::default(),
    );
    let watches: Vec<_> = std::iter::repeat_n(kinds, times)
        .flatten()
        .map(|kind| {
            let (listed, objects) = (listed.clone(), Arc::<AtomicUsize>::clone(&objects));
            connection.watch(WatchRequest::all(kind.clone()), move |event| match event {
                WatchEvent::Listed { .. } => drop(listed.fetch_add(1, Relaxed)),
                WatchEvent::Applied(_) => drop(objects.fetch_add(1, Relaxed)),
                _ => {}
            })
        })
        .collect();
    while listed.load(Relaxed) < watches.len() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let (wall, sockets) = (begun.elapsed(), sockets());
    println!(
        "{} watches, {} objects, {wall:.2?}, {sockets} sockets",
        watches.len(),
        objects.load(Relaxed)
    );
    let status = std::fs::read_to_string("/proc/self/status")?;
    println!(
        "{}",
        status
            .lines()
            .filter(
                |line| line.starts_with("Vm") && line.contains("RSS") || line.starts_with("VmHWM")
            )
            .collect::<Vec<_>>()
            .join(" ")
    );
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    println!(
        "CPU ticks (10 ms) user, system: {:?}",
        stat.split_whitespace().skip(13).take(2).collect::<Vec<_>>()
    );
    Ok(())
}

fn sockets() -> usize {
    let files = std::fs::read_dir("/proc/self/fd")
        .into_iter()
        .flatten()
        .flatten();
    let targets = files.filter_map(|file| std::fs::read_link(file.path()).ok());
    targets
        .filter(|target| target.to_string_lossy().starts_with("socket:"))
        .count()
}
