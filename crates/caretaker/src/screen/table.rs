//! A table for people: a heading, rows, columns as wide as their widest cell.

use super::{Paint, one_line};

/// One cell.
#[derive(Clone, Debug)]
pub struct Cell {
    text: String,
    status: bool,
}

impl Cell {
    /// Plain text.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self {
            text: one_line(text.as_ref()),
            status: false,
        }
    }

    /// Plain text behind the branch of a tree, or any other indent of ours.
    pub fn behind(indent: &str, text: impl AsRef<str>) -> Self {
        Self {
            text: format!("{indent}{}", one_line(text.as_ref())),
            status: false,
        }
    }

    /// A status word, which gets its colour.
    pub fn status(word: impl AsRef<str>) -> Self {
        Self {
            status: true,
            ..Self::text(word)
        }
    }

    fn width(&self) -> usize {
        self.text.chars().count()
    }

    fn painted(&self, width: usize, paint: &Paint) -> String {
        let padding = " ".repeat(width.saturating_sub(self.width()));
        match self.status {
            true => paint.word(&self.text) + &padding,
            false => format!("{}{padding}", self.text),
        }
    }
}

/// A heading and rows of as many cells.
#[derive(Debug)]
pub struct Table {
    heading: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// An empty one.
    pub fn new(heading: &[&'static str]) -> Self {
        Self {
            heading: heading.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// As text; columns without any content are left out.
    pub fn text(&self, paint: &Paint) -> String {
        let widths: Vec<usize> = (0..self.heading.len())
            .map(|column| self.width(column))
            .collect();
        let heading: Vec<Cell> = self.heading.iter().map(Cell::text).collect();
        let rows = std::iter::once(&heading).chain(&self.rows);
        rows.map(|row| line(row, &widths, paint)).collect()
    }

    /// The width of a column; zero if it has nothing to say.
    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        match cells.map(Cell::width).max().unwrap_or_default() {
            0 => 0,
            widest => widest.max(self.heading[column].len()),
        }
    }
}

fn line(row: &[Cell], widths: &[usize], paint: &Paint) -> String {
    let shown = row.iter().zip(widths).filter(|(_, width)| **width > 0);
    let cells: Vec<String> = shown
        .map(|(cell, width)| cell.painted(*width, paint))
        .collect();
    cells.join("  ").trim_end().to_owned() + "\n"
}

/// Cuts a text that is longer than `most` characters, and shows that it was cut.
pub fn shortened(text: &str, most: usize) -> String {
    let text = one_line(text);
    match text.char_indices().nth(most) {
        None => text,
        Some(_) => text
            .chars()
            .take(most.saturating_sub(1))
            .chain(['…'])
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::ColorChoice;

    #[test]
    fn columns_line_up_and_empty_ones_vanish() {
        let mut table = Table::new(&["NAME", "NOTE", "SYNC"]);
        table.row(vec![
            Cell::text("é"),
            Cell::text(""),
            Cell::status("Synced"),
        ]);
        table.row(vec![
            Cell::text("longer\nname"),
            Cell::text(""),
            Cell::status("Failed"),
        ]);
        let plain = table.text(&Paint::new(ColorChoice::Never, true));
        assert_eq!(
            plain,
            "NAME         SYNC\né            Synced\nlonger name  Failed\n"
        );
        let coloured = table.text(&Paint::new(ColorChoice::Always, false));
        assert!(coloured.contains("\u{1b}[32mSynced\u{1b}[0m"), "{coloured}");
    }

    #[test]
    fn long_texts_are_cut_visibly() {
        assert_eq!(shortened("abcdef", 6), "abcdef");
        assert_eq!(shortened("abcdéfg", 6), "abcdé…");
    }
}
