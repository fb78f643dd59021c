//! Autoscalers: healthy once they are able to scale, or at one of their limits.
//!
//! Comes in: a HorizontalPodAutoscaler, v2 with conditions in its status, v1 with the same as JSON
//! in an annotation. Goes out: what the conditions mean. The beta versions between are refused.

use crate::conditions::{self, Condition};
use crate::error::{AnnotationError, Unassessable};
use crate::fields::{self, Malformed};
use crate::gvk::Gvk;
use crate::status::Health;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};
use serde_json::Value;

const CONDITIONS: &str = "autoscaling.alpha.kubernetes.io/conditions";

pub fn check(object: &Value, gvk: Gvk<'_>) -> Result<Health, Unassessable> {
    match gvk.version {
        "v1" => from_annotation(object),
        "v2" => match conditions::of(object) {
            Ok(conditions) => Ok(judge(&conditions)),
            Err(source) => Err(Unassessable::Malformed {
                kind: "HPA",
                source,
            }),
        },
        _ => Err(Unassessable::Unsupported {
            kind: "HPA",
            gvk: gvk.to_string(),
        }),
    }
}

fn from_annotation(object: &Value) -> Result<Health, Unassessable> {
    let Some(annotation) = fields::annotation(object, CONDITIONS) else {
        return Ok(waiting());
    };
    let list: Value = serde_json::from_str(annotation)
        .map_err(|error| Unassessable::Annotation(AnnotationError::NotJson(error)))?;
    let list = in_lower_case(list);
    let conditions = parse(&list)
        .map_err(|error| Unassessable::Annotation(AnnotationError::NotConditions(error)))?;
    Ok(judge(&conditions))
}

/// Go's JSON reader does not mind the case of names.
fn in_lower_case(list: Value) -> Value {
    let lower = |item| match item {
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| (name.to_lowercase(), value))
            .collect(),
        other => other,
    };
    match list {
        Value::Array(items) => items.into_iter().map(lower).collect(),
        other => other,
    }
}

fn parse(list: &Value) -> Result<Vec<Condition<'_>>, Malformed> {
    let items = fields::items(list)?.iter().enumerate();
    let conditions =
        items.map(|(index, item)| conditions::one(item).map_err(|error| error.inside("", index)));
    conditions.collect()
}

fn judge(conditions: &[Condition<'_>]) -> Health {
    if let Some(failure) = conditions.iter().find(|condition| is_failure(condition)) {
        return Degraded.because(failure.message);
    }
    match conditions.iter().find(|condition| is_success(condition)) {
        Some(success) => Healthy.because(success.message),
        None => waiting(),
    }
}

fn waiting() -> Health {
    Progressing.because("Waiting to Autoscale")
}

fn is_failure(condition: &Condition<'_>) -> bool {
    match condition.kind {
        "AbleToScale" => matches!(condition.reason, "FailedGetScale" | "FailedUpdateScale"),
        "ScalingActive" => matches!(
            condition.reason,
            "FailedGetResourceMetric"
                | "FailedGetObjectMetric"
                | "FailedGetPodsMetric"
                | "FailedGetExternalMetric"
                | "FailedComputeMetricsReplicas"
                | "InvalidSelector"
        ),
        _ => false,
    }
}

fn is_success(condition: &Condition<'_>) -> bool {
    matches!(condition.kind, "AbleToScale" | "ScalingLimited") && condition.is_true()
}
