//! URLs, taken apart and put together. Source: sprig 3.3, `url.go`; Go 1.26, `net/url`.
//!
//! In: a URL, or a map of its parts. Out: the other of both. What is decoded apart is encoded
//! together, as little as Go does.

mod escape;
mod join;
mod parse;

use crate::signature::{add_all, fixed};
use gotemplate::{Function, Functions, Parameter};

/// Adds the family.
pub(crate) fn add_to(functions: &mut Functions) {
    add_all(functions, FAMILY);
}

const FAMILY: &[(&str, Function)] = &[
    ("urlParse", fixed(&[Parameter::Text], parse::url_parse)),
    ("urlJoin", fixed(&[Parameter::Map], join::url_join)),
];
