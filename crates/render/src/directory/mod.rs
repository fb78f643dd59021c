//! A folder whose files are the manifests.
//!
//! In: the folder and the options of `source.directory`. Out: the manifests of its `.yaml`, `.yml`
//! and `.json` files, in the order of names, folders among files. Every broken file is told, not
//! only the first.
//! Source: Argo CD 3.5: reposerver/repository/repository.go (findManifests, GenerateManifests).

mod documents;
mod files;
mod text;

use crate::options::DirectoryOptions;
use crate::recorder::Recorder;
use crate::{Problems, RenderError, glob};
use files::{Files, Selected};
use model::{Manifest, Origin};

/// What is rendered.
pub(crate) struct Folder<'a> {
    pub recorder: &'a Recorder<'a>,
    pub options: &'a DirectoryOptions,
    pub max_bytes: u64,
}

/// A file with this in it is no manifest.
const SKIPPED: &str = "+argocd:skip-file-rendering";

impl Folder<'_> {
    /// The manifests of all files.
    pub fn manifests(&self, warnings: &mut Vec<String>) -> Result<Vec<Manifest>, RenderError> {
        let mut problems = Problems::default();
        let mut manifests = Vec::new();
        let mut bytes: u64 = 0;
        for file in self.files(&mut problems, warnings)? {
            let Some(text) = self.text_of(&file, &mut problems)? else {
                continue;
            };
            if file.path.name().ends_with(".jsonnet") {
                let origin = Origin {
                    path: file.path.as_str().into(),
                    line: 0,
                };
                let what = "this is a Jsonnet file, which is not supported yet; leave it out with \
                            directory.exclude";
                problems.add(origin, what);
                continue;
            }
            bytes += text.bytes;
            if self.max_bytes != 0 && bytes > self.max_bytes {
                let path = self.recorder.root().clone();
                return Err(RenderError::TooLarge {
                    path,
                    limit: self.max_bytes,
                });
            }
            documents::manifests(
                &file.path,
                &text.text,
                &mut manifests,
                &mut problems,
                warnings,
            );
        }
        match problems.count() {
            0 => Ok(manifests),
            _ => Err(RenderError::Broken(problems)),
        }
    }

    fn files(
        &self,
        problems: &mut Problems,
        warnings: &mut Vec<String>,
    ) -> Result<Vec<Selected>, RenderError> {
        let mut files = Files {
            recorder: self.recorder,
            recurse: self.options.recurse,
            include: glob::read("directory.include", &self.options.include)?,
            exclude: glob::read("directory.exclude", &self.options.exclude)?,
            selected: Vec::new(),
            problems,
            warnings,
        };
        files.walk()?;
        Ok(files.selected)
    }

    /// A file's text; none if it says that it is no manifest, or is broken.
    fn text_of(
        &self,
        file: &Selected,
        problems: &mut Problems,
    ) -> Result<Option<text::Text>, RenderError> {
        let blob = match self.recorder.read_listed(&file.path, &file.entry) {
            Ok(blob) => blob,
            Err(error @ model::TreeError::Store { .. }) => return Err(error.into()),
            Err(error) => {
                let origin = Origin {
                    path: file.path.as_str().into(),
                    line: 0,
                };
                problems.add(origin, error.to_string());
                return Ok(None);
            }
        };
        let text = text::Text::of(blob.bytes);
        let marked = text
            .text
            .windows(SKIPPED.len())
            .any(|part| part == SKIPPED.as_bytes());
        Ok((!marked).then_some(text))
    }
}
