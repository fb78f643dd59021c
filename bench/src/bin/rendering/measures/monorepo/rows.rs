//! What was found of the monorepo, for people.

use super::Found;
use bench::goal::Goal;
use bench::row::Row;

/// For the table.
pub fn rows(found: &Found) -> Vec<Row> {
    let cached = &found.cached;
    let each = |seconds: f64| found.overlays as f64 / seconds;
    let row = |what: &str, unit, value: f64| Row::new(format!("monorepo {what}"), unit, value);
    vec![
        row("rendered", "renders/s", each(found.plain.remembering)).bare(1.0 / found.kustomize),
        row(
            "rendered, no file remembered",
            "renders/s",
            each(found.plain.forgetting),
        ),
        row(
            "reads of a base's file for that, most",
            "reads",
            found.plain.most_reads as f64,
        ),
        row(
            "through the cache, all new",
            "renders/s",
            each(cached.first),
        ),
        row(
            "through the cache, nothing changed",
            "answers/s",
            each(cached.unchanged),
        ),
        row(
            "a base's file changed: rendered again",
            "renders",
            cached.renders as f64,
        )
        .goal(Goal::Exactly(cached.expected as f64)),
        row(
            "a base's file changed: until all are there",
            "ms",
            cached.changed * 1e3,
        ),
    ]
}
