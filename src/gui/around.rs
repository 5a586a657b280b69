//! Around the war: the pages that lie over menu and table, the curtain between two people at one screen, and what is
//! set.

use std::{collections::BTreeSet, path::PathBuf};

use bevy_egui::egui::{self, CentralPanel, Context, FocusDirection, Panel, Ui, accesskit::Role};

use super::{
    Game, Page, Selection, UiAction, guide, history,
    keys::{self, Chord, Command},
    live,
    mark::{CutShort, Mark},
    panels::{
        against, ask, battles, briefing, chronicle, curtain, help, menu, mods,
        reference as reference_page, saves, settings as settings_page, theatre as theatre_page,
    },
    plans::Plans,
    plate::{Plate, Spec},
    reference,
    settings::Settings,
    shelf::{PutAway, Shelf},
    theatre, theme,
    tongue::languages,
};
use crate::content::{Key, Seat};

/// A page over menu or table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Leaf {
    /// What the war is about, before it and during it.
    Briefing,
    /// Saved wars.
    Saves,
    /// What is set.
    Settings,
    /// Keys, signs and the course of a turn.
    Help,
    /// What the rules know, in words.
    Reference,
    /// Battles of the record that can be played again.
    Battles,
    /// What the record tells.
    Chronicle,
    /// A war that was entered against the record.
    Against,
    /// A theatre that nobody wrote.
    Theatre,
    /// Mods: which there are, which are on, what is wrong with them.
    Mods,
}

/// A key that another command has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clash {
    /// What was to get it.
    pub command: Command,
    /// The key.
    pub chord: Chord,
    /// Who has it.
    pub other: Command,
}

/// What becomes of a key that another command has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Settle {
    /// The other command gets the keys that this one had.
    Swap,
    /// It stays where it was.
    Leave,
}

/// What can be done around the war.
#[derive(Clone, PartialEq, Debug)]
pub enum Act {
    /// Opens a page, or closes it if it is open.
    Open(Leaf),
    /// Closes the page.
    Close,
    /// Sets all this.
    Set(Box<Settings>),
    /// The next key pressed becomes this command's only one, or one more of it.
    Catch(Command, bool),
    /// No key after all.
    Release,
    /// This key was pressed.
    Caught(Chord),
    /// What becomes of the key that another has.
    Settle(Settle),
    /// Gives a command, or all of them, the keys as shipped.
    ResetKeys(Option<Command>),
    /// Whoever the curtain waits for sits down.
    SitDown,
    /// Whoever drew the curtain goes on.
    GoOn,
    /// Moves a saved war to the folder of deleted ones.
    PutAway(PathBuf),
    /// Moves the last one back.
    TakeBack,
    /// Draws the chart of an opening.
    Plate(Spec),
    /// Moves the keyboard into the panels.
    Walk,
    /// Does something in the reference, and opens it.
    Look(reference::Act),
    /// Does something in what the record tells, and opens it.
    Browse(history::book::Act),
    /// Does something on the page of an entered war against the record.
    Entered(history::against::Act),
    /// Shows saved wars as the tree of which was taken from which, or as a list.
    Kin(bool),
    /// Does something on the page of new theatres.
    Theatre(theatre::Act),
    /// Does something with mods.
    Mods(live::Act),
}

/// What is around the war.
pub struct Around {
    /// The page that lies over menu or table.
    pub leaf: Option<Leaf>,
    /// Who is to sit down next: as long as he has not, nothing of the war is shown.
    pub curtain: Option<Key<Seat>>,
    /// Saved wars.
    pub shelf: Shelf,
    /// The command that gets the next key pressed, and whether beside those it has.
    pub catching: Option<(Command, bool)>,
    /// The key that another command has.
    pub clash: Option<Clash>,
    /// The command whose keys were last changed: the keyboard goes on from there.
    pub rebound: Option<Command>,
    /// The war that was cut short when the game ended last time.
    pub cut_short: Option<CutShort>,
    /// Wars put away since the game began.
    pub put_away: Vec<PutAway>,
    /// The chart of an opening.
    pub plate: Option<Plate>,
    /// Languages there are, beside English.
    pub languages: Vec<String>,
    /// Where one is in the reference.
    pub reference: reference::Place,
    /// Records and courses of battles.
    pub history: history::Shelf,
    /// Where one is in what the record tells.
    pub book: history::book::Place,
    /// What is chosen on the page of an entered war against the record.
    pub entered: history::against::Desk,
    /// Saved wars as a tree, if that is asked for.
    pub kin: history::kin::Grove,
    /// The theatre that is wished for.
    pub theatre: theatre::Draft,
    /// What is wrong with the language's files.
    pub tongue: Vec<String>,
    /// Where settings and languages are, or why nowhere.
    pub home: Result<PathBuf, String>,
    pub(super) mark: Option<Mark>,
    pub(super) plans: Plans,
    /// Why the settings could not be written, if so.
    pub(super) unwritten: Option<String>,
    /// Whether a war that is being opened begins with its briefing.
    pub(super) begun: bool,
    briefed: BTreeSet<Key<Seat>>,
}

