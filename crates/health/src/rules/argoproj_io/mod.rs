//! Argo's own kinds: rollouts and their analyses, application sets, workflows on a schedule, events.

mod application;
mod rollout;
mod same;

use super::by_condition::{ByCondition, Sign, conditions, when};
use super::by_phase::ByPhase;
use super::check::Check;
use super::field::Field;
use super::says::Says::{Message, MessageIfSet, MessageOrReason, Text};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Unknown};

pub fn check(kind: &str) -> Option<Check> {
    Some(match kind {
        "AnalysisRun" => Check::Code(analysis_run),
        "Application" => Check::Code(application::application),
        "ApplicationSet" => Check::Conditions(APPLICATION_SET),
        "CronWorkflow" => Check::Conditions(CRON_WORKFLOW),
        "EventBus" => Check::Conditions(EVENT_BUS),
        "Experiment" => Check::Code(experiment),
        "Rollout" => Check::Code(rollout::rollout),
        _ => return None,
    })
}

fn analysis_run(run: Field<'_>) -> Verdict {
    match run.get("status")?.is_set() {
        true => ANALYSIS_RUN.judge(run),
        false => {
            Progressing.says("Waiting for analysis run to finish: status has not been reconciled.")
        }
    }
}

const ANALYSIS_RUN: ByPhase = ByPhase {
    at: "status.phase",
    phases: &[
        ("Pending", Progressing, Text("Analysis run is running")),
        ("Running", Progressing, Text("Analysis run is running")),
        (
            "Successful",
            Healthy,
            MessageIfSet("Analysis run completed successfully"),
        ),
        ("Failed", Degraded, MessageIfSet("Analysis run failed")),
        ("Error", Degraded, MessageIfSet("Analysis run had an error")),
        (
            "Inconclusive",
            Unknown,
            MessageIfSet("Analysis run was inconclusive"),
        ),
    ],
    unset: None,
    other: None,
};

fn experiment(experiment: Field<'_>) -> Verdict {
    match experiment.get("status")?.is_set() {
        true => EXPERIMENT.judge(experiment),
        false => {
            Progressing.says("Waiting for experiment to finish: status has not been reconciled.")
        }
    }
}

const EXPERIMENT: ByPhase = ByPhase {
    at: "status.phase",
    phases: &[
        ("Pending", Progressing, Text("Experiment is pending")),
        ("Running", Progressing, Text("Experiment is running")),
        ("Successful", Healthy, Text("Experiment is successful")),
        ("Failed", Degraded, Text("Experiment has failed")),
        ("Error", Degraded, Text("Experiment had an error")),
    ],
    unset: None,
    other: None,
};

/// An error counts before all else, and a rollout under way before its result so far.
const APPLICATION_SET: ByCondition = conditions(
    &[
        &[when("ErrorOccurred", "True", Degraded, Message)],
        &[when("ResourcesUpToDate", "False", Degraded, Message)],
        &[when("RolloutProgressing", "True", Progressing, Message)],
        &[when("ResourcesUpToDate", "True", Healthy, Message)],
    ],
    Progressing,
    "Waiting for the status to be reported",
)
.in_any_table();

/// A schedule without troubles is healthy, even before it has run.
const CRON_WORKFLOW: ByCondition = conditions(
    &[&[
        when("SpecError", "True", Degraded, Message),
        when("SubmissionError", "True", Degraded, Message),
        when("Completed", "True", Healthy, Message),
    ]],
    Healthy,
    "CronWorkflow is healthy.",
)
.in_any_table();

const DEPLOYED: &[Sign] = &[
    when("Deployed", "False", Degraded, MessageOrReason),
    when("Deployed", "True", Healthy, MessageOrReason),
];
const EVENT_BUS: ByCondition = conditions(&[DEPLOYED], Progressing, "Waiting for initialization");
