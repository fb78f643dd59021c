//! Sync windows: when the apps of a project may be synced.
//!
//! Comes in: `spec.syncWindows`, an app, and what time it is. Goes out: whether a sync may begin,
//! or go on. An active denial beats all; else an active permission permits; else there must be no
//! permission that could be active. `manualSync` lets people through, if every window in their way
//! has it.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/types.go (SyncWindows).

use super::cron::Schedule;
use crate::application::IN_CLUSTER_NAME;
use crate::fields::Object;
use crate::go_duration;
use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use model::glob;
use model::{App, ClusterId, Timestamp};
use std::sync::LazyLock;

/// The time zones that come with the program: the machine's own are never asked.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// All windows of a project, or those that concern one app.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SyncWindows(pub Vec<SyncWindow>);

/// Does a window permit or deny?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WindowKind {
    /// Syncs may run while it is open.
    Allow,
    /// No sync may run while it is open.
    Deny,
}

/// A window.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyncWindow {
    /// Permits or denies.
    pub kind: WindowKind,
    /// When it opens: five fields of cron.
    pub schedule: String,
    /// How long it stays open, in Go's notation.
    pub duration: String,
    /// Whose clock the schedule follows; UTC when empty or unknown.
    pub time_zone: String,
    /// Globs of app names.
    pub applications: Vec<String>,
    /// Globs of destination namespaces.
    pub namespaces: Vec<String>,
    /// Globs of cluster names or server URLs.
    pub clusters: Vec<String>,
    /// People may sync all the same.
    pub manual_sync: bool,
    /// All selectors that are given must match, not just one.
    pub and_operator: bool,
    /// A sync that was permitted when it began may go on.
    pub sync_overrun: bool,
}

/// What is wrong with a window.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum WindowError {
    /// The schedule cannot be read.
    #[error("cannot parse schedule '{0}': expected five fields of cron, such as '0 22 * * *'")]
    Schedule(String),
    /// The duration cannot be read.
    #[error("cannot parse duration '{0}': expected a duration such as '1h'")]
    Duration(String),
}

