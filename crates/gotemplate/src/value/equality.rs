//! Deep equality.
//!
//! Comes in: two values. Goes out: whether `reflect.DeepEqual` holds them equal: same types all the
//! way down, same texts and numbers, NaN unlike itself. Source: Go 1.26, reflect/deepequal.go.

use super::{DEEPEST, List, Map, Object, Value};
use crate::stack::deeper;
use std::collections::HashSet;
use std::rc::Rc;

impl Value {
    /// Is it equal to another, types included? Values nested deeper than [`DEEPEST`] are not.
    pub fn deep_equal(&self, other: &Self) -> bool {
        Comparison::default().equal(self, other, 0)
    }
}

#[derive(Default)]
struct Comparison {
    /// Pairs of containers that were begun: those hold for equal, or a map that contains itself
    /// would be compared without end.
    seen: HashSet<(*const (), *const ())>,
}

impl Comparison {
    fn equal(&mut self, left: &Value, right: &Value, depth: usize) -> bool {
        deeper(|| self.equal_here(left, right, depth))
    }

    fn equal_here(&mut self, left: &Value, right: &Value, depth: usize) -> bool {
        match (left, right) {
            _ if depth > DEEPEST => false,
            (Value::Nil, Value::Nil) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Int64(a), Value::Int64(b)) => a == b,
            (Value::Uint8(a), Value::Uint8(b)) => a == b,
            (Value::Uint64(a), Value::Uint64(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a == b,
            (Value::Complex(a, b), Value::Complex(c, d)) => a == c && b == d,
            (Value::Text(a), Value::Text(b)) => a == b,
            (Value::Bytes(a), Value::Bytes(b)) => a == b,
            (Value::List(a), Value::List(b)) => self.equal_lists(a, b, depth),
            (Value::Map(a), Value::Map(b)) => self.equal_maps(a, b, depth),
            (Value::Object(a), Value::Object(b)) => equal_objects(a, b),
            _ => false,
        }
    }

    fn equal_lists(&mut self, left: &List, right: &List, depth: usize) -> bool {
        let same_type = left.element_type() == right.element_type();
        if !same_type || left.is_nil() != right.is_nil() || left.len() != right.len() {
            return false;
        }
        if left.is(right) || !self.seen.insert((left.holders().0, right.holders().0)) {
            return true;
        }
        let mut pairs = left.items().iter().zip(right.items());
        pairs.all(|(a, b)| self.equal(a, b, depth + 1))
    }

    fn equal_maps(&mut self, left: &Map, right: &Map, depth: usize) -> bool {
        let same_type =
            left.type_name() == right.type_name() && left.element_type() == right.element_type();
        if !same_type || left.is_nil() != right.is_nil() || left.len() != right.len() {
            return false;
        }
        if left.is(right) || !self.seen.insert((left.holders().0, right.holders().0)) {
            return true;
        }
        left.read(|left| {
            right.read(|right| {
                let mut pairs = left.iter().zip(right);
                pairs.all(|((a, v), (b, w))| a == b && self.equal(v, w, depth + 1))
            })
        })
    }
}

fn equal_objects(left: &Rc<dyn Object>, right: &Rc<dyn Object>) -> bool {
    let same = || {
        left.type_name() == right.type_name()
            && left.print() == right.print()
            && left.to_json() == right.to_json()
    };
    Rc::ptr_eq(left, right) || same()
}
