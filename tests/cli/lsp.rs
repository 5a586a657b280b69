//! `angelfire lsp` as an editor speaks to it: the real binary, over its standard input and output.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

use crate::war::Folder;

struct Editor {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    asked: u64,
    /// What was told meanwhile.
    told: Vec<Value>,
}

impl Editor {
    fn start(data: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_angelfire"))
            .arg("lsp")
            .env("ANGELFIRE_DATA_DIR", data)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let input = child.stdin.take().expect("piped");
        let output = BufReader::new(child.stdout.take().expect("piped"));
        let (asked, told) = (0, Vec::new());
        Self {
            child,
            input,
            output,
            asked,
            told,
        }
    }

    /// One that has said what it can.
    fn begun(data: &Path, can: Value) -> (Self, Value) {
        let mut editor = Self::start(data);
        let answer = editor.ask("initialize", json!({ "capabilities": can }));
        editor.tell("initialized", json!({}));
        (editor, answer["result"].clone())
    }

    fn raw(&mut self, body: &str) {
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("it reads");
        self.input.flush().expect("it reads");
    }

    fn tell(&mut self, method: &str, params: Value) {
        let message = json!({ "jsonrpc": "2.0", "method": method, "params": params });
        self.raw(&message.to_string());
    }

    /// Its next message.
    fn next(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.output.read_line(&mut line).expect("text");
            assert!(!line.is_empty(), "it has ended");
            match line.trim().split_once(": ") {
                Some(("Content-Length", number)) => length = number.parse().expect("a number"),
                _ => break,
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).expect("all of it");
        serde_json::from_slice(&body).expect("JSON")
    }

