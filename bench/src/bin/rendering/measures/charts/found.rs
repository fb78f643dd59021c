//! What was found of charts.

use serde::Serialize;

/// All of them.
#[derive(Serialize, Debug, Default)]
pub struct Found {
    /// How many there are.
    pub all: usize,
    /// Those that count.
    pub counted: Vec<Counted>,
    /// Those that neither program renders: they want values.
    pub rendered_by_none: Vec<String>,
    /// Those of which not all make the same bytes: most draw at random.
    pub different: Vec<String>,
}

/// A chart that counts; all times in seconds.
#[derive(Serialize, Debug)]
pub struct Counted {
    /// What it is called.
    pub name: String,
    /// Bytes of what is rendered.
    pub bytes: usize,
    /// The real helm, as a command.
    pub helm: f64,
    /// Caretaker, as a command.
    pub caretaker: f64,
    /// In this process, from files on disk to the text.
    pub in_process: f64,
    /// In this process, of a chart that is loaded, with nothing remembered.
    pub loaded: f64,
    /// In this process, of a chart that is loaded and whose templates are remembered.
    pub again: f64,
    /// Our engine alone, of a chart whose values are ready, with nothing remembered.
    pub engine: f64,
    /// Helm in one process of Go, of a chart that is loaded; none if that could not be measured.
    pub upstream: Option<Upstream>,
}

/// Helm's own code in one process; all times in seconds.
#[derive(Serialize, Clone, Copy, Debug)]
pub struct Upstream {
    /// Its engine alone: templates parsed and executed.
    pub engine: f64,
    /// All that `helm template` does.
    pub whole: f64,
}
