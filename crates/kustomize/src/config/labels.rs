//! Which fields an entry of `labels` goes to.
//!
//! Comes in: the entry and the configuration. Goes out: its fields. Source: Kustomize 5.8.1,
//! api/internal/target/kusttarget_configplugin.go.

use super::TransformerConfig;
use super::merge::{Conflict, merge_spec, merge_specs};
use crate::file::{FieldSpec, Label};

impl TransformerConfig {
    /// The fields of an entry of `labels`: its own, those that `labels` has in any case, and those
    /// of selectors or templates as far as it asks for them.
    pub fn label_specs(&self, label: &Label) -> Result<Vec<FieldSpec>, Conflict> {
        let mut specs = label.fields.clone();
        merge_specs("labels", &mut specs, &self.labels)?;
        if label.include_selectors {
            merge_specs("labels", &mut specs, &self.common_labels)?;
            return Ok(specs);
        }
        if label.include_templates {
            merge_specs("labels", &mut specs, &self.template_labels)?;
        }
        let metadata = FieldSpec {
            path: "metadata/labels".to_owned(),
            create: true,
            ..FieldSpec::default()
        };
        merge_spec("labels", &mut specs, &metadata)?;
        Ok(specs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::Gvk;

    fn paths(label: &Label) -> Result<Vec<String>, Conflict> {
        let config = TransformerConfig {
            labels: vec![FieldSpec {
                path: "spec/tags".to_owned(),
                ..FieldSpec::default()
            }],
            ..TransformerConfig::built_in().clone()
        };
        let specs = config.label_specs(label)?;
        let all = specs.into_iter();
        Ok(all
            .filter(|spec| matches!(&*spec.gvk.kind, "" | "Job" | "Own"))
            .map(|spec| spec.path)
            .collect())
    }

    #[test]
    fn a_label_goes_where_it_asks_to_and_to_the_metadata() {
        let plain = Label {
            fields: vec![FieldSpec {
                gvk: Gvk::unscoped("", "", "Own"),
                path: "own".to_owned(),
                create: true,
            }],
            ..Label::default()
        };
        let templates = Label {
            include_templates: true,
            ..plain.clone()
        };
        let selectors = Label {
            include_selectors: true,
            ..templates.clone()
        };
        let metadata = "metadata/labels".to_owned();
        assert_eq!(
            paths(&plain),
            Ok(vec!["own".into(), "spec/tags".into(), metadata.clone()])
        );
        assert_eq!(
            paths(&templates),
            Ok(vec![
                "own".into(),
                "spec/tags".into(),
                "spec/template/metadata/labels".into(),
                metadata.clone(),
            ])
        );
        assert_eq!(
            paths(&selectors),
            Ok(vec![
                "own".into(),
                "spec/tags".into(),
                "spec/selector/matchLabels".into(),
                "spec/template/metadata/labels".into(),
                metadata,
            ])
        );
    }

    #[test]
    fn a_field_of_its_own_that_contradicts_the_metadata_is_refused() {
        let label = Label {
            fields: vec![FieldSpec {
                path: "metadata/labels".to_owned(),
                ..FieldSpec::default()
            }],
            ..Label::default()
        };
        assert!(paths(&label).is_err());
    }
}
