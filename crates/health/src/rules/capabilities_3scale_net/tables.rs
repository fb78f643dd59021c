//! Kinds of 3scale whose conditions tell everything: the first that is true counts.

use crate::rules::by_condition::{ByCondition, conditions, when};
use crate::rules::says::Says::{MessageOr, Text};
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended};

pub fn table(kind: &str) -> Option<ByCondition> {
    Some(match kind {
        "ActiveDoc" => ACTIVE_DOC,
        "ApplicationAuth" => APPLICATION_AUTH,
        "Backend" => BACKEND,
        "CustomPolicyDefinition" => CUSTOM_POLICY_DEFINITION,
        "DeveloperAccount" => DEVELOPER_ACCOUNT,
        "OpenAPI" => OPEN_API,
        "Product" => PRODUCT,
        "ProxyConfigPromote" => PROXY_CONFIG_PROMOTE,
        _ => return None,
    })
}

const ACTIVE_DOC: ByCondition = conditions(
    &[&[
        when("Ready", "True", Healthy, Text("3scale ActiveDoc is ready")),
        when(
            "Invalid",
            "True",
            Degraded,
            MessageOr("3scale ActiveDoc configuration is invalid"),
        ),
        when(
            "Orphan",
            "True",
            Degraded,
            MessageOr("3scale ActiveDoc references non-existing resources"),
        ),
        when(
            "Failed",
            "True",
            Degraded,
            MessageOr("3scale ActiveDoc synchronization failed"),
        ),
    ]],
    Progressing,
    "Waiting for 3scale ActiveDoc status...",
);

const APPLICATION_AUTH: ByCondition = conditions(
    &[&[
        when(
            "Ready",
            "True",
            Healthy,
            Text("3scale ApplicationAuth is ready"),
        ),
        when(
            "Failed",
            "True",
            Degraded,
            MessageOr("3scale ApplicationAuth failed"),
        ),
    ]],
    Progressing,
    "Waiting for 3scale ApplicationAuth status...",
);

const BACKEND: ByCondition = conditions(
    &[&[
        when("Synced", "True", Healthy, Text("3scale Backend is synced")),
        when(
            "Invalid",
            "True",
            Degraded,
            MessageOr("3scale Backend configuration is invalid"),
        ),
        when(
            "Failed",
            "True",
            Degraded,
            MessageOr("3scale Backend synchronization failed"),
        ),
    ]],
    Progressing,
    "Waiting for 3scale Backend status...",
);

const CUSTOM_POLICY_DEFINITION: ByCondition = conditions(
    &[&[
        when(
            "Ready",
            "True",
            Healthy,
            Text("3scale CustomPolicyDefinition is ready"),
        ),
        when(
            "Invalid",
            "True",
            Degraded,
            MessageOr("3scale CustomPolicyDefinition configuration is invalid"),
        ),
        when(
            "Failed",
            "True",
            Degraded,
            MessageOr("3scale CustomPolicyDefinition synchronization failed"),
        ),
    ]],
    Progressing,
    "Waiting for 3scale CustomPolicyDefinition status...",
);

const DEVELOPER_ACCOUNT: ByCondition = conditions(
    &[&[
        when(
            "Ready",
            "True",
            Healthy,
            Text("3scale DeveloperAccount is ready"),
        ),
        when(
            "Invalid",
            "True",
            Degraded,
            MessageOr("3scale DeveloperAccount configuration is invalid"),
        ),
        when(
            "Failed",
            "True",
            Degraded,
            MessageOr("3scale DeveloperAccount synchronization failed"),
        ),
        when(
            "Waiting",
            "True",
            Suspended,
            MessageOr("3scale DeveloperAccount is waiting for approval"),
        ),
    ]],
    Progressing,
    "Waiting for 3scale DeveloperAccount status...",
);

/// Unless a user is suspended.
pub const DEVELOPER_USER: ByCondition = conditions(
    &[&[
        when(
            "Ready",
            "True",
            Healthy,
            Text("3scale DeveloperUser is ready"),
        ),
        when(
            "Invalid",
            "True",
            Degraded,
            MessageOr("3scale DeveloperUser configuration is invalid"),
        ),
        when(
            "Orphan",
            "True",
            Degraded,
            MessageOr("3scale DeveloperUser references non-existing resources"),
        ),
        when(
            "Failed",
            "True",
            Degraded,
            MessageOr("3scale DeveloperUser synchronization failed"),
        ),
    ]],
    Progressing,
    "Waiting for 3scale DeveloperUser status...",
);

const OPEN_API: ByCondition = conditions(
    &[&[
        when("Ready", "True", Healthy, Text("3scale OpenAPI is ready")),
        when(
            "Invalid",
            "True",
            Degraded,
            MessageOr("3scale OpenAPI configuration is invalid"),
        ),
        when(
            "Failed",
            "True",
            Degraded,
            MessageOr("3scale OpenAPI reconciliation failed"),
        ),
    ]],
    Progressing,
    "Waiting for 3scale OpenAPI status...",
);

const PRODUCT: ByCondition = conditions(
    &[&[
        when("Synced", "True", Healthy, Text("3scale Product is synced")),
        when(
            "Invalid",
            "True",
            Degraded,
            MessageOr("3scale Product configuration is invalid"),
        ),
        when(
            "Orphan",
            "True",
            Degraded,
            MessageOr("3scale Product references non-existing resources"),
        ),
        when(
            "Failed",
            "True",
            Degraded,
            MessageOr("3scale Product synchronization failed"),
        ),
    ]],
    Progressing,
    "Waiting for 3scale Product status...",
);

/// "3cale" is how it is spelled.
const PROXY_CONFIG_PROMOTE: ByCondition = conditions(
    &[&[
        when(
            "Ready",
            "True",
            Healthy,
            Text("3scale ProxyConfigPromote is ready"),
        ),
        when(
            "In-progress",
            "True",
            Progressing,
            MessageOr("3scale ProxyConfigPromote is in progress"),
        ),
        when(
            "Failed",
            "True",
            Degraded,
            MessageOr("3cale ProxyConfigPromote failed"),
        ),
    ]],
    Progressing,
    "Waiting for 3scale ProxyConfigPromote status...",
);
