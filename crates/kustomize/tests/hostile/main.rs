//! Repositories that mean harm, or that no person wrote: each ends soon, in an error that names what
//! is wrong, or in objects where what it asks for is legal.
//!
//! How much a build does is measured by what it reads, never by the clock; the clock and the memory
//! are watched by bounds so wide that only a build without end meets them.

mod aliases;
mod folders;
mod generators;
mod lab;
mod links;
mod nesting;
mod numbers;
mod patches;
mod replacements;
mod schemas;
mod selectors;
mod texts;
mod variables;
