//! The modder's guide, followed into the window: what it says one presses is pressed, what it says one reads is read,
//! and what it saves in between is saved while the window is open.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::Stdio,
};

use crate::{
    desk::{Own, SCREEN, display, folder},
    fixture::{self, Act},
};

/// Does what a page asks for while a window is open.
fn work(top: &Path, typed: &str, acts: &[Act]) {
    let _turn = SCREEN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut script = String::new();
    for act in acts {
        script += &match act {
            Act::Press(button) => format!("await {button}\nclick {button}\n"),
            Act::Read(words) => format!("reads {words}\n"),
            Act::Save(path, _) => format!("say {path}\n"),
        };
    }
    let path = top.join("script.txt");
    fs::write(&path, script + "settle\nshot guide.png\nquit\n").expect("writable");
    let (display, _own) = display();
    let child = fixture::game(top, typed)
        .env("DISPLAY", display)
        .env_remove("WAYLAND_DISPLAY")
        .env("ANGELFIRE_WINDOW_SCRIPT", &path)
        .stdout(Stdio::piped())
        .spawn();
    let mut game = Own(child.expect("the game starts"));
    let output = game.0.stdout.take().expect("its output is piped");
    let mut said = BufReader::new(output).lines().map_while(Result::ok);
    for act in acts {
        if let Act::Save(path, text) = act {
            assert!(said.any(|line| line == *path), "it never came to {path}");
            fs::write(top.join(path), text).expect("writable");
        }
    }
    said.for_each(drop);
    let status = game.0.wait().expect("the game can be asked");
    assert!(status.success(), "see {}", top.display());
}

#[test]
fn the_guide_can_be_followed_into_the_window() {
    let top = folder("modders-guide");
    let page = angelfire::content::cookbook::guide();
    let mut windows = 0;
    fixture::follow(&top, page, |typed, acts| {
        work(&top, typed, acts);
        windows += 1;
    });
    assert_eq!(windows, 1);
}
