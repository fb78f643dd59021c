//! The project of an Application, as far as a tree needs it.

use argo::project::AppProject;
use cluster::{ApiResource, Connection, RequestError};
use live::tree::Orphans;
use model::{GroupKind, GroupVersionKind, ObjectKey, Project as _};
use serde_json::Value;

use crate::failure::Outcome;
use crate::screen::Screen;

/// What a project lets a tree show.
#[derive(Debug, Default)]
pub struct ProjectView {
    /// None when it cannot be read: then all is shown.
    project: Option<AppProject>,
    /// What it says of orphaned objects.
    pub orphans: Option<Orphans>,
}

impl ProjectView {
    /// Reads it; what may not be read is told, and does not hide anything.
    pub async fn read(
        connection: &Connection,
        namespace: &str,
        name: &str,
        screen: &Screen,
    ) -> Outcome<Self> {
        let gvk = GroupVersionKind::from_api_version("argoproj.io/v1alpha1", "AppProject");
        let kind = ApiResource::new(gvk, "appprojects", true);
        let told = match connection.get(&kind, namespace, name).await {
            Ok(Some(bytes)) => return Ok(Self::of(&serde_json::from_slice(&bytes)?)),
            Ok(None) => format!("there is no project {name}: nothing is left out of the tree"),
            Err(RequestError::Forbidden { message }) => {
                format!("the project {name} may not be read ({message}): nothing is left out")
            }
            Err(error) => return Err(error.into()),
        };
        screen.remark("warning", &told);
        Ok(Self::default())
    }

    fn of(resource: &Value) -> Self {
        Self {
            project: Some(AppProject::from_resource(resource).0),
            orphans: Orphans::of_project(resource),
        }
    }

    /// May its apps have this object?
    pub fn permits(&self, key: &ObjectKey) -> bool {
        let namespaced = !key.namespace.is_empty();
        let verdict = |project: &AppProject| project.permits_object(key, namespaced).is_permitted();
        self.project.as_ref().is_none_or(verdict)
    }

    /// May its apps have namespaced objects of this kind?
    pub fn permits_kind(&self, kind: &GroupKind) -> bool {
        let verdict = |project: &AppProject| project.permits_kind(kind, true).is_permitted();
        self.project.as_ref().is_none_or(verdict)
    }
}