/// Why it cannot be said whether a sync may run.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("invalid sync windows")]
pub struct CanSyncError(#[from] pub WindowError);

impl SyncWindows {
    pub(super) fn read(spec: &Object<'_>, told: &mut Vec<String>) -> Self {
        let windows = spec.objects("syncWindows");
        let windows: Vec<_> = windows.iter().filter_map(SyncWindow::read).collect();
        for window in &windows {
            told.extend(
                window
                    .is_open(Timestamp(0))
                    .err()
                    .map(|error| error.to_string()),
            );
            if window.zone().is_none() {
                told.push(format!(
                    "unknown time zone '{}'; UTC is used",
                    window.time_zone
                ));
            }
        }
        Self(windows)
    }

    /// The windows that concern an app.
    pub fn of(&self, app: &App) -> Self {
        Self(
            self.0
                .iter()
                .filter(|window| window.concerns(app))
                .cloned()
                .collect(),
        )
    }

    /// May a sync begin now, or go on that began at `started_at`?
    pub fn can_sync(
        &self,
        manual: bool,
        now: Timestamp,
        started_at: Option<Timestamp>,
    ) -> Result<bool, CanSyncError> {
        let in_the_way = self.in_the_way(now)?;
        if in_the_way.is_empty() || (manual && in_the_way.iter().all(|window| window.manual_sync)) {
            return Ok(true);
        }
        let Some(started_at) = started_at else {
            return Ok(false);
        };
        let overrun = in_the_way.iter().all(|window| window.sync_overrun);
        Ok(overrun && self.can_sync(manual, started_at, None)?)
    }

    /// The windows that stand in a sync's way: active denials, or else permissions that are not
    /// active while none is.
    fn in_the_way(&self, now: Timestamp) -> Result<Vec<&SyncWindow>, WindowError> {
        let active = self.active(now)?;
        let denials = active
            .iter()
            .copied()
            .filter(|window| window.kind == WindowKind::Deny);
        let denials: Vec<_> = denials.collect();
        if !denials.is_empty() || !active.is_empty() {
            return Ok(denials);
        }
        Ok(self
            .0
            .iter()
            .filter(|window| window.kind == WindowKind::Allow)
            .collect())
    }

    /// Windows that permit and are not open.
    pub fn inactive_allows(&self, now: Timestamp) -> Result<Vec<&SyncWindow>, WindowError> {
        let active = self.active(now)?;
        let is_active = |window: &SyncWindow| active.iter().any(|open| std::ptr::eq(*open, window));
        let allows = self
            .0
            .iter()
            .filter(|window| window.kind == WindowKind::Allow);
        Ok(allows.filter(|window| !is_active(window)).collect())
    }

    /// The windows that are open.
    pub fn active(&self, now: Timestamp) -> Result<Vec<&SyncWindow>, WindowError> {
        let mut active = Vec::new();
        for window in &self.0 {
            if window.is_open(now)? {
                active.push(window);
            }
        }
        Ok(active)
    }
}

impl SyncWindow {
    fn read(object: &Object<'_>) -> Option<Self> {
        let kind = match object.text("kind") {
            "allow" => WindowKind::Allow,
            "deny" => WindowKind::Deny,
            other => {
                object.wrong("kind", &format!("found {other:?}, expected allow or deny"));
                return None;
            }
        };
        let text = |field| object.text(field).to_owned();
        let texts = |field| super::owned(object.texts(field));
        let flag = |field| object.flag(field).unwrap_or(false);
        Some(Self {
            kind,
            schedule: text("schedule"),
            duration: text("duration"),
            time_zone: text("timeZone"),
            applications: texts("applications"),
            namespaces: texts("namespaces"),
            clusters: texts("clusters"),
            manual_sync: flag("manualSync"),
            and_operator: flag("andOperator"),
            sync_overrun: flag("syncOverrun"),
        })
    }

    /// Is it open?
    pub fn is_open(&self, now: Timestamp) -> Result<bool, WindowError> {
        let schedule = Schedule::parse(&self.schedule)
            .ok_or_else(|| WindowError::Schedule(self.schedule.clone()))?;
        let duration = go_duration::parse(&self.duration)
            .ok_or_else(|| WindowError::Duration(self.duration.clone()))?;
        let to = self.local(now);
        let from = to.checked_sub(duration).unwrap_or(DateTime::MIN);
        Ok(schedule.has_moment_between(from, to))
    }

    /// What a clock on the wall there shows.
    fn local(&self, now: Timestamp) -> DateTime {
        let zone = self.zone().unwrap_or(TimeZone::UTC);
        let milliseconds = i64::try_from(now.0).unwrap_or(i64::MAX);
        let instant =
            jiff::Timestamp::from_millisecond(milliseconds).unwrap_or(jiff::Timestamp::MAX);
        zone.to_datetime(instant)
    }

    fn zone(&self) -> Option<TimeZone> {
        match self.time_zone.as_str() {
            "" | "UTC" => Some(TimeZone::UTC),
            name => ZONES.get(name).ok(),
        }
    }

    fn concerns(&self, app: &App) -> bool {
        let any = |globs: &[String], text: &str| globs.iter().any(|glob| glob::matches(glob, text));
        let cluster = &app.destination.cluster;
        let by_name = *cluster == ClusterId::in_cluster() && any(&self.clusters, IN_CLUSTER_NAME);
        let selectors = [
            (&self.applications, any(&self.applications, &app.id.name)),
            (&self.clusters, by_name || any(&self.clusters, &cluster.0)),
            (
                &self.namespaces,
                any(&self.namespaces, &app.destination.namespace),
            ),
        ];
        let mut given = selectors
            .iter()
            .filter(|(globs, _)| !globs.is_empty())
            .map(|(_, fit)| *fit);
        match self.and_operator {
            true => given.clone().next().is_some() && given.all(|fits| fits),
            false => given.any(|fits| fits),
        }
    }
}
