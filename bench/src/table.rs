//! Rows -> a table in plain text, columns as wide as they need be.

use crate::row::Row;

const HEADS: [&str; 8] = [
    "measure",
    "Caretaker",
    "bare limit",
    "ratio",
    "Argo CD 3.5 (elsewhere)",
    "Flux 2.9 (elsewhere)",
    "goal",
    "met?",
];

/// The table.
pub fn of(rows: &[Row]) -> String {
    let heads = HEADS.map(str::to_owned);
    let rules = HEADS.map(|_| String::new());
    let lines: Vec<[String; 8]> = [heads, rules]
        .into_iter()
        .chain(rows.iter().map(cells))
        .collect();
    let widths: Vec<usize> = (0..HEADS.len())
        .map(|column| width(&lines, column))
        .collect();
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let fill = if at == 1 { "-" } else { " " };
        let padded = line.iter().zip(&widths).map(|(cell, width)| {
            let missing = width - cell.chars().count();
            format!(" {cell}{} ", fill.repeat(missing))
        });
        text.push_str(&format!("|{}|\n", padded.collect::<Vec<_>>().join("|")));
    }
    text
}

fn width(lines: &[[String; 8]], column: usize) -> usize {
    lines
        .iter()
        .map(|line| line[column].chars().count())
        .max()
        .unwrap_or(0)
}

fn cells(row: &Row) -> [String; 8] {
    let figure = |figure: Option<f64>| figure.map(number).unwrap_or_default();
    let met = |met| if met { "yes" } else { "NO" };
    [
        format!("{}, {}", row.measure, row.unit),
        figure(row.caretaker),
        figure(row.bare),
        figure(row.ratio),
        row.argo_cd.to_owned(),
        row.flux.to_owned(),
        row.goal.map(|goal| goal.to_string()).unwrap_or_default(),
        row.met.map(met).unwrap_or_default().to_owned(),
    ]
}

/// Three digits that matter, more where the number is whole.
fn number(value: f64) -> String {
    match value.abs() {
        _ if value.fract() == 0.0 => format!("{value}"),
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goal::Goal;

    #[test]
    fn rows_stand_in_columns() {
        let rows = [
            Row::new("first sync", "objects/s", 240.0)
                .bare(300.0)
                .goal(Goal::AtLeastOfBare(0.7)),
            Row::new("at rest, writes", "requests", 3.0).goal(Goal::Exactly(0.0)),
            Row::new("push, p50", "s", None)
                .peers("1.21", "")
                .goal(Goal::AtMost(2.0)),
        ];
        let expected = "\
| measure                   | Caretaker | bare limit | ratio | Argo CD 3.5 (elsewhere) | Flux 2.9 (elsewhere) | goal          | met? |
| ------------------------- | --------- | ---------- | ----- | ----------------------- | -------------------- | ------------- | ---- |
| first sync, objects/s     | 240       | 300        | 0.800 |                         |                      | >= 0.7 x bare | yes  |
| at rest, writes, requests | 3         |            |       |                         |                      | 0             | NO   |
| push, p50, s              |           |            |       | 1.21                    |                      | <= 2          |      |
";
        assert_eq!(of(&rows), expected);
    }
}
