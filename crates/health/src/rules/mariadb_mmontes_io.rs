//! MariaDB: servers, by the name the group had before.

use super::check::Check;
use super::k8s_mariadb_com::server;

pub fn check(kind: &str) -> Option<Check> {
    (kind == "MariaDB").then_some(Check::Code(server))
}
