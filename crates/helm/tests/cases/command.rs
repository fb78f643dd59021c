//! The words of a command, understood.

use helm::Part;
use helm::lint::LintSettings;
use helm::values::{ValueFile, ValueInputs};

use crate::case::Files;

/// What a command asks for.
pub enum Command {
    /// `helm show`.
    Show {
        /// What of the chart.
        part: Part,
        /// A part of the values.
        json_path: Option<String>,
    },
    /// `helm template`, or `helm install` that installs nothing.
    Template(Box<Template>),
}

/// `helm template`.
#[derive(Default)]
pub struct Template {
    pub release: String,
    pub namespace: String,
    pub kube_version: Option<String>,
    pub api_versions: Vec<String>,
    pub value_files: Vec<String>,
    pub sets: Vec<(String, String)>,
    pub options: helm::Options,
    pub is_upgrade: bool,
}

impl Command {
    /// Reads the words behind `helm`.
    pub fn read(words: &[String]) -> Self {
        match &*words[0] {
            "show" => {
                let at = words.iter().position(|word| word == "--jsonpath");
                Self::Show {
                    part: part(&words[1]),
                    json_path: at.map(|at| words[at + 1].clone()),
                }
            }
            "template" | "install" => Self::Template(Box::new(Template::read(words))),
            other => panic!("helm {other} is not played"),
        }
    }
}

fn part(name: &str) -> Part {
    match name {
        "all" => Part::All,
        "chart" => Part::Chart,
        "values" => Part::Values,
        "readme" => Part::Readme,
        "crds" => Part::Crds,
        other => panic!("helm show {other} is not played"),
    }
}

impl Template {
    fn read(words: &[String]) -> Self {
        let mut template = Self {
            release: words[1].clone(),
            ..Self::default()
        };
        let mut words = words[3..].iter();
        while let Some(flag) = words.next() {
            if !template.switch(flag) {
                let value = words.next().expect("a flag has a value").clone();
                template.flag(flag, value);
            }
        }
        template
    }

    fn switch(&mut self, flag: &str) -> bool {
        let options = &mut self.options;
        let field = match flag {
            "--include-crds" => &mut options.include_crds,
            "--no-hooks" => &mut options.no_hooks,
            "--skip-tests" => &mut options.skip_tests,
            "--skip-schema-validation" => &mut options.skip_schema_validation,
            "--render-subchart-notes" => &mut options.subchart_notes,
            "--is-upgrade" => &mut self.is_upgrade,
            "--dry-run=client" => return true,
            _ => return false,
        };
        *field = true;
        true
    }

    fn flag(&mut self, flag: &str, value: String) {
        match flag {
            "--namespace" => self.namespace = value,
            "--kube-version" => self.kube_version = Some(value),
            "--api-versions" => self
                .api_versions
                .extend(value.split(',').map(str::to_owned)),
            "-f" | "--values" => self.value_files.extend(value.split(',').map(str::to_owned)),
            "--show-only" => self.options.show_only.push(value),
            _ if flag.starts_with("--set") => self.sets.push((flag[2..].to_owned(), value)),
            other => panic!("{other} is not played"),
        }
    }

    /// The values, each kind of flag by itself; else why a file cannot be read.
    pub fn values(&self, files: &Files) -> Result<ValueInputs<'static>, String> {
        let mut inputs = ValueInputs::default();
        for name in &self.value_files {
            let bytes = files.read(name);
            inputs.files.push(ValueFile::Text {
                name: name.clone(),
                bytes: bytes.map_err(|error| format!("Error: {error}\n"))?,
            });
        }
        for (flag, value) in &self.sets {
            let list = match &**flag {
                "set" => &mut inputs.set,
                "set-string" => &mut inputs.set_string,
                "set-json" => &mut inputs.set_json,
                "set-file" => &mut inputs.set_file,
                "set-literal" => &mut inputs.set_literal,
                other => panic!("--{other} is not played"),
            };
            list.push(value.clone());
        }
        Ok(inputs)
    }
}

/// The flags of `helm lint`.
pub struct LintWords {
    /// Those it shares with `helm template`.
    pub template: Template,
    /// Its own.
    pub settings: LintSettings,
}

/// Reads the flags of `helm lint`.
pub fn lint_words(list: &serde_json::Value) -> LintWords {
    let mut words = vec!["lint".to_owned(), String::new(), ".".to_owned()];
    words.extend(crate::charts::texts(list));
    let settings = LintSettings {
        strict: words.iter().any(|word| word == "--strict"),
        quiet: words.iter().any(|word| word == "--quiet"),
    };
    words.retain(|word| !matches!(&**word, "--strict" | "--quiet"));
    let template = Template::read(&words);
    LintWords { template, settings }
}
