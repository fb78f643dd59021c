//! Open Cluster Management: policies.

use super::by_phase::ByPhase;
use super::check::Check;
use super::field::{Field, Stumble, joined, listed};
use super::says::Says::Text;
use super::verdict::Verdict;
use crate::status::HealthStatus::{self, Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    Some(match kind {
        "CertificatePolicy" => Check::Phases(CERTIFICATE),
        "ConfigurationPolicy" => Check::Code(configuration),
        "OperatorPolicy" => Check::Code(operator),
        "Policy" => Check::Code(policy),
        _ => return None,
    })
}

const NOT_REPORTED: &str = "Waiting for the status to be reported";
const OUTDATED: &str = "Waiting for the status to be updated";

const CERTIFICATE: ByPhase = ByPhase {
    at: "status.compliant",
    phases: &[(
        "Compliant",
        Healthy,
        Text("All certificates found comply with the policy"),
    )],
    unset: Some((Progressing, Text(NOT_REPORTED))),
    other: Some((
        Degraded,
        Text("At least once certificate does not comply with the policy"),
    )),
};

fn compliance(word: Field<'_>) -> HealthStatus {
    if word.is("Compliant") {
        Healthy
    } else {
        Degraded
    }
}

fn configuration(object: Field<'_>) -> Verdict {
    let compliant = object.find("status.compliant")?;
    if !compliant.is_set() {
        return Progressing.says(NOT_REPORTED);
    }
    let evaluated = object.find("status.lastEvaluatedGeneration")?;
    if evaluated != object.get("metadata")?.get("generation")? {
        return Progressing.says(OUTDATED);
    }
    let details = object.find("status.compliancyDetails")?;
    if !details.is_set() {
        return Progressing.says("Waiting for compliance");
    }
    let messages = violations(details)?.join("; ");
    Ok(Some(compliance(compliant).because(messages)))
}

fn violations(details: Field<'_>) -> Result<Vec<String>, Stumble> {
    let mut messages = Vec::new();
    for detail in details.items()? {
        for condition in detail.items_at("conditions")? {
            let (kind, message) = (condition.get("type")?, condition.get("message")?);
            if kind.is_set() && message.is_set() {
                messages.push(joined(&[kind, " - ".into(), message])?);
            }
        }
    }
    Ok(messages)
}

fn operator(object: Field<'_>) -> Verdict {
    let conditions = object.find("status.conditions")?;
    if !conditions.is_set() {
        return Progressing.says(NOT_REPORTED);
    }
    let observed = object.find("status.observedGeneration")?;
    if observed.is_set() && observed != object.get("metadata")?.get("generation")? {
        return Progressing.says(OUTDATED);
    }
    for condition in conditions.items()? {
        if condition.get("type")?.is("Compliant") {
            let is_true = condition.get("status")?.is("True");
            let status = if is_true { Healthy } else { Degraded };
            return status.says(condition.get("message")?);
        }
    }
    Progressing.says("Waiting for the compliance condition")
}

fn policy(object: Field<'_>) -> Verdict {
    if object.get("spec")?.get("disabled")?.is_truthy() {
        return Healthy.says("Policy is disabled");
    }
    let status = object.get("status")?;
    if !status.is_set() {
        return Progressing.says(NOT_REPORTED);
    }
    let compliant = status.get("compliant")?;
    if compliant.is_set() {
        let told = told(status)?;
        return Ok(Some(compliance(compliant).because(told)));
    }
    let placement = status.get("placement")?;
    if !status.get("status")?.is_set() && placement.is_set() && placement.length()? > 0 {
        return Healthy.says("No clusters match this policy");
    }
    Progressing.says(NOT_REPORTED)
}

/// What does not comply: clusters if the policy is the one people wrote, templates if it is its
/// copy for one of the clusters.
fn told(status: Field<'_>) -> Result<String, Stumble> {
    let (clusters, templates) = (status.get("status")?, status.get("details")?);
    if clusters.is_set() {
        let names = noncompliant(clusters, |cluster| cluster.get("clustername"))?;
        return listing(names, "clusters");
    }
    if templates.is_set() {
        let names = noncompliant(templates, |it| it.get("templateMeta")?.get("name"))?;
        return listing(names, "templates");
    }
    Ok(String::new())
}

/// The names of those that do not comply; one without a name is not told.
fn noncompliant<'a>(
    all: Field<'a>,
    name: fn(Field<'a>) -> Result<Field<'a>, Stumble>,
) -> Result<Vec<Field<'a>>, Stumble> {
    let mut names = Vec::new();
    for one in all.items()? {
        if !one.get("compliant")?.is("Compliant") {
            names.push(name(one)?);
        }
    }
    names.retain(|name| name.is_set());
    Ok(names)
}

fn listing(names: Vec<Field<'_>>, what: &str) -> Result<String, Stumble> {
    if names.is_empty() {
        return Ok(format!("All {what} are compliant"));
    }
    let names = listed(names)?;
    Ok(format!("NonCompliant {what}: {names}"))
}
