//! What an editor asks, and the answers.

use std::rc::Rc;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionParams, CompletionTextEdit,
    DocumentSymbol, DocumentSymbolParams, Documentation, GotoDefinitionParams, Hover as Shown,
    HoverContents, HoverParams, InsertTextFormat, Location, MarkupContent, MarkupKind,
    SymbolInformation, SymbolKind, TextDocumentPositionParams, TextEdit, Uri,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    Server, actions,
    place::{Lines, address_of},
    wire::{Wrong, code},
};
use crate::content::{
    assist::{Assist, Offer, OfferKind, Symbol},
    pages,
};

impl Server {
    /// Answers what is asked once all has begun.
    pub(super) fn answer(&mut self, method: &str, params: Value) -> Result<Value, Wrong> {
        match method {
            "textDocument/completion" => {
                let asked: CompletionParams = read(params)?;
                self.offers(&asked.text_document_position)
            }
            "textDocument/hover" => {
                let asked: HoverParams = read(params)?;
                self.hover(&asked.text_document_position_params)
            }
            "textDocument/definition" => {
                let asked: GotoDefinitionParams = read(params)?;
                self.goal(&asked.text_document_position_params)
            }
            "textDocument/documentSymbol" => {
                let asked: DocumentSymbolParams = read(params)?;
                self.symbols(&asked.text_document.uri)
            }
            "textDocument/codeAction" => {
                let asked: lsp_types::CodeActionParams = read(params)?;
                // What was found in another text mends nothing in this one.
                self.look_now();
                let doc = self.docs.get(&asked.text_document.uri)?;
                written(actions::of(&self.docs, doc, &asked, self.can.columns))
            }
            _ => {
                let message = format!("`{method}` is not answered here");
                Err(Wrong::new(code::METHOD, message))
            }
        }
    }

    /// What helps with a file, once it is known what stands around it.
    fn ready(&mut self, address: &Uri) -> Rc<Assist> {
        let folder = self
            .docs
            .get(address)
            .ok()
            .and_then(|doc| doc.folder.as_ref());
        let own = folder.and_then(|folder| self.docs.mods.get(folder));
        if own.is_some_and(|own| own.around.is_empty()) {
            self.look_now();
        }
        self.assist()
    }

    fn offers(&mut self, asked: &TextDocumentPositionParams) -> Result<Value, Wrong> {
        let address = &asked.text_document.uri;
        let assist = self.ready(address);
        let page = self.docs.page(&assist, address)?;
        let lines = Lines::new(&self.docs.get(address)?.text, self.can.columns);
        let at = lines.byte(asked.position);
        let desk = assist.desk(&page, self.docs.around(address));
        let offers = desk.offers(at).into_iter().enumerate();
        let items = offers.map(|(index, offer)| self.item(&lines, index, offer));
        written(CompletionList {
            is_incomplete: false,
            items: items.collect(),
        })
    }

    fn item(&self, lines: &Lines<'_>, index: usize, offer: Offer) -> CompletionItem {
        let snippet = offer.snippet.filter(|_| self.can.snippets);
        let format = snippet.as_ref().map(|_| InsertTextFormat::SNIPPET);
        let edit = TextEdit {
            range: lines.range(offer.replace),
            new_text: snippet.unwrap_or(offer.insert),
        };
        CompletionItem {
            kind: Some(match offer.kind {
                OfferKind::Field => CompletionItemKind::FIELD,
                OfferKind::Variant => CompletionItemKind::ENUM_MEMBER,
                OfferKind::Key => CompletionItemKind::REFERENCE,
                OfferKind::Value => CompletionItemKind::VALUE,
                OfferKind::Shape => CompletionItemKind::SNIPPET,
                OfferKind::Step => CompletionItemKind::FOLDER,
            }),
            detail: (!offer.detail.is_empty()).then_some(offer.detail),
            documentation: (!offer.about.is_empty())
                .then(|| Documentation::MarkupContent(markdown(offer.about))),
            sort_text: Some(format!("{index:04}")),
            filter_text: Some(offer.label.clone()),
            preselect: offer.needed.then_some(index == 0),
            insert_text_format: format,
            text_edit: Some(CompletionTextEdit::Edit(edit)),
            label: offer.label,
            ..CompletionItem::default()
        }
    }

