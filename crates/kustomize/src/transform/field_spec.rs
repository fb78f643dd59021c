//! The way to the fields that a field spec names.
//!
//! Comes in: an object, a field spec, and what is to be done with a field. Goes out: the object with
//! that done to each field the spec leads to, made first if the spec says so. Lists on the way are
//! followed into every item. Source of the rules: Kustomize 5.8.1, api/filters/fieldspec.

use crate::file::FieldSpec;
use crate::node::{self, Create, NodeError, lookup_create, lookup_mut, split_path};
use crate::resource::{Gvk, ResId, Resource};
use std::cell::Cell;
use std::error::Error;
use std::rc::Rc;
use yaml::{Content, Node, Tag};

/// What to make at the end of the path, where nothing or null is.
#[derive(Clone, PartialEq, Debug)]
pub struct Make {
    /// What kind of node.
    pub create: Create,
    /// The tag that null is given.
    pub tag: Tag,
}

impl Make {
    /// A map: labels and annotations.
    pub const MAPPING: Self = Self {
        create: Create::Mapping,
        tag: Tag::Map,
    };
    /// A text: names and namespaces.
    pub const TEXT: Self = Self {
        create: Create::Scalar,
        tag: Tag::Str,
    };
    /// A text that is only what it looks like.
    pub const EMPTY: Self = Self {
        create: Create::Scalar,
        tag: Tag::None,
    };
    /// A number.
    pub const NUMBER: Self = Self {
        create: Create::Scalar,
        tag: Tag::Int,
    };
}

/// What could not be done to an object.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[error("considering field '{path}' of object {object}")]
pub struct FieldSpecError<E: Error + 'static> {
    /// The spec's path.
    pub path: String,
    /// The object.
    pub object: Box<ResId>,
    /// What is wrong there.
    #[source]
    pub source: Box<FieldError<E>>,
}

/// What stands in the way to a field, or went wrong with it.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum FieldError<E: Error + 'static> {
    /// The path has a step of no text.
    #[error("cannot set or create an empty field name")]
    EmptyName,
    /// The path leads into a scalar.
    #[error("line {line}: expected sequence or mapping node for the field {name}, found a scalar")]
    Scalar {
        /// The field that was to be found in it.
        name: String,
        /// Where it stands.
        line: u32,
    },
    /// A step does not lead on.
    #[error("fieldName: {name}")]
    Step {
        /// The step.
        name: String,
        /// Why.
        #[source]
        source: NodeError,
    },
    /// What was to be done with the field failed.
    #[error(transparent)]
    Set(E),
    /// The path is longer than objects are deep.
    #[error("the path has {0} steps, more than {LONGEST}")]
    TooLong(usize),
    /// There are very many such fields, or very long texts in them.
    #[error("what is written into such fields takes more than {0} bytes; write less")]
    TooMuch(usize),
}

/// A field spec, ready to be applied to many objects.
pub struct FieldPath<'a> {
    spec: &'a FieldSpec,
    steps: Vec<Step>,
    allowance: Allowance,
}

/// How many bytes may still be written into the fields of several specs: a spec may lead into lists,
/// so that there may be as many fields as there are values.
#[derive(Clone)]
struct Allowance(Rc<Cell<usize>>);

/// How many bytes one transformer may write.
const MOST: usize = 256 << 20;
/// What a new field takes besides its text.
const OF_A_FIELD: usize = 640;
/// How many steps a path may have.
pub const LONGEST: usize = 256;

impl Default for Allowance {
    fn default() -> Self {
        Self(Rc::new(Cell::new(MOST)))
    }
}

impl Allowance {
    fn spend<E: Error>(&self, bytes: usize) -> Result<(), FieldError<E>> {
        let left = self.0.get().checked_sub(bytes);
        self.0.set(left.ok_or(FieldError::TooMuch(MOST))?);
        Ok(())
    }
}

struct Step {
    name: String,
    /// The step ends in `[]`: there is a list, and no list is made where there is none.
    list: bool,
    /// The name is that of a field, not a position or anything else that paths may hold.
    plain: bool,
}

impl Step {
    fn new(text: &str) -> Self {
        let name = text.strip_suffix("[]").unwrap_or(text);
        Self {
            name: name.to_owned(),
            list: name.len() < text.len(),
            plain: name.starts_with(|first: char| first.is_ascii_alphabetic())
                && !name.ends_with(char::is_whitespace),
        }
    }
}

impl<'a> FieldPath<'a> {
    /// Makes a spec ready.
    pub fn new(spec: &'a FieldSpec) -> Self {
        Self::within(Allowance::default(), spec)
    }

    /// Makes specs ready.
    pub fn all(specs: impl IntoIterator<Item = &'a FieldSpec>) -> Vec<Self> {
        let allowance = Allowance::default();
        let path = |spec| Self::within(allowance.clone(), spec);
        specs.into_iter().map(path).collect()
    }

    fn within(allowance: Allowance, spec: &'a FieldSpec) -> Self {
        let steps = split_path(&spec.path, '/');
        Self {
            spec,
            steps: steps.iter().map(|step| Step::new(step)).collect(),
            allowance,
        }
    }