    /// What is answered; what is told meanwhile is kept.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        let message = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        self.raw(&message.to_string());
        self.answer(&json!(id))
    }

    fn answer(&mut self, id: &Value) -> Value {
        loop {
            let message = self.next();
            if message.get("method").is_none() && message["id"] == *id {
                return message;
            }
            self.told.push(message);
        }
    }

    /// What it says next is wrong with a file.
    fn problems(&mut self, file: &str) -> Vec<Value> {
        let is = |message: &Value| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == address(file)
        };
        loop {
            let message = match self.told.iter().position(is) {
                Some(index) => self.told.remove(index),
                None => self.next(),
            };
            if is(&message) {
                let list = message["params"]["diagnostics"].as_array();
                return list.expect("a list").clone();
            }
        }
    }

    /// So many problems are what it says of a file in the end.
    fn settles(&mut self, file: &str, count: usize) {
        while self.problems(file).len() != count {}
    }

    fn open(&mut self, file: &str, text: &str) {
        let doc = json!({ "uri": address(file), "languageId": "ron", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": doc }));
    }

    fn change(&mut self, file: &str, changes: Value) {
        let doc = json!({ "uri": address(file), "version": 2 });
        let params = json!({ "textDocument": doc, "contentChanges": changes });
        self.tell("textDocument/didChange", params);
    }

    /// What is asked of a place of a file.
    fn at(&mut self, what: &str, file: &str, line: usize, column: usize) -> Value {
        let position = json!({ "line": line, "character": column });
        let params = json!({ "textDocument": { "uri": address(file) }, "position": position });
        self.ask(&format!("textDocument/{what}"), params)["result"].clone()
    }

    fn labels(&mut self, file: &str, line: usize, column: usize) -> Vec<String> {
        let list = self.at("completion", file, line, column);
        let items = list["items"].as_array().expect("a list").iter();
        items
            .map(|item| item["label"].as_str().expect("text").to_owned())
            .collect()
    }

    fn end(mut self) -> i32 {
        drop(self.input);
        let mut rest = Vec::new();
        self.output.read_to_end(&mut rest).expect("it ends");
        let status = self.child.wait().expect("it ends");
        status.code().expect("by itself")
    }

    fn leave(mut self) -> i32 {
        assert_eq!(self.ask("shutdown", Value::Null)["result"], Value::Null);
        self.tell("exit", Value::Null);
        self.end()
    }
}

fn address(file: &str) -> String {
    format!("file://{file}")
}

/// A mod with a class of its own, and the path of a file of it.
fn a_mod(folder: &Folder) -> String {
    let top = folder.file("spice");
    fs::create_dir_all(top.join("rules")).expect("writable");
    let about = "(id: \"spice\", version: \"1.0.0\", game: \"0.1\")";
    fs::write(top.join("mod.ron"), about).expect("writable");
    let weapons = top.join("rules/weapons.ron");
    let gun = "[(id: \"own-gun\", name: \"Own gun\", trigger: Salvo, range: 100, accuracy: 500, falloff: 10, damage: (1, 2), tempo: 1000)]";
    fs::write(weapons, gun).expect("writable");
    top.join("rules/classes.ron")
        .to_str()
        .expect("text")
        .to_owned()
}

const CLASS: &str = "[\n  (id: \"runner\", name: \"Runner\", role: Screen, hull: 40, speed: 60,\n   weapons: {\"own-gun\": 1}),\n]\n";

#[test]
fn a_mod_is_written_with_help() {
    let folder = Folder::new("lsp");
    let file = a_mod(&folder);
    let data = folder.file("data");
    let can = json!({ "textDocument": {
        "completion": { "completionItem": { "snippetSupport": true } },
        "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
    } });
    let (mut editor, answer) = Editor::begun(&data, can);
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(answer["serverInfo"]["name"], "angelfire");
    // Never saved: what is open counts.
    let wrong = CLASS.replace("own-gun", "own-gum");
    editor.open(&file, &wrong);
    let problems = editor.problems(&file);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    let problem = &problems[0];
    assert_eq!(problem["code"], "unknown-id");
    assert_eq!(
        (&problem["severity"], &problem["source"]),
        (&json!(1), &json!("angelfire"))
    );
    assert_eq!(
        problem["range"],
        json!({
            "start": { "line": 2, "character": 13 }, "end": { "line": 2, "character": 22 },
        })
    );
    let message = problem["message"].as_str().expect("text");
    assert!(message.contains("own-gum") && message.contains("help: did you mean `own-gun`?"));
    // Its page is told where it is pointed at, and the fix is at hand.
    let hover = editor.at("hover", &file, 2, 15);
    assert!(
        hover["contents"]["value"]
            .as_str()
            .expect("text")
            .contains("`unknown-id`")
    );
    let actions = editor.ask(
        "textDocument/codeAction",
        json!({
            "textDocument": { "uri": address(&file) }, "range": problem["range"],
            "context": { "diagnostics": [problem], "only": ["quickfix"] },
        }),
    );
    let action = &actions["result"][0];
    assert_eq!(
        action["title"],
        "Write `\"own-gun\"` instead of `\"own-gum\"`"
    );
    let edit = &action["edit"]["changes"][address(&file)][0];
    assert_eq!(edit["newText"], "\"own-gun\"");
    editor.change(
        &file,
        json!([{ "range": edit["range"], "text": edit["newText"] }]),
    );
    editor.settles(&file, 0);
    // What may stand where something is begun.
    let begun = CLASS.replace(" hull: 40,", " hu");
    editor.change(&file, json!([{ "text": begun }]));
    let offers = editor.at("completion", &file, 1, 49);
    let first = &offers["items"][0];
    assert_eq!(first["label"], "hull", "{first:#}");
    assert_eq!(
        (&first["insertTextFormat"], &first["kind"]),
        (&json!(2), &json!(5))
    );
    assert!(
        first["textEdit"]["newText"]
            .as_str()
            .expect("text")
            .starts_with("hull: ${1:")
    );
    assert_eq!(
        first["textEdit"]["range"]["start"],
        json!({ "line": 1, "character": 47 })
    );
    assert!(
        !editor.labels(&file, 1, 49).contains(&String::from("role")),
        "it is there"
    );
    let guns = editor.labels(&file, 2, 15);
    assert!(
        guns.contains(&String::from("own-gun")) && guns.len() > 3,
        "{guns:?}"
    );
    // What is named, and where it stands.
    editor.change(&file, json!([{ "text": CLASS }]));
    let hover = editor.at("hover", &file, 2, 15);
    assert!(
        hover["contents"]["value"]
            .as_str()
            .expect("text")
            .contains("Own gun")
    );
    let goal = editor.at("definition", &file, 2, 15);
    assert_eq!(goal["uri"], address(&file).replace("classes", "weapons"));
    assert_eq!(goal["range"]["start"], json!({ "line": 0, "character": 6 }));
    let symbols = editor.ask(
        "textDocument/documentSymbol",
        json!({ "textDocument": { "uri": address(&file) } }),
    );
    assert_eq!(
        (
            &symbols["result"][0]["name"],
            &symbols["result"][0]["detail"]
        ),
        (&json!("runner"), &json!("Class"))
    );
    // Closed without being saved it is as it was: not there.
    editor.settles(&file, 0);
    editor.change(&file, json!([{ "text": wrong }]));
    editor.settles(&file, 1);
    editor.tell(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": address(&file) } }),
    );
    editor.settles(&file, 0);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn columns_are_counted_as_agreed_on_and_lines_end_as_they_do() {
    let folder = Folder::new("lsp-columns");
    let file = folder
        .file("classes.ron")
        .to_str()
        .expect("text")
        .to_owned();
    let text = "[\r\n(id: \"\u{fc}\u{1f600}\" name: 5)\r\n]";
    for (encodings, column) in [(json!(["utf-16"]), 10), (json!(["utf-32", "utf-8"]), 13)] {
        let can = json!({ "general": { "positionEncodings": encodings } });
        let (mut editor, answer) = Editor::begun(&folder.file("data"), can);
        let agreed = &answer["capabilities"]["positionEncoding"];
        assert_eq!(encodings.as_array().expect("a list").last(), Some(agreed));
        // A file of no mod: whether it can be read.
        editor.open(&file, text);
        let problems = editor.problems(&file);
        assert_eq!(problems.len(), 1, "{problems:#?}");
        assert_eq!(problems[0]["code"], "missing-comma");
        assert_eq!(
            problems[0]["range"]["start"],
            json!({ "line": 1, "character": column })
        );
        let put = json!({ "line": 1, "character": column });
        editor.change(
            &file,
            json!([{ "range": { "start": put, "end": put }, "text": "," }]),
        );
        editor.settles(&file, 0);
        assert!(editor.labels(&file, 1, 1).contains(&String::from("role")));
        assert_eq!(editor.leave(), 0);
    }
}

#[test]
fn whatever_is_said_has_an_answer() {
    let folder = Folder::new("lsp-hostile");
    let file = a_mod(&folder);
    let mut editor = Editor::start(&folder.file("data"));
    let early = editor.ask("textDocument/hover", json!({}));
    assert_eq!(early["error"]["code"], -32002);
    editor.tell("textDocument/didOpen", json!({ "nothing": 1 }));
    let wrong = editor.ask("initialize", json!({ "capabilities": 5 }));
    assert_eq!(wrong["error"]["code"], -32602);
    assert!(editor.ask("initialize", json!({ "capabilities": {} }))["result"].is_object());
    assert_eq!(
        editor.ask("initialize", json!({ "capabilities": {} }))["error"]["code"],
        -32600
    );
    for (body, code) in [
        ("{\"jsonrpc\": \"2.0\", \"id\": 5, \"meth", -32700),
        ("\u{fffd}", -32700),
        ("[1, 2]", -32600),
        ("{}", -32600),
        ("{\"id\": {}, \"method\": \"shutdown\"}", -32600),
    ] {
        editor.raw(body);
        assert_eq!(editor.answer(&Value::Null)["error"]["code"], code, "{body}");
    }
    let deep = "[".repeat(100_000);
    editor.raw(&deep);
    assert_eq!(editor.answer(&Value::Null)["error"]["code"], -32700);
    editor.raw("{\"id\": \"a word\", \"method\": \"workspace/nothing\"}");
    assert_eq!(editor.answer(&json!("a word"))["error"]["code"], -32601);
    // Files that are not open, places that are not there.
    let nowhere = json!({ "textDocument": { "uri": "file:///nowhere.ron" }, "position": { "line": 0, "character": 0 } });
    for what in ["completion", "hover", "definition", "documentSymbol"] {
        let said = editor.ask(&format!("textDocument/{what}"), nowhere.clone());
        assert_eq!(said["error"]["code"], -32602, "{what}");
        let said = editor.ask(&format!("textDocument/{what}"), json!([]));
        assert_eq!(said["error"]["code"], -32602, "{what}");
    }
    editor.change(&file, json!([{ "text": "early" }]));
    let texts = [
        CLASS,
        "",
        "[(((((",
        "[(weapons: {\"",
        "\u{feff}\u{0}\r\r\n[(id: \u{fc}",
    ];
    for text in texts {
        editor.open(&file, text);
        for (line, column) in [(0, 0), (1, 3), (2, 14), (4_000_000_000, 4_000_000_000)] {
            editor.at("completion", &file, line, column);
            editor.at("hover", &file, line, column);
            editor.at("definition", &file, line, column);
        }
        let (far, near) = (
            json!({ "line": 9, "character": 9 }),
            json!({ "line": 0, "character": 1 }),
        );
        let back = json!([{ "range": { "start": far, "end": near }, "text": "x" }]);
        editor.change(&file, back);
        editor.at("hover", &file, 0, 0);
        let place = json!({ "start": near, "end": far });
        let asked = json!({ "textDocument": { "uri": address(&file) }, "range": place, "context": { "diagnostics": [] } });
        assert!(editor.ask("textDocument/codeAction", asked)["result"].is_array());
    }
    // More than is read of a file, and more than is read of a message.
    editor.open(&file, &" ".repeat(5 << 20));
    while editor
        .problems(&file)
        .iter()
        .all(|p| p["code"] != "too-large")
    {}
    assert_eq!(editor.labels(&file, 0, 9), [""; 0]);
    let large = 40 << 20;
    write!(editor.input, "Content-Length: {large}\r\n\r\n").expect("it reads");
    editor
        .input
        .write_all(&vec![b' '; large])
        .expect("it reads");
    assert_eq!(editor.answer(&Value::Null)["error"]["code"], -32600);
    // Addresses that are no files, or none at all.
    for (address, good) in [("untitled:Untitled-1", true), ("file:///a%ZZ.ron", false)] {
        let text = "[(id: \"a\", hull: 1, ro";
        let doc = json!({ "uri": address, "languageId": "ron", "version": 1, "text": text });
        editor.tell("textDocument/didOpen", json!({ "textDocument": doc }));
        let place = json!({ "line": 0, "character": 22 });
        let asked = json!({ "textDocument": { "uri": address }, "position": place });
        let said = editor.ask("textDocument/completion", asked);
        let first = &said["result"]["items"][0];
        assert_eq!(first.is_object(), good, "{address}: {said}");
        assert_eq!(said["error"]["code"] == -32602, !good, "{address}: {said}");
    }
    assert!(editor.ask("shutdown", Value::Null)["error"].is_null());
    assert_eq!(
        editor.ask("textDocument/hover", nowhere)["error"]["code"],
        -32600
    );
    editor.tell("exit", Value::Null);
    assert_eq!(editor.end(), 0);
}

#[test]
fn it_ends_as_it_was_told_to() {
    let folder = Folder::new("lsp-ends");
    let data = folder.file("data");
    let (mut editor, _) = Editor::begun(&data, json!({}));
    editor.tell("exit", Value::Null);
    assert_eq!(editor.end(), 1, "without shutdown");
    let (editor, _) = Editor::begun(&data, json!({}));
    assert_eq!(editor.end(), 1, "left alone");
    let mut editor = Editor::start(&data);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.end(), 1, "before it began");
    let (mut editor, _) = Editor::begun(&data, json!({}));
    editor.ask("shutdown", Value::Null);
    assert_eq!(editor.end(), 0, "shut down, then left");
    let mut editor = Editor::start(&data);
    editor
        .input
        .write_all(b"no header at all\r\n\r\n")
        .expect("it reads");
    assert_eq!(editor.end(), 1);
}
