//! The crate against servers that do what a real one only does on a bad day.

mod discovery;
mod requests;
mod server;
mod watches;
