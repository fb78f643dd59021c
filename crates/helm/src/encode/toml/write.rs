//! Writing: values first and tables behind them, each level of tables indented by two.
//!
//! In: a value. Out: TOML as BurntSushi's encoder writes it, down to the comma it leaves behind a
//! value that is not there.

use super::kind::{Kind, in_order, kind_of_list, resolved};
use gotemplate::{List, Map, Text, Value};
use thiserror::Error;

/// A value that has no TOML; the words are the encoder's.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum ToTomlError {
    /// A list of tables without a key to put them under.
    #[error("toml: top-level values must be Go maps or structs")]
    NoKey,
    /// A list with nothing at one of its places.
    #[error("toml: cannot encode array with nil element")]
    NilElement,
    /// Of a kind that TOML does not know.
    #[error("unsupported type: {0}")]
    Unsupported(&'static str),
    /// Nothing at all.
    #[error("reflect: call of reflect.Value.Type on zero Value")]
    Nothing,
    /// A map that is in itself, or nearly.
    #[error("values nest more than {DEEPEST} deep")]
    TooDeep,
}

pub(super) const DEEPEST: usize = 200;

/// The TOML of a value.
pub fn to_toml(value: &Value) -> Result<Text, ToTomlError> {
    let mut writer = Writer::default();
    match resolved(value) {
        Value::Nil => return Err(ToTomlError::Nothing),
        Value::Map(map) => writer.table_body(&[], &map)?,
        Value::List(list) if kind_of_list(&list, 0)? == Kind::Tables => {
            return Err(ToTomlError::NoKey);
        }
        value => writer.element(&value, 0)?,
    }
    Ok(writer.out.into())
}

#[derive(Default)]
pub(super) struct Writer {
    pub(super) out: Vec<u8>,
}

impl Writer {
    pub(super) fn put(&mut self, text: impl AsRef<[u8]>) {
        self.out.extend_from_slice(text.as_ref());
    }

    /// A line break, but not at the very start.
    fn line_break(&mut self) {
        if !self.out.is_empty() {
            self.out.push(b'\n');
        }
    }

    fn indent(&mut self, path: &[Text]) {
        let levels = path.len().saturating_sub(1);
        self.out.extend(std::iter::repeat_n(b' ', 2 * levels));
    }

    /// What stands under a table's header.
    fn table_body(&mut self, path: &[Text], map: &Map) -> Result<(), ToTomlError> {
        if path.len() > DEEPEST {
            return Err(ToTomlError::TooDeep);
        }
        for (key, value, kind) in in_order(map, path.len())? {
            let path = &[path, &[key]].concat();
            match (kind, &value) {
                (Kind::Table, Value::Map(map)) => self.table(path, map)?,
                (Kind::Tables, Value::List(list)) => self.tables(path, list)?,
                _ => {
                    self.indent(path);
                    self.key_and_value(path.last(), &value, path.len())?;
                    self.line_break();
                }
            }
        }
        Ok(())
    }

    fn table(&mut self, path: &[Text], map: &Map) -> Result<(), ToTomlError> {
        if path.len() == 1 {
            self.line_break();
        }
        self.header(path, "[", "]");
        self.table_body(path, map)
    }

    fn tables(&mut self, path: &[Text], list: &List) -> Result<(), ToTomlError> {
        for item in list.items() {
            if let Value::Map(map) = resolved(item) {
                self.line_break();
                self.header(path, "[[", "]]");
                self.table_body(path, &map)?;
            }
        }
        Ok(())
    }

    fn header(&mut self, path: &[Text], open: &str, close: &str) {
        self.indent(path);
        self.put(open);
        for (number, key) in path.iter().enumerate() {
            if number > 0 {
                self.put(".");
            }
            self.key(key);
        }
        self.put(close);
        self.line_break();
    }

    pub(super) fn key_and_value(
        &mut self,
        key: Option<&Text>,
        value: &Value,
        depth: usize,
    ) -> Result<(), ToTomlError> {
        if let Some(key) = key {
            self.key(key);
        }
        self.put(" = ");
        self.element(value, depth)
    }

    pub(super) fn key(&mut self, key: &Text) {
        let bare = |c: &u8| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'-');
        match !key.is_empty() && key.as_bytes().iter().all(bare) {
            true => self.put(key.as_bytes()),
            false => self.quoted(key.as_bytes()),
        }
    }
}
