//! `.gitmodules`: which folder is which other repository.
//!
//! Comes in: the file's text. Goes out: paths and URLs. Nothing else of it is heeded: it is written
//! by whoever can push, and Git's own settings in it (`update = !command`) have run programs before.

/// One submodule as declared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Declared {
    pub path: String,
    pub url: String,
}

/// Reads the declarations that have both a path and a URL. A line that makes no sense is passed over.
pub(crate) fn declared(text: &str) -> Vec<Declared> {
    let mut found = Vec::new();
    let (mut path, mut url) = (None, None);
    for line in text.lines().map(str::trim).chain(["[end]"]) {
        if line.starts_with('[') {
            if let (Some(path), Some(url)) = (path.take(), url.take()) {
                found.push(Declared { path, url });
            }
            (path, url) = (None, None);
        } else if let Some((key, value)) = line.split_once('=') {
            match key.trim().to_ascii_lowercase().as_str() {
                "path" => path = Some(unquoted(value)),
                "url" => url = Some(unquoted(value)),
                _ => {}
            }
        }
    }
    found
}

/// A value as Git's configuration writes it: quotes, escapes, comments.
fn unquoted(value: &str) -> String {
    let mut out = String::new();
    let mut quoted = false;
    let mut characters = value.trim().chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => quoted = !quoted,
            '\\' => match characters.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some(c) => out.push(c),
                None => {}
            },
            '#' | ';' if !quoted => break,
            c => out.push(c),
        }
    }
    match quoted || value.trim_end().ends_with('"') {
        true => out,
        false => out.trim_end().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_urls_are_read() {
        let text = "\
            # comment\n\
            [submodule \"lib\"]\n\
            \tpath = vendor/lib\n\
            \turl = ../lib.git ; here\n\
            \tupdate = !rm -rf /\n\
            [submodule \"no url\"]\n\
            path = x\n\
            [submodule \"quoted\"]\n\
            URL = \"https://h/a#b\"\n\
            Path = \"a \\\"b\\\"\"\n";
        let expected = [("vendor/lib", "../lib.git"), ("a \"b\"", "https://h/a#b")];
        let found = declared(text);
        let found: Vec<_> = found
            .iter()
            .map(|one| (one.path.as_str(), one.url.as_str()))
            .collect();
        assert_eq!(found, expected);
    }
}
