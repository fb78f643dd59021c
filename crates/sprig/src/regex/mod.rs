//! Regular expressions. Source: sprig 3.3, `regex.go`; Go 1.26, `regexp`.
//!
//! In: expressions in RE2's syntax. Out: matches as Go finds them. The engine is Rust's, which has
//! the same semantics; the syntax is translated, and what RE2 refuses is refused in its words.

mod cache;
mod expand;
mod expression;
mod syntax;

use crate::arguments::{int, text};
use crate::bounds::check_text;
use crate::signature::{Outcome, add_all, fixed};
use expression::Expression;
use gotemplate::{Call, ElementType, Function, FunctionError, Functions, List, Parameter, Value};
use std::rc::Rc;

pub use syntax::SyntaxError;

/// An expression of RE2 in the syntax of Rust's engine, without the names of its groups.
pub fn translate(source: &[u8]) -> Result<String, SyntaxError> {
    syntax::translate(source).map(|translated| translated.pattern)
}

/// Adds the family.
pub(crate) fn add_to(functions: &mut Functions) {
    add_all(functions, FAMILY);
}

const INT: Parameter = Parameter::Int;
const TEXT: Parameter = Parameter::Text;
const TWO: &[Parameter] = &[TEXT, TEXT];
const COUNTED: &[Parameter] = &[TEXT, TEXT, INT];
const THREE: &[Parameter] = &[TEXT, TEXT, TEXT];

const FAMILY: &[(&str, Function)] = &[
    (
        "regexMatch",
        fixed(TWO, |_, a| {
            Ok(Value::Bool(must(a).is_ok_and(|e| e.is_match(text(a, 1)))))
        }),
    ),
    (
        "mustRegexMatch",
        fixed(TWO, |_, a| Ok(Value::Bool(must(a)?.is_match(text(a, 1))))),
    ),
    ("regexFind", fixed(TWO, |_, a| found(&*plain(a)?, a))),
    ("mustRegexFind", fixed(TWO, |_, a| found(&*must(a)?, a))),
    (
        "regexFindAll",
        fixed(COUNTED, |_, a| all_found(&*plain(a)?, a)),
    ),
    (
        "mustRegexFindAll",
        fixed(COUNTED, |_, a| all_found(&*must(a)?, a)),
    ),
    (
        "regexReplaceAll",
        fixed(THREE, |_, a| replaced(&*plain(a)?, a)),
    ),
    (
        "mustRegexReplaceAll",
        fixed(THREE, |_, a| replaced(&*must(a)?, a)),
    ),
    (
        "regexReplaceAllLiteral",
        fixed(THREE, |_, a| replaced_literally(&*plain(a)?, a)),
    ),
    (
        "mustRegexReplaceAllLiteral",
        fixed(THREE, |_, a| replaced_literally(&*must(a)?, a)),
    ),
    ("regexSplit", fixed(COUNTED, |_, a| split(&*plain(a)?, a))),
    (
        "mustRegexSplit",
        fixed(COUNTED, |_, a| split(&*must(a)?, a)),
    ),
    ("regexQuoteMeta", fixed(&[TEXT], quote_meta)),
];

/// The expression of a function that returns its errors.
fn must(arguments: &[Value]) -> Result<Rc<Expression>, FunctionError> {
    cache::expression(text(arguments, 0)).map_err(FunctionError::passed_on)
}

/// The expression of a function that panics instead.
fn plain(arguments: &[Value]) -> Result<Rc<Expression>, FunctionError> {
    let source = text(arguments, 0);
    cache::expression(source).map_err(|error| {
        let source = String::from_utf8_lossy(&quoted(source)).into_owned();
        FunctionError::new(format!("regexp: Compile({source}): {error}"))
    })
}

/// In backquotes where Go's syntax lets it be.
fn quoted(source: &[u8]) -> Vec<u8> {
    let fine = |c: char| c == '\t' || !matches!(c, ..'\x20' | '`' | '\x7f' | '\u{feff}');
    if str::from_utf8(source).is_ok_and(|text| text.chars().all(fine)) {
        return [b"`", source, b"`"].concat();
    }
    gotemplate::fmt::quote(source)
}

fn found(expression: &Expression, arguments: &[Value]) -> Outcome {
    let source = text(arguments, 1);
    let place = expression.find_at(source, 0);
    let part = place.map(|place| &source[place]);
    Ok(Value::Text(part.unwrap_or_default().into()))
}

fn all_found(expression: &Expression, arguments: &[Value]) -> Outcome {
    let (source, most) = (text(arguments, 1), count(arguments));
    let places = expression.find_all(source, most)?;
    if places.is_empty() {
        return Ok(List::nil(ElementType::Text).into());
    }
    let parts = places.into_iter().map(|place| &source[place]);
    Ok(List::texts(parts).into())
}

/// Replaced by a template: `$1`, `${name}`.
fn replaced(expression: &Expression, arguments: &[Value]) -> Outcome {
    let (source, template) = (text(arguments, 1), text(arguments, 2));
    if !template.contains(&b'$') {
        return replaced_literally(expression, arguments);
    }
    let result = expression.replace_all(source, |out, captures| {
        expand::expand(out, template, |name| expression.group(captures, name));
        check_text(out.len())
    })?;
    Ok(Value::Text(result.into()))
}

fn replaced_literally(expression: &Expression, arguments: &[Value]) -> Outcome {
    let (source, replacement) = (text(arguments, 1), text(arguments, 2));
    let result = expression.replace_places(source, |out| {
        out.extend_from_slice(replacement);
        check_text(out.len())
    })?;
    Ok(Value::Text(result.into()))
}

/// The texts between matches.
fn split(expression: &Expression, arguments: &[Value]) -> Outcome {
    let (source, most) = (text(arguments, 1), count(arguments));
    if most == 0 {
        return Ok(List::nil(ElementType::Text).into());
    }
    if source.is_empty() && !text(arguments, 0).is_empty() {
        return Ok(List::texts([""]).into());
    }
    let (mut parts, mut begin, mut end) = (Vec::new(), 0, 0);
    for place in expression.find_all(source, most)? {
        if parts.len() + 1 >= most {
            break;
        }
        end = place.start;
        if place.end != 0 {
            parts.push(&source[begin..end]);
        }
        begin = place.end;
    }
    if end != source.len() {
        parts.push(&source[begin..]);
    }
    Ok(List::texts(parts).into())
}

/// How many matches are wanted: all for a negative number.
fn count(arguments: &[Value]) -> usize {
    usize::try_from(int(arguments, 2)).unwrap_or(usize::MAX)
}

fn quote_meta(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let source = text(arguments, 0);
    let mut quoted = Vec::with_capacity(source.len());
    for byte in source {
        if br"\.+*?()|[]{}^$".contains(byte) {
            quoted.push(b'\\');
        }
        quoted.push(*byte);
    }
    Ok(Value::Text(quoted.into()))
}
