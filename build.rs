//! Takes the four faces of Liberation Serif out of `oxml-layout`, checks them, and lays them into `OUT_DIR`.
//!
//! The paper's layout is measured from exactly these faces: another version of them is an error here, not a paper that
//! looks a little different.
#![expect(clippy::disallowed_methods, reason = "a build script writes into OUT_DIR; `host` is for the program")]

use std::error::Error;
use std::path::Path;

use sha2::{Digest, Sha256};

/// The file of each face, as `src/render/pdf/fonts.rs` includes it, and the SHA-256 of its bytes.
const FACES: [(&str, &str); 4] = [
    ("serif-regular.ttf", "26cd653d3312cee66f1d4f2c1065ba2ad324abd411b298f771bf7057e213d723"),
    ("serif-bold.ttf", "7a68170c1129e294639770c83f79033baaa59e384d561e979bbfc5ce11fc9854"),
    ("serif-italic.ttf", "ac0d2e385900315fbe12e0a175b5e22c8e8340f500d8b1e9b0e99c5ac065a1eb"),
    ("serif-bold-italic.ttf", "78c2810297cd3d9adead7a2bc242b67a095576ae020f19373a8825e504f5c52d"),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let out_dir = std::env::var("OUT_DIR")?;
    let bundled: Vec<(String, &[u8])> = oxml_layout::bundled_fonts::bundled_font_data()
        .into_iter()
        .filter(|(family, _)| *family == "Liberation Serif")
        .map(|(_, bytes)| (hex(&Sha256::digest(bytes)), bytes))
        .collect();
    for (name, hash) in FACES {
        let (_, bytes) = bundled
            .iter()
            .find(|(found, _)| found == hash)
            .ok_or_else(|| format!("oxml-layout has no face {name} with SHA-256 {hash}"))?;
        std::fs::write(Path::new(&out_dir).join(name), bytes)?;
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
