//! CronJobs: one Job out of turn, like `kubectl create job --from`.
//!
//! Comes in: a CronJob. Goes out: what it offers, or a Job.

use super::suspend_or_resume;
use crate::fields::within;
use crate::moment;
use crate::run::Request;
use crate::verbs::create::{self, copied};
use crate::verbs::suspend::is_suspended;
use crate::{Action, ActionError};
use serde_json::{Map, Value, json};

const INSTANTIATE: &str = "cronjob.kubernetes.io/instantiate";

pub fn offers(cron_job: &Value) -> Result<Vec<Action>, ActionError> {
    let create = Action::new("create-job").icon("fa fa-fw fa-plus");
    Ok(vec![
        create.shown_as("Create Job"),
        suspend_or_resume(is_suspended(cron_job)?),
    ])
}

pub fn create_job(cron_job: &Value, request: &Request) -> Result<Value, ActionError> {
    let template = within(cron_job, &["spec", "jobTemplate", "metadata"])?;
    let metadata = metadata(cron_job, template, request)?;
    let spec = copied(within(cron_job, &["spec", "jobTemplate", "spec"])?);
    Ok(create::object("batch/v1", "Job", metadata, spec))
}

fn metadata(
    cron_job: &Value,
    template: &Value,
    request: &Request,
) -> Result<Map<String, Value>, ActionError> {
    let mut metadata = members(copied(template), "spec.jobTemplate.metadata")?;
    let time = moment::to_the_minute_of_the_century(request.now);
    create::identify(&mut metadata, cron_job, &time)?;
    let annotations = metadata.remove("annotations").unwrap_or_default();
    let mut annotations = members(annotations, "spec.jobTemplate.metadata.annotations")?;
    annotations.insert(INSTANTIATE.to_owned(), "manual".into());
    metadata.insert("annotations".to_owned(), annotations.into());
    let mut owner = create::owner_reference(cron_job);
    owner.insert("blockOwnerDeletion".to_owned(), true.into());
    owner.insert("controller".to_owned(), true.into());
    metadata.insert("ownerReferences".to_owned(), json!([owner]));
    Ok(metadata)
}

fn members(value: Value, path: &str) -> Result<Map<String, Value>, ActionError> {
    match value {
        Value::Object(members) => Ok(members),
        Value::Null => Ok(Map::new()),
        _ => Err(ActionError::malformed(&[path], "an object")),
    }
}
