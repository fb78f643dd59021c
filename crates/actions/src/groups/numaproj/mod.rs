//! Numaflow and Numaplane: pipelines that are paused, go on slowly or fast, and are promoted.
//!
//! Comes in: an object of either group. Goes out: its actions, a file a group.

mod force_promote;
mod numaflow;
mod numaplane;
mod pausing;

use crate::catalogue::Kind;

pub const KINDS: [Kind; 5] = [
    numaflow::INTER_STEP_BUFFER_SERVICE,
    numaflow::MONO_VERTEX,
    numaflow::PIPELINE,
    numaplane::MONO_VERTEX_ROLLOUT,
    numaplane::PIPELINE_ROLLOUT,
];
