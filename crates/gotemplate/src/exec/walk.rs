//! Walks over nodes: text is printed, actions are done.

use super::Result;
use super::executor::{At, Executor};
use super::operand::Operand;
use crate::fmt::{quote, write_value};
use crate::parse::node::{Branch, List, Node, TemplateCall};
use crate::stack::deeper;
use crate::value::Value;

/// How walking goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    On,
    Break,
    Continue,
}

impl<'t> Executor<'t> {
    pub fn list(&mut self, dot: &Operand, list: &'t List) -> Result<Flow> {
        for node in &list.nodes {
            let flow = self.node(dot, node)?;
            if flow != Flow::On {
                return Ok(flow);
            }
        }
        Ok(Flow::On)
    }

    fn node(&mut self, dot: &Operand, node: &'t Node) -> Result<Flow> {
        self.step()?;
        self.at(At::Node(node));
        match node {
            Node::Text(start, end) => {
                let text = &self.template.source.text;
                self.out
                    .extend_from_slice(&text[*start as usize..*end as usize]);
                self.check_output()?;
            }
            Node::Action(pipeline) => {
                let value = self.pipeline(dot, pipeline)?;
                if pipeline.variables.is_empty() {
                    self.at(At::Node(node));
                    self.print(&value)?;
                }
            }
            Node::Break(_) => return Ok(Flow::Break),
            Node::Continue(_) => return Ok(Flow::Continue),
            Node::If(branch) => return self.deeper(|this| this.branch(dot, branch, false)),
            Node::With(branch) => return self.deeper(|this| this.branch(dot, branch, true)),
            Node::Range(branch) => return self.deeper(|this| this.range(dot, branch)),
            Node::Template(call) => self.call_template(dot, call)?,
        }
        Ok(Flow::On)
    }

    /// Does something that nests, on more stack if need be.
    pub fn deeper<R>(&mut self, work: impl FnOnce(&mut Self) -> R) -> R {
        deeper(|| work(self))
    }

    fn branch(&mut self, dot: &Operand, branch: &'t Branch, moves_dot: bool) -> Result<Flow> {
        let mark = self.variables.mark();
        let value = self.pipeline(dot, &branch.pipeline)?;
        let flow = match (value.value.truth(), &branch.otherwise) {
            (true, _) if moves_dot => self.list(&value, &branch.list)?,
            (true, _) => self.list(dot, &branch.list)?,
            (false, Some(otherwise)) => self.list(dot, otherwise)?,
            (false, None) => Flow::On,
        };
        self.variables.forget(mark);
        Ok(flow)
    }

    fn call_template(&mut self, dot: &Operand, call: &'t TemplateCall) -> Result<()> {
        let Some(template) = self.set.get(call.name.as_bytes()) else {
            let name = quote(call.name.as_bytes());
            let name = String::from_utf8_lossy(&name);
            return Err(self.fail(format!("template {name} not defined")));
        };
        self.enter()?;
        let dot = match &call.pipeline {
            Some(pipeline) => self.pipeline(dot, pipeline)?,
            None => Operand::nothing(),
        };
        let out = std::mem::take(&mut self.out);
        let mut executor = Executor::new(self.set, template, self.run, out);
        executor.template(&dot)?;
        self.out = executor.out;
        self.run.leave();
        Ok(())
    }

    fn print(&mut self, value: &Operand) -> Result<()> {
        let object = value.value.as_object();
        match (
            &value.value,
            object.and_then(|object| object.print_addressed()),
        ) {
            (Value::Nil, _) => self.out.extend_from_slice(b"<no value>"),
            (_, Some(text)) => self.out.extend_from_slice(text.as_bytes()),
            (value, None) => write_value(&mut self.out, value),
        }
        self.check_output()
    }

    fn check_output(&self) -> Result<()> {
        let checked = self.run.check_length(self.out.len());
        checked.map_err(|exceeded| self.exceeded(exceeded))
    }
}
