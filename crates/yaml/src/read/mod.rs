//! Reading: text in, documents out.
//!
//! Comes in: bytes of YAML or JSON, one document or many. Goes out: each document that says
//! something, with the line it starts on, or the one error that stopped the reading. Documents of
//! nothing but comments are passed over, as kubectl passes over them.

mod anchors;
mod compose;
mod error;
mod json;
mod node;
mod yaml;

use crate::Limits;
use crate::limits::DuplicateKeys;
use crate::scan::Place;
use serde_json::Value;

pub use error::{Problem, ReadError};

/// One document of a text.
#[derive(Clone, PartialEq, Debug)]
pub struct Document {
    /// What it says; never null.
    pub value: Value,
    /// The line its first value stands on, from 1.
    pub line: usize,
}

/// All documents of a text; none if any of them is broken.
pub fn read_documents(text: &[u8], limits: &Limits) -> Result<Vec<Document>, ReadError> {
    documents(text, limits).collect()
}

/// The first document of a text and nothing behind it, null if it is empty: what a reader gives
/// that expects one value, such as Helm's `fromYaml` or a values file.
pub fn read_first(text: &[u8], limits: &Limits) -> Result<Value, ReadError> {
    let text = checked(text, limits)?;
    if let Some(documents) = fast(text, limits) {
        return Ok(documents
            .into_iter()
            .next()
            .map_or(Value::Null, |document| document.value));
    }
    let first = yaml::Documents::new(text, limits).next().transpose()?;
    Ok(first.map_or(Value::Null, |document| document.value))
}

/// The documents of a text one by one, for a caller that wants those before a broken one. Nothing
/// follows an error.
pub fn documents<'a>(text: &'a [u8], limits: &'a Limits) -> Documents<'a> {
    let source = match checked(text, limits) {
        Err(error) => Source::Done(Some(error)),
        Ok(text) => match fast(text, limits) {
            Some(documents) => Source::Json(documents.into_iter()),
            None => Source::Yaml(Box::new(yaml::Documents::new(text, limits))),
        },
    };
    Documents {
        source,
        left: limits.documents,
        limit: limits.documents,
    }
}

/// Iterator over the documents of a text; see [`documents`].
pub struct Documents<'a> {
    source: Source<'a>,
    left: usize,
    limit: usize,
}

enum Source<'a> {
    Json(std::vec::IntoIter<Document>),
    Yaml(Box<yaml::Documents<'a>>),
    Done(Option<ReadError>),
}

impl Iterator for Documents<'_> {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = loop {
            match self.source.next()? {
                Ok(document) if document.value.is_null() => {}
                other => break other,
            }
        };
        let next = next.and_then(|document| self.admit(document));
        if next.is_err() {
            self.source = Source::Done(None);
        }
        Some(next)
    }
}

impl Documents<'_> {
    fn admit(&mut self, document: Document) -> Result<Document, ReadError> {
        match self.left.checked_sub(1) {
            Some(left) => self.left = left,
            None => {
                let problem = Problem::TooManyDocuments { limit: self.limit };
                let number = self.limit.saturating_add(1);
                let place = Place {
                    line: document.line,
                    column: 1,
                };
                return Err(located(number, place, problem));
            }
        }
        Ok(document)
    }
}

impl Source<'_> {
    fn next(&mut self) -> Option<Result<Document, ReadError>> {
        match self {
            Self::Json(documents) => documents.next().map(Ok),
            Self::Yaml(documents) => documents.next(),
            Self::Done(error) => error.take().map(Err),
        }
    }
}

/// JSON text read as JSON. Only where a repeated key needs no notice: that reader is silent on it.
fn fast(text: &str, limits: &Limits) -> Option<Vec<Document>> {
    match limits.duplicate_keys {
        DuplicateKeys::Last => json::read(text),
        DuplicateKeys::Refuse => None,
    }
}

/// The text if it is short enough and UTF-8, without a byte order mark.
pub(crate) fn checked<'a>(text: &'a [u8], limits: &Limits) -> Result<&'a str, ReadError> {
    let start = Place { line: 1, column: 1 };
    if text.len() > limits.bytes {
        let problem = Problem::TooLong {
            bytes: text.len(),
            limit: limits.bytes,
        };
        return Err(located(1, start, problem));
    }
    let text = std::str::from_utf8(text).map_err(|error| {
        let valid = String::from_utf8_lossy(&text[..error.valid_up_to()]);
        let place = Place::of_offset(&valid, valid.len());
        located(1, place, Problem::NotUtf8)
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

pub(crate) fn located(document: usize, place: Place, problem: Problem) -> ReadError {
    ReadError {
        document,
        line: place.line,
        column: place.column,
        problem,
    }
}
