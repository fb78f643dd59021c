//! Charts made to hurt end in an error, soon, on a small stack.

use crate::chain;
use flate2::{Compression, write::GzEncoder};
use gotemplate::{Map, Value};
use helm::chart::{Limits, LoadError, load, load_archive};
use helm::dependencies::process;
use helm::values::{Dialect, ValueFile, ValueInputs, coalesce, set};
use model::{MemoryTree, TreePath};
use std::io::Write;
use std::time::{Duration, Instant};

const CHART: &str = "apiVersion: v2\nname: a\nversion: 1.0.0\n";

/// Runs on a stack as small as a server's threads have, and expects an end within seconds.
fn soon<T: Send + 'static>(act: impl FnOnce() -> T + Send + 'static) -> T {
    let start = Instant::now();
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(act);
    let result = thread
        .expect("a thread starts")
        .join()
        .expect("nothing panics");
    assert!(
        start.elapsed() < Duration::from_secs(30),
        "took {:?}",
        start.elapsed()
    );
    result
}

fn archive(add: impl FnOnce(&mut tar::Builder<GzEncoder<Vec<u8>>>)) -> Vec<u8> {
    let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    add(&mut builder);
    let packed = builder.into_inner().and_then(GzEncoder::finish);
    packed.expect("memory can be written")
}

fn add(builder: &mut tar::Builder<GzEncoder<Vec<u8>>>, name: &str, data: &[u8]) {
    let mut header = tar::Header::new_gnu();
    header.set_size(data.len() as u64);
    header.set_mode(0o644);
    let added = builder.append_data(&mut header, name, data);
    added.expect("memory can be written");
}

/// Small enough to be met soon.
const SMALL: Limits = Limits {
    total_bytes: 1 << 20,
    file_bytes: 100 << 10,
    entries: 100,
    charts_deep: 8,
    folders_deep: 16,
};

fn refusal(bytes: &[u8]) -> String {
    let error = load_archive(bytes, &SMALL).expect_err("the archive is refused");
    chain(&error)
}

#[test]
fn a_bomb_of_files_ends_at_the_total() {
    let text = soon(|| {
        refusal(&archive(|builder| {
            add(builder, "a/Chart.yaml", CHART.as_bytes());
            let zeros = vec![0; 100 << 10];
            for index in 0..30 {
                add(builder, &format!("a/{index}"), &zeros);
            }
        }))
    });
    assert_eq!(
        text,
        "unable to load chart archive: decompressed chart is larger than the maximum size 1048576"
    );
}

#[test]
fn a_bomb_without_tar_ends() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..20 {
        encoder
            .write_all(&vec![0; 1 << 20])
            .expect("memory can be written");
    }
    let bytes = encoder.finish().expect("memory can be written");
    let text = soon(move || refusal(&bytes));
    assert!(text.starts_with("unable to load chart archive"), "{text}");
}

#[test]
fn archives_in_archives_share_one_total() {
    let bomb = archive(|builder| {
        let zeros = vec![0; 50 << 10];
        add(builder, "x/Chart.yaml", CHART.as_bytes());
        (0..5).for_each(|index| add(builder, &format!("x/{index}"), &zeros));
    });
    let bytes = archive(|builder| {
        add(builder, "a/Chart.yaml", CHART.as_bytes());
        (0..9).for_each(|index| add(builder, &format!("a/charts/{index}.tgz"), &bomb));
    });
    let error = soon(move || refusal(&bytes));
    assert!(
        error.ends_with("decompressed chart is larger than the maximum size 1048576"),
        "{error}"
    );
}

#[test]
fn charts_in_charts_end() {
    let bytes = (0..12).fold(Vec::new(), |inner, _| {
        archive(|builder| {
            add(builder, "a/Chart.yaml", CHART.as_bytes());
            if !inner.is_empty() {
                add(builder, "a/charts/a.tgz", &inner);
            }
        })
    });
    let error = soon(move || refusal(&bytes));
    assert!(error.ends_with("charts nest more than 8 deep"), "{error}");
}

#[test]
fn damaged_archives_are_refused() {
    let good = archive(|builder| add(builder, "a/Chart.yaml", CHART.as_bytes()));
    assert!(load_archive(&good, &Limits::default()).is_ok());
    for length in 0..good.len() - 20 {
        let cut = good[..length].to_vec();
        assert!(
            load_archive(&cut, &Limits::default()).is_err(),
            "cut at {length}"
        );
    }
    for at in 0..good.len() {
        let mut bytes = good.clone();
        bytes[at] ^= 0x55;
        // Either is fine, as long as it ends.
        let _ = load_archive(&bytes, &Limits::default());
    }
}

#[test]
fn too_many_files_are_refused() {
    let mut tree = MemoryTree::new();
    tree.write(&TreePath::parse("Chart.yaml").unwrap(), CHART.as_bytes());
    for index in 0..200 {
        let path = TreePath::parse(&format!("f/{index}")).unwrap();
        tree.write(&path, b"x");
    }
    let limits = Limits {
        entries: 100,
        ..Limits::default()
    };
    let error = load(&tree, &TreePath::root(), &limits).expect_err("it is refused");
    assert_eq!(
        error.to_string(),
        "the chart has more than 100 files and folders"
    );
}

