//! The licences of all that is linked into the program, with their texts, as they ask to be given along.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

/// How the files begin that a crate's licence, or that of fonts in it, stands in.
const BEGINNINGS: [&str; 5] = ["license", "licence", "notice", "unlicense", "ofl"];

/// The crate whose fonts are embedded, though none of its code is linked.
const FONTS: &str = "oxml-layout";

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    repository: Option<String>,
    manifest_path: PathBuf,
}

#[derive(Deserialize)]
struct Resolve {
    root: String,
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dep>,
}

#[derive(Deserialize)]
struct Dep {
    pkg: String,
    dep_kinds: Vec<DepKind>,
}

#[derive(Deserialize)]
struct DepKind {
    kind: Option<String>,
}

/// The text of all notices for a system.
pub(crate) fn text(target: &str) -> Result<String, Box<dyn Error>> {
    let metadata = metadata(target)?;
    let linked = linked(&metadata);
    let mut out = String::from(
        "Chương trình ntm dùng các thư viện và phông chữ dưới đây, mỗi thứ theo giấy phép của nó.\n\
         ntm is built with the libraries and fonts below, each under its licence.\n\n",
    );
    // The same text stands in many crates: it is given once.
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in metadata.packages.iter().filter(|package| linked.contains(package.id.as_str())) {
        let name = format!("{} {}", package.name, package.version);
        let license = package.license.as_deref().unwrap_or("see its text");
        let _ = writeln!(out, "{name}: {license} ({})", package.repository.as_deref().unwrap_or("-"));
        for text in license_texts(&package.manifest_path)? {
            texts.entry(text).or_default().push(name.clone());
        }
    }
    for (text, names) in &texts {
        let _ = write!(out, "\n{}\n{}\n\n{}\n", "-".repeat(72), names.join(", "), text.trim_end());
    }
    Ok(out)
}

fn metadata(target: &str) -> Result<Metadata, Box<dyn Error>> {
    let arguments = ["metadata", "--format-version", "1", "--locked", "--filter-platform", target];
    let asked = Command::new(env!("CARGO")).args(arguments).output()?;
    if !asked.status.success() {
        return Err(String::from_utf8_lossy(&asked.stderr).into_owned().into());
    }
    Ok(serde_json::from_slice(&asked.stdout)?)
}

/// What is linked: all that the program needs when it runs, and the fonts.
fn linked(metadata: &Metadata) -> BTreeSet<&str> {
    let nodes: BTreeMap<&str, &Node> = metadata.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let mut linked = BTreeSet::new();
    let mut open = vec![metadata.resolve.root.as_str()];
    while let Some(id) = open.pop() {
        let Some(node) = nodes.get(id) else { continue };
        let needed = node.deps.iter().filter(|dep| dep.dep_kinds.iter().any(|kind| kind.kind.is_none()));
        open.extend(needed.map(|dep| dep.pkg.as_str()).filter(|pkg| linked.insert(*pkg)));
    }
    linked.extend(metadata.packages.iter().filter(|package| package.name == FONTS).map(|package| package.id.as_str()));
    linked
}

/// The texts beside a crate's manifest, and of the fonts below it.
fn license_texts(manifest: &Path) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let root = manifest.parent().ok_or("a manifest lies in a folder")?;
    let mut texts = BTreeSet::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
            if path.is_dir() {
                folders.push(path);
            } else if BEGINNINGS.iter().any(|beginning| name.starts_with(beginning)) && !name.ends_with(".rs") {
                texts.insert(String::from_utf8_lossy(&fs::read(&path)?).replace('\r', ""));
            }
        }
    }
    Ok(texts)
}
