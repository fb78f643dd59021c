//! The one task that owns the engine: events in, requests out.

use super::context::Context;
use super::happenings::Happenings;
use super::{settings_watch, watching, worker};
use anyhow::Result;
use engine::{Engine, Event, Notice, Outbox, Settings};
use model::Timestamp;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::sync::mpsc;

/// Watches begin at the latest after this long, whether or not every app could be rendered.
const PATIENCE_WITH_SOURCES: Duration = Duration::from_secs(10);
/// The probe's heart beats at least this often.
const BEAT: Duration = Duration::from_secs(10);

/// Runs the engine until the events end.
pub async fn run(context: Arc<Context>, mut events: mpsc::UnboundedReceiver<Event>) -> Result<()> {
    let _workers = worker::start(&context);
    let happenings = Happenings::start(&context);
    let _control = settings_watch::start(&context).await;
    let settings = context.settings.load_full();
    let mut engine = Engine::new(Settings {
        poll: settings.reconciliation.every,
        poll_jitter: settings.reconciliation.jitter,
        sync_timeout: settings.sync_timeout,
        ..Settings::default()
    });
    let begun = Instant::now();
    let mut watches = None;
    loop {
        context.probe.beat();
        let wait = until_next(&engine, watches.is_some());
        let event = match tokio::time::timeout(wait, events.recv()).await {
            Ok(Some(event)) => event,
            Ok(None) => return Ok(()),
            Err(_) => Event::Tick,
        };
        step(&context, &happenings, &mut engine, event);
        while let Ok(event) = events.try_recv() {
            step(&context, &happenings, &mut engine, event);
        }
        let late = begun.elapsed() > PATIENCE_WITH_SOURCES;
        if watches.is_none() && (engine.desired_is_known() || late) {
            watches = Some(watching::start(&context));
        }
    }
}

fn until_next(engine: &Engine, watching: bool) -> Duration {
    let longest = if watching {
        BEAT
    } else {
        Duration::from_millis(100)
    };
    match engine.next_wake() {
        // One more millisecond, for the clock is cut to whole ones.
        Some(wake) => (wake.since(now()) + Duration::from_millis(1)).min(longest),
        None => longest,
    }
}

fn step(context: &Arc<Context>, happenings: &Happenings, engine: &mut Engine, event: Event) {
    let begun = Instant::now();
    let mut out = Outbox::default();
    engine.handle(event, now(), &mut out);
    context.metrics.engine_step(begun.elapsed());
    context.set_sources(engine);
    for notice in out.notices {
        take_notice(context, happenings, notice);
    }
    for request in out.requests {
        context.queue.push(request);
    }
}

fn take_notice(context: &Arc<Context>, happenings: &Happenings, notice: Notice) {
    match notice {
        Notice::Desired(changes) => context.wanted.change(changes),
        Notice::Healed { app, key, since } => {
            context.metrics.healed(&app);
            context.metrics.drifted();
            context.metrics.heal_took(now().since(since));
            tracing::info!(%app, object = %key, "drift set back");
        }
        Notice::Event {
            app,
            reason,
            message,
            warning,
        } => {
            match warning {
                true => tracing::warn!(%app, reason, "{message}"),
                false => tracing::info!(%app, reason, "{message}"),
            }
            happenings.tell(context, &app, reason, message, warning);
        }
    }
}

fn now() -> Timestamp {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    Timestamp(now.map_or(0, |now| now.as_millis() as u64))
}
