//! Broken files under `broken/`, each beside exactly what is said of it. With `UPDATE=1` in the
//! environment the answers are written instead of compared: read the difference before keeping it.

use std::{env, fs, path::Path};

use angelfire::{
    content::{Layer, LayerFile, MAX_FILE_BYTES, render_json, render_text},
    war::trial::check_layer,
};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/content/broken");

fn one(path: &str, bytes: Vec<u8>) -> Layer {
    Layer {
        name: "broken".into(),
        files: vec![LayerFile {
            path: path.into(),
            shown: path.into(),
            bytes,
        }],
        problem: None,
    }
}

/// What is said of a layer; panics if nothing is wrong with it.
fn said(layer: &Layer) -> String {
    let (sources, found) = check_layer(layer);
    assert!(
        !found.is_empty(),
        "{}: nothing is wrong",
        layer.files[0].path
    );
    let places = render_json(&sources, &found);
    assert_eq!(places.as_array().map(Vec::len), Some(found.len()));
    render_text(&sources, &found, false)
}

#[test]
fn every_problem_is_told_where_it_is() {
    let mut names: Vec<String> = fs::read_dir(FOLDER)
        .expect("the folder is in the project")
        .map(|entry| {
            entry
                .expect("readable")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| name.ends_with(".ron"))
        .collect();
    names.sort();
    assert!(names.len() >= 60, "only {} files", names.len());
    let mut differing = Vec::new();
    for name in names {
        let path = Path::new(FOLDER).join(&name);
        let said = said(&one(&name, fs::read(&path).expect("readable")));
        let beside = path.with_extension("txt");
        if env::var_os("UPDATE").is_some() {
            fs::write(&beside, said).expect("writable");
        } else if fs::read_to_string(&beside).ok().as_deref() != Some(&said) {
            differing.push(format!("--- {name}\n{said}"));
        }
    }
    assert!(
        differing.is_empty(),
        "not as expected:\n{}",
        differing.join("\n")
    );
}

#[test]
fn too_large_and_too_deep_and_too_many_are_told() {
    let large = one("stocks.ron", vec![b' '; MAX_FILE_BYTES + 1]);
    assert!(said(&large).contains("error[too-large]"));
    let deep = one("stocks.ron", "[".repeat(100_000).into_bytes());
    assert!(said(&deep).contains("error[too-deep]"), "{}", said(&deep));
    let many: String = (0..2_100)
        .map(|i| format!("(id:\"s{i}\",name:\"S\"),"))
        .collect();
    let many = one("stocks.ron", format!("[{many}]").into_bytes());
    assert!(said(&many).contains("error[too-many]"));
}

#[test]
fn no_truncation_of_a_shipped_file_goes_unnoticed_or_panics() {
    for shipped in Layer::shipped().files {
        // A campaign's file may stop early and still be whole; looks and texts are not content.
        let elsewhere = ["looks/", "text/", "seeds/"]
            .iter()
            .any(|f| shipped.path.contains(f));
        if elsewhere || shipped.path.ends_with("campaign.ron") {
            continue;
        }
        let step = shipped.bytes.len() / 12 + 1;
        for end in (0..shipped.bytes.len() - 3).step_by(step) {
            let path = shipped.path.clone();
            let name = path.strip_prefix("assets/").unwrap_or(&path);
            said(&one(name, shipped.bytes[..end].to_vec()));
        }
    }
}

#[test]
fn a_hostile_file_is_told_soon() {
    let unknown: String = (0..12_000)
        .map(|i| format!("(id:\"w{i}\",name:\"W\",otherwise:\"u{i}x{i}\",family:Attack),"))
        .collect();
    said(&one("stances.ron", format!("[{unknown}]").into_bytes()));
    let nest: String = (0..900)
        .map(|i| format!("(id:\"r{i}\",name:\"R\",within:\"r{}\"),", i + 1))
        .collect();
    let sectors: String = (0..4_000)
        .map(|i| format!("(id:\"s{i}\",name:\"S\",at:({i},0),region:\"r0\",terrain:\"t{i}\"),"))
        .collect();
    said(&one(
        "map.ron",
        format!("(id:\"m\",regions:[{nest}],sectors:[{sectors}])").into_bytes(),
    ));
    let all = format!("{}From(1){}", "All([".repeat(28), "])".repeat(28));
    let events: String = (0..1_900)
        .map(|i| format!("(id:\"e{i}\",when:{all},effects:[Arrive(\"x{i}\")]),"))
        .collect();
    let scenario = format!(
        "(id:\"s\",turns:1000,map:\"concordat\",events:[{events}],forces:[],seats:[],sides:[])"
    );
    said(&one("scenario.ron", scenario.into_bytes()));
}
