//! Kinds of the Argo projects: Argo CD itself, Rollouts and Workflows.
//!
//! Comes in: an object of the group. Goes out: its actions, a file a kind.

mod analysis_run;
mod application;
mod cron_workflow;
mod rollout;
mod workflow_template;

use crate::Action;
use crate::catalogue::{Kind, Verb::Change, Verb::Create};

const GROUP: &str = "argoproj.io";

pub const KINDS: [Kind; 5] = [
    Kind {
        group: GROUP,
        kind: "AnalysisRun",
        offers: analysis_run::offers,
        verbs: &[("terminate", Change(analysis_run::terminate))],
    },
    Kind {
        group: GROUP,
        kind: "Application",
        offers: application::offers,
        verbs: &[("toggle-auto-sync", Change(application::toggle_auto_sync))],
    },
    Kind {
        group: GROUP,
        kind: "CronWorkflow",
        offers: |_| Ok(vec![create_workflow()]),
        verbs: &[("create-workflow", Create(cron_workflow::create))],
    },
    Kind {
        group: GROUP,
        kind: "Rollout",
        offers: rollout::offers,
        verbs: &rollout::VERBS,
    },
    Kind {
        group: GROUP,
        kind: "WorkflowTemplate",
        offers: |_| Ok(vec![create_workflow()]),
        verbs: &[("create-workflow", Create(workflow_template::create))],
    },
];

fn create_workflow() -> Action {
    let create = Action::new("create-workflow").icon("fa fa-fw fa-plus");
    create.shown_as("Create Workflow")
}
