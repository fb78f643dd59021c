//! An operation in words, while it runs.

use crate::app_state::{OperationStage, Running, StepState, Walk};
use model::{Operation, OperationPhase, OperationState, Timestamp};
use std::collections::BTreeMap;

impl Running {
    /// An operation at its beginning.
    pub(crate) fn new(operation: Operation, now: Timestamp) -> Self {
        Self {
            heal: operation.self_heal_attempts > 0,
            operation,
            started_at: now,
            stage: OperationStage::Ready,
            results: BTreeMap::new(),
            retry_count: 0,
            revision: None,
            target: None,
            own_revision: false,
            terminate: false,
            told: false,
        }
    }

    /// Syncs everything, for real.
    pub(super) fn is_full(&self) -> bool {
        self.operation.only.is_empty() && !self.operation.dry_run && !self.heal
    }

    /// As it is told.
    pub(crate) fn state(
        &self,
        phase: OperationPhase,
        message: String,
        finished_at: Option<Timestamp>,
    ) -> OperationState {
        OperationState {
            operation: self.operation.clone(),
            phase,
            message,
            started_at: self.started_at,
            finished_at,
            retry_count: self.retry_count,
            revision: self
                .revision
                .clone()
                .or_else(|| self.operation.revision.clone()),
            results: self.results.values().cloned().collect(),
        }
    }

    /// As it is told while it runs.
    pub(crate) fn progress(&self) -> OperationState {
        let phase = match self.terminate {
            true => OperationPhase::Terminating,
            false => OperationPhase::Running,
        };
        let (message, finished_at) = match &self.stage {
            OperationStage::Preparing(_) | OperationStage::Ready => {
                ("waiting for the desired and live state".to_owned(), None)
            }
            OperationStage::Walking(walk) => (waiting_for(walk), None),
            OperationStage::Waiting {
                failed_at, message, ..
            } => (message.clone(), Some(*failed_at)),
            OperationStage::Broken(message) => (message.clone(), None),
        };
        self.state(phase, message, finished_at)
    }
}

/// What a walk waits for, naming one object and how many more.
fn waiting_for(walk: &Walk) -> String {
    let open = walk
        .steps
        .iter()
        .enumerate()
        .filter(|(_, step)| **step != StepState::Over);
    let names: Vec<String> = open
        .filter_map(|(at, state)| {
            let key = walk.step(at)?.action.key().to_string();
            Some(match state {
                StepState::Later { reason, .. } => format!("{key} (failed for now: {reason})"),
                _ => key,
            })
        })
        .collect();
    match names.split_first() {
        None => match walk.plan.stages.get(walk.stage) {
            Some(stage) => format!("waiting for healthy state of wave {}", stage.wave),
            None => "finishing".to_owned(),
        },
        Some((first, [])) => format!("waiting for completion of {first}"),
        Some((first, more)) => format!("waiting for completion of {first} and {} more", more.len()),
    }
}
