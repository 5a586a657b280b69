//! A war as large as the game promises to carry, all its names made up: 1,000 sectors, 10,000 forces, four sides. Written
//! as a mod, so that what is timed is what a player's own content would cost.

use std::{fmt::Write, fs, io, path::Path};

/// Id of its scenario.
pub const SCENARIO: &str = "thousand-places";
/// Columns and rows of sectors.
const SIZE: (usize, usize) = (40, 25);
/// Chart units between neighbours, about.
const STRIDE: i64 = 100;

/// A generator of our own: the same war on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// The side that holds a column and a row: four quarters of the chart.
fn side(column: usize, row: usize) -> usize {
    usize::from(column >= SIZE.0 / 2) + 2 * usize::from(row >= SIZE.1 / 2)
}

/// A word nobody has used: syllables by number.
fn word(mut number: usize) -> String {
    const PARTS: [&str; 16] = [
        "bal", "cor", "dun", "esh", "fal", "gri", "hol", "isk", "jor", "kel", "lom", "mur", "nes",
        "oth", "pel", "rud",
    ];
    let mut word = String::new();
    for _ in 0..3 {
        word.push_str(PARTS[number % 16]);
        number /= 16;
    }
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Writes the mod into a folder that can be given to `--mods`, with so many forces in each sector: 10 as promised.
///
/// # Errors
/// If it cannot be written.
pub fn write(folder: &Path, each: usize) -> io::Result<()> {
    let campaign = folder.join("scenarios").join("large");
    fs::create_dir_all(campaign.join("maps"))?;
    let about = format!(
        "(id: \"large\", version: \"1.0.0\", game: \"{}\")\n",
        env!("CARGO_PKG_VERSION")
    );
    fs::write(folder.join("mod.ron"), about)?;
    fs::write(
        campaign.join("campaign.ron"),
        "(id: \"large\", title: \"A thousand places\", summary: \"As large as it gets.\")\n",
    )?;
    fs::write(campaign.join("maps").join("plain.ron"), map())?;
    fs::write(campaign.join("thousand-places.ron"), scenario(each))
}

fn map() -> String {
    let mut dice = Dice(7);
    let mut text = String::from("(id:\"plain\",regions:[\n");
    for outer in 0..4 {
        let _ = writeln!(
            text,
            "(id:\"o{outer}\",name:\"{} Quarter\"),",
            word(900 + outer)
        );
        for inner in 0..12 {
            let name = word(100 + outer * 12 + inner);
            let _ = writeln!(
                text,
                "(id:\"o{outer}-{inner}\",name:\"{name} Reach\",within:\"o{outer}\"),"
            );
        }
    }
    text.push_str("],sectors:[\n");
    let mut at = Vec::new();
    for row in 0..SIZE.1 {
        for column in 0..SIZE.0 {
            let mut place = |n: usize| {
                i64::try_from(n).unwrap_or(0) * STRIDE + i64::try_from(dice.below(60)).unwrap_or(0)
            };
            let (x, y) = (place(column), place(row));
            at.push((x, y));
            let terrain = match dice.below(12) {
                0 => "shoal",
                1 => "well",
                2 => "storm",
                _ => "open",
            };
            let number = row * SIZE.0 + column;
            let region = format!(
                "o{}-{}",
                side(column, row),
                (column / 5 % 4) + 4 * (row / 5 % 3)
            );
            let name = word(number * 5 + 1);
            let _ = writeln!(
                text,
                "(id:\"s{number}\",name:\"{name}\",at:({x},{y}),region:\"{region}\",terrain:\"{terrain}\"),"
            );
        }
    }
    text.push_str("],lanes:[\n");
    for number in 0..at.len() {
        let (column, row) = (number % SIZE.0, number / SIZE.0);
        let right = column + 1 < SIZE.0;
        let down = row + 1 < SIZE.1 && (column % 7 == 0 || dice.below(4) > 0);
        for (there, other) in [(right, number + 1), (down, number + SIZE.0)] {
            if !there {
                continue;
            }
            let (dx, dy) = (at[number].0 - at[other].0, at[number].1 - at[other].1);
            let length = (dx * dx + dy * dy).isqrt() + 1;
            let kind = if dice.below(3) == 0 {
                "Route"
            } else {
                "Hyperlane"
            };
            let _ = writeln!(
                text,
                "(ends:(\"s{number}\",\"s{other}\"),kind:{kind},length:{length},capacity:200,terrain:\"open\"),"
            );
        }
    }
    text.push_str("])\n");
    text
}

fn scenario(each: usize) -> String {
    let mut dice = Dice(11);
    let mut text = String::from(
        "(id:\"thousand-places\",title:\"A thousand places\",summary:\"Four sides, ten thousand forces.\",\
         calendar:(start:(3000,1,1)),turns:20,map:\"plain\",sides:[\n",
    );
    let last = SIZE.0 * SIZE.1 - 1;
    let homes = [0, SIZE.0 - 1, last + 1 - SIZE.0, last];
    for (i, home) in homes.iter().enumerate() {
        let name = word(700 + i * 37);
        let _ = writeln!(text, "(id:\"side{i}\",name:\"{name}\",short:\"{name}\"),");
        let _ = home;
    }
    text.push_str("],seats:[\n");
    for (i, home) in homes.iter().enumerate() {
        let name = word(700 + i * 37);
        let _ = writeln!(
            text,
            "(id:\"seat{i}\",name:\"{name} command\",side:\"side{i}\",home:[\"s{home}\"]),"
        );
    }
    text.push_str("],factions:[\n");
    for i in 0..4 {
        let _ = writeln!(
            text,
            "(id:\"f{i}\",name:\"{} League\",seat:\"seat{i}\"),",
            word(700 + i * 37)
        );
    }
    text.push_str("],relations:[(between:(\"side0\",\"side1\"),hostile:false,shares_sensors:true)],owners:[\n");
    for i in 0..4 {
        let _ = writeln!(text, "(side:\"side{i}\",regions:[\"o{i}\"]),");
    }
    text.push_str("],sites:[\n");
    for number in (0..=last).step_by(6) {
        let owner = side(number % SIZE.0, number / SIZE.0);
        let kind = ["depot", "relay", "yard"][number / 6 % 3];
        let name = word(number + 2000);
        let _ = writeln!(
            text,
            "(id:\"site{number}\",name:\"{name}\",kind:\"{kind}\",sector:\"s{number}\",owner:\"side{owner}\"),"
        );
    }
    text.push_str("],forces:[\n");
    for number in 0..=last {
        let faction = side(number % SIZE.0, number / SIZE.0);
        for i in 0..each {
            let (class, most) = [
                ("frigate", 9),
                ("cruiser", 6),
                ("raider", 5),
                ("battleship", 3),
                ("tender", 2),
            ][usize::try_from(dice.below(5)).unwrap_or(0)];
            let hulls = 1 + dice.below(most);
            let force = number * each + i;
            let name = &word(force % 4096)[..6];
            let _ = writeln!(
                text,
                "(id:\"w{force}\",name:\"{name} {force}\",faction:\"f{faction}\",at:\"s{number}\",\
                 ships:{{\"{class}\":{hulls}}},stance:\"slip\",source:\"x\"),"
            );
        }
    }
    text.push_str(
        "],verdict:(side:\"side0\",against:\"side3\",terms:[(id:\"alive\",name:\"Ships in being\",\
         kind:If(when:Strength(\"side0\",1),points:100))],levels:[(winner:\"side3\",name:\"Lost\"),\
         (from:50,winner:\"side0\",name:\"Held\")]))\n",
    );
    text
}
