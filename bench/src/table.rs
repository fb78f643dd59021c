//! Rows -> a table in plain text, columns as wide as they need be.

use crate::row::Row;

/// A column.
#[derive(Clone, Copy, Debug)]
pub enum Column {
    /// What was measured, and in which unit.
    Measure,
    /// Our figure.
    Caretaker,
    /// The same of what stands beside us in this run; it is named here.
    Beside(&'static str),
    /// Ours by that.
    Ratio,
    /// Argo CD's.
    ArgoCd,
    /// Flux's.
    Flux,
    /// What we want.
    Goal,
    /// Whether it is so.
    Met,
}

/// The table.
pub fn of(columns: &[Column], rows: &[Row]) -> String {
    let heads = columns.iter().map(|column| column.head().to_owned());
    let rules = columns.iter().map(|_| String::new());
    let lines: Vec<Vec<String>> = [heads.collect(), rules.collect()]
        .into_iter()
        .chain(rows.iter().map(|row| cells(columns, row)))
        .collect();
    let widths: Vec<usize> = (0..columns.len())
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

fn width(lines: &[Vec<String>], column: usize) -> usize {
    lines
        .iter()
        .map(|line| line[column].chars().count())
        .max()
        .unwrap_or(0)
}

fn cells(columns: &[Column], row: &Row) -> Vec<String> {
    columns.iter().map(|column| column.cell(row)).collect()
}

impl Column {
    fn head(self) -> &'static str {
        match self {
            Self::Measure => "measure",
            Self::Caretaker => "Caretaker",
            Self::Beside(name) => name,
            Self::Ratio => "ratio",
            Self::ArgoCd => "Argo CD 3.5 (elsewhere)",
            Self::Flux => "Flux 2.9 (elsewhere)",
            Self::Goal => "goal",
            Self::Met => "met?",
        }
    }

    fn cell(self, row: &Row) -> String {
        let figure = |figure: Option<f64>| figure.map(number).unwrap_or_default();
        let met = |met| if met { "met" } else { "MISSED" };
        match self {
            Self::Measure => format!("{}, {}", row.measure, row.unit),
            Self::Caretaker => figure(row.caretaker),
            Self::Beside(_) => figure(row.bare),
            Self::Ratio => figure(row.ratio),
            Self::ArgoCd => row.argo_cd.to_owned(),
            Self::Flux => row.flux.to_owned(),
            Self::Goal => row.goal.map(|goal| goal.to_string()).unwrap_or_default(),
            Self::Met => row.met.map(met).unwrap_or_default().to_owned(),
        }
    }
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
        let columns = [
            Column::Measure,
            Column::Caretaker,
            Column::Beside("bare limit"),
            Column::Ratio,
            Column::ArgoCd,
            Column::Goal,
            Column::Met,
        ];
        let expected = "\
| measure                   | Caretaker | bare limit | ratio | Argo CD 3.5 (elsewhere) | goal         | met?   |
| ------------------------- | --------- | ---------- | ----- | ----------------------- | ------------ | ------ |
| first sync, objects/s     | 240       | 300        | 0.800 |                         | ratio >= 0.7 | met    |
| at rest, writes, requests | 3         |            |       |                         | 0            | MISSED |
| push, p50, s              |           |            |       | 1.21                    | <= 2         |        |
";
        assert_eq!(of(&columns, &rows), expected);
    }
}
