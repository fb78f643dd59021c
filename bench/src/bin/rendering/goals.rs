//! What we want the figures to be, in one place.

use bench::goal::Goal;

/// Times as fast as the real command, for at least half of all kept overlays.
pub const COMMAND: Goal = Goal::AtLeast(10.0);
/// The same in this process, which is how the engine renders.
pub const IN_PROCESS: Goal = Goal::AtLeast(50.0);
/// Times as fast as the real helm as a command, for at least half of all kept charts in this process.
pub const CHARTS_IN_PROCESS: Goal = Goal::AtLeast(10.0);
/// Times as fast as Go's engine, for at least half of all kept charts, both with nothing remembered.
pub const CHARTS_BESIDE_ENGINE: Goal = Goal::AtLeast(3.0);
/// Each of the three: documents, nodes, writing.
pub const YAML: Goal = Goal::AtLeastOfBare(5.0);