#[test]
fn a_folder_that_contains_itself_ends() {
    let error = soon(|| {
        let mut tree = MemoryTree::of([("c/Chart.yaml", CHART), ("c/charts/x/y", "")]).unwrap();
        tree.link(&TreePath::parse("c/charts/x/self").unwrap(), "../..");
        tree.link(&TreePath::parse("c/charts/x/again").unwrap(), "../..");
        load(&tree, &TreePath::parse("c").unwrap(), &Limits::default())
    });
    let error = error.expect_err("it is refused");
    let ends = matches!(
        error,
        LoadError::Tree { .. } | LoadError::TooManyEntries(_) | LoadError::TooDeep { .. }
    );
    assert!(ends, "{error}");
}

#[test]
fn links_out_of_the_repository_are_refused() {
    for target in ["/etc/passwd", "../../secret"] {
        let mut tree = MemoryTree::of([("c/Chart.yaml", CHART)]).unwrap();
        tree.link(&TreePath::parse("c/values.yaml").unwrap(), target);
        let error = load(&tree, &TreePath::parse("c").unwrap(), &Limits::default());
        let error = chain(&error.expect_err("it is refused"));
        assert!(error.contains("outside the repository"), "{error}");
    }
}

#[test]
fn deep_values_end() {
    let deep = |depth: usize| "{a: ".repeat(depth) + "1" + &"}".repeat(depth);
    for (depth, fits) in [(400, true), (100_000, false)] {
        let text = deep(depth);
        let merged = soon(move || {
            let tree = MemoryTree::of([("Chart.yaml", CHART), ("values.yaml", "{a: {a: 1}}")]);
            let chart = load(&tree.unwrap(), &TreePath::root(), &Limits::default()).unwrap();
            let inputs = ValueInputs {
                files: vec![ValueFile::Text {
                    name: "v.yaml".into(),
                    bytes: text.into_bytes(),
                }],
                ..ValueInputs::default()
            };
            let values = inputs.merge().map_err(|error| chain(&error))?;
            let chart = process(&chart, &values, Dialect::V4, &mut Vec::new());
            let values = coalesce(&chart.unwrap(), &values, Dialect::V4, &mut Vec::new());
            values.map(drop).map_err(|error| chain(&error))
        });
        assert_eq!(merged.is_ok(), fits, "{merged:?}");
    }
}

#[test]
fn deep_and_long_arguments_end() {
    soon(|| {
        let values = Map::default();
        for argument in [
            format!("a{}=1", "[0]".repeat(100_000)),
            format!("a{}=1", "[0].a".repeat(100_000)),
            format!("a{}=1", ".a".repeat(100_000)),
        ] {
            assert!(set::parse(&argument, &values).is_err());
            assert!(set::parse_literal(&argument, &values).is_err());
        }
        let json = format!("a={}", "[".repeat(1_000_000));
        assert!(set::parse_json(&json, &values).is_err());
        assert!(set::parse("l[65536]=1", &values).is_ok());
        assert!(set::parse("l[65537]=1", &values).is_err());
        match values.get(b"l") {
            Some(Value::List(list)) => assert_eq!(list.items().len(), 65_537),
            other => panic!("no list: {other:?}"),
        }
    });
}

#[test]
fn a_chart_under_many_names_stays_small() {
    let names = (0..300).map(|index| format!("- {{name: x, version: '*', alias: x{index}}}\n"));
    let named = format!("{CHART}dependencies:\n{}", names.collect::<String>());
    let count = soon(move || {
        let inner = "name: x\nversion: 1.0.0\ndependencies: [{name: y, version: '*', alias: x}]\n";
        let files = [
            ("Chart.yaml", named.as_str()),
            ("charts/x/Chart.yaml", inner),
            ("charts/x/charts/y/Chart.yaml", "name: y\nversion: 1.0.0\n"),
        ];
        let tree = MemoryTree::of(files).unwrap();
        let chart = load(&tree, &TreePath::root(), &Limits::default()).unwrap();
        let chart = process(&chart, &Map::default(), Dialect::V4, &mut Vec::new()).unwrap();
        chart.dependencies.len()
    });
    assert_eq!(count, 300);
}

#[test]
fn a_value_that_gives_itself_to_tpl_ends() {
    let files = [
        ("Chart.yaml", CHART),
        ("values.yaml", "a: '{{ tpl .Values.a . }}'\n"),
        ("templates/t.yaml", "{{ tpl .Values.a . }}\n"),
    ];
    let tree = MemoryTree::of(files).expect("paths are good");
    let error = soon(move || {
        let chart = load(&tree, &TreePath::root(), &Limits::default()).expect("it loads");
        let rendered = helm::template(&helm::Request {
            chart: &chart,
            values: &ValueInputs::default(),
            release: helm::Release {
                name: "a",
                namespace: "default",
                revision: 1,
                is_upgrade: false,
            },
            capabilities: &Default::default(),
            options: &Default::default(),
            parsed: None,
            lookup: None,
        });
        rendered.err().map(|error| error.to_stderr())
    });
    let error = error.expect("it has no end");
    assert!(error.contains("nest more than 1000 deep"), "{error}");
    assert!(error.len() < 1 << 20, "{} bytes", error.len());
}
