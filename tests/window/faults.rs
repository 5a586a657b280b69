//! No display, and one that goes away.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
};

use crate::desk::{Own, SCENARIO, SCREEN, folder, own_display, saved};

#[test]
fn a_lost_display_is_said_in_one_sentence() {
    let output = Command::new(env!("CARGO_BIN_EXE_angelfire"))
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .env_remove("DISPLAY")
        .output()
        .expect("the game starts");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("angelfire sim") && said.trim().lines().count() == 1,
        "{said}"
    );
}

#[test]
fn a_display_that_goes_away_takes_no_orders_along() {
    let _turn = SCREEN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let folder = folder("lost");
    let path = folder.join("script.txt");
    let script = "await END TURN\nclick First Draconis Battlefleet\nawait Halt\nclick Halt\n\
                  await take back 0\nsay ordered\nrest\n";
    fs::write(&path, script).expect("the script is written");
    let (display, own) = own_display();
    let child = Command::new(env!("CARGO_BIN_EXE_angelfire"))
        .args(["play", SCENARIO])
        .env("DISPLAY", display)
        .env_remove("WAYLAND_DISPLAY")
        .env("ANGELFIRE_DATA_DIR", &folder)
        .env("ANGELFIRE_WINDOW_SCRIPT", &path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the game starts");
    let mut game = Own(child);
    let output = game.0.stdout.take().expect("its output is piped");
    let mut said = String::new();
    BufReader::new(output)
        .read_line(&mut said)
        .expect("it says that it has ordered");
    assert_eq!(said.trim(), "ordered");
    drop(own);
    let mut errors = String::new();
    game.0
        .stderr
        .take()
        .expect("its errors are piped")
        .read_to_string(&mut errors)
        .expect("it ends");
    let status = game.0.wait().expect("the game can be asked");
    assert_eq!(status.code(), Some(1), "{errors}");
    let told: Vec<&str> = errors.lines().filter(|l| l.contains("was lost")).collect();
    assert_eq!(told.len(), 1, "{errors}");
    assert!(!errors.contains("panicked"), "{errors}");
    assert_eq!(saved(&folder, "mw-concordat-1").pending.len(), 1);
}
