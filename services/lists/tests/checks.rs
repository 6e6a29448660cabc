//! What the pure part holds to.

#[test]
fn what_a_decision_knows_of_the_lists_touches_neither_clock_nor_io_nor_chance() {
    kernel::checks::pure(env!("CARGO_MANIFEST_DIR"));
}
