//! Images: new names, tags and digests.
//!
//! Comes in: texts as `name=new:tag@digest`. Goes out: one entry for each name, sorted; `*` stands
//! for what the entry that is there says. Source: Kustomize 5.8.1,
//! kustomize/commands/edit/set/setimage.go and api/pkg/util/image.go.

use super::EditError;
use crate::file::{Image, Kustomization};
use std::collections::BTreeMap;

const KEEP: &str = "*";

/// Sets images.
pub fn set_images(kustomization: &mut Kustomization, images: &[String]) -> Result<(), EditError> {
    let mut all = BTreeMap::new();
    for text in images {
        let image = parse(text)?;
        all.insert(image.name.clone(), image);
    }
    for there in std::mem::take(&mut kustomization.images) {
        match all.get_mut(&there.name) {
            Some(image) => keep(image, &there),
            None => drop(all.insert(there.name.clone(), there)),
        }
    }
    let nothing = Image::default();
    kustomization.images = all
        .into_values()
        .map(|mut image| {
            keep(&mut image, &nothing);
            image
        })
        .collect();
    Ok(())
}

/// Takes over from the entry that is there what is asked to stay.
fn keep(image: &mut Image, there: &Image) {
    let fields = [
        (&mut image.new_name, &there.new_name),
        (&mut image.new_tag, &there.new_tag),
        (&mut image.digest, &there.digest),
    ];
    for (field, old) in fields {
        if field == KEEP {
            field.clone_from(old);
            image.tag_suffix.clear();
        }
    }
}

fn parse(text: &str) -> Result<Image, EditError> {
    let (key, value) = match text.split_once('=') {
        Some((key, value)) => (key, value),
        None => ("", text),
    };
    let (name, tag, digest) = split(value);
    if name == text {
        return Err(EditError::Image(text.to_owned()));
    }
    let (name, new_name) = match key.is_empty() {
        true => (name, ""),
        false => (key, name),
    };
    Ok(Image {
        name: name.to_owned(),
        new_name: new_name.to_owned(),
        new_tag: tag.to_owned(),
        digest: digest.to_owned(),
        ..Image::default()
    })
}

/// `name:tag@digest`; what stands before the first slash belongs to the name.
fn split(image: &str) -> (&str, &str, &str) {
    let path = image.find('/').unwrap_or(0);
    let find = |mark: char| image[path..].find(mark).map(|at| path + at);
    match (find(':'), find('@')) {
        (None, None) => (image, "", ""),
        (Some(colon), None) => (&image[..colon], &image[colon + 1..], ""),
        (Some(colon), Some(at)) if colon < at => {
            (&image[..colon], &image[colon + 1..at], &image[at + 1..])
        }
        (_, Some(at)) => (&image[..at], "", &image[at + 1..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(there: &[(&str, &str, &str, &str)], texts: &[&str]) -> Result<Vec<String>, String> {
        let image = |&(name, new_name, tag, digest): &(&str, &str, &str, &str)| Image {
            name: name.into(),
            new_name: new_name.into(),
            new_tag: tag.into(),
            digest: digest.into(),
            ..Image::default()
        };
        let mut kustomization = Kustomization {
            images: there.iter().map(image).collect(),
            ..Kustomization::default()
        };
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        set_images(&mut kustomization, &texts).map_err(|error| error.to_string())?;
        let line = |image: Image| {
            format!(
                "{} {} {} {}",
                image.name, image.new_name, image.new_tag, image.digest
            )
        };
        Ok(kustomization.images.into_iter().map(line).collect())
    }

    #[test]
    fn images_are_set_by_name() {
        assert_eq!(
            edited(
                &[("b", "old/b", "1", ""), ("c", "", "3", "")],
                &["b:2", "a=r.io:5000/x/a:7@sha256:ff", "d@sha256:ee"]
            )
            .unwrap(),
            [
                "a r.io:5000/x/a 7 sha256:ff",
                "b  2 ",
                "c  3 ",
                "d   sha256:ee"
            ]
        );
    }

    #[test]
    fn a_star_keeps_what_is_there() {
        assert_eq!(
            edited(&[("b", "old/b", "1", "sha256:aa")], &["b=*:2@*", "n=*:3"]).unwrap(),
            ["b old/b 2 sha256:aa", "n  3 "]
        );
    }

    #[test]
    fn an_image_that_changes_nothing_is_refused() {
        assert!(
            edited(&[], &["nginx"])
                .unwrap_err()
                .contains("changes nothing")
        );
    }
}
