//! Names of groups that a role is bound to.
//!
//! Comes in: a name. Goes out: whether it can stand in a policy, which is a line of
//! comma-separated values: a comma needs quotes around the whole name.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/app_project_types.go (validateGroupName).

/// Can the name stand in a policy?
pub fn is_valid_group_name(name: &str) -> bool {
    if name.trim() != name || name.contains(['\n', '\r']) {
        return false;
    }
    match name
        .strip_prefix('"')
        .and_then(|name| name.strip_suffix('"'))
    {
        Some(inner) => !inner.is_empty() && !inner.contains('"'),
        None => !name.is_empty() && !name.contains(['"', ',']),
    }
}
