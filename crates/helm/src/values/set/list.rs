//! Indexes: `[0]`, `[0][1]`, `[0].name`, and the list they reach into.

use super::error::SetError;
use super::parser::{Depth, Found, Parser, Stop, items};
use gotemplate::{List, Map, Text, Value};

/// The largest index; Helm's own limit.
const MAX_INDEX: i64 = 65_536;

impl Parser<'_> {
    /// What follows an index, set in the list.
    pub fn item(&mut self, list: &mut Vec<Value>, index: i64, depth: Depth) -> Result<(), Stop> {
        if index < 0 {
            return Err(SetError::NegativeIndex(index).into());
        }
        let (text, stop) = self.reader.until(&['[', '.', '=']);
        if !text.is_empty() {
            return Err(SetError::BehindIndex(text).into());
        }
        let value = match stop {
            None => return Err(Stop::End),
            Some('=') => match self.value()? {
                Found::Value(value) => value,
                Found::End => Value::Text(Text::from("")),
            },
            Some('[') => self.nested(list, index, depth.below()?)?,
            Some(_) => self.field(list, index, depth.below()?)?,
        };
        put(list, index, value)
    }

    /// A list in the list.
    fn nested(&mut self, list: &[Value], index: i64, depth: Depth) -> Result<Value, Stop> {
        let next = self.index()?;
        let mut inner = match existing(list, index) {
            None | Some(Value::Nil) => Vec::new(),
            Some(value) => items(value)?,
        };
        self.item(&mut inner, next, depth)?;
        Ok(Value::List(List::new(inner)))
    }

    /// A map in the list; what is no map makes room for one, even if the argument ends there.
    fn field(&mut self, list: &mut [Value], index: i64, depth: Depth) -> Result<Value, Stop> {
        let inner = match existing(list, index) {
            Some(Value::Map(inner)) => inner.clone(),
            _ => Map::new(Default::default()),
        };
        if let Some(place) = usize::try_from(index).ok().and_then(|at| list.get_mut(at)) {
            *place = Value::Map(inner.clone());
        }
        self.key(&inner, depth)?;
        Ok(Value::Map(inner))
    }
}

fn existing(list: &[Value], index: i64) -> Option<&Value> {
    usize::try_from(index).ok().and_then(|at| list.get(at))
}

fn put(list: &mut Vec<Value>, index: i64, value: Value) -> Result<(), Stop> {
    let limit = MAX_INDEX;
    let at = match usize::try_from(index) {
        Ok(at) if index <= limit => at,
        _ => return Err(SetError::IndexTooLarge { index, limit }.into()),
    };
    if list.len() <= at {
        list.resize(at + 1, Value::Nil);
    }
    list[at] = value;
    Ok(())
}
