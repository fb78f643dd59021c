//! What works without a cluster: definitions and rendering.

use crate::caretaker::{Output, offline};
use crate::golden::golden;
use std::path::Path;

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cli/fixtures")
        .join(name);
    path.display().to_string()
}

fn render(args: &[&str]) -> Output {
    let repository = fixture("repository");
    offline(&[&["render", "--repo", &repository], args].concat())
}

#[test]
fn definitions_are_printed_as_yaml_and_json() {
    let text = offline(&["crds"]).stdout;
    let documents = yaml::read_documents(text.as_bytes(), &yaml::Limits::default()).unwrap();
    let names: Vec<_> = documents
        .iter()
        .map(|doc| doc.value["metadata"]["name"].clone())
        .collect();
    assert_eq!(
        names,
        [
            "applications.argoproj.io",
            "appprojects.argoproj.io",
            "applicationsets.argoproj.io"
        ]
    );
    let json = offline(&["crds", "--output", "json"]).stdout;
    let list: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(list["items"][0], documents[0].value);
}

#[test]
fn a_folder_is_rendered_as_it_is() {
    let output = render(&["--path", "guestbook"]);
    assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{output:?}");
    golden("render-folder.txt", &output.stdout);
}

#[test]
fn a_namespace_is_given_to_those_that_name_none() {
    let output = render(&["--path", "guestbook", "--namespace", "shop"]);
    assert_eq!(output.code, 0, "{output:?}");
    golden(
        "render-namespace.txt",
        &(output.stdout + "--- stderr\n" + &output.stderr),
    );
}

#[test]
fn an_application_is_rendered_as_it_would_be_applied() {
    let output = render(&["--app", &fixture("application.yaml"), "--name", "guestbook"]);
    assert_eq!(output.code, 0, "{output:?}");
    golden(
        "render-application.txt",
        &(output.stdout + "--- stderr\n" + &output.stderr),
    );
}

#[test]
fn json_is_one_list() {
    let output = render(&["--path", "guestbook", "-o", "json"]);
    let list: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(list["kind"], "List");
    assert!(
        list["items"]
            .as_array()
            .is_some_and(|items| !items.is_empty())
    );
}

#[test]
fn errors_say_what_is_wrong_and_what_to_do() {
    let file = fixture("application.yaml");
    for (args, code, words) in [
        (vec!["--path", "nowhere"], 6, "nowhere"),
        (
            vec!["--app", &file],
            2,
            "choose one with --name: guestbook, broken",
        ),
        (
            vec!["--app", &file, "--name", "guestbok"],
            2,
            "did you mean guestbook?",
        ),
        (vec!["--app", &file, "--name", "broken"], 2, "is wrong"),
        (vec!["--app", "/nowhere.yaml"], 2, "/nowhere.yaml"),
    ] {
        let output = render(&args);
        assert_eq!(output.code, code, "{args:?}: {output:?}");
        assert!(
            output.stderr.contains(words) && output.stdout.is_empty(),
            "{args:?}: {output:?}"
        );
    }
    let output = offline(&["render", "--repo", "/nowhere"]);
    assert_eq!(output.code, 2, "{output:?}");
}
