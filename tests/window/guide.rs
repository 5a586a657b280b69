//! The guided war, begun from the menu by whoever is new: by mouse, and by keyboard, as its card says.

use crate::desk::{END, folder, play, saved};

/// The record that the guided war saves itself in.
const SAVED: &str = "lesson-0-lantern-1";

#[test]
fn the_first_days_as_the_guide_says_by_mouse() {
    let folder = folder("guide-mouse");
    let shot = |name: &str| format!("settle\nshot {}\n", folder.join(name).display());
    let mut script = String::from("await Begin the guided war\n");
    script += &shot("menu.png");
    script += "click Begin the guided war\nawait To the table\nclick To the table\n";
    script += "await END TURN\nreads step 1 of 28\nreads Look at what you have\n";
    script += &shot("first.png");
    script += "click Gun squadron\nreads Look at a place\nclick map:lantern\n";
    script += "reads Send eyes ahead\nclick Yachts\nawait Halt\nright map:crossing\n";
    script += "reads And the troops behind them\nclick Lantern column\nawait Halt\n";
    script += "right map:crossing\nreads step 5 of 28\n";
    // Put away and brought back.
    script += "click Hide\ngone Hide\nclick Guide\nawait Hide\nreads step 5 of 28\n";
    script += END;
    script += "await turn 2\nawait SKIP FILM\nclick SKIP FILM\nawait Watch the film\n";
    script += "reads Somebody stands there\nclick k1\nreads Around him\n";
    script += &shot("foe.png");
    script += "click Yachts\nawait Halt\nright map:reach-east\nclick Lantern column\nawait Halt\n";
    script += "right map:reach-east\nreads step 8 of 28\n";
    script += END;
    script += "await turn 3\nawait SKIP FILM\nclick SKIP FILM\nawait Watch the film\n";
    script += "reads What a report is worth\nclick Knowledge\nawait Read: next card\nclick Read: next card\nreads Both at once\n";
    script += &shot("know.png");
    script += "click Menu\nawait Continue\ngone Begin the guided war\nquit\n";
    assert!(play(&folder, &[], &script).success());
    assert_eq!(saved(&folder, SAVED).length(), 2);
}

#[test]
fn the_first_day_as_the_guide_says_by_keyboard() {
    let folder = folder("guide-keys");
    let mut script = String::from("await Begin the guided war\nkey F5\nawait To the table\n");
    script += "key Escape\nawait END TURN\nreads Look at what you have\n";
    script += "key Ctrl+f\nawait Leave (Esc)\ntype gun\nkey Enter\nreads Look at a place\n";
    script += "key Ctrl+f\nawait Leave (Esc)\ntype lantern\nkey Enter\n";
    script += "key F5\ngone Hide\nkey F5\nawait Hide\n";
    script += "key Escape\nkey Ctrl+f\nawait Leave (Esc)\ntype yachts\nkey Enter\nawait Halt\n";
    script += "key g\nawait Leave (Esc)\ntype crossing\nkey Enter\ngone Leave (Esc)\n";
    script += "key Space\nawait End turn all the same\nkey Space\nawait turn 2\nkey Escape\n";
    script += "await END TURN\nreads Somebody stands there\nclose\n";
    assert!(play(&folder, &[], &script).success());
    assert_eq!(saved(&folder, SAVED).length(), 1);
}
