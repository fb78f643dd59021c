//! Arguments: evaluated for the type that is wanted, and checked.
//!
//! Source: Go 1.26, text/template/exec.go (`evalArg`, `validateType`).

use super::Result;
use super::executor::{At, Executor};
use super::operand::Operand;
use crate::function::Parameter;
use crate::parse::Number;
use crate::parse::node::{Term, TermKind};
use crate::value::{ElementType, Kind, List, Map, Text, Value};

impl<'t> Executor<'t> {
    /// An argument of a type.
    pub fn argument(&mut self, dot: &Operand, wanted: Parameter, term: &'t Term) -> Result<Value> {
        self.at(At::Term(term));
        match &term.kind {
            TermKind::Nil => nil_of(wanted).ok_or_else(|| {
                let wanted = wanted.type_name();
                self.fail(format!("cannot assign nil to {wanted}"))
            }),
            TermKind::Bool(_) | TermKind::Number(_) | TermKind::Text(..) => {
                self.literal_of(wanted, term)
            }
            _ => {
                let operand = self.operand(dot, term)?;
                self.checked(operand, wanted)
            }
        }
    }

    /// An argument of any type, as it is.
    pub fn operand(&mut self, dot: &Operand, term: &'t Term) -> Result<Operand> {
        self.at(At::Term(term));
        match &term.kind {
            TermKind::Dot => Ok(dot.clone()),
            TermKind::Nil => Ok(Operand::nothing()),
            TermKind::Field(fields) => self.fields(dot, dot, At::Term(term), fields, &[], None),
            TermKind::Variable(variable) => self.variable(dot, term, variable, &[], None),
            TermKind::Pipeline(pipeline) => self.deeper(|this| this.pipeline(dot, pipeline)),
            TermKind::Function(callee) => self.function(dot, callee, At::Term(term), &[], None),
            TermKind::Chain(of, fields) => {
                self.deeper(|this| this.chain(dot, term, of, fields, &[], None))
            }
            TermKind::Bool(_) | TermKind::Number(_) | TermKind::Text(..) => {
                self.literal(term).map(Operand::plain)
            }
        }
    }

    /// A value, if it can be passed where this type is wanted.
    pub fn checked(&self, operand: Operand, wanted: Parameter) -> Result<Value> {
        if operand.value.is_nil() && wanted != Parameter::Any {
            if operand.boxed {
                return Err(self.wrong_type(wanted, "interface {}"));
            }
            return nil_of(wanted).ok_or_else(|| {
                let wanted = wanted.type_name();
                self.fail(format!("invalid value; expected {wanted}"))
            });
        }
        match passed_as(operand.value, wanted) {
            Ok(value) => Ok(value),
            Err(value) => Err(self.wrong_type(wanted, &value.type_name())),
        }
    }

    fn wrong_type(&self, wanted: Parameter, got: &str) -> Box<super::ExecError> {
        let wanted = wanted.type_name();
        self.fail(format!(
            "wrong type for value; expected {wanted}; got {got}"
        ))
    }

    /// A literal, as the type that is wanted: `1` may be a float.
    fn literal_of(&mut self, wanted: Parameter, term: &'t Term) -> Result<Value> {
        let number = match &term.kind {
            TermKind::Number(number) => Some(&**number),
            _ => None,
        };
        let int = number.and_then(|number: &Number| number.int);
        let uint = number.and_then(|number| number.uint);
        let float = number.and_then(|number| number.float);
        let complex = number.and_then(|number| number.complex);
        let (value, name) = match (wanted, &term.kind) {
            (Parameter::Any, _) => return self.literal(term),
            (Parameter::Text | Parameter::Kind(Kind::String), TermKind::Text(text, _)) => {
                return Ok(Value::Text(text.clone()));
            }
            (Parameter::Text | Parameter::Kind(Kind::String), _) => (None, "string"),
            (Parameter::Bool | Parameter::Kind(Kind::Bool), TermKind::Bool(value)) => {
                return Ok(Value::Bool(*value));
            }
            (Parameter::Bool | Parameter::Kind(Kind::Bool), _) => (None, "bool"),
            (Parameter::Int | Parameter::Kind(Kind::Int), _) => (int.map(Value::Int), "integer"),
            (Parameter::Int64 | Parameter::Kind(Kind::Int64), _) => {
                (int.map(Value::Int64), "integer")
            }
            (Parameter::Float | Parameter::Kind(Kind::Float64), _) => {
                (float.map(Value::Float), "float")
            }
            (Parameter::Kind(Kind::Uint64), _) => (uint.map(Value::Uint64), "unsigned integer"),
            (Parameter::Kind(Kind::Uint8), _) => {
                // Go cuts off what does not fit.
                (
                    uint.map(|uint| Value::Uint8(uint as u8)),
                    "unsigned integer",
                )
            }
            (Parameter::Kind(Kind::Complex128), _) => {
                (complex.map(|(a, b)| Value::Complex(a, b)), "complex")
            }
            _ => {
                let (term, wanted) = (self.show(term), wanted.type_name());
                let why = format!("can't handle {term} for arg of type {wanted}");
                return Err(self.fail(why));
            }
        };
        value.ok_or_else(|| {
            let term = self.show(term);
            self.fail(format!("expected {name}; found {term}"))
        })
    }
}

/// What nil is where this type is wanted.
fn nil_of(wanted: Parameter) -> Option<Value> {
    match wanted {
        Parameter::Any => Some(Value::Nil),
        Parameter::Bytes => Some(Value::Bytes(Text::default())),
        Parameter::List | Parameter::Kind(Kind::Slice) => {
            Some(Value::List(List::nil(ElementType::Any)))
        }
        Parameter::Map | Parameter::Kind(Kind::Map) => Some(Value::Map(Map::nil())),
        Parameter::Object(name) => name.starts_with('*').then_some(Value::Nil),
        Parameter::Kind(Kind::Ptr | Kind::Func) => Some(Value::Nil),
        _ => None,
    }
}

/// The value as the type that is wanted, or unchanged if Go would not pass it so.
fn passed_as(value: Value, wanted: Parameter) -> std::result::Result<Value, Value> {
    let fits = match (wanted, &value) {
        (Parameter::Any, _)
        | (Parameter::Text, Value::Text(_))
        | (Parameter::Int, Value::Int(_))
        | (Parameter::Int64, Value::Int64(_))
        | (Parameter::Float, Value::Float(_))
        | (Parameter::Bool, Value::Bool(_))
        | (Parameter::Bytes, Value::Bytes(_)) => true,
        (Parameter::List, Value::List(list)) => list.element_type() == ElementType::Any,
        (Parameter::Map, Value::Map(map)) => map.element_type() == ElementType::Any,
        (Parameter::Object(name), Value::Object(object)) => {
            let type_name = object.type_name();
            type_name == name || type_name.strip_prefix('*') == Some(name)
        }
        (Parameter::List | Parameter::Map, Value::Object(_)) => {
            return passed_underneath(value, wanted);
        }
        (Parameter::Kind(kind), value) => value.kind() == kind,
        _ => false,
    };
    if fits { Ok(value) } else { Err(value) }
}

/// A named slice or map is passed as what it is underneath.
fn passed_underneath(value: Value, wanted: Parameter) -> std::result::Result<Value, Value> {
    match (wanted, value.underlying()) {
        (Parameter::List, Value::List(list)) if list.element_type() == ElementType::Any => {
            Ok(Value::List(list))
        }
        (Parameter::Map, Value::Map(map)) if map.element_type() == ElementType::Any => {
            Ok(Value::Map(map))
        }
        _ => Err(value),
    }
}
