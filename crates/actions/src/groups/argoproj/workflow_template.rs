//! WorkflowTemplates of Argo Workflows: a run of one, like `argo submit --from`.
//!
//! Comes in: a WorkflowTemplate. Goes out: a Workflow that refers to it.

use crate::ActionError;
use crate::moment;
use crate::run::Request;
use crate::verbs::create;
use serde_json::{Map, Value, json};

pub fn create(template: &Value, request: &Request) -> Result<Value, ActionError> {
    let name = create::name(template)?;
    let mut metadata = Map::new();
    let time = moment::to_the_minute(request.now);
    create::identify(&mut metadata, template, &time)?;
    metadata.insert(
        "labels".to_owned(),
        json!({"workflows.argoproj.io/workflow-template": name}),
    );
    metadata.insert(
        "ownerReferences".to_owned(),
        json!([create::owner_reference(template)]),
    );
    let spec = json!({"workflowTemplateRef": {"name": name}});
    let workflow = create::object("argoproj.io/v1alpha1", "Workflow", metadata, spec);
    Ok(workflow)
}
