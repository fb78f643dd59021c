//! The lists of a configuration, by name.
//!
//! Comes in: a configuration. Goes out: each of its lists of field specs, with the name files have
//! for it. Name references are no such list.

use super::{ConfigError, TransformerConfig};
use crate::file::FieldSpec;

/// How many fields files may give.
const MOST: usize = 10_000;

impl TransformerConfig {
    /// The lists, in the order in which they are merged.
    pub(super) fn lists(&self) -> [(&'static str, &[FieldSpec]); 10] {
        [
            ("namePrefix", &self.name_prefix),
            ("nameSuffix", &self.name_suffix),
            ("namespace", &self.namespace),
            ("commonAnnotations", &self.common_annotations),
            ("commonLabels", &self.common_labels),
            ("labels", &self.labels),
            ("templateLabels", &self.template_labels),
            ("varReference", &self.var_references),
            ("images", &self.images),
            ("replicas", &self.replicas),
        ]
    }

    /// The same lists in the same order, to change.
    pub(super) fn lists_mut(&mut self) -> [&mut Vec<FieldSpec>; 10] {
        [
            &mut self.name_prefix,
            &mut self.name_suffix,
            &mut self.namespace,
            &mut self.common_annotations,
            &mut self.common_labels,
            &mut self.labels,
            &mut self.template_labels,
            &mut self.var_references,
            &mut self.images,
            &mut self.replicas,
        ]
    }

    /// The list with this name, to change.
    pub(super) fn list_mut(&mut self, name: &str) -> Option<&mut Vec<FieldSpec>> {
        let at = self.lists().iter().position(|(list, _)| *list == name)?;
        self.lists_mut().into_iter().nth(at)
    }

    /// How many fields there are, those of name references included.
    pub fn size(&self) -> usize {
        let lists = self.lists().into_iter().map(|(_, list)| list.len());
        let references = self.name_references.iter();
        let references = references.map(|rule| 1 + rule.referrers.len());
        lists.chain(references).sum()
    }

    /// Refuses files with which there are so many fields that merging them takes its time.
    pub(super) fn within_bounds(self, path: &str) -> Result<Self, ConfigError> {
        match self.size() > MOST {
            true => Err(ConfigError::TooMany {
                path: path.to_owned(),
                most: MOST,
            }),
            false => Ok(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_orders_are_the_same() {
        let mut config = TransformerConfig::default();
        for (at, list) in config.lists_mut().into_iter().enumerate() {
            list.resize(at, FieldSpec::default());
        }
        let lengths = config.lists().map(|(_, list)| list.len());
        assert!(lengths.into_iter().eq(0..lengths.len()));
        assert_eq!(config.list_mut("replicas").map(|list| list.len()), Some(9));
        assert_eq!(config.list_mut("nameReference"), None);
    }
}
