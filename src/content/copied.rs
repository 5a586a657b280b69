//! A shipped scenario as the files of a mod, to be changed: comments and all, under an id of its own.

use super::SHIPPED;

/// The files of a mod that holds a copy of a shipped scenario. It stays in its campaign, whose maps and order of battle
/// it goes on using. None if no shipped scenario has this id.
pub fn copied(scenario: &str, id: &str, title: Option<&str>) -> Option<Vec<(String, String)>> {
    let named = format!("    id: \"{scenario}\",");
    let (path, text) = SHIPPED.iter().find_map(|(path, bytes)| {
        let text = std::str::from_utf8(bytes).ok()?;
        let first = text.lines().find(|line| line.starts_with("    id: "));
        // A scenario has turns; campaigns and maps have ids as well.
        let is_one = path.starts_with("scenarios/") && text.contains("\n    turns: ");
        (is_one && first == Some(named.as_str())).then_some((*path, text))
    })?;
    let (mut ided, mut titled) = (false, false);
    let mut shown = id.to_owned();
    let mut made = String::new();
    for line in text.lines() {
        if !ided && line == named {
            ided = true;
            made.push_str(&format!("    id: \"{id}\","));
        } else if !titled && line.starts_with("    title: ") {
            titled = true;
            let old = line
                .trim_start_matches("    title: \"")
                .trim_end_matches("\",");
            shown = title.map_or_else(|| format!("{old} (copy)"), str::to_owned);
            made.push_str(&match title {
                Some(title) => format!("    title: {title:?},"),
                None => format!("    title: \"{shown}\","),
            });
        } else {
            made.push_str(line);
        }
        made.push('\n');
    }
    let folder = path.rsplit_once('/')?.0;
    Some(vec![
        ("mod.ron".into(), super::generate::manifest(id, &shown)),
        (format!("{folder}/{id}.ron"), made),
    ])
}
