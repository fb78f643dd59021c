//! The object a generator fills.
//!
//! Comes in: kind, arguments and data. Goes out: the object, and the resource noted as generated.
//! Source: Kustomize 5.8.1, api/internal/generators/utils.go and api/resource/factory.go.

use super::key_values::{KeyValue, key_values};
use super::{GenerateError, options};
use crate::file::{GeneratorArgs, GeneratorOptions, StringMap};
use crate::load::Loader;
use crate::node::{self, Create, NodeError};
use crate::resource::{Behavior, BuildAnnotation, Resource};
use std::collections::HashSet;
use yaml::{Content, Form, Node, Tag};

/// What is being made.
pub struct Making<'a> {
    kind: &'static str,
    args: &'a GeneratorArgs,
    options: GeneratorOptions,
}

impl<'a> Making<'a> {
    /// Starts to make an object of this kind.
    pub fn new(
        kind: &'static str,
        args: &'a GeneratorArgs,
        of_all: Option<&GeneratorOptions>,
    ) -> Result<Self, GenerateError> {
        if args.name.is_empty() {
            return Err(GenerateError::NoName(kind));
        }
        Ok(Self {
            kind,
            args,
            options: options::merge(args.options.as_ref(), of_all),
        })
    }

    /// Its data, by key; no key twice.
    pub fn data(&self, loader: &Loader<'_>) -> Result<Vec<KeyValue>, GenerateError> {
        let pairs = key_values(self.args, loader);
        let mut pairs = pairs.map_err(|source| GenerateError::KeyValues {
            kind: self.kind,
            name: self.args.name.clone(),
            source,
        })?;
        let mut known = HashSet::with_capacity(pairs.len());
        if let Some((key, _)) = pairs.iter().find(|(key, _)| !known.insert(key)) {
            return Err(GenerateError::RepeatedKey {
                kind: self.kind,
                name: self.args.name.clone(),
                key: key.clone(),
            });
        }
        pairs.sort();
        Ok(pairs)
    }

    /// The resource, filled by `fill`.
    pub fn resource(
        &self,
        fill: impl FnOnce(&mut Node) -> Result<(), NodeError>,
    ) -> Result<Resource, GenerateError> {
        let made = self
            .base()
            .and_then(|mut object| fill(&mut object).map(|()| object))
            .and_then(|object| self.finish(object));
        made.map_err(|source| GenerateError::Node {
            kind: self.kind,
            name: self.args.name.clone(),
            source: Box::new(source),
        })
    }

    fn base(&self) -> Result<Node, NodeError> {
        let entries = [("apiVersion", "v1"), ("kind", self.kind)];
        let entries = entries.map(|(key, value)| (Node::string(key), Node::string(value)));
        let mut object = Node::new(Content::Mapping(entries.into()), Tag::Map);
        set_in(
            &mut object,
            &["metadata"],
            "name",
            Node::string(&*self.args.name),
        )?;
        if !self.args.namespace.is_empty() {
            let namespace = Node::string(&*self.args.namespace);
            set_in(&mut object, &["metadata"], "namespace", namespace)?;
        }
        Ok(object)
    }

    fn finish(&self, mut object: Node) -> Result<Resource, NodeError> {
        add_texts(&mut object, "labels", &self.options.labels)?;
        add_texts(&mut object, "annotations", &self.options.annotations)?;
        if self.options.immutable {
            let yes = Node::new(Content::Scalar("true".into()), Tag::Bool);
            node::set_field(&mut object, "immutable", yes)?;
        }
        let mut resource = Resource::from(object);
        if !self.options.disable_name_suffix_hash {
            resource.enable(BuildAnnotation::NeedsHashSuffix)?;
        }
        resource.set_behavior(Behavior::parse(&self.args.behavior))?;
        Ok(resource)
    }
}

/// Puts quoted texts into a field of the metadata that is not there yet.
fn add_texts(object: &mut Node, field: &str, texts: &StringMap) -> Result<(), NodeError> {
    if texts.is_empty() {
        return Ok(());
    }
    if let Some(map) = node::lookup_create(object, &["metadata", field], Create::Mapping)? {
        for (key, value) in texts {
            let mut text = Node::string(&**value);
            text.style.form = Form::SingleQuoted;
            node::add_field(map, key, text);
        }
    }
    Ok(())
}

