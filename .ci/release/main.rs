//! `cargo run --example release`: one archive of the program for a system, with its licences, its README and a sample.
//!
//! Builds the binary unless it is given one, packs it, then unpacks the archive and runs the sample with what came out of
//! it, where this machine can run it. The same sources and binary give the same archive.
#![expect(clippy::disallowed_methods, reason = "a tool of the developers: `host` is for the program")]
#![expect(clippy::print_stdout, reason = "it says where the archive is")]

mod archive;
mod notices;

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use clap::Parser;
use sha2::{Digest, Sha256};

use archive::Member;

/// What goes in as it lies in the repository.
const SOURCES: [&str; 4] = ["LICENSE", "README.md", "samples", "templates"];

/// The exit code of a run that was done and left something to a person, as in the sample.
const NEEDS_A_PERSON: i32 = 1;

#[derive(Debug, Parser)]
struct Asked {
    /// The system, as Rust names it; this one where nothing is said
    #[arg(long)]
    target: Option<String>,
    /// A binary that was built already
    #[arg(long)]
    binary: Option<PathBuf>,
    /// Where the archive goes
    #[arg(long, default_value = "target/release-archives")]
    into: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let asked = Asked::parse();
    let host = host()?;
    let target = asked.target.clone().unwrap_or_else(|| host.clone());
    let name = if target.contains("windows") { "ntm.exe" } else { "ntm" };
    let binary = match asked.binary {
        Some(binary) => binary,
        None => build(asked.target.as_deref(), name)?,
    };
    let mut members = vec![Member { path: name.into(), bytes: fs::read(binary)?, is_program: true }];
    for path in sources()? {
        members.push(Member { bytes: fs::read(&path)?, path, is_program: false });
    }
    let text = notices::text(&target)?;
    members.push(Member { path: "GIAY-PHEP.txt".into(), bytes: text.into_bytes(), is_program: false });
    let folder = format!("ntm-{}-{target}", env!("CARGO_PKG_VERSION"));
    let bytes = archive::packed(&folder, members)?;
    if target == host {
        prove(&bytes, &folder, name)?;
    }
    fs::create_dir_all(&asked.into)?;
    let path = asked.into.join(format!("{folder}.zip"));
    fs::write(&path, &bytes)?;
    // In the form that `sha256sum --check` reads.
    let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    fs::write(path.with_extension("zip.sha256"), format!("{hash}  {folder}.zip\n"))?;
    println!("{}", path.display());
    Ok(())
}

/// Builds the program; for this system where no other is asked for, into the folder of `cargo build --release`, so that
/// what was built there is not built again.
fn build(target: Option<&str>, name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--release", "--locked", "--bin", "ntm"]);
    let mut folder = PathBuf::from("target");
    if let Some(target) = target {
        cargo.args(["--target", target]);
        folder.push(target);
    }
    if cargo.status()?.success() {
        Ok(folder.join("release").join(name))
    } else {
        Err("the binary does not build".into())
    }
}

/// The system that this machine is, as its compiler names it.
fn host() -> Result<String, Box<dyn Error>> {
    let about = Command::new("rustc").arg("-vV").output()?;
    let about = String::from_utf8(about.stdout)?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc does not name its host")?;
    Ok(host.to_owned())
}

/// The files that go in: those that are committed, so that nothing a run left in the sample goes with it.
fn sources() -> Result<Vec<String>, Box<dyn Error>> {
    let listed = Command::new("git").args(["ls-files", "-z", "--"]).args(SOURCES).output()?;
    let listed = String::from_utf8(listed.stdout)?;
    let paths: Vec<String> = listed.split_terminator('\0').map(str::to_owned).collect();
    if paths.is_empty() { Err("a release is made in a clone of the repository".into()) } else { Ok(paths) }
}

/// Unpacks the archive as the office does, and runs the sample with the program in it.
fn prove(bytes: &[u8], folder: &str, name: &str) -> Result<(), Box<dyn Error>> {
    let place = tempfile::tempdir()?;
    archive::unpack(bytes, place.path())?;
    let root = place.path().join(folder);
    let run = Command::new(root.join(name)).args(["run", "--quiet", "samples/binh-luc"]).current_dir(&root).output()?;
    let paper = root.join("samples/binh-luc/bao-cao/2023-04/Bao-cao-NTM-2023-04.pdf");
    if run.status.code() != Some(NEEDS_A_PERSON) || !paper.exists() {
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        return Err(format!("the sample does not run out of the archive ({}): {said}", run.status).into());
    }
    Ok(())
}
