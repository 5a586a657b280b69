//! Records on disk.

use std::{
    env, fs,
    path::PathBuf,
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use angelfire::war::store::{Held, StoreError, load, save};

use super::{FINISHED, TEXT};

/// A folder of its own for each test, gone afterwards.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("angelfire-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn saved_and_loaded() {
    let folder = Folder::new("saved");
    let path = folder.file("a.angelfire.ron");
    save(&path, &FINISHED).expect("saved");
    let loaded = load(&path).expect("loaded");
    assert_eq!(loaded.turns, FINISHED.turns);
    assert_eq!(fs::read_to_string(&path).expect("text"), *TEXT);
}

#[test]
fn a_failed_save_keeps_the_old_one() {
    let folder = Folder::new("failed");
    assert!(matches!(
        save(&folder.file("no/such/folder.angelfire.ron"), &FINISHED),
        Err(StoreError::Write { .. })
    ));
    // A folder stands where the record should: nothing is lost.
    let path = folder.file("a.angelfire.ron");
    fs::create_dir(&path).expect("a folder");
    fs::write(path.join("b"), "kept").expect("written");
    assert!(save(&path, &FINISHED).is_err());
    assert_eq!(fs::read_to_string(path.join("b")).expect("text"), "kept");
}

#[test]
fn two_do_not_write_at_once() {
    let folder = Folder::new("locked");
    let path = folder.file("a.angelfire.ron");
    let held = Held::take(&path).expect("free");
    assert!(matches!(Held::take(&path), Err(StoreError::Locked(_))));
    drop(held);
    assert!(Held::take(&path).is_ok());
}

#[test]
fn a_lock_that_comes_and_goes_lets_in_one_at_a_time() {
    let folder = Folder::new("turns");
    let path = folder.file("a.angelfire.ron");
    let (inside, writes) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..100 {
                    // Whoever had no luck for two seconds may miss his turn.
                    let Ok(_held) = Held::take(&path) else {
                        continue;
                    };
                    assert!(!inside.swap(true, Ordering::SeqCst), "two hold it");
                    thread::yield_now();
                    inside.store(false, Ordering::SeqCst);
                    writes.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
    });
    assert!(writes.into_inner() > 100);
    if cfg!(unix) {
        assert!(!folder.file("a.angelfire.ron.lock").exists());
    }
}

#[test]
fn what_is_no_lock_is_left_alone() {
    let folder = Folder::new("foreign");
    let path = folder.file("a.angelfire.ron");
    let lock = folder.file("a.angelfire.ron.lock");
    fs::write(&lock, "mine").expect("written");
    let error = save(&path, &FINISHED).expect_err("it is not ours");
    assert!(matches!(error, StoreError::Lock { .. }));
    assert!(error.to_string().contains("is something else"), "{error}");
    assert_eq!(fs::read_to_string(&lock).expect("text"), "mine");
    fs::remove_file(&lock).expect("removed");
    fs::create_dir(&lock).expect("a folder");
    assert!(matches!(
        save(&path, &FINISHED),
        Err(StoreError::Lock { .. })
    ));
    assert!(lock.is_dir() && !path.exists());
    // One that a killed program left behind is used again.
    fs::remove_dir(&lock).expect("removed");
    fs::write(&lock, "").expect("written");
    save(&path, &FINISHED).expect("saved");
    assert_eq!(lock.exists(), !cfg!(unix));
}

#[test]
fn missing_and_foreign_files() {
    let folder = Folder::new("missing");
    assert!(matches!(
        load(&folder.file("none")),
        Err(StoreError::Read { .. })
    ));
    let path = folder.file("b.angelfire.ron");
    fs::write(&path, "(turns:").expect("written");
    assert!(matches!(load(&path), Err(StoreError::Record { .. })));
}

#[test]
fn killed_while_saving_a_good_save_is_always_there() {
    let folder = Folder::new("killed");
    let path = folder.file("a.angelfire.ron");
    save(&path, &FINISHED).expect("saved");
    let binary = env!("CARGO_BIN_EXE_angelfire");
    let source = folder.file("source.angelfire.ron");
    save(&source, &FINISHED).expect("saved");
    for n in 0..200_u64 {
        let mut child = Command::new(binary)
            .args(["record", "branch", "--turn", "9", "-q", "-o"])
            .args([&path, &source])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        // Not a wait for something to happen: the moment of the blow is the test.
        thread::sleep(Duration::from_micros(n * 1117 % 220_000));
        let _ = child.kill();
        let _ = child.wait();
        load(&path).expect("a good save");
    }
}
