//! Texts. Source: sprig 3.3, `strings.go` and `functions.go`; goutils 1.1; xstrings 1.5.
//!
//! In: texts and what tells how to change them. Out: texts. All of it works on bytes as Go does:
//! `trunc 1` may cut a character in two.

mod abbreviate;
mod case;
mod cut;
mod indent;
mod pascal;
mod quote;
mod search;
mod snake;
mod split;
mod trim;
mod word;
mod wrap;

use crate::signature::{add_all, fixed, variadic};
use gotemplate::{Function, Functions, Parameter};

const ANY: Parameter = Parameter::Any;
const TEXT: Parameter = Parameter::Text;
const INT: Parameter = Parameter::Int;

/// Adds the family.
pub(crate) fn add_to(functions: &mut Functions) {
    add_all(functions, FAMILY);
}

const FAMILY: &[(&str, Function)] = &[
    ("hello", fixed(&[], quote::hello)),
    ("abbrev", fixed(&[INT, TEXT], abbreviate::abbrev)),
    (
        "abbrevboth",
        fixed(&[INT, INT, TEXT], abbreviate::abbrevboth),
    ),
    ("trunc", fixed(&[INT, TEXT], cut::trunc)),
    ("substr", fixed(&[INT, INT, TEXT], cut::substr)),
    ("repeat", fixed(&[INT, TEXT], indent::repeat)),
    ("indent", fixed(&[INT, TEXT], indent::indent)),
    ("nindent", fixed(&[INT, TEXT], indent::nindent)),
    ("trim", fixed(&[TEXT], trim::trim)),
    ("trimall", fixed(&[TEXT, TEXT], trim::trim_all)),
    ("trimAll", fixed(&[TEXT, TEXT], trim::trim_all)),
    ("trimSuffix", fixed(&[TEXT, TEXT], trim::trim_suffix)),
    ("trimPrefix", fixed(&[TEXT, TEXT], trim::trim_prefix)),
    ("nospace", fixed(&[TEXT], trim::nospace)),
    ("upper", fixed(&[TEXT], case::upper)),
    ("lower", fixed(&[TEXT], case::lower)),
    ("title", fixed(&[TEXT], case::title)),
    ("untitle", fixed(&[TEXT], case::untitle)),
    ("swapcase", fixed(&[TEXT], case::swapcase)),
    ("initials", fixed(&[TEXT], case::initials)),
    ("snakecase", fixed(&[TEXT], snake::snakecase)),
    ("kebabcase", fixed(&[TEXT], snake::kebabcase)),
    ("camelcase", fixed(&[TEXT], pascal::camelcase)),
    ("wrap", fixed(&[INT, TEXT], wrap::wrap)),
    ("wrapWith", fixed(&[INT, TEXT, TEXT], wrap::wrap_with)),
    ("contains", fixed(&[TEXT, TEXT], search::contains)),
    ("hasPrefix", fixed(&[TEXT, TEXT], search::has_prefix)),
    ("hasSuffix", fixed(&[TEXT, TEXT], search::has_suffix)),
    ("replace", fixed(&[TEXT, TEXT, TEXT], search::replace)),
    ("quote", variadic(&[ANY], quote::quote)),
    ("squote", variadic(&[ANY], quote::squote)),
    ("cat", variadic(&[ANY], quote::cat)),
    ("plural", fixed(&[TEXT, TEXT, INT], quote::plural)),
    ("toString", fixed(&[ANY], quote::to_string)),
    ("split", fixed(&[TEXT, TEXT], split::split)),
    ("splitn", fixed(&[TEXT, INT, TEXT], split::splitn)),
    ("splitList", fixed(&[TEXT, TEXT], split::split_list)),
    ("toStrings", fixed(&[ANY], split::to_strings)),
    ("join", fixed(&[TEXT, ANY], split::join)),
];