/// Sets a field of a mapping that is made if need be.
pub fn set_in(object: &mut Node, path: &[&str], field: &str, value: Node) -> Result<(), NodeError> {
    match node::lookup_create(object, path, Create::Mapping)? {
        Some(mapping) => node::set_field(mapping, field, value).map(drop),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{config_map, secret};
    use super::*;
    use crate::file::{SecretArgs, StringMap};
    use crate::load::{Nowhere, Restrictions};
    use model::{MemoryTree, TreePath};

    fn args(name: &str, literals: &[&str]) -> GeneratorArgs {
        GeneratorArgs {
            name: name.to_owned(),
            literals: literals.iter().map(ToString::to_string).collect(),
            ..GeneratorArgs::default()
        }
    }

    fn texts(pairs: &[(&str, &str)]) -> StringMap {
        let pairs = pairs.iter();
        pairs
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect()
    }

    fn with_loader<T>(work: impl FnOnce(&Loader<'_>) -> T) -> T {
        let mut tree =
            MemoryTree::of([("app.ini", "a=1\nb=2\n"), ("app.env", "X=1\nY\n")]).unwrap();
        tree.write(&TreePath::parse("app.bin").unwrap(), &[0xff; 54]);
        let root = TreePath::root();
        work(&Loader::new(&tree, root, Restrictions::RootOnly, &Nowhere).unwrap())
    }

    fn written(made: Result<Resource, GenerateError>) -> String {
        match made {
            Ok(resource) => yaml::write(&resource.node.to_value().unwrap()),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_config_map_has_data_of_every_source() {
        let mut args = args("app", &["quoted='y'", "plain=two words"]);
        args.namespace = "web".to_owned();
        args.files = vec!["app.ini".to_owned(), "raw=app.bin".to_owned()];
        args.envs = vec!["app.env".to_owned()];
        args.behavior = "merge".to_owned();
        let made = with_loader(|loader| config_map(&args, None, loader));
        let expected = "\
apiVersion: v1
binaryData:
  raw: |
    //////////////////////////////////////////////////////////////////////
    //
data:
  X: \"1\"
  \"Y\": \"\"
  app.ini: |
    a=1
    b=2
  plain: two words
  quoted: \"y\"
kind: ConfigMap
metadata:
  annotations:
    internal.config.kubernetes.io/generatorBehavior: merge
    internal.config.kubernetes.io/needsHashSuffix: enabled
  name: app
  namespace: web
";
        assert_eq!(written(made), expected);
    }

    #[test]
    fn a_secret_is_encoded_and_has_a_type() {
        let mut of = SecretArgs {
            args: args("7", &["a='x'"]),
            secret_type: String::new(),
        };
        let made = with_loader(|loader| secret(&of, None, loader));
        let expected = "\
apiVersion: v1
data:
  a: eA==
kind: Secret
metadata:
  annotations:
    internal.config.kubernetes.io/generatorBehavior: unspecified
    internal.config.kubernetes.io/needsHashSuffix: enabled
  name: \"7\"
type: Opaque
";
        assert_eq!(written(made), expected);
        of.args.literals.clear();
        of.secret_type = "kubernetes.io/tls".to_owned();
        let made = written(with_loader(|loader| secret(&of, None, loader)));
        assert!(made.contains("\ndata: {}\n"), "{made}");
        assert!(made.ends_with("\ntype: kubernetes.io/tls\n"), "{made}");
    }

    #[test]
    fn own_options_win_over_those_for_all() {
        let of_all = GeneratorOptions {
            labels: texts(&[("a", "all"), ("b", "all")]),
            annotations: texts(&[("note", "12")]),
            disable_name_suffix_hash: false,
            immutable: true,
        };
        let mut args = args("app", &[]);
        args.options = Some(GeneratorOptions {
            labels: texts(&[("a", "own")]),
            disable_name_suffix_hash: true,
            ..GeneratorOptions::default()
        });
        let made = with_loader(|loader| config_map(&args, Some(&of_all), loader));
        let expected = "\
apiVersion: v1
immutable: true
kind: ConfigMap
metadata:
  annotations:
    internal.config.kubernetes.io/generatorBehavior: unspecified
    note: \"12\"
  labels:
    a: own
    b: all
  name: app
";
        assert_eq!(written(made), expected);
    }

    #[test]
    fn what_cannot_be_made_is_named() {
        with_loader(|loader| {
            let told = |args: &GeneratorArgs| written(config_map(args, None, loader));
            assert_eq!(
                told(&args("", &[])),
                "a generated ConfigMap must have a name; give its generator one"
            );
            assert_eq!(
                told(&args("app", &["a=1", "b=2", "a=3"])),
                "the generated ConfigMap app illegally repeats the key `a`; remove one of the two"
            );
            let error = config_map(&args("app", &["a"]), None, loader).unwrap_err();
            assert_eq!(
                error.to_string(),
                "loading the data of the generated ConfigMap app"
            );
        });
    }
}
