//! Numbers. Source: sprig 3.3, `numeric.go` and `functions.go`; shopspring/decimal 1.4.
//!
//! In: anything that can be read as a number; what cannot is zero. Out: `int64` where Go wraps
//! around, `float64` where it computes with decimals, lists of `int`.

mod conversion;
mod decimal;
mod decimals;
mod range;
mod rounding;
mod whole;

use crate::signature::{add_all, fixed, variadic};
use gotemplate::{Function, Functions, Parameter};

const ANY: Parameter = Parameter::Any;
const INT: Parameter = Parameter::Int;
const FLOAT: Parameter = Parameter::Float;
const TEXT: Parameter = Parameter::Text;

/// Adds the family.
pub(crate) fn add_to(functions: &mut Functions) {
    add_all(functions, FAMILY);
}

const FAMILY: &[(&str, Function)] = &[
    ("atoi", fixed(&[TEXT], conversion::atoi)),
    ("int", fixed(&[ANY], conversion::int)),
    ("int64", fixed(&[ANY], conversion::int64)),
    ("float64", fixed(&[ANY], conversion::float64)),
    ("toDecimal", fixed(&[ANY], conversion::to_decimal)),
    ("seq", variadic(&[INT], range::seq)),
    ("until", fixed(&[INT], range::until)),
    ("untilStep", fixed(&[INT, INT, INT], range::until_step)),
    ("add1", fixed(&[ANY], whole::add1)),
    ("add", variadic(&[ANY], whole::add)),
    ("sub", fixed(&[ANY, ANY], whole::sub)),
    ("div", fixed(&[ANY, ANY], whole::div)),
    ("mod", fixed(&[ANY, ANY], whole::remainder)),
    ("mul", variadic(&[ANY, ANY], whole::mul)),
    ("max", variadic(&[ANY, ANY], whole::max)),
    ("biggest", variadic(&[ANY, ANY], whole::max)),
    ("min", variadic(&[ANY, ANY], whole::min)),
    ("add1f", fixed(&[ANY], decimals::add1f)),
    ("addf", variadic(&[ANY], decimals::addf)),
    ("subf", variadic(&[ANY, ANY], decimals::subf)),
    ("mulf", variadic(&[ANY, ANY], decimals::mulf)),
    ("divf", variadic(&[ANY, ANY], decimals::divf)),
    ("maxf", variadic(&[ANY, ANY], rounding::maxf)),
    ("minf", variadic(&[ANY, ANY], rounding::minf)),
    ("ceil", fixed(&[ANY], rounding::ceil)),
    ("floor", fixed(&[ANY], rounding::floor)),
    ("round", variadic(&[ANY, INT, FLOAT], rounding::round)),
];
