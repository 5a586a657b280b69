//! `lsp`: a server for editors, over standard input and output, as the Language Server Protocol has it.
//!
//! One thread reads messages, one answers them; a mod is checked when nothing has been said for a moment.

mod actions;
mod answer;
mod check;
mod docs;
mod place;
mod wire;

use std::{
    collections::BTreeSet,
    io::{self, BufReader, IsTerminal},
    panic::{self, AssertUnwindSafe},
    path::PathBuf,
    rc::Rc,
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    InitializeParams, PositionEncodingKind, Uri,
};
use serde_json::{Value, json};

use self::{
    answer::read,
    check::Look,
    docs::Docs,
    place::Columns,
    wire::{Wrong, code, notice},
};
use super::{
    Common,
    out::{Done, Failure, Out},
};
use crate::content::assist::Assist;

/// Help editors with content: what may be written, what it means, what is wrong; over standard input and output
#[derive(clap::Args, Debug)]
#[command(after_help = "\
An editor starts this by itself; `angelfire reference guide` tells how Neovim, Helix, VS Code and Emacs are set up. It
speaks the Language Server Protocol: completion, hover, definitions, symbols, problems as `angelfire check` tells them, and
what mends them. Files that are open count as they are in the editor. It ends with 0 after `shutdown` and `exit`, and with
1 where it is left without.")]
pub struct Args {}

/// Nothing has been said for so long: it is looked what is wrong.
const QUIET: Duration = Duration::from_millis(200);
/// However much is said, it is looked after so long.
const LATEST: Duration = Duration::from_millis(1_500);
/// Messages that are read ahead.
const AHEAD: usize = 64;

pub fn run(out: &mut Out, common: &Common, _: Args) -> Result<Done, Failure> {
    if io::stdin().is_terminal() {
        out.warn("an editor starts this and speaks to it; `angelfire lsp --help` says more");
    }
    let (sender, receiver) = mpsc::sync_channel(AHEAD);
    thread::spawn(move || {
        let mut input = BufReader::new(io::stdin());
        // What cannot be read any more is the end.
        while let Ok(Some(heard)) = wire::read(&mut input) {
            if sender.send(heard).is_err() {
                return;
            }
        }
    });
    let mut server = Server::new(common);
    let mut stdout = io::stdout().lock();
    loop {
        let heard = match server.due() {
            None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(wait) => receiver.recv_timeout(wait),
        };
        match heard {
            Ok(heard) => server.hear(heard),
            Err(RecvTimeoutError::Timeout) => server.look_now(),
            Err(RecvTimeoutError::Disconnected) => {
                return Ok(Done::if_true(server.stage == Stage::Over));
            }
        }
        for message in server.out.drain(..) {
            wire::write(&mut stdout, &message)?;
        }
        if let Some(good) = server.left {
            return Ok(Done::if_true(good));
        }
    }
}

/// How far the talk has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Before,
    Begun,
    Over,
}

/// What the editor can.
#[derive(Default)]
struct Can {
    columns: Columns,
    snippets: bool,
    /// Symbols within symbols.
    tree: bool,
    /// Tell which files have changed on the disk.
    watch: bool,
}

struct Server {
    common: Common,
    stage: Stage,
    /// Whether it has ended, and well.
    left: Option<bool>,
    can: Can,
    docs: Docs,
    assist: Option<Rc<Assist>>,
    /// What is to be looked at.
    mods: BTreeSet<PathBuf>,
    files: BTreeSet<String>,
    /// When it was first and last said that something is.
    since: Option<(Instant, Instant)>,
    /// What is to be sent.
    out: Vec<Value>,
}

impl Server {
    fn new(common: &Common) -> Self {
        Self {
            common: common.clone(),
            stage: Stage::Before,
            left: None,
            can: Can::default(),
            docs: Docs::default(),
            assist: None,
            mods: BTreeSet::new(),
            files: BTreeSet::new(),
            since: None,
            out: Vec::new(),
        }
    }

    /// All types and what came with the game, made when it is first asked for.
    fn assist(&mut self) -> Rc<Assist> {
        self.assist
            .get_or_insert_with(|| Rc::new(Assist::new()))
            .clone()
    }

    /// How long until it is looked what is wrong; none: there is nothing to be looked at.
    fn due(&self) -> Option<Duration> {
        let (first, last) = self.since?;
        let when = (last + QUIET).min(first + LATEST);
        Some(when.saturating_duration_since(Instant::now()))
    }

