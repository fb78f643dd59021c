//! One leader among candidates, by a `Lease`. As client-go does it: a candidate never compares its
//! clock with another's, it only measures how long it has seen the same record.

mod election;
mod record;

pub use election::{Election, ElectionOptions, ElectionTimes, Leadership};
