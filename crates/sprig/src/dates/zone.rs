//! Zones: where a time is looked at from.
//!
//! In: a name. Out: a zone, and what its clocks show at a moment. "Local" is UTC: a render must not
//! depend on where it runs. Source: Go 1.26, time/zoneinfo.go (LoadLocation).

use jiff::Timestamp;
use jiff::tz::{Dst, TimeZone, TimeZoneDatabase};

/// A zone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Zone {
    /// `UTC`.
    Utc,
    /// `Local`, whose clocks show UTC.
    Local,
    /// Always this far from UTC.
    Fixed {
        /// Its abbreviation; may be empty.
        name: String,
        /// Seconds ahead.
        offset: i32,
    },
    /// Of the database of time zones.
    Named(TimeZone),
}

/// What a zone's clocks show at a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ZoneAt {
    /// The abbreviation; empty if it has none.
    pub name: String,
    /// Seconds ahead of UTC.
    pub offset: i32,
    /// Is it summer time?
    pub summer: bool,
}

impl Zone {
    /// The zone of a name, as it is spelled in the database.
    pub fn named(name: &[u8]) -> Option<Self> {
        match std::str::from_utf8(name).ok()? {
            "" | "UTC" => Some(Self::Utc),
            "Local" => Some(Self::Local),
            name => {
                let zone = TimeZoneDatabase::bundled().get(name).ok()?;
                // That database does not mind case; Go's is a folder of files and does.
                (zone.iana_name() == Some(name)).then_some(Self::Named(zone))
            }
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Utc => "UTC",
            Self::Local => "Local",
            Self::Fixed { name, .. } => name,
            Self::Named(zone) => zone.iana_name().unwrap_or_default(),
        }
    }

    /// What its clocks show so many seconds after the epoch.
    pub fn at(&self, seconds: i64) -> ZoneAt {
        match self {
            Self::Utc | Self::Local => fixed("UTC", 0),
            Self::Fixed { name, offset } => fixed(name, *offset),
            Self::Named(zone) => {
                let (first, last) = (Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
                let moment = Timestamp::from_second(seconds.clamp(first, last));
                let info = zone.to_offset_info(moment.unwrap_or_default());
                ZoneAt {
                    name: info.abbreviation().to_owned(),
                    offset: info.offset().seconds(),
                    summer: info.dst() == Dst::Yes,
                }
            }
        }
    }
}

fn fixed(name: &str, offset: i32) -> ZoneAt {
    let name = name.to_owned();
    ZoneAt {
        name,
        offset,
        summer: false,
    }
}
