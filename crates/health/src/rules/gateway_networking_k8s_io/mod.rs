//! Gateway API: gateways, their classes, and what leads through them.

mod backend_tls_policy;
mod gateway;
mod route;
mod trouble;

use super::check::Check;

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "BackendTLSPolicy" => backend_tls_policy::policy,
        "GRPCRoute" => route::grpc_route,
        "Gateway" => gateway::gateway,
        "GatewayClass" => gateway::gateway_class,
        "HTTPRoute" => route::http_route,
        _ => return None,
    }))
}
