//! libyaml's port as a source of safe events: the one place of this crate that is unsafe.
//!
//! Comes in: UTF-8 text. Goes out: [`Event`]s with owned text, one by one. libyaml is the common
//! ancestor of go-yaml, so what is a syntax error here is one there, with the same words.

#![allow(unsafe_code)]

use super::error::Problem;
use libyaml_rs as libyaml;
use std::ffi::CStr;
use std::marker::PhantomData;
use std::mem::MaybeUninit;

/// A place in the text, both from 1.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    pub line: usize,
    pub column: usize,
}

/// One step of the parser.
pub struct Event {
    pub kind: EventKind,
    pub mark: Mark,
}

/// What the parser met.
pub enum EventKind {
    DocumentStart,
    DocumentEnd,
    Alias(String),
    Scalar(Scalar),
    SequenceStart { anchor: Option<String> },
    SequenceEnd,
    MappingStart { anchor: Option<String> },
    MappingEnd,
    StreamStart,
    StreamEnd,
}

/// A scalar as written: its meaning is for `resolve` to say.
pub struct Scalar {
    pub text: String,
    pub anchor: Option<String>,
    pub tag: Option<String>,
    /// Unquoted, or tagged with a lone `!`.
    pub plain: bool,
}

/// The events of one text.
pub struct Events<'text> {
    /// libyaml keeps a pointer to its own parser, so it may not move.
    parser: Box<MaybeUninit<libyaml::yaml_parser_t>>,
    text: &'text str,
    borrowed: PhantomData<&'text [u8]>,
}

impl<'text> Events<'text> {
    pub fn new(text: &'text str) -> Self {
        let mut parser = Box::new(MaybeUninit::<libyaml::yaml_parser_t>::uninit());
        // SAFETY: the parser is initialised before anything else touches it, stays in its box
        // until `drop`, and the text outlives `Self` by its lifetime. Initialising fails on
        // allocation alone, which aborts before it returns.
        unsafe {
            let _ = libyaml::yaml_parser_initialize(parser.as_mut_ptr());
            libyaml::yaml_parser_set_encoding(parser.as_mut_ptr(), libyaml::YAML_UTF8_ENCODING);
            let length = text.len() as libyaml_size;
            libyaml::yaml_parser_set_input_string(parser.as_mut_ptr(), text.as_ptr(), length);
        }
        Self {
            parser,
            text,
            borrowed: PhantomData,
        }
    }

    /// The next event; after the end, or after an error, the end again.
    pub fn next_event(&mut self) -> Result<Event, (Mark, Problem)> {
        let mut event = MaybeUninit::<libyaml::yaml_event_t>::uninit();
        // SAFETY: the parser was initialised in `new`; `yaml_parser_parse` zeroes the event first,
        // so it is initialised whether or not parsing succeeds, and it is deleted exactly once.
        unsafe {
            if libyaml::yaml_parser_parse(self.parser.as_mut_ptr(), event.as_mut_ptr()).fail {
                return Err(self.failure());
            }
            let mut event = event.assume_init();
            let owned = owned(&event);
            libyaml::yaml_event_delete(&raw mut event);
            Ok(owned)
        }
    }

    fn failure(&self) -> (Mark, Problem) {
        // SAFETY: the parser was initialised in `new`; its texts are static C strings or null.
        unsafe {
            let parser = self.parser.assume_init_ref();
            let problem = borrowed_text(parser.problem.cast()).unwrap_or("unknown problem");
            if parser.error == libyaml::YAML_READER_ERROR {
                let at = usize::try_from(parser.problem_offset).unwrap_or(usize::MAX);
                return (mark_at(self.text, at), Problem::Syntax(problem.into()));
            }
            let at = mark(parser.problem_mark);
            let problem = match borrowed_text(parser.context.cast()) {
                Some(context) if parser.context_mark.line != parser.problem_mark.line => {
                    format!(
                        "{problem} ({context} from line {})",
                        mark(parser.context_mark).line
                    )
                }
                _ => problem.to_owned(),
            };
            (at, Problem::Syntax(problem))
        }
    }
}

impl Drop for Events<'_> {
    fn drop(&mut self) {
        // SAFETY: the parser was initialised in `new` and is deleted here only.
        unsafe { libyaml::yaml_parser_delete(self.parser.as_mut_ptr()) }
    }
}

#[allow(non_camel_case_types)]
type libyaml_size = u64;

/// SAFETY: the event must have come from `yaml_parser_parse` and not have been deleted.
unsafe fn owned(event: &libyaml::yaml_event_t) -> Event {
    // SAFETY: each arm reads the part of the union that its event type says is there.
    let kind = unsafe {
        match event.type_ {
            libyaml::YAML_STREAM_START_EVENT => EventKind::StreamStart,
            libyaml::YAML_DOCUMENT_START_EVENT => EventKind::DocumentStart,
            libyaml::YAML_DOCUMENT_END_EVENT => EventKind::DocumentEnd,
            libyaml::YAML_ALIAS_EVENT => {
                EventKind::Alias(owned_text(event.data.alias.anchor).unwrap_or_default())
            }
            libyaml::YAML_SCALAR_EVENT => {
                let scalar = &event.data.scalar;
                EventKind::Scalar(Scalar {
                    text: counted_text(scalar.value, scalar.length),
                    anchor: owned_text(scalar.anchor),
                    tag: owned_text(scalar.tag),
                    plain: scalar.plain_implicit,
                })
            }
            libyaml::YAML_SEQUENCE_START_EVENT => EventKind::SequenceStart {
                anchor: owned_text(event.data.sequence_start.anchor),
            },
            libyaml::YAML_SEQUENCE_END_EVENT => EventKind::SequenceEnd,
            libyaml::YAML_MAPPING_START_EVENT => EventKind::MappingStart {
                anchor: owned_text(event.data.mapping_start.anchor),
            },
            libyaml::YAML_MAPPING_END_EVENT => EventKind::MappingEnd,
            _ => EventKind::StreamEnd,
        }
    };
    Event {
        kind,
        mark: mark(event.start_mark),
    }
}

/// SAFETY: `text` must be null or a C string that lives for `'a`.
unsafe fn borrowed_text<'a>(text: *const u8) -> Option<&'a str> {
    if text.is_null() {
        return None;
    }
    // SAFETY: as the caller promises.
    unsafe { CStr::from_ptr(text.cast()) }.to_str().ok()
}

/// SAFETY: `text` must be null or a C string.
unsafe fn owned_text(text: *const u8) -> Option<String> {
    if text.is_null() {
        return None;
    }
    // SAFETY: as the caller promises.
    Some(
        unsafe { CStr::from_ptr(text.cast()) }
            .to_string_lossy()
            .into_owned(),
    )
}

/// SAFETY: `length` bytes must stand at `text`.
unsafe fn counted_text(text: *const u8, length: libyaml_size) -> String {
    // SAFETY: as the caller promises; the length is that of a buffer in memory.
    let bytes = unsafe { std::slice::from_raw_parts(text, length as usize) };
    String::from_utf8_lossy(bytes).into_owned()
}

fn mark(mark: libyaml::yaml_mark_t) -> Mark {
    Mark {
        line: mark.line as usize + 1,
        column: mark.column as usize + 1,
    }
}

/// The mark of a byte offset.
pub fn mark_at(text: &str, offset: usize) -> Mark {
    let before = &text.as_bytes()[..offset.min(text.len())];
    let line_start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = String::from_utf8_lossy(&before[line_start..])
        .chars()
        .count()
        + 1;
    Mark { line, column }
}
