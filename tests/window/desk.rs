//! What the tests sit at: a display, a game with a folder of its own, what it saved.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Mutex,
    thread,
    time::{Duration, Instant},
};

use angelfire::{
    sim::order::Order,
    war::{Record, store},
};

/// What is played here.
pub const SCENARIO: &str = "mw-concordat";

/// The end of a turn in which something wants attention: that is shown first.
pub const END: &str = "click END TURN\nawait End turn all the same\nclick End turn all the same\n";

/// A machine that draws without a graphics card is slow.
const PATIENCE: Duration = Duration::from_secs(600);

/// One window at a time: two of them only make each other slow.
pub static SCREEN: Mutex<()> = Mutex::new(());

/// Ends a process of ours whatever becomes of the test.
pub struct Own(pub Child);

impl Drop for Own {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A display: the one there is, else one of our own.
pub fn display() -> (String, Option<Own>) {
    if let Ok(named) = std::env::var("DISPLAY")
        && !named.is_empty()
    {
        return (named, None);
    }
    let (name, own) = own_display();
    (name, Some(own))
}

/// A display of our own.
pub fn own_display() -> (String, Own) {
    let child = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1280x720x24"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("there is no DISPLAY, and Xvfb cannot be started");
    let mut own = Own(child);
    let mut number = String::new();
    let said = own.0.stdout.take().expect("its output is piped");
    BufReader::new(said)
        .read_line(&mut number)
        .expect("Xvfb names its display");
    (format!(":{}", number.trim()), own)
}

pub fn play(folder: &Path, arguments: &[&str], script: &str) -> std::process::ExitStatus {
    let _turn = SCREEN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let (display, _own) = display();
    let path = folder.join("script.txt");
    fs::write(&path, script).expect("the script is written");
    let child = Command::new(env!("CARGO_BIN_EXE_angelfire"))
        .args(arguments)
        .env("DISPLAY", display)
        .env_remove("WAYLAND_DISPLAY")
        .env("ANGELFIRE_DATA_DIR", folder)
        .env("ANGELFIRE_WINDOW_SCRIPT", &path)
        .spawn()
        .expect("the game starts");
    let mut game = Own(child);
    let begun = Instant::now();
    loop {
        if let Some(status) = game.0.try_wait().expect("the game can be asked") {
            return status;
        }
        assert!(
            begun.elapsed() < PATIENCE,
            "the script came to no end; pictures are in {}",
            folder.display()
        );
        thread::sleep(Duration::from_millis(100));
    }
}

pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("window")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder is made");
    folder
}

/// A war that was saved under this name.
pub fn saved(folder: &Path, name: &str) -> Record {
    let path = folder.join("wars").join(format!("{name}{}", store::SUFFIX));
    store::load(&path).unwrap_or_else(|error| panic!("{error}"))
}

/// Everything that was ordered in a turn, by whomever.
pub fn ordered(record: &Record, turn: usize) -> Vec<Order> {
    let seats = record.turns[turn - 1].orders.values();
    seats.flatten().map(|given| given.order.clone()).collect()
}

/// Lines of a script that move the pointer.
pub const MOUSE: [&str; 5] = ["click", "right", "drag", "beside", "wheel"];

/// Lines of a script that press keys.
pub const KEYS: [&str; 3] = ["key", "type", "walk"];

/// What the lines of a script do.
pub fn verbs(script: &str) -> Vec<&str> {
    let lines = script.lines().map(str::trim);
    lines.map(|l| l.split(' ').next().unwrap_or(l)).collect()
}

/// A script whose pictures go to a folder.
pub fn shots(script: &str, folder: &Path) -> String {
    script.replace("shot SHOTS/", &format!("shot {}/", folder.display()))
}
