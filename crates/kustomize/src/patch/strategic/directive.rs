//! `$patch`: what a patch says of itself.
//!
//! Comes in: a map or list of the patch. Goes out: what is to be done with it; the directive is
//! taken out of the patch. Source: kyaml 0.21, yaml/merge2/smpdirective.go.

use super::error::{MergeError, MergeProblem};
use super::graph::{Id, Kind};
use super::walk::Walker;

/// The field that holds a directive.
const FIELD: &str = "$patch";

/// What is to be done with a part of the object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Directive {
    Merge,
    Replace,
    Delete,
}

impl Directive {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "merge" => Some(Self::Merge),
            "replace" => Some(Self::Replace),
            "delete" => Some(Self::Delete),
            _ => None,
        }
    }
}

impl Walker<'_> {
    /// Reads the directive of a part of the patch, and takes it out.
    pub fn directive(&mut self, patch: Option<Id>) -> Result<Directive, MergeError> {
        let Some(patch) = patch else {
            return Ok(Directive::Merge);
        };
        match self.graph.kind(patch) {
            Kind::Mapping => self.of_map(patch),
            Kind::Sequence => self.of_list(patch),
            Kind::Scalar => Ok(Directive::Merge),
        }
    }

    fn of_map(&mut self, patch: Id) -> Result<Directive, MergeError> {
        let Some(value) = self.graph.field(patch, FIELD) else {
            return Ok(Directive::Merge);
        };
        let directive = self.parse(value)?;
        self.graph.remove_field(patch, FIELD);
        Ok(directive)
    }

    /// The directive of a list stands alone in a map among the elements.
    fn of_list(&mut self, patch: Id) -> Result<Directive, MergeError> {
        let elements = self.graph.items(patch).to_vec();
        let marked = elements
            .into_iter()
            .find_map(|element| Some((element, self.graph.field(element, FIELD)?)));
        match marked {
            Some((element, value)) if self.graph.len(element) == 1 => {
                let directive = self.parse(value)?;
                let text = self.graph.text(value).to_owned();
                self.remove_element(patch, &[FIELD], &[text])?;
                Ok(directive)
            }
            // Beside other fields it is a directive of its own map.
            _ => Ok(Directive::Merge),
        }
    }

    fn parse(&self, value: Id) -> Result<Directive, MergeError> {
        let strategy = self.graph.text(value);
        Directive::parse(strategy).ok_or_else(|| {
            let problem = MergeProblem::Directive(strategy.to_owned());
            MergeError::new(problem, self.graph.line(value))
        })
    }
}
