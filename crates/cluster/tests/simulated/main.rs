//! The simulated cluster answers as a real API server does.
//!
//! Both get the same random requests, by seed: creates, replaces, patches of each kind, applies by
//! several managers, status writes, dry runs, deletions on conditions, stale versions. Each pair of
//! answers must agree: status, reason, the object with its owners. UIDs, versions, times and given
//! addresses are compared by what they are equal to, not by what they are. The controllers of the
//! real control plane are down, so that only requests change anything; then they are started, and
//! collect garbage that the simulated cluster collects too.
//!
//! `CARETAKER_SEED` is the first seed, `CARETAKER_SEEDS` how many there are, `CARETAKER_REQUESTS` how
//! many requests each makes. A seed whose answers differ is told with the shortest list of its requests
//! that still makes them differ.

mod ask;
mod compare;
mod garbage;
mod generate;
mod objects;
mod play;
mod real;
mod shrink;
mod simulated;

use play::Stage;
use testbed::{Component, ControlPlane};

#[test]
fn both_answer_alike() {
    let plane = ControlPlane::own();
    let mut stage = Stage::on(&plane);
    let number = |name: &str, default: u64| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(default)
    };
    let (first, seeds) = (number("CARETAKER_SEED", 1), number("CARETAKER_SEEDS", 5));
    let requests = usize::try_from(number("CARETAKER_REQUESTS", 500)).unwrap_or(500);
    let mut failures = Vec::new();
    for seed in first..first + seeds {
        let asks = generate::asks(seed, requests);
        if let Some(difference) = stage.play(&asks) {
            let (asks, difference) =
                shrink::shortest(&mut stage, &asks[..=difference.at], difference);
            failures.push(shrink::report(seed, &asks, &difference));
            if failures.len() >= 3 {
                break;
            }
            continue;
        }
        let watched = &asks[0];
        failures.extend(
            stage
                .watch(watched.kind())
                .map(|what| format!("CARETAKER_SEED={seed}: {what}")),
        );
    }
    println!(
        "{} pairs of answers, {} refusals among them",
        stage.pairs, stage.refusals
    );
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    plane.start(Component::ControllerManager);
    let rounds = number("CARETAKER_ROUNDS", 6);
    garbage::rounds(&stage.real, first, rounds);
    println!("{rounds} rounds of garbage");
}
