//! The loop itself, without the world.
//!
//! Comes in: an [`Event`] and what time it is. Goes out: changed state, and requests as data
//! ([`Outbox`]). No tokio, no clock, no Kubernetes client: `caretaker run` and the simulator drive
//! the same code. A step takes microseconds; whatever takes longer is a request.
//!
//! Cost of a step: the one app or object it is about. Nothing here walks all apps but a new
//! revision of a source, which touches each app that follows it once.

mod app_state;
mod deleting;
mod drift_told;
mod engine;
mod event;
mod healing;
mod hook_body;
mod hooks;
mod judging;
mod observe;
mod reporting;
mod request;
mod sources;
mod syncing;
mod target;
mod timers;

pub use engine::{Engine, Settings};
pub use event::{Answer, Applied, Event, Failure, Listing, RenderedTarget, Resolved};
pub use hook_body::hook_body;
pub use observe::{Observer, observe};
pub use request::{ApplyMode, Notice, Outbox, Priority, Report, Request, RequestId, Wish, Work};
pub use target::{Scope, Scopes, TargetError, build_target};