    fn hover(&mut self, asked: &TextDocumentPositionParams) -> Result<Value, Wrong> {
        let address = &asked.text_document.uri;
        let assist = self.ready(address);
        let page = self.docs.page(&assist, address)?;
        let doc = self.docs.get(address)?;
        let lines = Lines::new(&doc.text, self.can.columns);
        let at = lines.byte(asked.position);
        let found = assist.desk(&page, self.docs.around(address)).hover(at);
        let place = found.as_ref().map(|hover| lines.range(hover.place));
        let mut parts: Vec<String> = actions::kept(&self.docs, doc)
            .filter(|kept| {
                let range = kept.shown.range;
                kept.address == *address
                    && range.start <= asked.position
                    && asked.position <= range.end
            })
            .filter_map(|kept| pages::page(kept.code))
            .map(|page| format!("`{}`: {} {}", page.code, page.means, page.why))
            .collect();
        parts.dedup();
        parts.extend(found.map(|hover| hover.text));
        if parts.is_empty() {
            return Ok(Value::Null);
        }
        written(Shown {
            contents: HoverContents::Markup(markdown(parts.join("\n\n---\n\n"))),
            range: place,
        })
    }

    fn goal(&mut self, asked: &TextDocumentPositionParams) -> Result<Value, Wrong> {
        let address = &asked.text_document.uri;
        let assist = self.ready(address);
        let page = self.docs.page(&assist, address)?;
        let lines = Lines::new(&self.docs.get(address)?.text, self.can.columns);
        let at = lines.byte(asked.position);
        let goal = assist.desk(&page, self.docs.around(address)).goal(at);
        // What came with the game stands in no file.
        let place = goal.and_then(|goal| {
            let shown = goal.shown?;
            let path = std::path::Path::new(&shown);
            let same = Some(&shown) == page.shown.as_ref();
            let open = self.docs.of_path(path).map(|doc| doc.address.clone());
            let target = match same {
                true => address.clone(),
                false => open.or_else(|| address_of(path))?,
            };
            let range = Lines::new(&goal.text, self.can.columns).range(goal.id);
            Some(Location::new(target, range))
        });
        written(place)
    }

    fn symbols(&mut self, address: &Uri) -> Result<Value, Wrong> {
        let assist = self.ready(address);
        let page = self.docs.page(&assist, address)?;
        let lines = Lines::new(&self.docs.get(address)?.text, self.can.columns);
        let all = page.symbols();
        if self.can.tree {
            let tree: Vec<DocumentSymbol> = all.iter().map(|one| tree(&lines, one)).collect();
            return written(tree);
        }
        let mut flat = Vec::new();
        for symbol in &all {
            flat.push(line(&lines, address, symbol, None));
            let within = symbol.within.iter();
            flat.extend(within.map(|inner| line(&lines, address, inner, Some(&symbol.name))));
        }
        written(flat)
    }
}

fn kind_of(symbol: &Symbol) -> SymbolKind {
    match symbol.of.as_str() {
        "field" => SymbolKind::FIELD,
        "Event" => SymbolKind::EVENT,
        _ if symbol.within.is_empty() => SymbolKind::OBJECT,
        _ => SymbolKind::MODULE,
    }
}

#[expect(deprecated, reason = "the protocol's older field must be filled in")]
fn tree(lines: &Lines<'_>, symbol: &Symbol) -> DocumentSymbol {
    let within = symbol.within.iter().map(|inner| tree(lines, inner));
    DocumentSymbol {
        name: name(symbol),
        detail: Some(symbol.of.clone()),
        kind: kind_of(symbol),
        tags: None,
        deprecated: None,
        range: lines.range(symbol.whole),
        selection_range: lines.range(symbol.id),
        children: (!symbol.within.is_empty()).then(|| within.collect()),
    }
}

#[expect(deprecated, reason = "the protocol's older field must be filled in")]
fn line(
    lines: &Lines<'_>,
    address: &Uri,
    symbol: &Symbol,
    within: Option<&String>,
) -> SymbolInformation {
    SymbolInformation {
        name: name(symbol),
        kind: kind_of(symbol),
        tags: None,
        deprecated: None,
        location: Location::new(address.clone(), lines.range(symbol.whole)),
        container_name: within.cloned(),
    }
}

/// The protocol wants no empty name.
fn name(symbol: &Symbol) -> String {
    match symbol.name.trim().is_empty() {
        true => String::from("?"),
        false => symbol.name.clone(),
    }
}

fn markdown(value: String) -> MarkupContent {
    MarkupContent {
        kind: MarkupKind::Markdown,
        value,
    }
}

/// What is asked, if it is well formed.
pub(super) fn read<T: DeserializeOwned>(params: Value) -> Result<T, Wrong> {
    serde_json::from_value(params).map_err(|error| Wrong::new(code::PARAMS, error.to_string()))
}

pub(super) fn written(value: impl Serialize) -> Result<Value, Wrong> {
    serde_json::to_value(value).map_err(|error| Wrong::new(code::INTERNAL, error.to_string()))
}
