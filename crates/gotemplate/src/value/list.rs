//! A Go slice: values, and the type of its elements.

use super::{Text, Value, release};
use std::rc::Rc;

/// What a slice or map holds, as Go's types say: it shows in `typeOf`, `%T` and in deep equality.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ElementType {
    /// `interface{}`.
    #[default]
    Any,
    /// `string`.
    Text,
    /// `int`.
    Int,
    /// `int64`.
    Int64,
    /// `float64`.
    Float,
    /// `bool`.
    Bool,
    /// `map[string]interface{}`.
    Map,
    /// `[]byte`.
    Bytes,
    /// `[]interface{}`.
    List,
}

/// A slice. It does not change once made: functions make new ones.
#[derive(Clone, Debug, Default)]
pub struct List {
    items: Rc<Items>,
    of: ElementType,
    /// Whether it was never made.
    nil: bool,
}

#[derive(Debug, Default)]
struct Items(Vec<Value>);

impl Drop for Items {
    fn drop(&mut self) {
        if self.0.iter().any(Value::is_container) {
            release::all(self.0.drain(..));
        }
    }
}

impl List {
    /// `[]interface{}`.
    pub fn new(items: Vec<Value>) -> Self {
        Self::of(ElementType::Any, items)
    }

    /// A slice of one type; the items must be of it.
    pub fn of(of: ElementType, items: Vec<Value>) -> Self {
        let items = Rc::new(Items(items));
        let nil = false;
        Self { items, of, nil }
    }

    /// A slice that was never made: empty to whoever walks it, null as JSON, and not deeply equal
    /// to one that is only empty.
    pub fn nil(of: ElementType) -> Self {
        Self {
            nil: true,
            ..Self::of(of, Vec::new())
        }
    }

    /// Was it never made?
    pub fn is_nil(&self) -> bool {
        self.nil
    }

    /// `[]string`.
    pub fn texts<T: Into<Text>>(items: impl IntoIterator<Item = T>) -> Self {
        let items = items.into_iter().map(|item| Value::Text(item.into()));
        Self::of(ElementType::Text, items.collect())
    }

    /// Its items.
    pub fn items(&self) -> &[Value] {
        &self.items.0
    }

    /// The type of its items.
    pub fn element_type(&self) -> ElementType {
        self.of
    }

    /// How many items it has.
    pub fn len(&self) -> usize {
        self.items.0.len()
    }

    /// Has it none?
    pub fn is_empty(&self) -> bool {
        self.items.0.is_empty()
    }

    /// Is it the very same slice?
    pub fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.items, &other.items)
    }

    /// Its items, if nobody else holds them.
    pub(super) fn take(mut self) -> Option<Vec<Value>> {
        Rc::get_mut(&mut self.items).map(|items| std::mem::take(&mut items.0))
    }

    /// Where it lies, and how many hold it.
    pub(super) fn holders(&self) -> (*const (), usize) {
        (
            Rc::as_ptr(&self.items).cast(),
            Rc::strong_count(&self.items),
        )
    }
}

impl FromIterator<Value> for List {
    fn from_iter<I: IntoIterator<Item = Value>>(items: I) -> Self {
        Self::new(items.into_iter().collect())
    }
}
