//! Plugins: what `generators`, `transformers` and `validators` name.
//!
//! Comes in: a resource that configures a plugin. Goes out: the built-in one it means with its
//! arguments, or why it is refused. Nothing is run: a plugin that is a program, a container or a
//! script is an error. Source: Kustomize 5.8.1, api/internal/plugins and api/internal/builtins.

mod document;
mod error;
mod external;
mod generator;
mod transformer;

#[cfg(test)]
mod tests;

pub use error::PluginError;
pub use external::External;
pub use generator::Generator;
pub use transformer::Transformer;
