//! Texts that ask too much of the tree of nodes: each ends in an error, or within bounds.

use std::time::{Duration, Instant};
use yaml::{Limits, Node, Problem, ReadError};
use yaml::{read_node, read_node_with_comments, write_node};

fn fails(text: &str) -> ReadError {
    let error = read_node(text, &Limits::default());
    error.expect_err("because the text is refused")
}

fn root(text: &str) -> Node {
    let node = read_node(text, &Limits::default()).expect("it is within limits");
    node.expect("it says something")
}

/// Far more than any of these takes, far less than what is not bounded would.
fn in_time<T>(work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    assert!(start.elapsed() < Duration::from_secs(60));
    done
}

#[test]
fn a_bomb_of_aliases_is_refused() {
    let mut text = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for number in 1..12 {
        let alias = format!("*a{}", number - 1);
        let aliases = [&*alias; 9].join(", ");
        text.push_str(&format!("a{number}: &a{number} [{aliases}]\n"));
    }
    assert_eq!(fails(&text).problem, Problem::ExcessiveAliasing);
}

#[test]
fn a_bomb_of_merges_is_refused() {
    let keys: String = (0..2000)
        .map(|number| format!("  k{number}: v\n"))
        .collect();
    let uses: String = (0..2000)
        .map(|number| format!("u{number}:\n  <<: *b\n"))
        .collect();
    let text = format!("b: &b\n{keys}{uses}");
    assert_eq!(in_time(|| fails(&text)).problem, Problem::ExcessiveAliasing);
    let many = vec!["*b"; 2000].join(", ");
    let text = format!("b: &b\n{keys}u:\n  <<: [{many}]\n");
    assert_eq!(in_time(|| fails(&text)).problem, Problem::ExcessiveAliasing);
}

#[test]
fn a_bomb_of_anchors_within_anchors_is_refused() {
    let (mut open, mut aliases) = (String::new(), String::new());
    for number in 0..400 {
        open.push_str(&format!("&a{number} ["));
        aliases.push_str(&format!(", *a{number}"));
    }
    let inside = vec!["x"; 10_000].join(", ");
    let text = format!("[{open}{inside}{}{aliases}]\n", "]".repeat(400));
    assert_eq!(in_time(|| fails(&text)).problem, Problem::ExcessiveAliasing);
}

#[test]
fn a_bomb_of_text_is_refused() {
    let long = "x".repeat(1 << 20);
    let text = format!("a: &a {long}\nb: [{}]\n", vec!["*a"; 100].join(", "));
    let limit = 64 << 20;
    assert_eq!(fails(&text).problem, Problem::AliasedTooMuch { limit });
}

#[test]
fn an_anchor_in_itself_is_refused() {
    for text in [
        "a: &x {b: *x}\n",
        "a: &x [*x]\n",
        "a: &x\n  b: &y {c: *x}\n  d: *y\n",
        "&x a: {b: &y [*y]}\n",
    ] {
        let problem = fails(text).problem;
        assert!(matches!(problem, Problem::AnchorInItself(_)), "{problem}");
    }
}

#[test]
fn deep_nesting_is_refused_in_every_form() {
    for open in ["[", "{\"a\":", "- ", "? "] {
        let error = in_time(|| fails(&open.repeat(100_000)));
        assert_eq!(error.problem, Problem::TooDeep { limit: 512 });
    }
    let limits = Limits {
        depth: 30,
        ..Limits::default()
    };
    let mut text = String::from("- &a0 [x]\n");
    for number in 1..40 {
        text.push_str(&format!("- &a{number} [*a{}]\n", number - 1));
    }
    let error = read_node(&text, &limits).unwrap_err();
    assert_eq!(error.problem, Problem::TooDeep { limit: 30 });
}

#[test]
fn what_is_as_deep_as_a_limit_can_be_fits_the_stack() {
    let limits = Limits {
        depth: usize::MAX,
        ..Limits::default()
    };
    let depth = Limits::DEEPEST;
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("{a: &x {b: 1}, c: [*x, ", "]}")] {
        let levels = depth / open.matches(['[', '{']).count().min(2) - 2;
        let text = format!("{}1{}", open.repeat(levels), close.repeat(levels));
        let node = read_node(&text, &limits).unwrap().unwrap();
        let value = node.to_value().unwrap();
        assert_eq!(Node::from_value(&value).to_value(), Ok(value));
        let written = write_node(&node.clone());
        assert_eq!(read_node(&written, &limits).unwrap().as_ref(), Some(&node));
        assert!(read_node_with_comments(&text, &limits).is_ok());
    }
}

#[test]
fn only_the_first_of_many_documents_is_read() {
    let text = "a: b\n---\n".repeat(100_000);
    assert_eq!(in_time(|| root(&text)).get("a").map(Node::text), Some("b"));
}

#[test]
fn huge_scalars_and_mappings_are_read_and_written() {
    let long = "word ".repeat(1 << 20);
    let text = format!("a: {long}\nb: |\n  {long}x\nc: \"{long}\"\n");
    let node = in_time(|| root(&text));
    assert_eq!(
        node.get("a").map(|node| node.text().len()),
        Some(long.len() - 1)
    );
    let many: String = (0..200_000)
        .map(|number| format!("k{number}: v\n"))
        .collect();
    let node = in_time(|| root(&many));
    assert_eq!(in_time(|| write_node(&node)), many);
    assert!(in_time(|| node.to_value()).is_ok());
}

#[test]
fn comments_by_the_thousand_are_kept() {
    let text = format!(
        "{}a: 1 # line\n{}",
        "# head\n".repeat(100_000),
        "# foot\n".repeat(100_000)
    );
    let node = in_time(|| read_node_with_comments(&text, &Limits::default()));
    assert_eq!(write_node(&node.unwrap().unwrap()), text);
    let nested: String = (0..500)
        .map(|depth| format!("{}a:\n", " ".repeat(depth)))
        .collect();
    let text = format!("{nested}{}", "# foot\n\n".repeat(10_000));
    assert!(in_time(|| read_node_with_comments(&text, &Limits::default())).is_ok());
}

#[test]
fn a_value_that_is_none_says_where() {
    let error = |text: &str| root(text).to_value().unwrap_err();
    assert_eq!(
        error("a:\n  b: 1\n  c: 2\n  b: 3\n").to_string(),
        "line 4: mapping key \"b\" already defined at line 2"
    );
    assert_eq!(
        error("a:\n  b: !!int x\n").to_string(),
        "line 2: cannot decode !!str `x` as a !!int"
    );
    assert_eq!(
        error("a: .inf\n").to_string(),
        "line 1: unsupported value: +Inf"
    );
    assert_eq!(error("a:\n  1: b\n").line, 2);
    assert_eq!(error("- ? [a]\n  : b\n").line, 1);
}
