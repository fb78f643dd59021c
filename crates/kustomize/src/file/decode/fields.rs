//! Structures: maps whose keys are known.
//!
//! Comes in: a map and a list of fields, each a name and a place. Goes out: the places filled, or
//! the first thing that is wrong. Keys are taken in the order of their bytes, as Go writes maps.

use super::super::fault::{Fault, Problem};
use super::super::nearest::nearest;
use super::{At, Decode, Expected, Input, Reader};
use serde_json::{Map, Value};

/// A field of a structure.
pub(crate) struct Field<'a> {
    name: &'static str,
    place: Place<'a>,
    /// It belongs to a structure that upstream embeds. Upstream turns no number into text there.
    embedded: bool,
}

enum Place<'a> {
    One(&'a mut dyn Decode),
    Group(Vec<Field<'a>>),
}

/// A structure that knows its fields.
pub(crate) trait Fields {
    fn fields(&mut self) -> Vec<Field<'_>>;
}

/// A field that is read into one place.
pub(crate) fn field<'a>(name: &'static str, place: &'a mut dyn Decode) -> Field<'a> {
    Field {
        name,
        place: Place::One(place),
        embedded: false,
    }
}

/// A field with fields of its own.
pub(crate) fn group<'a>(name: &'static str, fields: Vec<Field<'a>>) -> Field<'a> {
    Field {
        name,
        place: Place::Group(fields),
        embedded: false,
    }
}

/// The fields of a structure that upstream embeds.
pub(crate) fn inline(mut fields: Vec<Field<'_>>) -> Vec<Field<'_>> {
    for field in &mut fields {
        field.embedded = true;
    }
    fields
}

impl<T: Fields> Decode for T {
    fn decode(&mut self, input: Input<'_>) -> Result<(), Fault> {
        decode_fields(&mut self.fields(), input)
    }
}

/// Reads a map into fields.
pub(crate) fn decode_fields(fields: &mut [Field<'_>], input: Input<'_>) -> Result<(), Fault> {
    let entries = match input.value {
        Value::Null => return Ok(()),
        Value::Object(entries) => entries,
        _ => return Err(input.mismatch(Expected::Map)),
    };
    for (key, value) in sorted(entries) {
        let at = &At::Key(input.at, key);
        let input = Input { value, at, ..input };
        match position(fields, key, input.rules.reader) {
            Some(index) => fields[index].decode(input)?,
            None if input.rules.known_only => return Err(unknown(fields, key, input)),
            None => {}
        }
    }
    Ok(())
}

impl Field<'_> {
    fn decode(&mut self, mut input: Input<'_>) -> Result<(), Fault> {
        if self.embedded && input.rules.reader == Reader::Coercing {
            input.rules.reader = Reader::Json;
        }
        match &mut self.place {
            Place::One(place) => place.decode(input),
            Place::Group(fields) => decode_fields(fields, input),
        }
    }
}

fn sorted(entries: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_unstable_by_key(|(key, _)| *key);
    entries
}

fn position(fields: &[Field<'_>], key: &str, reader: Reader) -> Option<usize> {
    let exact = fields.iter().position(|field| field.name == key);
    let folded = || fields.iter().position(|field| same_folded(field.name, key));
    match reader {
        Reader::Yaml => exact,
        Reader::Json | Reader::Coercing => exact.or_else(folded),
    }
}

/// Are the two the same but for the case of their letters? The Kelvin sign is a `k`, the long s an
/// `s`.
pub(crate) fn same_folded(name: &str, key: &str) -> bool {
    let fold = |letter: char| match letter {
        '\u{212a}' => 'k',
        '\u{17f}' => 's',
        letter => letter.to_ascii_lowercase(),
    };
    name.chars().map(fold).eq(key.chars().map(fold))
}

fn unknown(fields: &[Field<'_>], key: &str, input: Input<'_>) -> Fault {
    let names: Vec<&'static str> = fields.iter().map(|field| field.name).collect();
    Fault::new(
        input.at,
        Problem::UnknownField {
            name: key.to_owned(),
            nearest: nearest(key, &names),
            known: names,
        },
    )
}
