//! Applications whose source is a chart: in a folder of a Git repository, or in a Helm repository.

use crate::chart_server::ChartServer;
use crate::scene::Scene;
use testbed::ControlPlane;

const CHART: &str = "apiVersion: v2\nname: web\nversion: 1.2.3\nkubeVersion: '>=1.20.0-0'\n";
const VALUES: &str = "color: blue\nsize: small\n";
const TEMPLATE: &str = "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-{{ .Chart.Name }}
data:
  color: {{ .Values.color }}
  size: {{ .Values.size }}
  version: {{ .Chart.Version }}
  kube: {{ .Capabilities.KubeVersion.Version }}
  deployments: {{ .Capabilities.APIVersions.Has \"apps/v1/Deployment\" | quote }}
  password: {{ randAlphaNum 16 }}
";

fn data(scene: &Scene<'_>, object: &str, namespace: &str, field: &str) -> String {
    let get = format!("get configmap {object} -n {namespace} -o jsonpath={{.data.{field}}}");
    scene.kubectl(&get).expect("it is there")
}

#[test]
fn a_chart_in_git_is_kept_with_the_applications_values() {
    let mut scene = Scene::new(ControlPlane::shared(), "chart");
    let target = scene.plane.namespace("chart-target");
    for (path, text) in [
        ("charts/web/Chart.yaml", CHART),
        ("charts/web/values.yaml", VALUES),
        ("charts/web/templates/settings.yaml", TEMPLATE),
        ("envs/prod.yaml", "size: large\n"),
    ] {
        scene.repository.write(path, text);
    }
    scene.repository.publish("first");
    let wishes = "path: charts/web, helm: {valueFiles: [/envs/*.yaml], \
                  parameters: [{name: color, value: green}]}}";
    let app = scene.automated("charted", "charts/web", &target);
    assert!(app.contains("path: charts/web}"));
    scene.apply(&app.replace("path: charts/web}", wishes));
    scene.start();
    scene.wait_synced("charted");
    let shown = |field: &str| data(&scene, "charted-web", &target, field);
    assert_eq!(
        (shown("color").as_str(), shown("size").as_str()),
        ("green", "large")
    );
    assert_eq!(shown("deployments"), "true");
    let server = scene
        .kubectl("version -o json")
        .expect("the server has a version");
    assert!(server.contains(&format!("\"{}", shown("kube"))), "{server}");
    assert_eq!(scene.app("charted")["status"]["sourceType"], "Helm");
    // What is drawn at random stays what it is as long as release and values do.
    let password = shown("password");
    assert_eq!(password.len(), 16);
    scene
        .repository
        .write("charts/web/notes.txt", "rendered anew\n");
    scene.repository.publish("noted");
    scene.refresh("charted");
    scene.wait_synced("charted");
    assert_eq!(shown("password"), password);
    scene.repository.write("envs/prod.yaml", "size: huge\n");
    scene.repository.publish("larger");
    scene.refresh("charted");
    scene.wait_synced("charted");
    assert_eq!(shown("size"), "huge");
}

#[test]
fn a_failing_template_is_told_in_helms_words_and_changes_nothing() {
    let mut scene = Scene::new(ControlPlane::shared(), "badchart");
    let target = scene.plane.namespace("badchart-target");
    scene.repository.write("web/Chart.yaml", CHART);
    scene.repository.write("web/values.yaml", VALUES);
    scene
        .repository
        .write("web/templates/settings.yaml", TEMPLATE);
    scene.repository.publish("first");
    scene.apply(&scene.automated("failing", "web", &target));
    scene.start();
    scene.wait_synced("failing");
    let template = TEMPLATE.replace(
        ".Values.color",
        "required \"a color is needed\" .Values.tint",
    );
    scene
        .repository
        .write("web/templates/settings.yaml", template);
    scene.repository.publish("broken");
    scene.refresh("failing");
    scene.wait_condition("failing", "ComparisonError", "a color is needed");
    assert_eq!(data(&scene, "failing-web", &target, "color"), "blue");
}

#[test]
fn a_chart_of_a_repository_follows_its_range() {
    let mut scene = Scene::new(ControlPlane::shared(), "charts");
    let target = scene.plane.namespace("charts-target");
    let files = [
        ("values.yaml", VALUES),
        ("templates/settings.yaml", TEMPLATE),
    ];
    let server = ChartServer::start();
    server.publish("web", "1.0.0", &files);
    server.publish("web", "2.0.0", &files);
    let app = scene.automated("ranged", "charts/web", &target);
    let (before, after) = app.split_once("source: {").expect("it has a source");
    let (_, after) = after.split_once('}').expect("it ends");
    let source = format!(
        "source: {{repoURL: '{}', chart: web, targetRevision: 1.x, helm: {{values: 'color: red'}}}}",
        server.url()
    );
    scene.apply(&format!("{before}{source}{after}"));
    scene.start();
    let at = |version: &str| {
        scene.wait(&format!("ranged stands at {version}"), || {
            let status = &scene.app("ranged")["status"];
            status["sync"]["revision"] == version && status["sync"]["status"] == "Synced"
        });
    };
    at("1.0.0");
    assert_eq!(data(&scene, "ranged-web", &target, "version"), "1.0.0");
    assert_eq!(data(&scene, "ranged-web", &target, "color"), "red");
    server.publish("web", "1.1.0", &files);
    // The index that was just read counts for some seconds more.
    scene.wait("the new version is found", || {
        scene.refresh("ranged");
        std::thread::sleep(std::time::Duration::from_millis(500));
        scene.app("ranged")["status"]["sync"]["revision"] == "1.1.0"
    });
    at("1.1.0");
    assert_eq!(data(&scene, "ranged-web", &target, "version"), "1.1.0");
}