impl Around {
    /// Nothing open yet.
    pub fn new(home: Result<PathBuf, String>) -> Self {
        Self {
            leaf: None,
            curtain: None,
            shelf: Shelf::default(),
            catching: None,
            clash: None,
            rebound: None,
            cut_short: home.as_ref().ok().and_then(|home| CutShort::find(home)),
            put_away: Vec::new(),
            plate: None,
            languages: home
                .as_ref()
                .map_or_else(|_| Vec::new(), |home| languages(home)),
            reference: reference::Place::default(),
            history: history::Shelf::default(),
            book: history::book::Place::default(),
            entered: history::against::Desk::default(),
            kin: history::kin::Grove::default(),
            theatre: theatre::Draft::default(),
            tongue: Vec::new(),
            home,
            mark: None,
            plans: Plans::default(),
            unwritten: None,
            begun: false,
            briefed: BTreeSet::new(),
        }
    }

    /// The war is no longer on the table.
    pub(super) fn leave(&mut self) {
        (self.leaf, self.curtain) = (None, None);
        (self.catching, self.clash) = (None, None);
        self.briefed.clear();
    }
}

impl Game {
    /// Carries out what is done around the war.
    pub(super) fn act_around(&mut self, act: Act) {
        match act {
            Act::Open(leaf) => self.open_leaf(leaf),
            Act::Close => {
                self.around.leaf = None;
                (self.around.catching, self.around.clash) = (None, None);
            }
            Act::Set(settings) => self.set(*settings),
            Act::Catch(command, more) => {
                self.around.clash = None;
                self.around.rebound = Some(command);
                self.around.catching = Some((command, more));
            }
            Act::Release => self.around.catching = None,
            Act::Caught(chord) => self.caught(chord),
            Act::Settle(settle) => self.settle(settle),
            Act::ResetKeys(command) => self.reset_keys(command),
            Act::SitDown => self.sit_down(),
            Act::GoOn => {
                self.around.curtain = None;
                self.command_anew();
            }
            Act::PutAway(path) => self.put_away(&path),
            Act::TakeBack => self.take_back(),
            Act::Plate(spec) => {
                self.around.plate = Some(Plate::draw(self.content().clone(), spec));
            }
            Act::Walk => {}
            Act::Look(act) => self.look_up(act),
            Act::Browse(act) => self.browse(act),
            Act::Entered(act) => self.at_entered(act),
            Act::Kin(is_tree) => self.show_kin(is_tree),
            Act::Theatre(act) => self.at_theatre(act),
            Act::Mods(act) => self.at_mods(act),
        }
    }

