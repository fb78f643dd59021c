//! Labels and annotations of everything.
//!
//! Comes in: keys and values. Goes out: the kustomization with them; one that is there already is
//! only replaced where that is forced. Source: Kustomize 5.8.1,
//! kustomize/commands/edit/add/addmetadata.go.

use super::EditError;
use crate::file::{Kustomization, Label, StringMap};

/// Which labels are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LabelOptions {
    /// Replace labels that are there.
    pub force: bool,
    /// Leave selectors alone.
    pub without_selector: bool,
    /// Label templates too; only without selectors.
    pub include_templates: bool,
}

/// Adds labels.
pub fn add_labels(
    kustomization: &mut Kustomization,
    labels: &StringMap,
    options: LabelOptions,
) -> Result<(), EditError> {
    if options.include_templates && !options.without_selector {
        return Err(EditError::TemplatesNeedWithoutSelector);
    }
    let pairs = match options.without_selector {
        true => pairs_without_selector(&mut kustomization.labels, options.include_templates),
        false => &mut kustomization.common_labels,
    };
    add(pairs, labels, "label", options.force)
}

/// Adds annotations.
pub fn add_annotations(
    kustomization: &mut Kustomization,
    annotations: &StringMap,
    force: bool,
) -> Result<(), EditError> {
    let there = &mut kustomization.common_annotations;
    add(there, annotations, "annotation", force)
}

/// The first entry of `labels` with these settings, or a new one.
fn pairs_without_selector(labels: &mut Vec<Label>, include_templates: bool) -> &mut StringMap {
    let fits =
        |label: &Label| !label.include_selectors && label.include_templates == include_templates;
    let at = labels.iter().position(fits).unwrap_or_else(|| {
        labels.push(Label {
            include_templates,
            ..Label::default()
        });
        labels.len() - 1
    });
    &mut labels[at].pairs
}

fn add(
    there: &mut StringMap,
    more: &StringMap,
    kind: &'static str,
    force: bool,
) -> Result<(), EditError> {
    for (key, value) in more {
        let text = format!("{key}:{value}");
        // The pair passes through one argument of a command, which is cut at its first colon.
        let (key, value) = text.split_once(':').unwrap_or((key, value));
        if key.is_empty() {
            return Err(EditError::NoKey { kind, text });
        }
        if there.contains_key(key) && !force {
            return Err(EditError::AlreadyThere {
                kind,
                key: key.to_owned(),
            });
        }
        there.insert(key.to_owned(), without_quotes(value).to_owned());
    }
    Ok(())
}

fn without_quotes(value: &str) -> &str {
    let inner = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(pairs: &[(&str, &str)]) -> StringMap {
        let pairs = pairs.iter();
        pairs
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn labels_go_to_selectors_unless_told_not_to() {
        let mut kustomization = Kustomization::default();
        add_labels(
            &mut kustomization,
            &map(&[("a", "1")]),
            LabelOptions::default(),
        )
        .unwrap();
        assert_eq!(kustomization.common_labels, map(&[("a", "1")]));
        let apart = LabelOptions {
            without_selector: true,
            ..LabelOptions::default()
        };
        add_labels(
            &mut kustomization,
            &map(&[("b", "\"2\""), ("c", "3")]),
            apart,
        )
        .unwrap();
        assert_eq!(kustomization.labels.len(), 1);
        assert_eq!(
            kustomization.labels[0].pairs,
            map(&[("b", "2"), ("c", "3")])
        );
        assert!(!kustomization.labels[0].include_templates);
    }

    #[test]
    fn what_is_there_stays_unless_forced() {
        let mut kustomization = Kustomization {
            common_annotations: map(&[("a", "1")]),
            ..Kustomization::default()
        };
        let refused = add_annotations(&mut kustomization, &map(&[("a", "2")]), false);
        let key = "a".to_owned();
        assert_eq!(
            refused,
            Err(EditError::AlreadyThere {
                kind: "annotation",
                key
            })
        );
        add_annotations(&mut kustomization, &map(&[("a", "2")]), true).unwrap();
        assert_eq!(kustomization.common_annotations, map(&[("a", "2")]));
    }

    #[test]
    fn labels_of_templates_need_selectors_left_alone() {
        let options = LabelOptions {
            include_templates: true,
            ..LabelOptions::default()
        };
        let refused = add_labels(&mut Kustomization::default(), &map(&[("a", "1")]), options);
        assert_eq!(refused, Err(EditError::TemplatesNeedWithoutSelector));
    }
}
