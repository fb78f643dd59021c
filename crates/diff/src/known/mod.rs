//! Fields of custom resources that are of a type of Kubernetes.
//!
//! In: settings that name a kind, a field and a type, as in `core/v1/PodSpec`. Out: whether two
//! values at a path are one value of that type: quantities and durations of any spelling, flags
//! that Go leaves out when they are false. Lists on the way to a field are passed through.
//! Source: Argo CD 3.5: util/argo/normalizers/knowntypes_normalizer.go.

use crate::path::Step;
use model::GroupKind;
use std::collections::HashSet;
use std::sync::LazyLock;

const QUANTITY: &str = "core/Quantity";
const DURATION: &str = "meta/v1/Duration";
const RESOURCES: &str = "core/v1/ResourceList";

/// The types of Kubernetes' core group.
static CORE: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("core_types.txt").lines().collect());

/// Flags of core types that are left out when they are false. Others tell false from absent, as
/// the one of volumes of CSI does.
const PLAIN_FLAGS: [&str; 7] = [
    "hostIPC",
    "hostNetwork",
    "hostPID",
    "readOnly",
    "stdin",
    "stdinOnce",
    "tty",
];

/// A field and its type, as settings write it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KnownTypeField {
    /// Group of the kind, empty for core.
    pub group: String,
    /// The kind.
    pub kind: String,
    /// The field, as in `spec.template.spec`.
    pub field: String,
    /// The type, as in `core/v1/PodSpec`.
    pub type_name: String,
}

/// A type that is not known.
#[derive(Debug, thiserror::Error)]
#[error("type '{type_name}' of field {field} of {kind} is not supported")]
pub struct KnownTypeError {
    /// The kind it was said of.
    pub kind: GroupKind,
    /// The field.
    pub field: String,
    /// The type.
    pub type_name: String,
}

/// A field whose type is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Known {
    pub kind: GroupKind,
    field: Vec<String>,
    of: Type,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Type {
    Quantity,
    Duration,
    Resources,
    Core,
}

impl Known {
    pub fn read(field: &KnownTypeField) -> Result<Self, KnownTypeError> {
        let kind = GroupKind::new(&field.group, &field.kind);
        let of = match field.type_name.as_str() {
            QUANTITY => Type::Quantity,
            DURATION => Type::Duration,
            RESOURCES => Type::Resources,
            core if CORE.contains(core) => Type::Core,
            other => {
                return Err(KnownTypeError {
                    kind,
                    field: field.field.clone(),
                    type_name: other.to_owned(),
                });
            }
        };
        let field = field.field.split('.').map(str::to_owned).collect();
        Ok(Self { kind, field, of })
    }

    /// Argo's own workload holds a Pod's spec, and nobody has to say so.
    pub fn of_rollouts() -> Self {
        Self {
            kind: GroupKind::new("argoproj.io", "Rollout"),
            field: ["spec", "template", "spec"].map(str::to_owned).to_vec(),
            of: Type::Core,
        }
    }

    /// Does a quantity stand at this path? `named` says whether its name says so.
    pub fn is_quantity(&self, path: &[Step<'_>], named: bool) -> bool {
        self.below(path).is_some_and(|below| match self.of {
            Type::Quantity => below == 0,
            Type::Resources => below == 1,
            Type::Core => named && below > 0,
            Type::Duration => false,
        })
    }

    /// Does a duration stand at this path?
    pub fn is_duration(&self, path: &[Step<'_>]) -> bool {
        self.of == Type::Duration && self.below(path) == Some(0)
    }

    /// Is it a flag that is left out when it is false?
    pub fn is_plain_flag(&self, path: &[Step<'_>]) -> bool {
        let mut names = names(path).rev();
        let (last, parent) = (names.next().unwrap_or(""), names.next().unwrap_or(""));
        self.of == Type::Core && self.below(path).is_some() && is_plain_flag(parent, last)
    }

    /// How many fields lie between the known field and the end of the path; nothing if the path
    /// does not lead there.
    fn below(&self, path: &[Step<'_>]) -> Option<usize> {
        let mut names = names(path);
        let leads = self.field.iter().all(|field| names.next() == Some(field));
        leads.then(|| names.count())
    }
}

/// Is a flag of this name, in a field of that name, left out when it is false?
pub(crate) fn is_plain_flag(parent: &str, name: &str) -> bool {
    PLAIN_FLAGS.contains(&name) && parent != "csi"
}

fn names<'a>(path: &'a [Step<'_>]) -> impl DoubleEndedIterator<Item = &'a str> {
    path.iter().filter_map(|step| match step {
        Step::Field(name) => Some(*name),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(type_name: &str) -> KnownTypeField {
        KnownTypeField {
            group: "example.org".into(),
            kind: "Thing".into(),
            field: "spec.jobs.pod".into(),
            type_name: type_name.into(),
        }
    }

    fn path<'a>(names: &[&'a str]) -> Vec<Step<'a>> {
        let step = |name: &&'a str| match name.parse() {
            Ok(index) => Step::Index(index),
            Err(_) => Step::Field(name),
        };
        names.iter().map(step).collect()
    }

    #[test]
    fn lists_on_the_way_are_passed_through() {
        let known = Known::read(&field("core/v1/PodSpec")).unwrap();
        let inside = path(&["spec", "jobs", "0", "pod", "containers", "1", "tty"]);
        assert!(known.is_plain_flag(&inside));
        assert!(!known.is_plain_flag(&path(&["spec", "pod", "containers", "1", "tty"])));
        assert!(!known.is_plain_flag(&path(&["spec", "jobs", "pod", "csi", "readOnly"])));
        assert!(known.is_quantity(&path(&["spec", "jobs", "pod", "limits", "cpu"]), true));
    }

    #[test]
    fn types_are_those_of_the_core_group_and_two_more() {
        for (name, is) in [
            ("core/Quantity", true),
            ("meta/v1/Duration", true),
            ("core/v1/Container", true),
            ("core/v1/ResourceList", true),
            ("apps/v1/Deployment", false),
            ("core/v1/Nothing", false),
            ("", false),
        ] {
            assert_eq!(Known::read(&field(name)).is_ok(), is, "{name}");
        }
        let error = Known::read(&field("x")).unwrap_err().to_string();
        assert_eq!(
            error,
            "type 'x' of field spec.jobs.pod of Thing.example.org is not supported"
        );
    }
}
