//! The health of an application, from that of its objects.
//!
//! Comes in: what is known of each object that belongs to it. Goes out: the worst that counts.
//! A missing object does not count, since being out of sync already says it; only when nothing at
//! all is live is the application missing. A child application that is missing or unknown does not
//! pull its parent down.

use crate::status::HealthStatus;

/// What counts of one object of an application. Hooks and objects that compare-options exclude are
/// not members at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Member {
    /// Wanted, but not in the cluster.
    Missing,
    /// Live, with its health if it has one and it is not to be ignored.
    Live(Option<HealthStatus>),
    /// A live Application of the same engine.
    ChildApplication(Option<HealthStatus>),
}

impl Member {
    fn counts_as(self) -> HealthStatus {
        use HealthStatus::{Healthy, Missing, Unknown};
        match self {
            Self::Missing | Self::ChildApplication(Some(Missing | Unknown)) => Healthy,
            Self::Live(status) | Self::ChildApplication(status) => status.unwrap_or(Healthy),
        }
    }
}

/// The health of an application with these members.
pub fn worst(members: impl IntoIterator<Item = Member>) -> HealthStatus {
    let (mut worst, mut any, mut any_live) = (HealthStatus::Healthy, false, false);
    for member in members {
        any = true;
        any_live |= member != Member::Missing;
        worst = worst.max(member.counts_as());
    }
    if any && !any_live {
        worst.max(HealthStatus::Missing)
    } else {
        worst
    }
}

#[cfg(test)]
mod tests {
    use super::HealthStatus::*;
    use super::{Member, worst};

    #[test]
    fn the_worst_member_decides() {
        let members = [
            Member::Live(Some(Progressing)),
            Member::Live(Some(Degraded)),
        ];
        assert_eq!(worst(members), Degraded);
        assert_eq!(
            worst([Member::Live(Some(Suspended)), Member::Live(None)]),
            Suspended
        );
    }

    #[test]
    fn missing_members_count_only_when_nothing_is_live() {
        assert_eq!(worst([]), Healthy);
        assert_eq!(worst([Member::Missing, Member::Missing]), Missing);
        assert_eq!(worst([Member::Missing, Member::Live(None)]), Healthy);
    }

    #[test]
    fn a_child_application_nobody_knows_anything_of_does_not_count() {
        for status in [Missing, Unknown] {
            assert_eq!(worst([Member::ChildApplication(Some(status))]), Healthy);
            assert_eq!(worst([Member::Live(Some(status))]), status);
        }
        assert_eq!(worst([Member::ChildApplication(Some(Degraded))]), Degraded);
    }
}
