//! The measures, a file each: what was done, what was found, and which rows that makes.

pub mod bare_apply;
pub mod first_sync;
pub mod heal;
pub mod kill;
pub mod push;
pub mod rest;
pub mod round_trip;
