//! Any bytes as a file: xls, xlsx, xlsb, ods or nothing of the kind.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    ntm_fuzz::guarded(|| {
        let _ = ntm::read::workbook(&"tep".into(), bytes);
    });
});
