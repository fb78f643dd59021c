//! Real servers for Caretaker's tests: a Kubernetes control plane, Git over HTTP(S) and over SSH, an OCI registry.
//!
//! In: what a test asks for. Out: addresses, credentials and repositories, and switches that break the servers (kill,
//! freeze, refuse, hang, cut).
//!
//! Why: what Caretaker must get right (server-side apply, garbage collection, watches that break off, Git's protocol) is
//! behaviour of programs that others wrote, so tests meet those very programs. They are built from their Go modules by
//! `testbed/build`; this crate only starts them and speaks to `testbed`'s control socket.
//!
//! What goes wrong in the testbed itself is a panic that says what to do: to a test it is never an outcome. What a test
//! may want to see fail, like `kubectl`, returns a `Result`.
#![warn(missing_docs)]

mod audit;
mod binaries;
mod child;
mod control_plane;
mod control_socket;
mod git_repository;
mod git_server;
mod kubectl;
mod registry_server;
mod ssh_server;

pub use audit::AuditMark;
pub use binaries::{bin_dir, program};
pub use control_plane::ControlPlane;
pub use control_socket::Component;
pub use git_repository::{GitRepository, git_command};
pub use git_server::{GitFault, GitServer, GitServerOptions};
pub use registry_server::{RegistryOptions, RegistryServer};
pub use ssh_server::SshServer;
