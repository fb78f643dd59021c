//! Policies of a project's roles: lines of six parts that say what a role may do.
//!
//! Comes in: the names of project and role, and a line. Goes out: whether the line keeps to what
//! such a role can be given at all, in Argo CD's words. What a policy permits is not judged here.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/types.go (validatePolicy).

/// What a role of a project can be given a say in.
const RESOURCES: [&str; 6] = [
    "applications",
    "applicationsets",
    "clusters",
    "exec",
    "logs",
    "repositories",
];

/// What is wrong with a policy.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("invalid policy rule '{policy}': {fault}")]
pub struct PolicyError {
    /// The line.
    pub policy: String,
    /// What is wrong.
    pub fault: PolicyFault,
}

/// The part of a policy that is wrong.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PolicyFault {
    /// It is no line of six parts that begins with `p`.
    #[error("must be of the form: 'p, sub, res, act, obj, eft'")]
    Form,
    /// It is about somebody else than the role it stands with.
    #[error("policy subject must be: '{expected}', not '{found}'")]
    Subject {
        /// The role.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// Roles of projects have no say in that.
    #[error(
        "project resource must be: 'applications', 'applicationsets', 'repositories', 'exec', \
         'logs' or 'clusters', not '{0}'"
    )]
    Resource(String),
    /// There is no such action.
    #[error("invalid action '{0}'")]
    Action(String),
    /// It is about objects outside the project.
    #[error(
        "object must be of form '{project}/*', '{project}[/<NAMESPACE>]/<APPNAME>' or \
         '{project}/<APPNAME>', not '{found}'"
    )]
    Object {
        /// The project.
        project: String,
        /// What stands there.
        found: String,
    },
    /// It neither allows nor denies.
    #[error("effect must be: 'allow' or 'deny'")]
    Effect,
}

/// Can a role of the project be given this policy?
pub fn check_policy(project: &str, role: &str, policy: &str) -> Result<(), PolicyError> {
    fault(project, role, policy).map_or(Ok(()), |fault| {
        let policy = policy.to_owned();
        Err(PolicyError { policy, fault })
    })
}

fn fault(project: &str, role: &str, policy: &str) -> Option<PolicyFault> {
    let parts: Vec<&str> = policy
        .split(',')
        .map(|part| part.trim_matches(' '))
        .collect();
    let ["p", subject, resource, action, object, effect] = parts[..] else {
        return Some(PolicyFault::Form);
    };
    let expected = format!("proj:{project}:{role}");
    if subject != expected {
        let found = subject.to_owned();
        return Some(PolicyFault::Subject { expected, found });
    }
    if !RESOURCES.contains(&resource) {
        return Some(PolicyFault::Resource(resource.to_owned()));
    }
    if !is_policy_action(action) {
        return Some(PolicyFault::Action(action.to_owned()));
    }
    if !is_policy_object(project, object) {
        let (project, found) = (project.to_owned(), object.to_owned());
        return Some(PolicyFault::Object { project, found });
    }
    (!matches!(effect, "allow" | "deny")).then_some(PolicyFault::Effect)
}

/// Is there such an action? Those on objects go on after a slash.
pub fn is_policy_action(action: &str) -> bool {
    let whole = ["get", "create", "update", "delete", "sync", "override", "*"];
    let on_objects = ["action/", "update/", "delete/"];
    whole.contains(&action) || on_objects.iter().any(|start| action.contains(start))
}

/// Does the object lie in the project: the project's name, maybe a namespace, and an application?
pub fn is_policy_object(project: &str, object: &str) -> bool {
    let inside = object
        .strip_prefix(project)
        .and_then(|rest| rest.strip_prefix('/'));
    let parts: Vec<&str> = inside.map_or(Vec::new(), |inside| inside.split('/').collect());
    matches!(parts.len(), 1 | 2) && parts.into_iter().all(is_name_or_glob)
}

fn is_name_or_glob(part: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '*' | '_' | '-' | '.');
    !part.is_empty() && part.chars().all(fits)
}
