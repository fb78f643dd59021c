use crate::transform::reference_cases::check;

#[test]
fn whole_kustomizations() {
    check(include_str!("cases.txt"));
}
