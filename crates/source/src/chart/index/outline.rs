//! Where in an index each chart's part begins and ends, found without parsing it.
//!
//! Comes in: the lines of an index. Goes out: the range of bytes of each chart, and the lines that
//! stand outside; nothing if the file is not in the shape that Helm, ChartMuseum and their like
//! write: a block mapping whose key `entries` holds block mappings, without anchors that reach from
//! one chart to another.
//!
//! A part cut out here can be wrong only where a quoted text or a bracket spans lines that stand
//! further left than their key, and then it ends inside the quote and no longer parses.

use super::IndexError;
use std::collections::BTreeMap;
use std::io::BufRead;
use std::ops::Range;

/// The most bytes there may be outside of `entries`.
const MAX_HEAD: usize = 1 << 20;

/// What was found.
pub(crate) struct Outline {
    /// All lines outside of `entries`.
    pub head: Vec<u8>,
    pub charts: BTreeMap<Box<str>, Range<u64>>,
}

/// Reads all lines; none if the shape is another.
pub(crate) fn outline(lines: &mut dyn BufRead) -> Result<Option<Outline>, IndexError> {
    let mut scan = Scan::default();
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = lines.read_until(b'\n', &mut line)? as u64;
        if length == 0 {
            return Ok(scan.finish());
        }
        if scan.take(&line).is_none() {
            return Ok(None);
        }
        scan.at += length;
    }
}

#[derive(Default)]
struct Scan {
    at: u64,
    section: Section,
    /// How far the names of charts are indented, once one was seen.
    indent: usize,
    open: Option<(Box<str>, u64)>,
    head: Vec<u8>,
    charts: BTreeMap<Box<str>, Range<u64>>,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Section {
    #[default]
    Before,
    Entries,
    After,
}

impl Scan {
    /// Takes a line; none if the shape is not the usual one.
    fn take(&mut self, line: &[u8]) -> Option<()> {
        let text = line.trim_ascii_start();
        let indent = line.len() - text.len();
        if text.is_empty() || text[0] == b'#' {
            return self.section_is_entries().or_else(|| self.outside(line));
        }
        if line[..indent].contains(&b'\t') {
            return None;
        }
        match (indent, self.section) {
            (0, _) => self.top(line),
            (_, Section::Entries) => self.inside(indent, text),
            _ => self.outside(line),
        }
    }

    fn section_is_entries(&self) -> Option<()> {
        (self.section == Section::Entries).then_some(())
    }

    fn outside(&mut self, line: &[u8]) -> Option<()> {
        self.head.extend_from_slice(line);
        (self.head.len() <= MAX_HEAD).then_some(())
    }

    fn top(&mut self, line: &[u8]) -> Option<()> {
        let text = line.trim_ascii_end();
        if self.at == 0 && text == b"---" {
            return Some(());
        }
        if text == b"entries:" {
            let first = self.section == Section::Before;
            self.section = Section::Entries;
            return first.then_some(());
        }
        if !text[0].is_ascii_alphabetic() || text.starts_with(b"entries") {
            return None;
        }
        if self.section == Section::Entries {
            self.close()?;
            self.section = Section::After;
        }
        self.outside(line)
    }

    fn inside(&mut self, indent: usize, text: &[u8]) -> Option<()> {
        if self.indent == 0 {
            self.indent = indent;
        }
        match indent.cmp(&self.indent) {
            std::cmp::Ordering::Less => None,
            std::cmp::Ordering::Greater => self.open.as_ref().map(drop),
            std::cmp::Ordering::Equal if is_item(text) => self.open.as_ref().map(drop),
            std::cmp::Ordering::Equal => {
                let name = key(text.trim_ascii_end())?;
                self.close()?;
                self.open = Some((name.into(), self.at));
                Some(())
            }
        }
    }

    /// Ends a chart's part; none if the chart was there before.
    fn close(&mut self) -> Option<()> {
        match self.open.take() {
            None => Some(()),
            Some((name, start)) => match self.charts.insert(name, start..self.at) {
                None => Some(()),
                Some(_) => None,
            },
        }
    }

    fn finish(mut self) -> Option<Outline> {
        self.close()?;
        Some(Outline {
            head: self.head,
            charts: self.charts,
        })
    }
}

fn is_item(text: &[u8]) -> bool {
    text == b"-" || text.starts_with(b"- ") || text.starts_with(b"-\n") || text.starts_with(b"-\r")
}

/// The name in `name:`, which nothing but a list on the following lines may follow.
fn key(text: &[u8]) -> Option<&str> {
    let name = std::str::from_utf8(text.strip_suffix(b":")?).ok()?;
    let bare = ['"', '\'']
        .iter()
        .find_map(|quote| name.strip_prefix(*quote)?.strip_suffix(*quote))
        .unwrap_or(name);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    // A bare number, `null` or `yes` would be another key than it looks.
    let is_text = bare.len() < name.len() || bare.chars().any(|c| c.is_ascii_alphabetic());
    let is_word = !matches!(
        bare.to_ascii_lowercase().as_str(),
        "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    let fits = !bare.is_empty() && bare.chars().all(plain) && is_text;
    (fits && (is_word || bare.len() < name.len())).then_some(bare)
}
