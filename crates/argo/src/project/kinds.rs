//! Which kinds a project's apps may write.
//!
//! Comes in: the four lists of a project, and a kind. Goes out: yes or no. Namespaced kinds are
//! permitted unless there is a list; cluster-scoped ones only by a list. A denial always wins.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/app_project_types.go
//! (IsGroupKindNamePermitted).

use crate::fields::Object;
use model::GroupKind;
use model::glob::Glob;

/// An entry of a list: globs; an empty name stands for all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct KindRule {
    pub group: String,
    pub kind: String,
    pub name: String,
}

/// The four lists.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct KindRules {
    /// None means all, an empty list none.
    namespaced: Option<Vec<KindRule>>,
    namespaced_denied: Vec<KindRule>,
    cluster: Vec<KindRule>,
    cluster_denied: Vec<KindRule>,
}

impl KindRules {
    pub fn read(spec: &Object<'_>) -> Self {
        let list = |field| {
            spec.objects(field)
                .iter()
                .map(KindRule::read)
                .collect::<Vec<_>>()
        };
        let allowed = "namespaceResourceWhitelist";
        Self {
            namespaced: spec.value(allowed).is_some().then(|| list(allowed)),
            namespaced_denied: list("namespaceResourceBlacklist"),
            cluster: list("clusterResourceWhitelist"),
            cluster_denied: list("clusterResourceBlacklist"),
        }
    }

    /// Without a name the question is whether some object of the kind may be written.
    pub fn permits(&self, kind: &GroupKind, name: Option<&str>, namespaced: bool) -> bool {
        if namespaced {
            let listed = self
                .namespaced
                .as_ref()
                .is_none_or(|list| any_kind(list, kind));
            return listed && !any_kind(&self.namespaced_denied, kind);
        }
        let listed = |rule: &KindRule| rule.matches(kind) && rule.matches_name(name, true);
        let denied = |rule: &KindRule| rule.matches(kind) && rule.matches_name(name, false);
        self.cluster.iter().any(listed) && !self.cluster_denied.iter().any(denied)
    }
}

impl KindRule {
    fn matches(&self, kind: &GroupKind) -> bool {
        file_match(&self.kind, &kind.kind) && file_match(&self.group, &kind.group)
    }

    fn matches_name(&self, name: Option<&str>, when_unknown: bool) -> bool {
        self.name.is_empty() || name.map_or(when_unknown, |name| file_match(&self.name, name))
    }
}

fn any_kind(list: &[KindRule], kind: &GroupKind) -> bool {
    list.iter().any(|rule| rule.matches(kind))
}

fn file_match(pattern: &str, text: &str) -> bool {
    pattern == "*" || Glob::file_path(pattern).is_some_and(|glob| glob.matches(text))
}
