//! What is known of a type.

use crate::cluster::fields::Element;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// A type, by its place among all.
pub type ShapeId = usize;

/// A scalar's type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scalar {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Flag,
    /// A quantity, written as text.
    Quantity,
    /// A whole number or text.
    IntegerOrText,
    /// A point in time, written as text.
    Time,
    /// Bytes, written in base64.
    Bytes,
}

/// How the items of a list are told apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ListOf {
    /// Not at all: the list is one value.
    Atomic,
    /// By what they are.
    Set,
    /// By these of their fields.
    Keyed(Vec<String>),
}

/// How a strategic merge patch takes a field.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Patch {
    /// Lists are merged, by the key if there is one.
    pub merge: bool,
    /// The key.
    pub key: Option<String>,
    /// Only the fields that the patch names are kept.
    pub retain_keys: bool,
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its type.
    pub shape: ShapeId,
    /// Is it written even when it is empty?
    pub always: bool,
    /// Is it a pointer, whose zero is a value?
    pub pointer: bool,
    /// What it is when it is not given.
    pub default: Option<Value>,
    /// Whether it may be null (custom resources).
    pub nullable: bool,
    /// How it is patched.
    pub patch: Patch,
}

impl Field {
    /// A field of a shape, and nothing special.
    pub fn of(shape: ShapeId) -> Self {
        Self {
            shape,
            always: false,
            pointer: false,
            default: None,
            nullable: false,
            patch: Patch::default(),
        }
    }
}

/// A type.
#[derive(Clone, Debug)]
pub enum Shape {
    /// One value.
    Scalar(Scalar),
    /// Named fields, and perhaps others.
    Struct {
        /// The named ones.
        fields: BTreeMap<String, Field>,
        /// What others are, where there may be others.
        rest: Option<ShapeId>,
        /// Is it one value?
        atomic: bool,
    },
    /// The same as another type, as one value.
    Whole(ShapeId),
    /// Any keys.
    Map {
        /// What is at them.
        element: ShapeId,
        /// Is it one value?
        atomic: bool,
    },
    /// Items.
    List {
        /// What they are.
        element: ShapeId,
        /// How they are told apart.
        of: ListOf,
    },
    /// Whatever it looks like; lists are atomic.
    Anything,
}

/// All types that are known.
#[derive(Clone, Debug)]
pub struct Shapes {
    shapes: Vec<Shape>,
    names: HashMap<String, ShapeId>,
}

impl Default for Shapes {
    fn default() -> Self {
        Self {
            shapes: vec![Shape::Anything],
            names: HashMap::new(),
        }
    }
}

impl Shapes {
    /// What can be anything.
    pub const ANYTHING: ShapeId = 0;

    /// A type.
    pub fn shape(&self, id: ShapeId) -> &Shape {
        self.shapes.get(id).unwrap_or(&Shape::Anything)
    }

    /// Adds a type.
    pub fn add(&mut self, shape: Shape) -> ShapeId {
        self.shapes.push(shape);
        self.shapes.len() - 1
    }

    /// The type by a name; a place is kept for one that is not yet known.
    pub fn named(&mut self, name: &str) -> ShapeId {
        if let Some(id) = self.names.get(name) {
            return *id;
        }
        let id = self.add(Shape::Anything);
        self.names.insert(name.to_owned(), id);
        id
    }

    /// The type by a name, if there is one.
    pub fn find(&self, name: &str) -> Option<ShapeId> {
        self.names.get(name).copied()
    }

    /// Says what a type is.
    pub fn define(&mut self, id: ShapeId, shape: Shape) {
        if let Some(place) = self.shapes.get_mut(id) {
            *place = shape;
        }
    }

    /// The type of a field; None where no such field is known.
    pub fn field(&self, id: ShapeId, name: &str) -> Option<ShapeId> {
        match self.shape(id) {
            Shape::Struct { fields, rest, .. } => {
                fields.get(name).map(|field| field.shape).or(*rest)
            }
            Shape::Map { element, .. } => Some(*element),
            Shape::Whole(of) => self.field(*of, name),
            Shape::Anything => Some(Self::ANYTHING),
            _ => None,
        }
    }

    /// The type one step further.
    pub fn step(&self, id: ShapeId, element: &Element) -> ShapeId {
        match (element, self.shape(id)) {
            (Element::Field(name), _) => self.field(id, name).unwrap_or(Self::ANYTHING),
            (_, Shape::List { element, .. }) => *element,
            _ => Self::ANYTHING,
        }
    }

    /// Is the field a named one of a struct?
    pub fn names_field(&self, id: ShapeId, name: &str) -> bool {
        matches!(self.shape(id), Shape::Struct { fields, .. } if fields.contains_key(name))
    }

    /// How a value of the type is to be walked. A value that does not fit is walked as its type says,
    /// and found empty.
    pub fn walk(&self, id: ShapeId, value: Option<&Value>) -> Walk<'_> {
        match self.shape(id) {
            Shape::Scalar(_) => Walk::Scalar,
            Shape::Whole(_) => Walk::Map { atomic: true },
            Shape::Struct { atomic, .. } | Shape::Map { atomic, .. } => {
                Walk::Map { atomic: *atomic }
            }
            Shape::List { element, of } => Walk::List(*element, of),
            Shape::Anything => match value {
                Some(Value::Array(_)) => Walk::List(Self::ANYTHING, &ListOf::Atomic),
                Some(Value::Object(_) | Value::Null) | None => Walk::Map { atomic: false },
                Some(_) => Walk::Scalar,
            },
        }
    }
}

/// How a value is walked.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Walk<'a> {
    /// It is a leaf.
    Scalar,
    /// By its fields.
    Map {
        /// Or it is a leaf.
        atomic: bool,
    },
    /// By its items, of this type and told apart so.
    List(ShapeId, &'a ListOf),
}
