//! Names that objects of a kind may have. Source: Helm 4.2,
//! pkg/chart/v2/lint/rules/template.go; k8s.io/apimachinery 0.36, pkg/api/validate/content.

use super::documents::Head;
use crate::quote::quote;

const LABEL: &str = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

/// What is wrong with the name of an object.
pub fn check(head: &Head) -> Result<(), String> {
    let name = &head.name;
    let complaints = match head.kind.to_lowercase().as_str() {
        "service" => service(name),
        "namespace" => label(name),
        "certificatesigningrequest" => Vec::new(),
        "role" | "clusterrole" | "rolebinding" | "clusterrolebinding" => path_segment(name),
        _ => subdomain(name),
    };
    let invalid =
        |complaint: &String| format!("metadata.name: Invalid value: {}: {complaint}", quote(name));
    let complaints: Vec<String> = complaints.iter().map(invalid).collect();
    let complaints = match &complaints[..] {
        [] => return Ok(()),
        [single] => single.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    Err(format!(
        "object name does not conform to Kubernetes naming requirements: {}: {complaints}",
        quote(name)
    ))
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn is_label(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ends = [bytes.first(), bytes.last()];
    ends.into_iter()
        .all(|end| end.is_some_and(|byte| is_plain(*byte)))
        && bytes.iter().all(|byte| is_plain(*byte) || *byte == b'-')
}

fn too_long(name: &str, most: usize) -> Vec<String> {
    let complaint = || format!("must be no more than {most} characters");
    (name.len() > most).then(complaint).into_iter().collect()
}

fn subdomain(name: &str) -> Vec<String> {
    let mut complaints = too_long(name, 253);
    if !name.split('.').all(is_label) {
        complaints.push(format!(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, \
             '-' or '.', and must start and end with an alphanumeric character (e.g. \
             'example.com', regex used for validation is '{LABEL}(\\.{LABEL})*')"
        ));
    }
    complaints
}

fn label(name: &str) -> Vec<String> {
    let mut complaints = too_long(name, 63);
    if is_label(name) {
        return complaints;
    }
    complaints.push(match name.split('.').all(is_label) {
        true => "must not contain dots".to_owned(),
        false => format!(
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or \
             '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or \
             '123-abc', regex used for validation is '{LABEL}')"
        ),
    });
    complaints
}

fn service(name: &str) -> Vec<String> {
    let mut complaints = too_long(name, 63);
    if !is_label(name) || name.starts_with(|c: char| c.is_ascii_digit()) {
        complaints.push(
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start \
             with an alphabetic character, and end with an alphanumeric character (e.g. \
             'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
                .to_owned(),
        );
    }
    complaints
}

fn path_segment(name: &str) -> Vec<String> {
    if let "." | ".." = name {
        return vec![format!("may not be '{name}'")];
    }
    let contained = ["/", "%"].into_iter().filter(|part| name.contains(part));
    contained
        .map(|part| format!("may not contain '{part}'"))
        .collect()
}
