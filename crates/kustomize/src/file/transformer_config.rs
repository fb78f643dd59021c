//! A file that `configurations` names.
//!
//! Comes in: bytes. Goes out: its field specs in the order of the file. A key that stands twice is
//! refused, as is a field nobody knows. Source: Kustomize 5.8.1,
//! api/internal/plugins/builtinconfig/loaddefaultconfig.go.

use super::decode::{Field, Fields, Rules, decode, field, inline};
use super::error::{File, FileError, FileKind};
use crate::config::{NameReference, TransformerConfig};

/// Reads a file of field specs. The path is for messages.
pub fn read_transformer_config(bytes: &[u8], path: &str) -> Result<TransformerConfig, FileError> {
    let kind = FileKind::TransformerConfig;
    let file = File { kind, path, bytes };
    let value = file.value(&yaml::Limits {
        duplicate_keys: yaml::DuplicateKeys::Refuse,
        ..yaml::Limits::default()
    })?;
    decode(&value, Rules::CONFIGURATION).map_err(|fault| file.fault(fault))
}

impl Fields for TransformerConfig {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![
            field("namePrefix", &mut self.name_prefix),
            field("nameSuffix", &mut self.name_suffix),
            field("namespace", &mut self.namespace),
            field("commonLabels", &mut self.common_labels),
            field("labels", &mut self.labels),
            field("templateLabels", &mut self.template_labels),
            field("commonAnnotations", &mut self.common_annotations),
            field("nameReference", &mut self.name_references),
            field("varReference", &mut self.var_references),
            field("images", &mut self.images),
            field("replicas", &mut self.replicas),
        ]
    }
}

impl Fields for NameReference {
    fn fields(&mut self) -> Vec<Field<'_>> {
        let mut fields = inline(self.target.fields());
        fields.push(field("fieldSpecs", &mut self.referrers));
        fields
    }
}
