//! Random schedules. A failure prints its seed; `CARETAKER_SEED=n` plays that one alone,
//! `CARETAKER_SCHEDULES=n` plays more of them.

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

#[test]
fn promises_hold_in_every_schedule() {
    if let Some(seed) = number("CARETAKER_SEED") {
        sim::run_schedule(seed).unwrap_or_else(|broken| panic!("{broken}"));
        return;
    }
    let count = number("CARETAKER_SCHEDULES").unwrap_or(400);
    let broken: Vec<String> = (0..count)
        .filter_map(|seed| sim::run_schedule(seed).err())
        .collect();
    println!("{count} schedules");
    let first = broken.first().cloned().unwrap_or_default();
    assert!(
        broken.is_empty(),
        "{} of {count} schedules fail; the first:\n{first}",
        broken.len()
    );
}
