//! One figure with all it is to be read beside.

use crate::goal::Goal;
use serde::Serialize;

/// One line of the table.
#[derive(Serialize, Clone, Debug)]
pub struct Row {
    /// What was measured.
    pub measure: String,
    /// In which unit.
    pub unit: &'static str,
    /// Our figure.
    pub caretaker: Option<f64>,
    /// The same of what stands beside us in this run: the bare limit, or another program.
    pub bare: Option<f64>,
    /// Ours by that.
    pub ratio: Option<f64>,
    /// Argo CD's, measured elsewhere.
    pub argo_cd: &'static str,
    /// Flux's, measured elsewhere.
    pub flux: &'static str,
    /// What we want.
    pub goal: Option<Goal>,
    /// Whether it is so.
    pub met: Option<bool>,
}

impl Row {
    /// A figure of ours.
    pub fn new(
        measure: impl Into<String>,
        unit: &'static str,
        caretaker: impl Into<Option<f64>>,
    ) -> Self {
        Self {
            measure: measure.into(),
            unit,
            caretaker: caretaker.into(),
            bare: None,
            ratio: None,
            argo_cd: "",
            flux: "",
            goal: None,
            met: None,
        }
    }

    /// Beside the bare limit, or another program.
    pub fn bare(mut self, bare: impl Into<Option<f64>>) -> Self {
        self.bare = bare.into();
        let of_bare = |(ours, bare): (f64, f64)| (bare > 0.0).then_some(ours / bare);
        self.ratio = self.caretaker.zip(self.bare).and_then(of_bare);
        self.judged()
    }

    /// Beside Argo CD's and Flux's figures from elsewhere.
    pub fn peers(mut self, argo_cd: &'static str, flux: &'static str) -> Self {
        (self.argo_cd, self.flux) = (argo_cd, flux);
        self
    }

    /// With a goal.
    pub fn goal(mut self, goal: Goal) -> Self {
        self.goal = Some(goal);
        self.judged()
    }

    fn judged(mut self) -> Self {
        self.met = self
            .goal
            .and_then(|goal| goal.met(self.caretaker, self.bare));
        self
    }
}
