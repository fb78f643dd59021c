//! Operator Lifecycle Manager: subscriptions.

use super::check::Check;
use super::condition_line::line;
use super::field::{Field, Stumble, joined};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Subscription").then_some(Check::Code(subscription))
}

/// What the conditions and the state of a subscription come to; `list` tells them all.
#[derive(Default)]
struct Tally {
    pending: bool,
    degraded: bool,
    list: String,
}

fn subscription(object: Field<'_>) -> Verdict {
    let conditions = object.find("status.conditions")?;
    if !conditions.is_set() {
        return Progressing.says("An install plan for a subscription is pending installation");
    }
    let awaits_approval = awaits_approval(object, conditions)?;
    let mut tally = Tally::default();
    for (index, condition) in conditions.entries()? {
        if !(awaits_approval && condition.get("type")?.is("InstallPlanPending")) {
            tally.count(&index, condition)?;
        }
    }
    tally.count_state(object.find("status.state")?, awaits_approval)?;
    let status = match (tally.degraded, tally.pending) {
        (true, _) => Degraded,
        (false, true) => Progressing,
        (false, false) => Healthy,
    };
    Ok(Some(status.because(tally.list)))
}

/// An upgrade that waits for somebody's approval, while an older version is at work, is as it
/// should be.
fn awaits_approval(object: Field<'_>, conditions: Field<'_>) -> Result<bool, Stumble> {
    if !object.find("spec.installPlanApproval")?.is("Manual") {
        return Ok(false);
    }
    for condition in conditions.values()? {
        if condition.get("type")?.is("InstallPlanPending")
            && condition.get("status")?.is("True")
            && condition.get("reason")?.is("RequiresApproval")
        {
            return Ok(object.find("status.installedCSV")?.is_set());
        }
    }
    Ok(false)
}

const FAILURES: &[&str] = &[
    "CatalogSourcesUnhealthy",
    "InstallPlanFailed",
    "ResolutionFailed",
];

impl Tally {
    fn count(&mut self, index: &str, condition: Field<'_>) -> Result<(), Stumble> {
        self.list += &line(index, condition)?;
        let (kind, status) = (condition.get("type")?, condition.get("status")?);
        let is_true = status.is("True");
        let not_found = condition.get("reason")?.is("ReferencedInstallPlanNotFound");
        self.pending |= kind.is("InstallPlanPending") && is_true;
        self.degraded |=
            kind.is("InstallPlanMissing") && !not_found || kind.is_one_of(FAILURES) && is_true;
        Ok(())
    }

    fn count_state(&mut self, state: Field<'_>, awaits_approval: bool) -> Result<(), Stumble> {
        if !state.is_set() {
            self.pending = true;
            self.list += ".status.state not yet known\n";
            return Ok(());
        }
        if state.is("UpgradePending") && awaits_approval {
            self.list += ".status.state is 'UpgradePending' \
                (manual InstallPlan approval pending; treated as healthy)\n";
            return Ok(());
        }
        self.pending |= state.is_one_of(&["", "UpgradeAvailable", "UpgradePending"]);
        self.degraded |= state.is("UpgradeFailed");
        self.list += &joined(&[".status.state is '".into(), state, "'\n".into()])?;
        Ok(())
    }
}
