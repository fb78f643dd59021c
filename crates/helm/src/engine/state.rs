//! What Helm's own functions reach while templates run.
//!
//! Comes in: how the engine is set up. Goes out: the state behind [`sprig::Host`]. It counts how
//! often each template is inside itself, and gathers what Helm would log.

use super::parsed::ParsedTemplates;
use crate::warning::Warning;
use gotemplate::{Call, FunctionError, Text};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

/// Looks up objects of the cluster for the function `lookup`.
pub trait Lookup: Send + Sync {
    /// An object, a list of objects if no name is given, or an empty object if there is none; the
    /// error's text becomes part of the template's.
    fn lookup(
        &self,
        api_version: &str,
        kind: &str,
        namespace: &str,
        name: &str,
    ) -> Result<serde_json::Value, String>;
}

/// The state of one render.
pub struct State {
    /// `helm lint`: what is required may be missing, and nothing fails on purpose.
    pub lint: bool,
    /// Where objects are looked up; nowhere, if there is none.
    pub lookup: Option<Arc<dyn Lookup>>,
    /// Templates parsed before.
    pub parsed: Arc<ParsedTemplates>,
    warnings: RefCell<Vec<Warning>>,
    depths: RefCell<HashMap<Text, usize>>,
    texts: Cell<usize>,
}

/// How often a template may be included inside itself, and how deep texts of `tpl` may nest.
const DEEPEST: usize = 1000;

impl State {
    /// The state at the start.
    pub fn new(lint: bool, lookup: Option<Arc<dyn Lookup>>, parsed: Arc<ParsedTemplates>) -> Self {
        Self {
            lint,
            lookup,
            parsed,
            warnings: RefCell::default(),
            depths: RefCell::default(),
            texts: Cell::default(),
        }
    }

    /// The state behind a call.
    pub fn of<'c>(call: &Call<'c>) -> Result<&'c Self, FunctionError> {
        let host = call.host().downcast_ref::<sprig::Host>();
        let state = host.and_then(sprig::Host::extra);
        state.ok_or_else(|| FunctionError::new("not a chart's template"))
    }

    /// Logs something.
    pub fn warn(&self, warning: Warning) {
        self.warnings.borrow_mut().push(warning);
    }

    /// What was logged.
    pub fn take_warnings(&self) -> Vec<Warning> {
        self.warnings.take()
    }

    /// Goes into a text that `tpl` was given. Helm has no bound of its own here and dies of such a
    /// chart; each level holds a set of templates.
    pub fn enter_text(&self) -> Result<(), FunctionError> {
        let depth = self.texts.get();
        if depth >= DEEPEST {
            return Err(FunctionError::new(format!(
                "texts given to tpl nest more than {DEEPEST} deep; does one give itself to tpl?"
            )));
        }
        self.texts.set(depth + 1);
        Ok(())
    }

    /// Comes out of such a text.
    pub fn leave_text(&self) {
        self.texts.set(self.texts.get().saturating_sub(1));
    }

    /// Goes into a template.
    pub fn enter(&self, name: &Text) -> Result<(), FunctionError> {
        let mut depths = self.depths.borrow_mut();
        match depths.get_mut(name) {
            Some(depth) if *depth > DEEPEST => Err(FunctionError::new(format!(
                "rendering template has a nested reference name: {}: unable to execute template",
                name.as_str()
            ))),
            Some(depth) => {
                *depth += 1;
                Ok(())
            }
            None => {
                depths.insert(name.clone(), 1);
                Ok(())
            }
        }
    }

    /// Comes out of a template.
    pub fn leave(&self, name: &Text) {
        if let Some(depth) = self.depths.borrow_mut().get_mut(name) {
            *depth = depth.saturating_sub(1);
        }
    }
}
