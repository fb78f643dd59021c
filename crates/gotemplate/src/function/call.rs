//! What a running function can reach.

use super::{FunctionError, Functions};
use crate::exec::Run;
use crate::limits::Limits;
use crate::parse::Parsed;
use crate::set::TemplateSet;
use crate::value::{Text, Value};
use std::any::Any;

/// What a running function can reach.
pub struct Call<'a> {
    run: &'a Run<'a>,
    set: &'a TemplateSet,
}

impl<'a> Call<'a> {
    pub(crate) fn new(run: &'a Run<'a>, set: &'a TemplateSet) -> Self {
        Self { run, set }
    }

    /// What the caller of the template passed along for its functions.
    pub fn host(&self) -> &'a dyn Any {
        self.run.host.host
    }

    /// The functions templates are parsed with here.
    pub fn functions(&self) -> &'a Functions {
        self.run.host.functions
    }

    /// What is allowed.
    pub fn limits(&self) -> &'a Limits {
        &self.run.host.limits
    }

    /// The set whose template is running.
    pub fn set(&self) -> &'a TemplateSet {
        self.set
    }

    /// Runs a template of the set with a value and gives what it printed: Helm's `include`.
    pub fn execute(&mut self, name: &str, dot: Value) -> Result<Text, FunctionError> {
        self.execute_set(self.set, name, dot)
    }

    /// The same with a template of another set.
    pub fn execute_set(
        &mut self,
        set: &TemplateSet,
        name: &str,
        dot: Value,
    ) -> Result<Text, FunctionError> {
        let text = set.run(name.as_bytes(), dot, self.run);
        text.map_err(FunctionError::passed_on)
    }

    /// Runs what was parsed, whether or not it made it into the set: Helm's `tpl`.
    pub fn execute_parsed(
        &mut self,
        set: &TemplateSet,
        parsed: &Parsed,
        dot: Value,
    ) -> Result<Text, FunctionError> {
        let text = set.run_template(parsed.main(), dot, self.run);
        text.map_err(FunctionError::passed_on)
    }

    /// Counts work a function does that its arguments do not show, such as a long loop.
    pub fn spend(&self, steps: u64) -> Result<(), FunctionError> {
        let spent = self.run.spend(steps);
        spent.map_err(|exceeded| FunctionError::new(exceeded.to_string()))
    }
}
