//! Ctrl-C.
//!
//! In: SIGINT or SIGTERM. Out: a flag that every wait looks at, so that the demo ends by the
//! ordinary way: each value that holds a process or a folder is dropped.

use anyhow::{Context, Result, bail};
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::signal::unix::{SignalKind, signal};

static SEEN: AtomicBool = AtomicBool::new(false);

/// From now on a signal sets the flag instead of ending this process, and silences the panics that
/// follow from it: the testbed gets the same signal from the terminal, and its client takes its end
/// for a mishap.
pub fn listen() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build();
    let runtime = runtime.context("cannot wait for signals")?;
    let (mut interrupted, mut terminated) = {
        let _guard = runtime.enter();
        let cannot = "cannot wait for signals";
        let interrupted = signal(SignalKind::interrupt()).context(cannot)?;
        (
            interrupted,
            signal(SignalKind::terminate()).context(cannot)?,
        )
    };
    std::thread::spawn(move || {
        runtime.block_on(async {
            tokio::select! { _ = interrupted.recv() => {} _ = terminated.recv() => {} }
        });
        SEEN.store(true, Ordering::SeqCst);
    });
    let loud = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !seen() {
            loud(panic);
        }
    }));
    Ok(())
}

/// Was there a signal?
pub fn seen() -> bool {
    SEEN.load(Ordering::SeqCst)
}

/// An error if there was a signal.
pub fn check() -> Result<()> {
    if seen() {
        bail!("interrupted");
    }
    Ok(())
}
