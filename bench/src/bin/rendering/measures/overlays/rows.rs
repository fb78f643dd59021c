//! What was found of small overlays, for people.

use super::found::{Counted, Found};
use crate::goals;
use bench::goal::Goal;
use bench::quantiles::Quantiles;
use bench::row::Row;

/// For the table.
pub fn rows(found: &Found) -> Vec<Row> {
    let ms = |seconds: f64| seconds * 1e3;
    let (start, kustomize) = (found.start, found.total(|one| one.command.kustomize));
    let all = |how: &str, seconds: f64| {
        Row::new(format!("overlays {how}, all of them"), "s", seconds).bare(kustomize)
    };
    let mut rows = vec![
        Row::new(
            "overlays that count",
            "overlays",
            found.counted.len() as f64,
        ),
        Row::new("starting the program", "ms", ms(start.caretaker)).bare(ms(start.kustomize)),
    ];
    rows.extend(spread(
        found,
        "by command",
        Counted::by_command,
        goals::COMMAND,
    ));
    rows.push(all("by command", found.total(|one| one.command.caretaker)));
    rows.extend(spread(
        found,
        "in process",
        Counted::in_process,
        goals::IN_PROCESS,
    ));
    rows.push(all("in process", found.total(|one| one.in_process)));
    rows
}

/// Half of all, a tenth and nine tenths; the goal is for half.
fn spread(found: &Found, how: &str, of: fn(&Counted) -> f64, goal: Goal) -> [Row; 3] {
    let quantiles = Quantiles::of_numbers(found.counted.iter().map(of));
    let row = |name: &str, which: fn(Quantiles) -> f64| {
        let measure = format!("overlays {how}, {name}");
        Row::new(measure, "times as fast", quantiles.map(which))
    };
    [
        row("p50", |of| of.p50).goal(goal),
        row("p10", |of| of.p10),
        row("p90", |of| of.p90),
    ]
}

/// What does not count, and why.
pub fn note(found: &Found) -> String {
    let left_out = [
        ("that neither builds", &found.built_by_none),
        ("that only kustomize builds", &found.built_by_kustomize),
        ("that only Caretaker builds", &found.built_by_caretaker),
        ("with different bytes", &found.different),
        (
            "with different bytes in process",
            &found.different_in_process,
        ),
    ];
    let told = left_out.iter().filter(|(_, names)| !names.is_empty());
    let told = told.map(|(why, names)| format!("; {} {why}", names.len()));
    format!(
        "{} of {} kept overlays count: both programs build them with the same bytes. Left out: {}{}.",
        found.counted.len(),
        found.all,
        found.all - found.counted.len(),
        told.collect::<String>()
    )
}