    fn hear(&mut self, heard: Result<Value, Wrong>) {
        let message = match heard {
            Ok(Value::Object(message)) => message,
            Ok(_) => {
                let wrong = Wrong::new(code::REQUEST, "a message is an object");
                return self.out.push(wire::answer(&Value::Null, Err(wrong)));
            }
            Err(wrong) => return self.out.push(wire::answer(&Value::Null, Err(wrong))),
        };
        let mut message = message;
        let params = message.remove("params").unwrap_or_default();
        let id = message.remove("id");
        let method = match message.remove("method") {
            Some(Value::String(method)) => method,
            // An answer: nothing that was asked needs one.
            None if message.contains_key("result") || message.contains_key("error") => return,
            _ => {
                let wrong = Wrong::new(code::REQUEST, "a message without a method");
                let id = id.filter(|id| id.is_string() || id.is_number());
                return self
                    .out
                    .push(wire::answer(&id.unwrap_or_default(), Err(wrong)));
            }
        };
        match id {
            Some(id) if id.is_string() || id.is_number() => {
                let result = self.caught(|server| server.request(&method, params));
                self.out.push(wire::answer(&id, result));
            }
            None => {
                let told = self.caught(|server| server.told(&method, params));
                if let Err(wrong) = told {
                    self.log(&format!("{method}: {}", wrong.message));
                }
            }
            Some(_) => {
                let wrong = Wrong::new(code::REQUEST, "an id is a number or a text");
                self.out.push(wire::answer(&Value::Null, Err(wrong)));
            }
        }
    }

    /// Done, or the reason why not: a panic is a bug, and no reason to leave the editor alone.
    fn caught<T>(&mut self, act: impl FnOnce(&mut Self) -> Result<T, Wrong>) -> Result<T, Wrong> {
        let done = panic::catch_unwind(AssertUnwindSafe(|| act(self)));
        done.unwrap_or_else(|_| Err(Wrong::new(code::INTERNAL, "this is a bug of angelfire")))
    }

    fn log(&mut self, text: &str) {
        let params = json!({ "type": 2, "message": format!("angelfire: {text}") });
        self.out.push(notice("window/logMessage", params));
    }

    fn request(&mut self, method: &str, params: Value) -> Result<Value, Wrong> {
        match (self.stage, method) {
            (Stage::Before, "initialize") => self.begin(read(params)?),
            (Stage::Before, _) => Err(Wrong::new(code::BEFORE, "`initialize` comes first")),
            (Stage::Over, _) => Err(Wrong::new(code::REQUEST, "it was said to be over")),
            (Stage::Begun, "initialize") => Err(Wrong::new(code::REQUEST, "it has begun already")),
            (Stage::Begun, "shutdown") => {
                self.stage = Stage::Over;
                self.since = None;
                Ok(Value::Null)
            }
            (Stage::Begun, method) => self.answer(method, params),
        }
    }

    fn begin(&mut self, asked: InitializeParams) -> Result<Value, Wrong> {
        let can = asked.capabilities;
        let encodings = can.general.and_then(|general| general.position_encodings);
        let utf8 = encodings.is_some_and(|all| all.contains(&PositionEncodingKind::UTF8));
        self.can.columns = if utf8 { Columns::Utf8 } else { Columns::Utf16 };
        if let Some(text) = can.text_document {
            let item = text.completion.and_then(|c| c.completion_item);
            self.can.snippets = item.and_then(|i| i.snippet_support) == Some(true);
            let symbols = text.document_symbol;
            let tree = symbols.and_then(|s| s.hierarchical_document_symbol_support);
            self.can.tree = tree == Some(true);
        }
        let watch = can.workspace.and_then(|w| w.did_change_watched_files);
        self.can.watch = watch.and_then(|w| w.dynamic_registration) == Some(true);
        self.stage = Stage::Begun;
        Ok(json!({
            "capabilities": {
                "positionEncoding": if utf8 { "utf-8" } else { "utf-16" },
                "textDocumentSync": { "openClose": true, "change": 2, "save": {} },
                "completionProvider": { "triggerCharacters": ["\"", "(", "[", "{", "/", ":"] },
                "hoverProvider": true,
                "definitionProvider": true,
                "documentSymbolProvider": true,
                "codeActionProvider": {
                    "codeActionKinds": ["quickfix", "source.fixAll.angelfire"],
                },
            },
            "serverInfo": { "name": "angelfire", "version": env!("CARGO_PKG_VERSION") },
        }))
    }

