//! Putting an expression into harness: what it may call, and what each step costs.
//!
//! In: an expression. Out: a compiled filter that yields the paths it selects. The expression and
//! the library's definitions are rewritten: whatever iterates passes `tick`, whatever builds or
//! looks at a whole value passes `measure`, products and differences go through filters that
//! charge first. Definitions of one's own are refused, since recursion is not bounded by work but
//! by the stack.

use super::meter::{self, Metered};
use super::syntax;
use jaq_core::load::lex::StrPart;
use jaq_core::load::parse::{BinaryOp, Def, Pattern, Term};
use jaq_core::load::{Arena, File, Loader};
use jaq_core::native::Fun;
use jaq_core::ops::Math;
use jaq_core::path::{Part, Path};
use jaq_core::{Compiler, Filter};

/// What a filter's outputs mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Paths to delete.
    Paths,
    /// The object anew: the expression is no path but completes `del(`...`)`, a known trick.
    Rewrite,
}

/// Why an expression cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JqProblem {
    /// It cannot be read.
    #[error("{0}")]
    Syntax(String),
    /// It calls something that is not there.
    #[error("there is no {0}")]
    Unknown(String),
    /// It uses what cannot be bounded.
    #[error("{0} cannot be used here")]
    Refused(&'static str),
    /// It is too long or nests too deeply.
    #[error("it is too long or nests too deeply")]
    TooLong,
}

/// Filters that reach outside, wait for the clock, end the process or write a log.
const OUTSIDE: [&str; 12] = [
    "debug",
    "debug_empty",
    "env",
    "halt",
    "halt_error",
    "input",
    "inputs",
    "localtime",
    "now",
    "stderr",
    "stderr_empty",
    "strflocaltime",
];

/// Filters whose cost is the product of two values, with the definitions that charge for them.
const COSTLY: &str = "
    def contains($x): measure_with($x) | raw_contains($x);
    def indices($x): measure_with($x) | raw_indices($x);
    def matches($re; $flags): measure_with($re) | raw_matches($re; $flags);
    def split_matches($re; $flags): measure_with($re) | raw_split_matches($re; $flags);
    def split_($re; $flags): measure_with($re) | raw_split_($re; $flags);
";

/// The expression nests no deeper once it is read.
const DEEPEST: usize = 120;

/// Compiles an expression.
pub(super) fn compile(text: &str) -> Result<(Kind, Filter<Metered>), JqProblem> {
    let whole = format!("del({text})");
    let arena = Arena::default();
    match syntax::parse(text) {
        Ok(term) => Ok((Kind::Paths, build(term, "path(selected)", &arena)?)),
        Err(problem) => {
            let term = syntax::parse(&whole).map_err(|_| problem)?;
            Ok((Kind::Rewrite, build(term, "selected", &arena)?))
        }
    }
}

fn build<'s>(
    term: Term<&'s str>,
    code: &'static str,
    arena: &'s Arena,
) -> Result<Filter<Metered>, JqProblem> {
    let body = Harness { library: false }.term(term, 0)?;
    let selected = Def {
        name: "selected",
        args: Vec::new(),
        body,
    };
    let loader = Loader::new(definitions().map(shortened).chain([selected]));
    let modules = loader
        .load(arena, File { code, path: () })
        .map_err(|_| JqProblem::Syntax("it cannot be read".to_owned()))?;
    Compiler::default()
        .with_funs(filters())
        .compile(modules)
        .map_err(|errors| {
            let mut undefined = errors.into_iter().flat_map(|(_, errors)| errors);
            JqProblem::Unknown(undefined.next().map_or_else(String::new, |(name, kind)| {
                format!("{} {name:?}", kind.as_str())
            }))
        })
}

fn shortened<'s>(def: Def<&'static str>) -> Def<&'s str> {
    def
}

/// The library's definitions, in harness.
fn definitions() -> impl Iterator<Item = Def<&'static str>> {
    let costly = jaq_core::load::parse(COSTLY, |parser| parser.defs()).unwrap_or_default();
    let library = jaq_core::defs()
        .chain(jaq_std::defs())
        .chain(jaq_json::defs());
    let library = library.filter(|def| !OUTSIDE.contains(&def.name));
    let harness = Harness { library: true };
    costly
        .into_iter()
        .chain(library.filter_map(move |def| harness.def(def, 0).ok()))
}

