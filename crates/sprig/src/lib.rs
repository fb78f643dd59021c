//! The functions of sprig 3: what Helm charts, ApplicationSets and notifications call.
//!
//! Comes in: values of templates. Goes out: values, or the errors Go's library gives, in its words.
//! [`functions`] has all of them but those that look at the machine (`env`, `expandenv`,
//! `getHostByName`). Time and randomness come from the [`Host`] the templates are executed with.
//! Source: Masterminds/sprig 3.3, `functions.go`.

mod arguments;
mod bounds;
mod cast;
pub mod crypto;
pub mod dates;
mod defaults;
mod dicts;
mod encoding;
mod host;
pub mod json;
mod letters;
mod lists;
mod numbers;
mod panics;
mod paths;
mod random;
mod reflection;
pub mod regex;
mod runes;
mod signature;
mod strings;
mod strval;
mod urls;
mod versions;

pub use crypto::KeyStore;
pub use host::{Clock, Host, Random};

use gotemplate::Functions;

/// All functions.
pub fn functions() -> Functions {
    let mut functions = Functions::default();
    let families = [
        crypto::add_to,
        dates::add_to,
        defaults::add_to,
        dicts::add_to,
        encoding::add_to,
        json::add_to,
        lists::add_to,
        numbers::add_to,
        paths::add_to,
        random::add_to,
        reflection::add_to,
        regex::add_to,
        strings::add_to,
        urls::add_to,
        versions::add_to,
    ];
    for add_to in families {
        add_to(&mut functions);
    }
    functions
}
