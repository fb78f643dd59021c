//! Compiled expressions of this thread: templates use the same few again and again.

use super::expression::Expression;
use super::syntax::SyntaxError;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// When so many are kept, all are forgotten: charts have a few dozen.
const MOST: usize = 256;

thread_local! {
    static COMPILED: RefCell<HashMap<Box<[u8]>, Rc<Expression>>> = RefCell::default();
}

/// The compiled expression of a source.
pub(super) fn expression(source: &[u8]) -> Result<Rc<Expression>, SyntaxError> {
    if let Some(known) = COMPILED.with_borrow(|compiled| compiled.get(source).cloned()) {
        return Ok(known);
    }
    let expression = Rc::new(Expression::compile(source)?);
    COMPILED.with_borrow_mut(|compiled| {
        if compiled.len() >= MOST {
            compiled.clear();
        }
        compiled.insert(source.into(), expression.clone());
    });
    Ok(expression)
}
