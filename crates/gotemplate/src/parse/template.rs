//! A template, and what one text defines.

use super::node::List;
use super::source::Source;
use crate::value::Text;
use std::sync::Arc;

/// A template.
#[derive(Debug)]
pub struct Template {
    pub(crate) name: Text,
    pub(crate) source: Arc<Source>,
    pub(crate) root: List,
    /// Has it nothing but blanks?
    pub(crate) is_blank: bool,
}

impl Template {
    pub(super) fn new(name: Text, source: Arc<Source>, root: List, is_blank: bool) -> Self {
        Self {
            name,
            source,
            root,
            is_blank,
        }
    }
}

/// What a text defines: itself, and templates within it. Cheap to clone, and the same for
/// everyone: it may be kept by its name and text for as long as the functions stay the same.
#[derive(Clone, Debug)]
pub struct Parsed {
    main: Arc<Template>,
    others: Arc<[Arc<Template>]>,
}

impl Parsed {
    pub(super) fn new(main: Template, others: Vec<Template>) -> Self {
        Self {
            main: Arc::new(main),
            others: others.into_iter().map(Arc::new).collect(),
        }
    }

    /// The text itself.
    pub(crate) fn main(&self) -> &Template {
        &self.main
    }

    /// All that it defines, itself included.
    pub(crate) fn templates(&self) -> impl Iterator<Item = &Arc<Template>> {
        std::iter::once(&self.main).chain(self.others.iter())
    }

    /// The names it defines, its own first.
    pub fn names(&self) -> impl Iterator<Item = &Text> {
        self.templates().map(|template| &template.name)
    }
}
