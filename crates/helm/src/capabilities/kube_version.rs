//! A version of Kubernetes as clusters and users write it.
//!
//! Source: ParseKubeVersion in pkg/chart/common/capabilities.go, k8s.io/apimachinery/pkg/util/version.

use crate::quote::quote;

/// A version of Kubernetes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KubeVersion {
    /// As it was given, with a `v` before it.
    pub version: String,
    /// Its numbers alone, which ranges are checked against.
    pub normalized: String,
    /// Its first number.
    pub major: String,
    /// Its second number.
    pub minor: String,
}

/// A text that is no version of Kubernetes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum KubeVersionError {
    #[error("could not parse {} as version", quote(.0))]
    NoVersion(String),
    #[error("illegal version string {}", quote(.0))]
    TooShort(String),
    #[error("illegal zero-prefixed version component {} in {}", quote(.component), quote(.text))]
    ZeroPrefixed { component: String, text: String },
    #[error(
        "illegal non-numeric version component {} in {}: strconv.ParseUint: parsing {}: value out \
         of range",
        quote(.component), quote(.text), quote(.component)
    )]
    OutOfRange { component: String, text: String },
}

impl KubeVersion {
    /// Reads `1.28`, `v1.28.3-gke.100`, with whatever behind the numbers.
    pub fn parse(text: &str) -> Result<Self, KubeVersionError> {
        let numbers = numbers(text).ok_or_else(|| KubeVersionError::NoVersion(text.to_owned()))?;
        let components: Vec<&str> = numbers.split('.').collect();
        if components.len() < 2 {
            return Err(KubeVersionError::TooShort(text.to_owned()));
        }
        if components[0].starts_with('0') && components[0] != "0" {
            let component = components[0].to_owned();
            let text = text.to_owned();
            return Err(KubeVersionError::ZeroPrefixed { component, text });
        }
        let parsed = components.iter().map(|component| number(component, text));
        let parsed = parsed.collect::<Result<Vec<_>, _>>()?;
        Ok(Self::of(text, &parsed))
    }

    fn of(text: &str, components: &[String]) -> Self {
        let prefix = if text.starts_with('v') { "" } else { "v" };
        Self {
            version: format!("{prefix}{text}"),
            normalized: format!("v{}", components.join(".")),
            major: components[0].clone(),
            minor: components[1].clone(),
        }
    }
}

/// The version Helm's own client library belongs to.
impl Default for KubeVersion {
    fn default() -> Self {
        Self {
            version: "v1.36.0".into(),
            normalized: "v1.36.0".into(),
            major: "1".into(),
            minor: "36".into(),
        }
    }
}

/// The numbers and dots a version starts with.
fn numbers(text: &str) -> Option<&str> {
    let blank = |c| matches!(c, ' ' | '\t' | '\n' | '\u{c}' | '\r');
    let start = text.trim_start_matches(blank);
    let start = start.strip_prefix('v').unwrap_or(start);
    let mut end = 0;
    loop {
        let digits = start[end..].bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            break;
        }
        end += digits;
        match start[end..].starts_with('.') {
            true => end += 1,
            false => break,
        }
    }
    let numbers = start[..end].trim_end_matches('.');
    (!numbers.is_empty() && !start[end..].contains('\n')).then_some(numbers)
}

fn number(component: &str, text: &str) -> Result<String, KubeVersionError> {
    match component.parse::<u64>() {
        Ok(number) => Ok(number.to_string()),
        Err(_) => Err(KubeVersionError::OutOfRange {
            component: component.to_owned(),
            text: text.to_owned(),
        }),
    }
}
