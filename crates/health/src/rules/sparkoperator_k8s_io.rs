//! Spark: applications.

use super::check::Check;
use super::field::{Field, Stumble};
use super::number;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Missing, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "SparkApplication").then_some(Check::Code(application))
}

fn application(object: Field<'_>) -> Verdict {
    if !object.get("status")?.is_set() {
        return Progressing.says(WAITING);
    }
    let state = object.find("status")?.get("applicationState")?;
    let Field::Text(word) = state.get("state")? else {
        return Progressing.says(WAITING);
    };
    let (status, message) = match word {
        "" => (
            Progressing,
            "SparkApplication was added, enqueuing it for submission",
        ),
        "RUNNING" if has_its_executors(object)? => (Healthy, "SparkApplication is Running"),
        "SUBMITTED" => (Progressing, "SparkApplication was submitted successfully"),
        "COMPLETED" => (Healthy, "SparkApplication was Completed"),
        "FAILED" | "SUBMISSION_FAILED" | "FAILING" => {
            return Degraded.says(state.get("errorMessage")?);
        }
        "PENDING_RERUN" => (Progressing, "SparkApplication is Pending Rerun"),
        "INVALIDATING" => (Missing, "SparkApplication is in InvalidatingState"),
        "SUCCEEDING" => (Progressing, SUCCEEDING),
        "UNKNOWN" => (Progressing, UNKNOWN),
        _ => (Progressing, WAITING),
    };
    status.says(message)
}

const WAITING: &str = "Waiting for Executor pods";
/// Argo CD gives it with the line break.
const SUCCEEDING: &str = "The driver pod has been completed successfully. \
    The executor pods terminate and are cleaned up.\n                                \
    Under this circumstances, we assume the executor pod are completed.";
/// Argo CD gives it with the blanks at the end.
const UNKNOWN: &str = "SparkApplication is in UnknownState because either driver pod or one or \
    all executor pods in unknown state  ";

/// Whether as many executors run as the specification says, in one of the places where it can.
fn has_its_executors(object: Field<'_>) -> Result<bool, Stumble> {
    let executors = object.find("status.executorState")?;
    if !executors.is_set() {
        return Ok(false);
    }
    let running = executors.values()?.filter(|state| state.is("RUNNING"));
    let running = Field::Number(running.count() as f64);
    let spec = object.get("spec")?;
    let wanted = spec.get("executor")?.get("instances")?;
    if wanted == running {
        return Ok(true);
    }
    if let Some((least, most)) = range(spec)? {
        return Ok(!running.is_less_than(least)? && !most.is_less_than(running)?);
    }
    let unsaid = !spec.get("dynamicAllocation")?.is_set() && !wanted.is_set();
    Ok(unsaid && running != Field::Number(0.0))
}

/// The least and the most executors.
type Range<'a> = (Field<'a>, Field<'a>);

const ANY: Range<'_> = (Field::Number(0.0), Field::Number(f64::INFINITY));

fn range(spec: Field<'_>) -> Result<Option<Range<'_>>, Stumble> {
    let allocation = spec.get("dynamicAllocation")?;
    if allocation.reach("enabled")?.is_truthy() {
        let least = allocation.get("minExecutors")?.or(ANY.0);
        return Ok(Some((least, allocation.get("maxExecutors")?.or(ANY.1))));
    }
    let settings = spec.get("sparkConf")?;
    if !settings.is_set() {
        return Ok(None);
    }
    for prefix in [
        "spark.streaming.dynamicAllocation",
        "spark.dynamicAllocation",
    ] {
        let setting = |name: &str| settings.get(&format!("{prefix}.{name}"));
        if setting("enabled")?.is("true") {
            let least = spelled(setting("minExecutors")?, ANY.0);
            let most = spelled(setting("maxExecutors")?, ANY.1);
            // A least number that is none is as good as no range.
            return Ok(least.is_set().then_some((least, most)));
        }
    }
    Ok(None)
}

/// A setting as a number; absent if it spells none.
fn spelled<'a>(setting: Field<'a>, otherwise: Field<'a>) -> Field<'a> {
    match setting {
        Field::Absent => otherwise,
        Field::Number(_) => setting,
        Field::Text(text) => number::asked_for(text).map_or(Field::Absent, Field::Number),
        _ => Field::Absent,
    }
}