    /// What the reference is made of now.
    pub fn book(&self) -> reference::Book<'_> {
        reference::Book {
            catalog: self.content(),
            scenario: self.session.as_ref().map(|s| &*s.scenario),
            settings: &self.settings,
        }
    }

    fn look_up(&mut self, act: reference::Act) {
        if self.around.leaf != Some(Leaf::Reference) {
            self.open_leaf(Leaf::Reference);
        }
        let mut place = std::mem::take(&mut self.around.reference);
        place.act(&self.book(), act);
        self.around.reference = place;
    }

    fn open_leaf(&mut self, leaf: Leaf) {
        (self.around.catching, self.around.clash) = (None, None);
        if self.around.leaf == Some(leaf) {
            self.around.leaf = None;
            return;
        }
        // Nothing of the war, and nothing that could change it, while the curtain is drawn.
        let is_free = matches!(leaf, Leaf::Help | Leaf::Reference | Leaf::Chronicle);
        let hidden = self.around.curtain.is_some() && !is_free;
        let without_war = match (leaf, &self.session) {
            (Leaf::Briefing, session) => session.is_none(),
            (Leaf::Theatre, session) => session.is_some(),
            (Leaf::Against, session) => session.as_ref().is_none_or(|s| !s.following.entered),
            _ => false,
        };
        if hidden || without_war {
            return;
        }
        self.around.leaf = Some(leaf);
        self.message = None;
        match leaf {
            Leaf::Saves => {
                self.look_for_saves();
                self.grow_kin();
            }
            Leaf::Settings => {
                if let Ok(home) = &self.around.home {
                    self.around.languages = languages(home);
                }
            }
            Leaf::Battles | Leaf::Chronicle => self.want_history(),
            Leaf::Against => {
                self.around.entered.written = None;
                self.hold_against();
            }
            Leaf::Briefing | Leaf::Help | Leaf::Reference | Leaf::Theatre | Leaf::Mods => {}
        }
    }

    /// Takes up settings, keeps them, and speaks their language.
    fn set(&mut self, settings: Settings) {
        if settings == self.settings {
            return;
        }
        let spoke = std::mem::replace(&mut self.settings, settings).language;
        if spoke != self.settings.language {
            self.speak();
        }
        self.message = self.keep_settings().err();
    }

    /// Writes the settings.
    ///
    /// # Errors
    /// If they are not as they were last written and cannot be.
    pub(super) fn keep_settings(&mut self) -> Result<(), String> {
        let kept = match &self.around.home {
            Ok(home) if self.settings == Settings::read(home).0 => Ok(()),
            Ok(home) => self.settings.write(home),
            // What was never set need not be kept.
            Err(_) if self.settings == Settings::default() => Ok(()),
            Err(problem) => Err(problem.clone()),
        };
        self.around.unwritten = kept.as_ref().err().cloned();
        kept
    }

    fn caught(&mut self, chord: Chord) {
        let Some((command, more)) = self.around.catching.take() else {
            return;
        };
        match self
            .settings
            .command_while(chord, command.is_of_watching())
            .filter(|other| *other != command)
        {
            Some(other) => {
                self.around.clash = Some(Clash {
                    command,
                    chord,
                    other,
                });
            }
            None => {
                let mut settings = self.settings.clone();
                let mut chords = match more {
                    true => settings.chords(command).to_vec(),
                    false => Vec::new(),
                };
                if !chords.contains(&chord) {
                    chords.push(chord);
                }
                settings.bind(command, chords);
                self.set(settings);
            }
        }
    }

    fn settle(&mut self, settle: Settle) {
        let Some(Clash {
            command,
            chord,
            other,
        }) = self.around.clash.take()
        else {
            return;
        };
        if settle == Settle::Leave {
            return;
        }
        let mut settings = self.settings.clone();
        let given_up = settings.chords(command).to_vec();
        let mut others = settings.chords(other).to_vec();
        others.retain(|held| *held != chord);
        others.extend(given_up);
        settings.bind(other, others);
        settings.bind(command, vec![chord]);
        self.set(settings);
    }

    fn reset_keys(&mut self, command: Option<Command>) {
        let mut settings = self.settings.clone();
        match command {
            None => settings.keys.clear(),
            Some(command) => {
                settings.keys.remove(&command);
                // Whoever took one of its keys gives it back.
                for other in Command::ALL.iter().filter(|other| **other != command) {
                    let mut held = settings.chords(*other).to_vec();
                    held.retain(|chord| !command.shipped().contains(chord));
                    if held.len() < settings.chords(*other).len() {
                        settings.bind(*other, held);
                    }
                }
            }
        }
        self.around.clash = None;
        self.set(settings);
    }

    /// Draws the curtain for the next person of this turn; false if there is none, and the turn may end.
    pub(super) fn hand_over(&mut self) -> bool {
        let Some(session) = &self.session else {
            return false;
        };
        let now = session.people.iter().position(|seat| *seat == session.seat);
        let next = now.and_then(|now| session.people.get(now + 1)).cloned();
        match next.filter(|_| session.view.ended.is_none()) {
            Some(next) => {
                self.draw_curtain(next);
                true
            }
            None => false,
        }
    }

    /// Draws the curtain for the first person, if there are several and the war goes on.
    pub(super) fn curtain_for_first(&mut self) {
        let Some(session) = &self.session else {
            return;
        };
        if session.people.len() > 1
            && session.view.ended.is_none()
            && let Some(first) = session.people.first().cloned()
        {
            self.draw_curtain(first);
        }
    }

    /// Hides everything until this person has sat down.
    pub(super) fn draw_curtain(&mut self, seat: Key<Seat>) {
        self.around.curtain = Some(seat);
        self.around.leaf = None;
        self.selection = Selection::default();
        (self.hover, self.message, self.asking) = (None, None, None);
        self.command = super::command::State::default();
        self.page = Page::Selection;
        self.reading = super::reading::Reading::default();
    }

    fn sit_down(&mut self) {
        let Some(seat) = self.around.curtain.take() else {
            return;
        };
        self.sit(seat);
        self.apply(UiAction::Fit);
        let turn = self.session.as_ref().map_or(1, |s| s.view.turn);
        if turn > 1 {
            self.page = Page::Report;
        } else {
            self.brief();
        }
    }

    /// Opens the briefing, once for each person.
    pub(super) fn brief(&mut self) {
        if let Some(session) = &self.session
            && self.around.briefed.insert(session.seat.clone())
        {
            self.around.leaf = Some(Leaf::Briefing);
        }
    }
}

