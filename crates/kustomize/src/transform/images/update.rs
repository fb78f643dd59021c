//! One image's change.
//!
//! Comes in: an image as a kustomization has it, and a field. Goes out: the field changed, if it is
//! about this image. Source: Kustomize 5.8.1, api/filters/imagetag/updater.go.

use super::ImageError;
use super::name::Name;
use super::reference::Reference;
use crate::file::Image;
use crate::node::NodeError;
use crate::transform::set;
use std::cell::Cell;
use yaml::{Node, Tag};

/// How many bytes one image may write: very many containers may have a very long one.
const MOST: usize = 256 << 20;

pub struct Update<'a> {
    image: &'a Image,
    name: Name<'a>,
    /// How many bytes may still be written.
    left: Cell<usize>,
}

impl<'a> Update<'a> {
    pub fn new(image: &'a Image) -> Result<Self, ImageError> {
        let name = Name::new(&image.name).map_err(|source| ImageError::Name {
            name: image.name.clone(),
            source,
        })?;
        let left = Cell::new(MOST);
        Ok(Self { image, name, left })
    }

    /// Changes a field. It has to be a scalar or null.
    pub fn write(&self, field: &mut Node) -> Result<(), NodeError> {
        if !field.is_scalar() {
            return Err(NodeError::wrong_kind("scalar", field));
        }
        if !self.name.is_of(field.text()) {
            return Ok(());
        }
        let new = self.changed(field.text());
        let left = self.left.get().checked_sub(new.len());
        self.left.set(left.ok_or(NodeError::TooMuchText(MOST))?);
        set::scalar(field, &new, Tag::None)
    }

    fn changed(&self, text: &str) -> String {
        let old = Reference::parse(text);
        let (tag, digest) = self.tag_and_digest(old);
        let mut new = match &*self.image.new_name {
            "" => old.name.to_owned(),
            name => name.to_owned(),
        };
        for (mark, part) in [(':', tag), ('@', digest)] {
            if !part.is_empty() {
                new.push(mark);
                new.push_str(&part);
            }
        }
        new
    }

    /// A new tag drops an old digest, and a new digest an old tag.
    fn tag_and_digest(&self, old: Reference) -> (String, String) {
        let Image {
            new_tag,
            digest,
            tag_suffix,
            ..
        } = self.image;
        if !new_tag.is_empty() || !digest.is_empty() {
            return (new_tag.clone(), digest.clone());
        }
        match tag_suffix.is_empty() {
            true => (old.tag.to_owned(), old.digest.to_owned()),
            false => (format!("{}{tag_suffix}", old.tag), String::new()),
        }
    }
}
