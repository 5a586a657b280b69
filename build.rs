//! Lists the shipped content for `src/content/embed.rs`: every `.ron` and `.md` file of these folders with its
//! bytes. The folders themselves are watched, so that a new file is noticed.

use std::{env, fmt::Write as _, fs, io, path::Path};

const FOLDERS: [&str; 3] = ["assets", "scenarios", "seeds"];

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let mut files = Vec::new();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        collect(Path::new(&root), folder, &mut files)?;
    }
    files.sort();
    let mut list = String::from("&[\n");
    for file in &files {
        // From where the project lies when it is built, not from where this list was made.
        let path = format!("/{file}");
        let bytes = format!("include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))");
        writeln!(list, "    ({file:?}, {bytes}),").map_err(io::Error::other)?;
    }
    list.push_str("]\n");
    fs::write(Path::new(&out).join("shipped.rs"), list)
}

fn collect(root: &Path, folder: &str, files: &mut Vec<String>) -> io::Result<()> {
    let path = root.join(folder);
    if !path.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            println!("cargo::rerun-if-changed={name}");
            collect(root, &name, files)?;
        } else if name.ends_with(".ron") || name.ends_with(".md") {
            files.push(name);
        }
    }
    Ok(())
}
