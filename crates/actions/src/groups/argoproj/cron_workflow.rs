//! CronWorkflows of Argo Workflows: one run out of turn, like `argo submit --from`.
//!
//! Comes in: a CronWorkflow. Goes out: a Workflow. The scheduled time is written as Argo Workflows
//! writes it: Argo CD puts day, hour and minute where hour, minute and second belong.

use crate::ActionError;
use crate::fields::{find, within};
use crate::moment;
use crate::run::Request;
use crate::verbs::create::{self, copied, put};
use serde_json::{Map, Value, json};

const INSTANCE_ID: &str = "workflows.argoproj.io/controller-instanceid";

pub fn create(pattern: &Value, request: &Request) -> Result<Value, ActionError> {
    let spec = within(pattern, &["spec", "workflowSpec"])?;
    let metadata = metadata(pattern, request)?;
    let mut workflow = create::object("argoproj.io/v1alpha1", "Workflow", metadata, copied(spec));
    let finalizers = find(pattern, &["spec", "workflowMetadata", "finalizers"])?;
    workflow["finalizers"] = match finalizers {
        Value::Array(_) => finalizers.clone(),
        _ => json!([]),
    };
    Ok(workflow)
}

fn metadata(pattern: &Value, request: &Request) -> Result<Map<String, Value>, ActionError> {
    let mut labels = members(pattern, "labels")?;
    labels.insert(
        "workflows.argoproj.io/cron-workflow".to_owned(),
        create::name(pattern)?.into(),
    );
    let instance = find(pattern, &["metadata", "labels", INSTANCE_ID])?;
    put(&mut labels, INSTANCE_ID, instance);
    let mut annotations = members(pattern, "annotations")?;
    annotations.insert(
        "workflows.argoproj.io/scheduled-time".to_owned(),
        request.now.rfc3339().into(),
    );
    let mut metadata = Map::new();
    let time = moment::to_the_minute(request.now);
    create::identify(&mut metadata, pattern, &time)?;
    metadata.insert("labels".to_owned(), labels.into());
    metadata.insert("annotations".to_owned(), annotations.into());
    metadata.insert(
        "ownerReferences".to_owned(),
        json!([create::owner_reference(pattern)]),
    );
    Ok(metadata)
}

fn members(pattern: &Value, name: &str) -> Result<Map<String, Value>, ActionError> {
    let path = ["spec", "workflowMetadata", name];
    match copied(find(pattern, &path)?) {
        Value::Object(members) => Ok(members),
        Value::Null => Ok(Map::new()),
        _ => Err(ActionError::malformed(&path, "an object")),
    }
}
