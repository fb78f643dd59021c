//! A field of a kustomization, as a step on the way to an error.
//!
//! Comes in: the kustomization's text, the field and what it says. Goes out: the same with the line
//! it stands on. The file is parsed once more for it, which happens only where something is wrong.

use crate::resource::Place;
use std::fmt;
use std::sync::Arc;
use yaml::{Limits, Node};

/// What led from one file to the next, or to what is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// The kustomization file and the line; 0 if the line is not known.
    pub place: Place,
    /// The field there: `resources[2]`. Empty for the file as a whole.
    pub field: String,
    /// What the field says, or the first line of it.
    pub value: String,
}

/// Fields whose entries are moved to another when a kustomization is read.
const MOVED: [(&str, &str); 2] = [("resources", "bases"), ("images", "imageTags")];

impl Step {
    /// A field of a file: the item of its list that says `value`, or that has `index`, or all of it.
    pub(crate) fn find(
        file: &str,
        content: &[u8],
        field: &str,
        index: Option<usize>,
        value: &str,
    ) -> Self {
        let text = String::from_utf8_lossy(content);
        let read = yaml::read_node(&text, &Limits::default());
        let document = read.ok().flatten();
        let entry = |name| document.as_ref().and_then(|document| entry(document, name));
        let moved = MOVED
            .iter()
            .find(|(to, _)| *to == field)
            .map(|(_, from)| *from);
        let names = [Some(field), moved].into_iter().flatten();
        let item = names
            .clone()
            .find_map(|name| item(name, entry(name)?.1, index, value));
        let whole = || {
            let line = names.clone().find_map(|name| Some(entry(name)?.0.line));
            (with_index(field, index), line.unwrap_or(0))
        };
        let (field, line) = item.unwrap_or_else(whole);
        Self {
            place: Place {
                file: Arc::from(file),
                line,
            },
            field,
            value: value.lines().next().unwrap_or_default().to_owned(),
        }
    }
}

fn entry<'n>(document: &'n Node, name: &str) -> Option<(&'n Node, &'n Node)> {
    let mut entries = document.entries().iter();
    let found = entries.find(|(key, _)| key.text().eq_ignore_ascii_case(name));
    found.map(|(key, value)| (key, value))
}

fn item(name: &str, list: &Node, index: Option<usize>, value: &str) -> Option<(String, u32)> {
    let says_it = || {
        list.items()
            .iter()
            .position(|item| item.is_scalar() && item.text() == value)
    };
    let index = index.or_else(says_it)?;
    let item = list.items().get(index)?;
    Some((with_index(name, Some(index)), item.line))
}

fn with_index(field: &str, index: Option<usize>) -> String {
    match index {
        Some(index) => format!("{field}[{index}]"),
        None => field.to_owned(),
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place)?;
        let parts = [&self.field, &self.value].into_iter();
        let mut parts = parts.filter(|part| !part.is_empty());
        parts.try_for_each(|part| write!(f, " {part}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_says_where_it_stands() {
        let text = b"resources:\n- a.yaml\nBases:\n- ../b\npatches:\n- path: x\n- path: y\n";
        let find =
            |field, index, value| Step::find("k.yaml", text, field, index, value).to_string();
        assert_eq!(
            find("resources", None, "a.yaml"),
            "k.yaml:2 resources[0] a.yaml"
        );
        assert_eq!(find("resources", None, "../b"), "k.yaml:4 bases[0] ../b");
        assert_eq!(find("resources", None, "added"), "k.yaml:1 resources added");
        assert_eq!(find("patches", Some(1), "y\nz"), "k.yaml:7 patches[1] y");
        assert_eq!(find("patches", Some(7), ""), "k.yaml:5 patches[7]");
        assert_eq!(find("labels", None, ""), "k.yaml labels");
        assert_eq!(find("", None, ""), "k.yaml");
        let broken = Step::find("k.yaml", b"a: [", "a", None, "");
        assert_eq!(broken.to_string(), "k.yaml a");
    }
}
