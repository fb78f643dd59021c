//! An operation in words, while it runs.

use crate::app_state::{OperationStage, Running};
use model::{Operation, OperationPhase, OperationState, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

const BLOCKED: &str = "Sync operation blocked by sync window";

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
            acting: None,
            told_hooks: BTreeSet::new(),
            telling_hooks: None,
            terminate: false,
            timed_out: false,
            blocked: false,
            told: false,
        }
    }

    /// Syncs everything, for real.
    pub(crate) fn is_full(&self) -> bool {
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
            OperationStage::Ready if self.blocked => (BLOCKED.to_owned(), None),
            OperationStage::Preparing(_) | OperationStage::Ready => {
                ("waiting for the desired and live state".to_owned(), None)
            }
            OperationStage::Walking(walk) => (walk.waits_for.clone(), None),
            OperationStage::Waiting {
                failed_at, message, ..
            } => (message.clone(), Some(*failed_at)),
            OperationStage::Broken(message) => (message.clone(), None),
        };
        // While it waits, the attempt that comes is the one that is counted.
        let waits = matches!(self.stage, OperationStage::Waiting { .. });
        OperationState {
            retry_count: self.retry_count + u32::from(waits),
            ..self.state(phase, message, finished_at)
        }
    }
}
