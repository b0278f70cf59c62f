//! Any bytes as a file: xls, xlsx, xlsb, ods or nothing of the kind.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    ntm_fuzz::guarded(|| {
        let read = ntm::read::workbook(&"tep".into(), bytes);
        assert!(!read.output.is_empty() || !read.diagnostics.is_empty(), "a file is read or said why not");
    });
});
