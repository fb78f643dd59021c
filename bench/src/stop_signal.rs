//! Ctrl-C or SIGTERM: the run is given up in good order, so that no process of it is left behind.

use tokio::signal::unix::{SignalKind, signal};

/// Waits for a signal to stop.
pub async fn came() {
    let (Ok(mut interrupt), Ok(mut terminate)) = (
        signal(SignalKind::interrupt()),
        signal(SignalKind::terminate()),
    ) else {
        // Without handlers the default action ends us.
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}
