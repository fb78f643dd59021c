//! What is drawn: of the right shape, the same for the same seed, another for another.

use crate::run;
use regex::Regex;

#[test]
fn what_is_drawn_has_its_shape_and_follows_the_seed() {
    for (template, shape) in [
        ("{{ randAlphaNum 40 }}", "^[A-Za-z0-9]{40}$"),
        ("{{ randAlpha 40 }}", "^[A-Za-z]{40}$"),
        ("{{ randNumeric 40 }}", "^[0-9]{40}$"),
        ("{{ randAscii 40 }}", "^[ -~]{40}$"),
        ("{{ randBytes 20 }}", "^[A-Za-z0-9+/]{27}=$"),
        ("{{ randInt 100000 999999 }}", "^[1-9][0-9]{5}$"),
        ("{{ shuffle \"aaaaabbbbbcccccddddd\" }}", "^[abcd]{20}$"),
        (
            "{{ uuidv4 }}",
            "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
        ),
        (
            "{{ htpasswd \"me\" \"secret\" }}",
            r"^me:\$2a\$10\$[./A-Za-z0-9]{53}$",
        ),
        ("{{ encryptAES \"key\" \"text\" }}", "^[A-Za-z0-9+/]{43}=$"),
    ] {
        let drawn = run(template, "seed").unwrap();
        let shape = Regex::new(shape).unwrap();
        assert!(shape.is_match(&drawn), "{template} gave {drawn}");
        assert_eq!(run(template, "seed").unwrap(), drawn, "{template}");
        assert_ne!(run(template, "other").unwrap(), drawn, "{template}");
    }
}

#[test]
fn one_draw_is_not_like_the_next() {
    let drawn = run("{{ randAlphaNum 8 }} {{ randAlphaNum 8 }}", "seed").unwrap();
    let (first, second) = drawn.split_once(' ').unwrap();
    assert_ne!(first, second);
}

#[test]
fn what_was_encrypted_can_be_decrypted() {
    let template = "{{ range list \"\" \"a\" \"sixteen letters!\" \"much longer than that\" }}\
                    {{ . | encryptAES \"key\" | decryptAES \"key\" }},{{ end }}";
    let expected = ",a,sixteen letters!,much longer than that,";
    assert_eq!(run(template, "seed").unwrap(), expected);
}