/// Shows whatever lies over the table, or the menu where there is none; none if the table is open.
pub fn pages(ui: &mut Ui, game: &Game) -> Option<Vec<UiAction>> {
    let around = &game.around;
    if game.session.is_some() && around.curtain.is_none() && around.leaf.is_none() {
        return None;
    }
    let ctx = ui.ctx().clone();
    let mut actions = pressed(&ctx, game);
    if let Some(asking) = &game.asking {
        let bar = Panel::top("asked").exact_size(44.0);
        let bar = bar.frame(theme::panel_frame()).show_separator_line(false);
        actions.extend(bar.show(ui, |ui| ask::show(ui, asking)).inner);
    }
    if around.leaf != Some(Leaf::Mods) && around.curtain.is_none() {
        actions.extend(mods::strip(ui, game));
    }
    let page = CentralPanel::default().frame(theme::page_frame());
    actions.extend(
        page.show(ui, |ui| match (around.leaf, &around.curtain) {
            (Some(Leaf::Help), _) => help::show(ui, game),
            (Some(Leaf::Reference), _) => reference_page::show(ui, game),
            (Some(Leaf::Chronicle), _) => chronicle::show(ui, game),
            (_, Some(seat)) => curtain::show(ui, game, seat),
            (Some(Leaf::Settings), _) => settings_page::show(ui, game),
            (Some(Leaf::Saves), _) => saves::show(ui, game),
            (Some(Leaf::Theatre), _) => theatre_page::show(ui, game),
            (Some(Leaf::Mods), _) => mods::show(ui, game),
            (Some(Leaf::Battles), _) => battles::show(ui, game),
            (Some(Leaf::Against), _) => against::show(ui, game),
            (Some(Leaf::Briefing), _) => briefing::show(ui, game),
            (None, None) => menu::show(ui, game),
        })
        .inner,
    );
    Some(actions)
}

/// What keys do on a page: they walk over it, and the few commands that mean something there work.
fn pressed(ctx: &Context, game: &Game) -> Vec<UiAction> {
    let around = &game.around;
    let chords = keys::pressed(ctx);
    if around.catching.is_some() {
        // The key is for the command, not for what is on the page.
        ctx.memory_mut(|memory| {
            memory.move_focus(FocusDirection::None);
            if let Some(focused) = memory.focused() {
                memory.surrender_focus(focused);
            }
        });
        return match chords.first() {
            Some(chord) if *chord == Chord::plain(egui::Key::Escape) => {
                vec![UiAction::Around(Act::Release)]
            }
            Some(chord) => vec![UiAction::Around(Act::Caught(*chord))],
            None => Vec::new(),
        };
    }
    if ctx.text_edit_focused() {
        return Vec::new();
    }
    let walks = |chord: &Chord| {
        [
            egui::Key::ArrowUp,
            egui::Key::ArrowDown,
            egui::Key::ArrowLeft,
            egui::Key::ArrowRight,
        ]
        .contains(&chord.key)
    };
    if ctx.memory(|memory| memory.focused().is_none()) && chords.iter().any(walks) {
        ctx.memory_mut(|memory| memory.move_focus(FocusDirection::Next));
    }
    let is_reading = around.reference.open().is_some();
    let is_browsing = around.book.open().is_some();
    let commands = chords
        .iter()
        .filter_map(|chord| game.settings.command(*chord));
    commands
        .filter_map(|command| match command.action() {
            UiAction::Back if game.asking.is_some() => Some(UiAction::Stay),
            UiAction::Back if around.clash.is_some() => {
                Some(UiAction::Around(Act::Settle(Settle::Leave)))
            }
            UiAction::Back if around.leaf == Some(Leaf::Reference) && is_reading => {
                Some(UiAction::Around(Act::Look(reference::Act::Return)))
            }
            UiAction::Back if around.leaf == Some(Leaf::Chronicle) && is_browsing => {
                Some(UiAction::Around(Act::Browse(history::book::Act::Return)))
            }
            UiAction::Back if around.leaf.is_some() => Some(UiAction::Around(Act::Close)),
            UiAction::Back => Some(UiAction::Dismiss),
            UiAction::LoadLatest if game.session.is_none() && !game.is_busy() => {
                Some(UiAction::LoadLatest)
            }
            UiAction::Guide(_) if game.offered().is_some() && around.leaf.is_none() => {
                Some(UiAction::Guide(guide::Act::Begin))
            }
            UiAction::Quit => Some(UiAction::Quit),
            UiAction::Around(act @ Act::Open(_)) => Some(UiAction::Around(act)),
            _ => None,
        })
        .collect()
}

/// Names a part of a page for the screen reader.
pub fn region(ui: &Ui, name: &str) {
    let id = ui.unique_id();
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::Region);
        node.set_label(name);
    });
}
