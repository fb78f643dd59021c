//! Templates by name, which can call each other.
//!
//! Comes in: what was parsed. Goes out: the text a template prints for a value. A set is cheap to
//! clone, so that `tpl` can add to its own; what is added to one is not seen by the other.
//! Source: Go 1.26, text/template/template.go (`AddParseTree`, `Clone`).

use crate::exec::{ExecError, Run, execute};
use crate::host::Host;
use crate::parse::{ParseError, Parsed, Template, parse};
use crate::value::{Cycles, Text, Value};
use std::collections::HashMap;
use std::sync::Arc;

/// Clones of clones are laid flat at this many layers.
const MOST_LAYERS: usize = 8;

/// Templates by name.
#[derive(Clone, Debug)]
pub struct TemplateSet {
    name: Arc<str>,
    top: Arc<Layer>,
}

#[derive(Clone, Default, Debug)]
struct Layer {
    templates: HashMap<Text, Arc<Template>>,
    below: Option<Arc<Layer>>,
    layers: usize,
}

impl Layer {
    fn get(&self, name: &[u8]) -> Option<&Arc<Template>> {
        let mut layer = self;
        loop {
            match (layer.templates.get(name), &layer.below) {
                (Some(template), _) => return Some(template),
                (None, Some(below)) => layer = below,
                (None, None) => return None,
            }
        }
    }

    fn above(below: &Arc<Layer>) -> Self {
        if below.layers < MOST_LAYERS {
            return Self {
                templates: HashMap::new(),
                below: Some(below.clone()),
                layers: below.layers + 1,
            };
        }
        let mut templates = HashMap::new();
        let mut layer = Some(below);
        while let Some(this) = layer {
            for (name, template) in &this.templates {
                let entry = templates.entry(name.clone());
                entry.or_insert_with(|| template.clone());
            }
            layer = this.below.as_ref();
        }
        Self {
            templates,
            below: None,
            layers: 0,
        }
    }
}

impl TemplateSet {
    /// A set of nothing. The name shows where a template is missing.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            top: Arc::default(),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Parses a text and adds what it defines, itself under the name given.
    pub fn parse(
        &mut self,
        name: &str,
        text: &[u8],
        functions: &crate::Functions,
    ) -> Result<Parsed, ParseError> {
        let parsed = parse(name, text, functions)?;
        self.add(&parsed);
        Ok(parsed)
    }

    /// Adds what was parsed. Of two templates with one name the later counts, unless it is blank
    /// and the earlier is not.
    pub fn add(&mut self, parsed: &Parsed) {
        for template in parsed.templates() {
            let known = self.top.get(template.name.as_bytes()).is_some();
            if !(known && template.is_blank) {
                self.insert(template.clone());
            }
        }
    }

    fn insert(&mut self, template: Arc<Template>) {
        if Arc::get_mut(&mut self.top).is_none() {
            self.top = Arc::new(Layer::above(&self.top));
        }
        // Nobody else can hold what was just made.
        if let Some(top) = Arc::get_mut(&mut self.top) {
            top.templates.insert(template.name.clone(), template);
        }
    }

    /// Has it a template of this name?
    pub fn contains(&self, name: &str) -> bool {
        self.top.get(name.as_bytes()).is_some()
    }

    /// Executes a template.
    pub fn execute(&self, name: &str, dot: Value, host: &Host<'_>) -> Result<Text, ExecError> {
        let _cycles = Cycles::watch();
        self.run(name.as_bytes(), dot, &Run::new(host))
    }

    /// Executes what was parsed, whether or not it made it into the set.
    pub fn execute_parsed(
        &self,
        parsed: &Parsed,
        dot: Value,
        host: &Host<'_>,
    ) -> Result<Text, ExecError> {
        let _cycles = Cycles::watch();
        self.run_template(parsed.main(), dot, &Run::new(host))
    }

    pub(crate) fn get(&self, name: &[u8]) -> Option<&Template> {
        self.top.get(name).map(AsRef::as_ref)
    }

    pub(crate) fn run(&self, name: &[u8], dot: Value, run: &Run<'_>) -> Result<Text, ExecError> {
        match self.get(name) {
            Some(template) => self.run_template(template, dot, run),
            None => Err(ExecError::no_template(name, &self.name)),
        }
    }

    pub(crate) fn run_template(
        &self,
        template: &Template,
        dot: Value,
        run: &Run<'_>,
    ) -> Result<Text, ExecError> {
        execute(self, template, dot, run).map(Text::from)
    }
}
