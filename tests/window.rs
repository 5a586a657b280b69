//! The window, opened for real: menu, three turns by mouse, saved, loaded. Needs a display, or `Xvfb` to make one.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use angelfire::{
    content::Catalog,
    war::{record, store},
};

/// A machine that draws without a graphics card is slow.
const PATIENCE: Duration = Duration::from_secs(600);

/// Ends a process of ours whatever becomes of the test.
struct Own(Child);

impl Drop for Own {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A display: the one there is, else one of our own.
fn display() -> (String, Option<Own>) {
    if let Ok(named) = std::env::var("DISPLAY")
        && !named.is_empty()
    {
        return (named, None);
    }
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
    (format!(":{}", number.trim()), Some(own))
}

fn play(folder: &Path, script: &str) -> std::process::ExitStatus {
    let (display, _own) = display();
    let path = folder.join("script.txt");
    fs::write(&path, script).expect("the script is written");
    let child = Command::new(env!("CARGO_BIN_EXE_angelfire"))
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

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("window")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder is made");
    folder
}

#[test]
fn three_turns_by_mouse_saved_and_loaded() {
    let folder = folder("war");
    let shot = |name: &str| format!("shot {}\n", folder.join(name).display());
    let mut script = String::from("await Begin\nsettle\n");
    script += &shot("menu.png");
    script += "click Begin\nawait END TURN\n";
    script +=
        "click First Draconis Battlefleet\nawait Halt\nright map:a1\nawait take back 0\nsettle\n";
    script += &shot("turn-1.png");
    script += "click END TURN\nawait turn 2\nclick END TURN\nawait turn 3\nclick END TURN\nawait turn 4\nsettle\n";
    script += &shot("turn-4.png");
    script += "click Save\nawait Write\nclick Write\nawait Menu\nclick Menu\nawait Continue\nsettle\n";
    script += &shot("menu-again.png");
    script += "click mw-concordat-1-turn-04\nawait turn 4\nsettle\n";
    script += &shot("loaded.png");
    script += "quit\n";
    assert!(play(&folder, &script).success());

    let path = folder
        .join("wars")
        .join(format!("mw-concordat-1-turn-04{}", store::SUFFIX));
    let reading = store::read(&path).expect("the war was saved");
    let catalog = Arc::new(Catalog::shipped());
    let proof = record::verify(&catalog, &reading).expect("the record can be proved");
    assert!(proof.holds(), "{proof:?}");
    let saved = store::load(&path).expect("its checksum holds");
    assert_eq!(
        saved.length(),
        3,
        "the turn about to be planned is the fourth"
    );
    assert!(
        saved.turns.iter().any(|turn| !turn.orders.is_empty()),
        "the mouse gave an order"
    );
    for name in [
        "menu.png",
        "turn-1.png",
        "turn-4.png",
        "menu-again.png",
        "loaded.png",
    ] {
        assert!(folder.join(name).is_file(), "{name}");
    }
}

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
