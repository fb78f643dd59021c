//! Fields: keys of maps, methods and fields of what a host brings.
//!
//! Source: Go 1.26, text/template/exec.go (`evalFieldChain`, `evalField`, `evalChainNode`).

use super::Result;
use super::executor::{At, Executor};
use super::operand::Operand;
use crate::fmt::quote;
use crate::host::MissingKey;
use crate::parse::node::{Fields, Term, TermKind};
use crate::value::{Map, Value};

/// A field that is looked up.
#[derive(Clone, Copy)]
pub(super) struct Field<'t> {
    pub name: &'t str,
    /// What messages point at if it fails.
    pub at: At<'t>,
    /// The command it stands in, itself first; arguments follow.
    pub terms: &'t [Term],
}

impl<'t> Field<'t> {
    /// Are there arguments?
    pub fn has_arguments(&self, piped: &Option<Operand>) -> bool {
        self.terms.len() > 1 || piped.is_some()
    }

    /// Its name in quotes.
    fn quoted(&self) -> String {
        String::from_utf8_lossy(&quote(self.name.as_bytes())).into_owned()
    }
}

impl<'t> Executor<'t> {
    /// A field of what a field is of what a value has; only the last takes arguments.
    pub fn fields(
        &mut self,
        dot: &Operand,
        of: &Operand,
        at: At<'t>,
        fields: &'t Fields,
        terms: &'t [Term],
        mut piped: Option<Operand>,
    ) -> Result<Operand> {
        let mut value = None;
        for (index, name) in fields.iter().enumerate() {
            let is_last = index + 1 == fields.len();
            let field = Field {
                name,
                at,
                terms: if is_last { terms } else { &[] },
            };
            let piped = if is_last { piped.take() } else { None };
            let receiver = value.as_ref().unwrap_or(of);
            value = Some(self.field(dot, field, receiver, piped)?);
        }
        Ok(value.unwrap_or_default())
    }

    /// Fields of something in parentheses, or of what a function gives.
    pub fn chain(
        &mut self,
        dot: &Operand,
        term: &'t Term,
        of: &'t Term,
        fields: &'t Fields,
        terms: &'t [Term],
        piped: Option<Operand>,
    ) -> Result<Operand> {
        self.at(At::Term(term));
        if matches!(of.kind, TermKind::Nil) {
            let term = self.show(term);
            return Err(self.fail(format!("indirection through explicit nil in {term}")));
        }
        let receiver = self.operand(dot, of)?;
        self.fields(dot, &receiver, At::Term(term), fields, terms, piped)
    }

    fn field(
        &mut self,
        dot: &Operand,
        field: Field<'t>,
        of: &Operand,
        piped: Option<Operand>,
    ) -> Result<Operand> {
        match &of.value {
            Value::Map(map) => self.map_field(dot, field, map, piped),
            Value::Object(object) => self.object_field(dot, field, of, object, piped),
            Value::Nil if of.boxed => {
                let name = field.name;
                Err(self.fail(format!("nil pointer evaluating interface {{}}.{name}")))
            }
            Value::Nil => match self.run.host.missing_key {
                MissingKey::Error => {
                    let key = field.quoted();
                    Err(self.fail(format!("nil data; no entry for key {key}")))
                }
                MissingKey::Default | MissingKey::Zero => Ok(Operand::nothing()),
            },
            _ => Err(self.no_field(field, of)),
        }
    }

    pub fn no_field(&self, field: Field<'t>, of: &Operand) -> Box<super::ExecError> {
        let (name, type_name) = (field.name, of.type_name());
        self.fail(format!("can't evaluate field {name} in type {type_name}"))
    }

    fn map_field(
        &mut self,
        dot: &Operand,
        field: Field<'t>,
        map: &Map,
        piped: Option<Operand>,
    ) -> Result<Operand> {
        let type_name = map.type_name();
        let functions = self.run.host.functions;
        if let Some(method) = type_name.and_then(|name| functions.method(name, field.name)) {
            return self.map_method(dot, field, map, method, piped);
        }
        self.key(field, map, &piped)
    }

    /// The value of a key.
    pub fn key(&mut self, field: Field<'t>, map: &Map, piped: &Option<Operand>) -> Result<Operand> {
        if field.has_arguments(piped) {
            let name = field.name;
            return Err(self.fail(format!("{name} is not a method but has arguments")));
        }
        let of = map.element_type();
        match (map.get(field.name.as_bytes()), self.run.host.missing_key) {
            (Some(value), _) => Ok(Operand::element(value, of)),
            (None, MissingKey::Default) => Ok(Operand::nothing()),
            (None, MissingKey::Zero) => Ok(Operand::element(Value::zero(of), of)),
            (None, MissingKey::Error) => {
                let key = field.quoted();
                Err(self.fail(format!("map has no entry for key {key}")))
            }
        }
    }
}