/// The filters made of Rust.
fn filters() -> impl Iterator<Item = Fun<Metered>> {
    let all = jaq_core::funs()
        .chain(jaq_std::funs())
        .chain(jaq_json::funs());
    let inside = all.filter(|(name, _, _)| !OUTSIDE.contains(name));
    inside
        .map(|(name, args, run)| (renamed(name), args, run))
        .chain(meter::funs())
}

fn renamed(name: &'static str) -> &'static str {
    match name {
        "contains" => "raw_contains",
        "indices" => "raw_indices",
        "matches" => "raw_matches",
        "split_matches" => "raw_split_matches",
        "split_" => "raw_split_",
        other => other,
    }
}

/// Rewrites terms. The library's calls are left alone, so that its tail calls stay tail calls;
/// instead each of its definitions ticks when it is entered.
#[derive(Clone, Copy)]
struct Harness {
    library: bool,
}

type Rewritten<'s> = Result<Term<&'s str>, JqProblem>;

fn then<'s>(term: Term<&'s str>, charge: &'static str) -> Term<&'s str> {
    pipe(term, Term::Call(charge, Vec::new()))
}

fn pipe<'s>(first: Term<&'s str>, second: Term<&'s str>) -> Term<&'s str> {
    Term::BinOp(Box::new(first), BinaryOp::Pipe(None), Box::new(second))
}

impl Harness {
    fn def(self, def: Def<&str>, depth: usize) -> Result<Def<&str>, JqProblem> {
        let body = self.term(def.body, depth + 1)?;
        Ok(Def {
            body: pipe(Term::Call("tick", Vec::new()), body),
            ..def
        })
    }

    fn term<'s>(self, term: Term<&'s str>, depth: usize) -> Rewritten<'s> {
        if depth > DEEPEST {
            return Err(JqProblem::TooLong);
        }
        let below = |term: Term<&'s str>| self.term(term, depth + 1);
        let boxed = |term: Box<Term<&'s str>>| below(*term).map(Box::new);
        Ok(match term {
            Term::Id | Term::Num(_) | Term::Var(_) | Term::Break(_) => term,
            Term::Recurse => then(term, "tick"),
            Term::Str(format, parts) => then(Term::Str(format, texts(parts, &below)?), "measure"),
            Term::Arr(items) => then(Term::Arr(items.map(boxed).transpose()?), "measure"),
            Term::Obj(fields) => {
                let field = |(name, value): (_, Option<_>)| {
                    Ok((below(name)?, value.map(below).transpose()?))
                };
                let fields = fields
                    .into_iter()
                    .map(field)
                    .collect::<Result<_, JqProblem>>()?;
                then(Term::Obj(fields), "measure")
            }
            Term::Neg(inner) => Term::Neg(boxed(inner)?),
            Term::BinOp(left, operator, right) => {
                self.operation(below(*left)?, operator, below(*right)?, depth)?
            }
            Term::Label(name, inner) => Term::Label(name, boxed(inner)?),
            Term::Fold(name, source, pattern, parts) => {
                let parts = parts.into_iter().map(below).collect::<Result<_, _>>()?;
                Term::Fold(name, boxed(source)?, self.pattern(pattern, depth)?, parts)
            }
            Term::TryCatch(inner, handler) => {
                Term::TryCatch(boxed(inner)?, handler.map(boxed).transpose()?)
            }
            Term::IfThenElse(branches, otherwise) => {
                let branch = |(test, then)| Ok((below(test)?, below(then)?));
                let branches = branches.into_iter().map(branch);
                Term::IfThenElse(
                    branches.collect::<Result<_, JqProblem>>()?,
                    otherwise.map(boxed).transpose()?,
                )
            }
            Term::Def(..) if !self.library => return Err(JqProblem::Refused("def")),
            Term::Def(defs, inner) => {
                let defs = defs.into_iter().map(|def| self.def(def, depth));
                Term::Def(defs.collect::<Result<_, _>>()?, boxed(inner)?)
            }
            Term::Call(name, args) => {
                let args = args.into_iter().map(below).collect::<Result<_, _>>()?;
                self.call(Term::Call(name, args))
            }
            Term::Path(head, Path(parts)) => {
                let parts = parts
                    .into_iter()
                    .map(|(part, opt)| Ok((part_of(part, &below)?, opt)));
                let parts = parts.collect::<Result<_, JqProblem>>()?;
                then(Term::Path(boxed(head)?, Path(parts)), "tick")
            }
        })
    }

    fn call(self, call: Term<&str>) -> Term<&str> {
        match self.library {
            true => call,
            false => pipe(Term::Call("measure", Vec::new()), then(call, "measure")),
        }
    }

    fn operation<'s>(
        self,
        left: Term<&'s str>,
        operator: BinaryOp<&'s str>,
        right: Term<&'s str>,
        depth: usize,
    ) -> Rewritten<'s> {
        let plain = |left, operator, right| Term::BinOp(Box::new(left), operator, Box::new(right));
        Ok(match operator {
            BinaryOp::Pipe(Some(pattern)) => {
                let pattern = self.pattern(pattern, depth)?;
                plain(left, BinaryOp::Pipe(Some(pattern)), right)
            }
            BinaryOp::Cmp(_) => plain(then(left, "measure"), operator, then(right, "measure")),
            BinaryOp::Math(Math::Mul) if !self.library => called("product", left, right),
            BinaryOp::Math(Math::Sub) if !self.library => called("difference", left, right),
            BinaryOp::UpdateMath(Math::Mul) if !self.library => {
                return Err(JqProblem::Refused("*="));
            }
            BinaryOp::UpdateMath(Math::Sub) if !self.library => {
                return Err(JqProblem::Refused("-="));
            }
            BinaryOp::Math(_)
            | BinaryOp::Assign
            | BinaryOp::Update
            | BinaryOp::UpdateMath(_)
            | BinaryOp::UpdateAlt => then(plain(left, operator, right), "measure"),
            BinaryOp::Pipe(None)
            | BinaryOp::Comma
            | BinaryOp::Alt
            | BinaryOp::Or
            | BinaryOp::And => plain(left, operator, right),
        })
    }

    fn pattern(self, pattern: Pattern<&str>, depth: usize) -> Result<Pattern<&str>, JqProblem> {
        if depth > DEEPEST {
            return Err(JqProblem::TooLong);
        }
        Ok(match pattern {
            Pattern::Var(name) => Pattern::Var(name),
            Pattern::Arr(items) => {
                let items = items.into_iter().map(|item| self.pattern(item, depth + 1));
                Pattern::Arr(items.collect::<Result<_, _>>()?)
            }
            Pattern::Obj(fields) => {
                let field = |(name, pattern)| {
                    Ok((
                        self.term(name, depth + 1)?,
                        self.pattern(pattern, depth + 1)?,
                    ))
                };
                Pattern::Obj(
                    fields
                        .into_iter()
                        .map(field)
                        .collect::<Result<_, JqProblem>>()?,
                )
            }
        })
    }
}

fn called<'s>(name: &'static str, left: Term<&'s str>, right: Term<&'s str>) -> Term<&'s str> {
    then(Term::Call(name, vec![left, right]), "measure")
}

fn texts<'s>(
    parts: Vec<StrPart<&'s str, Term<&'s str>>>,
    below: &impl Fn(Term<&'s str>) -> Rewritten<'s>,
) -> Result<Vec<StrPart<&'s str, Term<&'s str>>>, JqProblem> {
    let rewritten = parts.into_iter().map(|part| match part {
        StrPart::Term(term) => below(term).map(StrPart::Term),
        other => Ok(other),
    });
    rewritten.collect()
}

fn part_of<'s>(
    part: Part<Term<&'s str>>,
    below: &impl Fn(Term<&'s str>) -> Rewritten<'s>,
) -> Result<Part<Term<&'s str>>, JqProblem> {
    Ok(match part {
        Part::Index(index) => Part::Index(below(index)?),
        Part::Range(from, to) => {
            Part::Range(from.map(below).transpose()?, to.map(below).transpose()?)
        }
    })
}