    /// Takes note of something.
    fn told(&mut self, method: &str, params: Value) -> Result<(), Wrong> {
        if method == "exit" {
            self.left = Some(self.stage == Stage::Over);
            return Ok(());
        }
        if self.stage != Stage::Begun {
            return Ok(());
        }
        match method {
            "initialized" => self.watch(),
            "textDocument/didOpen" => {
                let told: DidOpenTextDocumentParams = read(params)?;
                let doc = told.text_document;
                self.docs.open(doc.uri.clone(), doc.text, doc.version)?;
                self.changed(&doc.uri);
            }
            "textDocument/didChange" => {
                let told: DidChangeTextDocumentParams = read(params)?;
                let (of, columns) = (told.text_document, self.can.columns);
                let doc = self.docs.get_mut(&of.uri);
                let doc = doc.ok_or_else(|| Wrong::new(code::PARAMS, "this file is not open"))?;
                doc.change(told.content_changes, of.version, columns);
                self.changed(&of.uri);
            }
            "textDocument/didClose" => {
                let told: DidCloseTextDocumentParams = read(params)?;
                self.close(&told.text_document.uri);
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => self.stirred(),
            _ => {}
        }
        Ok(())
    }

    /// Asks to be told which files change on the disk.
    fn watch(&mut self) {
        if !self.can.watch {
            return;
        }
        let watchers = json!({ "watchers": [{ "globPattern": "**/*.ron" }] });
        let method = "workspace/didChangeWatchedFiles";
        let one = json!({ "id": "files", "method": method, "registerOptions": watchers });
        let params = json!({ "registrations": [one] });
        self.out.push(json!({
            "jsonrpc": "2.0", "id": "files", "method": "client/registerCapability", "params": params,
        }));
    }

    /// A file is another than it was.
    fn changed(&mut self, address: &Uri) {
        let folder = self
            .docs
            .get(address)
            .ok()
            .and_then(|doc| doc.folder.clone());
        match folder {
            Some(folder) => self.mods.insert(folder),
            None => self.files.insert(address.as_str().to_owned()),
        };
        self.note();
    }

    fn close(&mut self, address: &Uri) {
        let Some(doc) = self.docs.close(address) else {
            return;
        };
        self.files.remove(address.as_str());
        match doc.folder {
            Some(folder) => {
                self.mods.insert(folder);
                self.note();
            }
            None => {
                let params = json!({ "uri": address, "diagnostics": [] });
                self.out
                    .push(notice("textDocument/publishDiagnostics", params));
            }
        }
    }

    /// Something on the disk has changed: which file belongs to what, and all mods, are looked at anew.
    fn stirred(&mut self) {
        self.docs.settle();
        for doc in self.docs.iter_mut() {
            doc.forget();
        }
        let open: Vec<Uri> = self.docs.iter().map(|doc| doc.address.clone()).collect();
        for address in open {
            self.changed(&address);
        }
    }

    fn note(&mut self) {
        let now = Instant::now();
        let first = self.since.map_or(now, |(first, _)| first);
        self.since = Some((first, now));
    }

    /// Looks what is wrong with all that has changed, and tells it.
    fn look_now(&mut self) {
        if self.since.take().is_none() {
            return;
        }
        let done = self.caught(|server| {
            server.look();
            Ok(())
        });
        if let Err(wrong) = done {
            self.log(&wrong.message);
        }
    }

    fn look(&mut self) {
        let (mods, files) = (
            std::mem::take(&mut self.mods),
            std::mem::take(&mut self.files),
        );
        let assist = self.assist();
        let mut look = Look {
            docs: &mut self.docs,
            common: &self.common,
            assist: &assist,
            columns: self.can.columns,
        };
        let mut problems = Vec::new();
        for folder in mods {
            match look.at_mod(&folder) {
                Ok(told) => self.out.extend(told),
                Err(problem) => problems.push(problem),
            }
        }
        for file in files {
            let address = file.parse::<Uri>().ok();
            self.out
                .extend(address.and_then(|address| look.at_file(&address)));
        }
        for problem in problems {
            self.log(&problem);
        }
    }
}
