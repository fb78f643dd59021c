//! Executes templates.
//!
//! Comes in: a parsed template, the set it calls others of, a value. Goes out: the bytes it prints,
//! or why it failed. A template is walked as it was parsed; what differs from Go is only that depth,
//! work and output are bounded. Source: Go 1.26, text/template/exec.go.

mod argument;
mod error;
mod executor;
mod field;
mod function;
mod object;
mod operand;
mod pipeline;
mod range;
mod run;
mod special;
mod variables;
mod walk;

pub use error::ExecError;
pub use run::Run;

use crate::parse::Template;
use crate::set::TemplateSet;
use crate::value::Value;
use executor::Executor;
use operand::Operand;

/// What a step gives.
type Result<T> = std::result::Result<T, Box<ExecError>>;

/// Executes a template with a value of its own.
pub fn execute(
    set: &TemplateSet,
    template: &Template,
    dot: Value,
    run: &Run<'_>,
) -> std::result::Result<Vec<u8>, ExecError> {
    let mut executor = Executor::new(set, template, run, Vec::new());
    executor.enter().map_err(|error| *error)?;
    let done = executor.template(&Operand::plain(dot));
    run.leave();
    done.map_err(|error| *error)?;
    let made = run.made(executor.out.len());
    made.map_err(|exceeded| *executor.exceeded(exceeded))?;
    Ok(executor.out)
}
