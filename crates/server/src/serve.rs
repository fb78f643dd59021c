//! A listener and a router -> answered requests, until told to stop.
//!
//! At most so many connections at once, each with so long to say what it wants: a stranger can
//! hold a place for seconds, never for ever. At the end no new connection is taken, requests under
//! way get a while to finish, and then the rest is cut.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Connections at once; further ones wait in the system's queue.
const CONNECTIONS: usize = 512;
/// How long a connection may take to say what it wants, idle time between requests included.
const HEADERS_WITHIN: Duration = Duration::from_secs(20);
/// What requests under way get at the end.
const FINISH_WITHIN: Duration = Duration::from_secs(10);
/// The wait after an accept that failed for want of file descriptors.
const BREATHE: Duration = Duration::from_millis(100);

/// Why serving did not begin.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The listener says nothing of itself.
    #[error("the listener is not usable")]
    Listener(#[source] io::Error),
}

/// Serves until `shutdown` ends, then lets requests under way finish (10 s at most).
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let address = listener.local_addr().map_err(ServeError::Listener)?;
    let (graceful, places) = (
        GracefulShutdown::new(),
        Arc::new(Semaphore::new(CONNECTIONS)),
    );
    tokio::pin!(shutdown);
    loop {
        let next = next_connection(&listener, &places);
        let (stream, place) = tokio::select! {
            biased;
            () = &mut shutdown => break,
            next = next => next,
        };
        tokio::spawn(one_connection(
            stream,
            place,
            router.clone(),
            graceful.watcher(),
        ));
    }
    drop(listener);
    if tokio::time::timeout(FINISH_WITHIN, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!(%address, "requests still under way are cut");
    }
    Ok(())
}

async fn next_connection(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (TcpStream, OwnedSemaphorePermit) {
    let place = places.clone().acquire_owned().await;
    let place = place.expect("the semaphore is never closed");
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return (stream, place),
            Err(error) => {
                tracing::debug!(%error, "a connection was not taken");
                tokio::time::sleep(BREATHE).await;
            }
        }
    }
}

async fn one_connection(
    stream: TcpStream,
    place: OwnedSemaphorePermit,
    router: Router,
    watcher: Watcher,
) {
    let service = TowerToHyperService::new(router);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection ended badly");
    }
    drop(place);
}
