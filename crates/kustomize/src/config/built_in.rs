//! The fields that transformers work on where nobody says otherwise.
//!
//! Comes in: `built_in.txt`, a part of the program. Goes out: a [`TransformerConfig`] that is read
//! once. Source of the facts: Kustomize 5.8.1, api/internal/konfig/builtinpluginconsts.

use super::{NameReference, TransformerConfig};
use crate::file::FieldSpec;
use crate::resource::Gvk;
use std::sync::LazyLock;

const NAME_REFERENCE: &str = "nameReference";

static BUILT_IN: LazyLock<TransformerConfig> = LazyLock::new(|| read(include_str!("built_in.txt")));

impl TransformerConfig {
    /// The fields that hold for every kustomization.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }
}

fn read(table: &str) -> TransformerConfig {
    let mut config = TransformerConfig::default();
    let mut lists: Vec<&str> = Vec::new();
    let lines = table.lines().filter(|line| !line.is_empty());
    for line in lines.filter(|line| !line.starts_with('#')) {
        match section(line) {
            Some(heading) => lists = open(&mut config, heading),
            None => lists
                .iter()
                .for_each(|list| add(&mut config, list, rule(line))),
        }
    }
    config.sort();
    config
}

fn add(config: &mut TransformerConfig, list: &str, rule: FieldSpec) {
    let list = match list {
        NAME_REFERENCE => config
            .name_references
            .last_mut()
            .map(|last| &mut last.referrers),
        list => config.list_mut(list),
    };
    if let Some(list) = list {
        list.push(rule);
    }
}

fn section(line: &str) -> Option<&str> {
    line.strip_prefix('[')?.strip_suffix(']')
}

/// Opens a section: the lists that the next rules go to.
fn open<'a>(config: &mut TransformerConfig, heading: &'a str) -> Vec<&'a str> {
    let mut words = heading.split(' ');
    let Some(NAME_REFERENCE) = words.next() else {
        return heading.split(' ').collect();
    };
    config.name_references.push(NameReference {
        target: gvk(words),
        referrers: Vec::new(),
    });
    vec![NAME_REFERENCE]
}

fn rule(line: &str) -> FieldSpec {
    let (path, rest) = line.split_once(' ').unwrap_or((line, ""));
    FieldSpec {
        gvk: gvk(rest.split(' ')),
        path: path.to_owned(),
        create: rest.ends_with(" create"),
    }
}

fn gvk<'a>(words: impl Iterator<Item = &'a str>) -> Gvk {
    let mut gvk = Gvk::default();
    for word in words {
        match word.split_once('=') {
            Some(("group", group)) => group.clone_into(&mut gvk.group),
            Some(("version", version)) => version.clone_into(&mut gvk.version),
            None if word != "create" && word != "*" => word.clone_into(&mut gvk.kind),
            _ => {}
        }
    }
    gvk
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_to_its_last_line() {
        let config = TransformerConfig::built_in();
        let references: usize = config
            .name_references
            .iter()
            .map(|rule| rule.referrers.len())
            .sum();
        let lengths = [
            ("namePrefix", config.name_prefix.len(), 1),
            ("nameSuffix", config.name_suffix.len(), 1),
            ("namespace", config.namespace.len(), 3),
            ("commonLabels", config.common_labels.len(), 32),
            ("labels", config.labels.len(), 0),
            ("templateLabels", config.template_labels.len(), 10),
            ("commonAnnotations", config.common_annotations.len(), 9),
            ("images", config.images.len(), 6),
            ("replicas", config.replicas.len(), 4),
            ("varReference", config.var_references.len(), 72),
            ("nameReference, kinds", config.name_references.len(), 16),
            ("nameReference, fields", references, 167),
        ];
        for (list, length, expected) in lengths {
            assert_eq!(length, expected, "{list}");
        }
    }

    #[test]
    fn a_rule_has_kind_group_version_and_create() {
        let spec = rule(r"a/b\/c Kind group=g.io/v1 version=v1 create");
        assert_eq!(spec.gvk, Gvk::unscoped("g.io/v1", "v1", "Kind"));
        assert_eq!((spec.path.as_str(), spec.create), (r"a/b\/c", true));
        assert_eq!(rule("a *").gvk, Gvk::default());
    }

    #[test]
    fn kinds_are_sorted_as_they_are_applied_to_a_cluster() {
        let targets = TransformerConfig::built_in().name_references.iter();
        let kinds: Vec<&str> = targets.map(|rule| rule.target.kind.as_str()).collect();
        assert_eq!(
            kinds,
            [
                "StorageClass",
                "ServiceAccount",
                "Role",
                "ClusterRole",
                "ConfigMap",
                "Secret",
                "Service",
                "PriorityClass",
                "PersistentVolume",
                "PersistentVolumeClaim",
                "Deployment",
                "StatefulSet",
                "ValidatingAdmissionPolicy",
                "IngressClass",
                "ReplicaSet",
                "ReplicationController",
            ]
        );
    }
}
