//! Gloo: gateways and their routes.

use super::check::Check;
use super::gloo_solo_io::resource;

pub fn check(kind: &str) -> Option<Check> {
    let known = matches!(
        kind,
        "Gateway"
            | "MatchableHttpGateway"
            | "RouteOption"
            | "RouteTable"
            | "VirtualHostOption"
            | "VirtualService"
    );
    known.then_some(Check::Code(resource))
}
