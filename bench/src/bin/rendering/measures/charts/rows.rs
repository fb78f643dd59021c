//! What was found of charts, for people.

use super::found::{Counted, Found, Upstream};
use crate::goals;
use bench::goal::Goal;
use bench::quantiles::Quantiles;
use bench::row::Row;

/// For the table.
pub fn rows(found: &Found) -> Vec<Row> {
    let total = |of: fn(&Counted) -> f64| found.counted.iter().map(of).sum::<f64>();
    let all = |how: &str, seconds: f64| {
        Row::new(format!("charts {how}, all of them"), "s", seconds).bare(total(|one| one.helm))
    };
    let mut rows = vec![Row::new(
        "charts that count",
        "charts",
        found.counted.len() as f64,
    )];
    let by_command = |one: &Counted| one.helm / one.caretaker;
    rows.extend(spread(found, "by command", by_command, None));
    rows.push(all("by command", total(|one| one.caretaker)));
    let in_process = |one: &Counted| one.helm / one.in_process;
    let goal = Some(goals::CHARTS_IN_PROCESS);
    rows.extend(spread(found, "in process", in_process, goal));
    rows.push(all("in process", total(|one| one.in_process)));
    let again = |one: &Counted| one.helm / one.again;
    rows.extend(spread(
        found,
        "in process, templates remembered",
        again,
        None,
    ));
    rows.push(all(
        "in process, templates remembered",
        total(|one| one.again),
    ));
    rows.extend(beside_upstream(found));
    rows
}

/// Beside Helm's own code in one process, of charts that are loaded.
fn beside_upstream(found: &Found) -> Vec<Row> {
    let pairs = || {
        let counted = found.counted.iter();
        counted.filter_map(|one| Some((one, one.upstream?)))
    };
    let spread = |how: &str, of: fn((&Counted, Upstream)) -> f64, goal: Option<Goal>| {
        spread_of(pairs().map(of), how, goal)
    };
    let goal = Some(goals::CHARTS_BESIDE_ENGINE);
    let engine = |(one, go): (&Counted, Upstream)| go.engine / one.engine;
    let whole = |(one, go): (&Counted, Upstream)| go.whole / one.loaded;
    let ours: f64 = pairs().map(|(one, _)| one.engine).sum();
    let theirs: f64 = pairs().map(|(_, go)| go.engine).sum();
    let all = Row::new("charts, the engine alone, all of them", "s", ours).bare(theirs);
    let mut rows = Vec::new();
    rows.extend(spread("the engine alone, beside Go's", engine, goal));
    rows.extend(spread("loaded, beside helm template in Go", whole, None));
    rows.push(all);
    rows
}

/// Half of all, a tenth and nine tenths; the goal is for half.
fn spread(found: &Found, how: &str, of: fn(&Counted) -> f64, goal: Option<Goal>) -> [Row; 3] {
    spread_of(found.counted.iter().map(of), how, goal)
}

fn spread_of(ratios: impl Iterator<Item = f64>, how: &str, goal: Option<Goal>) -> [Row; 3] {
    let quantiles = Quantiles::of_numbers(ratios);
    let row = |name: &str, which: fn(Quantiles) -> f64| {
        let measure = format!("charts {how}, {name}");
        Row::new(measure, "times as fast", quantiles.map(which))
    };
    let half = row("p50", |of| of.p50);
    [
        match goal {
            Some(goal) => half.goal(goal),
            None => half,
        },
        row("p10", |of| of.p10),
        row("p90", |of| of.p90),
    ]
}

/// What does not count, and why.
pub fn note(found: &Found) -> String {
    format!(
        "{} of {} kept charts count: all make the same bytes of them. {} want values that they do not bring; {} differ, most since they draw at random.",
        found.counted.len(),
        found.all,
        found.rendered_by_none.len(),
        found.different.len()
    )
}
