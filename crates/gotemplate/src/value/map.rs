//! A Go map with texts as keys: shared, changeable, walked in the order of its keys.

use super::{ElementType, Text, Value, cycles, release};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

/// A map. A clone is the same map; [`Map::copy`] makes another.
#[derive(Clone)]
pub struct Map {
    inner: Rc<Inner>,
    /// What `typeOf` says where the type has a name of its own: `common.Values`. It belongs to the
    /// handle: in Go the same map can be held under several types.
    name: Option<&'static str>,
}

/// A map that may be gone.
pub(super) struct WeakMap(Weak<Inner>);

struct Inner {
    entries: RefCell<BTreeMap<Text, Value>>,
    of: ElementType,
    /// Whether it was never made.
    nil: bool,
    /// Whether it was told to [`cycles`] already.
    remembered: Cell<bool>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        let entries = self.entries.get_mut();
        if entries.values().any(Value::is_container) {
            release::all(std::mem::take(entries).into_values());
        }
    }
}

impl Map {
    /// `map[string]interface{}`.
    pub fn new(entries: BTreeMap<Text, Value>) -> Self {
        Self::of(ElementType::Any, None, entries)
    }

    /// A map of one type of values, and the name of the type if it has one.
    pub fn of(of: ElementType, name: Option<&'static str>, entries: BTreeMap<Text, Value>) -> Self {
        Self::make(of, name, entries, false)
    }

    /// A map that was never made: empty to whoever reads it, null as JSON. Go panics where a key
    /// is set in it; functions that set keys ask [`Map::is_nil`] first.
    pub fn nil() -> Self {
        Self::make(ElementType::Any, None, BTreeMap::new(), true)
    }

    fn make(
        of: ElementType,
        name: Option<&'static str>,
        entries: BTreeMap<Text, Value>,
        nil: bool,
    ) -> Self {
        let inner = Rc::new(Inner {
            entries: RefCell::new(entries),
            of,
            nil,
            remembered: Cell::new(false),
        });
        Self { inner, name }
    }

    /// Was it never made?
    pub fn is_nil(&self) -> bool {
        self.inner.nil
    }

    /// Another map with the same entries.
    pub fn copy(&self) -> Self {
        Self::of(
            self.inner.of,
            self.name,
            self.inner.entries.borrow().clone(),
        )
    }

    /// The same map under another type.
    pub fn named(&self, name: Option<&'static str>) -> Self {
        let inner = self.inner.clone();
        Self { inner, name }
    }

    /// The value of a key.
    pub fn get(&self, key: &[u8]) -> Option<Value> {
        self.inner.entries.borrow().get(key).cloned()
    }

    /// Is there such a key?
    pub fn contains(&self, key: &[u8]) -> bool {
        self.inner.entries.borrow().contains_key(key)
    }

    /// Sets a key: everyone who holds the map sees it.
    pub fn set(&self, key: Text, value: Value) {
        if value.is_container() && !self.inner.remembered.get() {
            self.inner.remembered.set(cycles::remember(self));
        }
        let old = self.inner.entries.borrow_mut().insert(key, value);
        drop(old);
    }

    /// Removes a key.
    pub fn remove(&self, key: &[u8]) {
        let old = self.inner.entries.borrow_mut().remove(key);
        drop(old);
    }

    /// All entries as they are now, in the order of their keys.
    pub fn entries(&self) -> Vec<(Text, Value)> {
        let entries = self.inner.entries.borrow();
        let pairs = entries.iter();
        pairs.map(|(k, v)| (k.clone(), v.clone())).collect()
    }

    /// All keys as they are now, in order.
    pub fn keys(&self) -> Vec<Text> {
        self.inner.entries.borrow().keys().cloned().collect()
    }

    /// All values as they are now, in the order of their keys.
    pub fn values(&self) -> Vec<Value> {
        self.inner.entries.borrow().values().cloned().collect()
    }

    /// Looks at the entries without copying them. What looks must not change this map.
    pub fn read<R>(&self, look: impl FnOnce(&BTreeMap<Text, Value>) -> R) -> R {
        look(&self.inner.entries.borrow())
    }

    /// How many entries it has.
    pub fn len(&self) -> usize {
        self.inner.entries.borrow().len()
    }

    /// Has it none?
    pub fn is_empty(&self) -> bool {
        self.inner.entries.borrow().is_empty()
    }

    /// The type of its values.
    pub fn element_type(&self) -> ElementType {
        self.inner.of
    }

    /// The name of its type, if it has one of its own.
    pub fn type_name(&self) -> Option<&'static str> {
        self.name
    }

    /// Is it the very same map?
    pub fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.inner, &other.inner)
    }

    /// Its entries, if nobody else holds them.
    pub(super) fn take(self) -> Option<BTreeMap<Text, Value>> {
        (Rc::strong_count(&self.inner) == 1).then(|| self.inner.entries.take())
    }

    /// Has [`cycles`] tell it anew when a container is set in it.
    pub(super) fn forget(&self) {
        self.inner.remembered.set(false);
    }

    /// Takes all entries away.
    pub(super) fn clear(&self) -> BTreeMap<Text, Value> {
        self.inner.entries.take()
    }

    /// Where it lies, and how many hold it.
    pub(super) fn holders(&self) -> (*const (), usize) {
        (
            Rc::as_ptr(&self.inner).cast(),
            Rc::strong_count(&self.inner),
        )
    }

    pub(super) fn downgrade(&self) -> WeakMap {
        WeakMap(Rc::downgrade(&self.inner))
    }
}

impl WeakMap {
    /// The map, unless it is gone.
    pub(super) fn upgrade(&self) -> Option<Map> {
        self.0.upgrade().map(|inner| Map { inner, name: None })
    }

    /// Is it gone?
    pub(super) fn is_gone(&self) -> bool {
        self.0.strong_count() == 0
    }
}

impl Default for Map {
    fn default() -> Self {
        Self::new(BTreeMap::new())
    }
}

impl std::fmt::Debug for Map {
    /// Not what it holds: it may hold itself.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Map({} entries)", self.len())
    }
}

impl<K: Into<Text>> FromIterator<(K, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, Value)>>(entries: I) -> Self {
        Self::new(entries.into_iter().map(|(k, v)| (k.into(), v)).collect())
    }
}