    /// The spec.
    pub fn spec(&self) -> &'a FieldSpec {
        self.spec
    }

    /// Is the spec about objects of this kind?
    pub fn fits(&self, object: &Node) -> bool {
        let selector = &self.spec.gvk;
        let is = |wanted: &str, found: &str| wanted.is_empty() || wanted == found;
        if !is(&selector.kind, node::kind(object)) {
            return false;
        }
        if selector.group.is_empty() && selector.version.is_empty() {
            return true;
        }
        let (group, version) = Gvk::split_api_version(node::api_version(object));
        is(&selector.group, group) && is(&selector.version, version)
    }

    /// Does something to each field of a resource that the path leads to, if the spec is about such
    /// objects. Without anything to make, or if the spec does not say so, no field is made. A null
    /// on the way ends it; one at the end is handed over. What is done to a shared node is done in
    /// all its places.
    pub fn apply<E: Error + 'static>(
        &self,
        resource: &mut Resource,
        make: Option<&Make>,
        set: &mut impl FnMut(&mut Node) -> Result<(), E>,
    ) -> Result<(), FieldSpecError<E>> {
        let mut unsettled = false;
        self.apply_unsettled(&mut resource.node, make, &mut |field| {
            unsettled |= field.bond.is_some() || !field.is_scalar();
            set(field)
        })?;
        if unsettled {
            resource.settle();
        }
        Ok(())
    }

    /// The same, where the caller sees to shared nodes.
    pub fn apply_unsettled<E: Error + 'static>(
        &self,
        object: &mut Node,
        make: Option<&Make>,
        set: &mut impl FnMut(&mut Node) -> Result<(), E>,
    ) -> Result<(), FieldSpecError<E>> {
        if !self.fits(object) {
            return Ok(());
        }
        let make = make.filter(|_| self.spec.create);
        let done = match self.steps.len() {
            steps if steps > LONGEST => Err(FieldError::TooLong(steps)),
            _ => self.walk(object, &self.steps, make, set),
        };
        done.map_err(|source| FieldSpecError {
            path: self.spec.path.clone(),
            object: Box::new(id(object)),
            source: Box::new(source),
        })
    }
}

/// The object's id for messages.
fn id(object: &Node) -> ResId {
    let (group, version) = Gvk::split_api_version(node::api_version(object));
    let gvk = Gvk::unscoped(group, version, node::kind(object));
    ResId::new(gvk, node::name(object), node::namespace(object))
}

impl FieldPath<'_> {
    fn walk<E: Error>(
        &self,
        node: &mut Node,
        steps: &[Step],
        make: Option<&Make>,
        set: &mut impl FnMut(&mut Node) -> Result<(), E>,
    ) -> Result<(), FieldError<E>> {
        let Some((step, rest)) = steps.split_first() else {
            set(node).map_err(FieldError::Set)?;
            return self.allowance.spend(node.text().len());
        };
        if node.is_null() {
            return Ok(());
        }
        match &mut node.content {
            Content::Sequence(items) => items
                .iter_mut()
                .try_for_each(|item| self.walk(item, steps, make, set)),
            Content::Mapping(_) => match self.field(node, step, rest.is_empty(), make)? {
                Some(field) => self.walk(field, rest, make, set),
                None => Ok(()),
            },
            Content::Scalar(_) => Err(FieldError::Scalar {
                name: step.name.clone(),
                line: node.line,
            }),
        }
    }

    /// The field a step leads to, found or made; a null of which it is known what it should be, as that.
    fn field<'n, E: Error>(
        &self,
        mapping: &'n mut Node,
        step: &Step,
        last: bool,
        make: Option<&Make>,
    ) -> Result<Option<&'n mut Node>, FieldError<E>> {
        if step.name.is_empty() {
            return Err(FieldError::EmptyName);
        }
        let make = make.filter(|_| !step.list);
        let make = make.map(|make| if last { make } else { &Make::MAPPING });
        let is_new = mapping.get(&step.name).is_none();
        if is_new && make.is_some() {
            self.allowance.spend(OF_A_FIELD)?;
        }
        let found = match make {
            _ if step.plain && !is_new => Ok(mapping.get_mut(&step.name)),
            Some(make) => lookup_create(mapping, &[&step.name], make.create),
            None if step.plain => Ok(None),
            None => lookup_mut(mapping, &[&step.name]),
        };
        let mut found = found.map_err(|source| FieldError::Step {
            name: step.name.clone(),
            source,
        })?;
        if let Some(null) = found.as_deref_mut().filter(|found| found.is_null()) {
            match make {
                Some(make) => shape(null, make.create, make.tag.clone()),
                None if step.list => shape(null, Create::Sequence, Tag::None),
                None => {}
            }
        }
        Ok(found)
    }
}

/// Makes of a null what it should be. As a scalar it keeps its text, `null` or `~` or nothing.
fn shape(null: &mut Node, create: Create, tag: Tag) {
    if create != Create::Scalar {
        null.content = create.node().content;
    }
    null.tag = tag;
}
