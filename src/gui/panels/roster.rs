//! The order of battle: a tree of own forces, sifted and grouped as one likes, then who is expected and what is known
//! of others. Only the lines in sight are laid out, so that ten thousand of them cost no more than ten.

use bevy_egui::egui::{
    Align, Button, Color32, Label, Layout, Rect, Response, RichText, ScrollArea, Sense, TextEdit,
    Ui, UiBuilder, Vec2, WidgetInfo, WidgetType, pos2,
};

use super::supply;
use crate::{
    chart::Tag,
    content::{Force, Key},
    gui::{
        Table, UiAction,
        command::{
            Act,
            list::List,
            tree::{Filter, Grouping, Line, SHORT},
        },
        history::watch::is_referee,
        theme,
        words::{self, say},
    },
    sim::view::{Confidence, Contact, OwnForce},
    war::tell,
};

/// Height of a force's lines, points.
const TALL: f32 = 44.0;
/// Height of one line.
const LOW: f32 = 24.0;
/// How far a detachment stands to the right of its parent.
const INDENT: f32 = 12.0;

/// Shows it.
pub fn show(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    head(ui, table, &mut actions);
    let lines = &table.command.lines;
    if !lines.iter().any(|l| matches!(l, Line::Force { .. })) {
        theme::note(ui, say!("tree-nobody"));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("roster")
        .auto_shrink(false)
        .show_viewport(ui, |ui, seen| {
            let left = ui.max_rect().min;
            let width = ui.available_width();
            let mut top = 0.0;
            for line in lines {
                let height = height(line);
                let below = top + height;
                if below >= seen.min.y && top <= seen.max.y {
                    let rect =
                        Rect::from_min_size(pos2(left.x, left.y + top), Vec2::new(width, height));
                    one(ui, table, line, rect, &mut actions);
                }
                top = below;
            }
            ui.allocate_exact_size(Vec2::new(width, top), Sense::hover());
        });
    actions
}

fn height(line: &Line) -> f32 {
    match line {
        Line::Force { .. } | Line::Contact { .. } => TALL,
        Line::Group { .. } | Line::Expected { .. } => LOW,
    }
}

/// What is shown, and how.
fn head(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    let sieve = &table.command.sieve;
    theme::tight(ui);
    ui.horizontal(|ui| {
        for filter in Filter::ALL {
            let words = words::of("filter", filter.name());
            let about = words::of("about-filter", filter.name());
            if theme::choice_about(ui, words, sieve.filter == filter, None, &about) {
                actions.push(UiAction::Command(Act::Filter(filter)));
            }
        }
    });
    ui.horizontal(|ui| {
        let at = Grouping::ALL.iter().position(|g| *g == sieve.grouping);
        let next = Grouping::ALL[(at.unwrap_or(0) + 1) % Grouping::ALL.len()];
        let name = words::of("grouping", sieve.grouping.name());
        let words = say!("tree-by", grouping = name);
        if theme::choice_about(ui, words, false, None, &say!("tree-by-about")) {
            actions.push(UiAction::Command(Act::Group(next)));
        }
        let mut typed = sieve.text.clone();
        let field = ui.add(
            TextEdit::singleline(&mut typed)
                .id_salt("sieve")
                .hint_text(say!("tree-search"))
                .char_limit(60)
                .desired_width(ui.available_width()),
        );
        let field = theme::named(field, say!("tree-search"));
        theme::spot(ui, "sieve", &field);
        if typed != sieve.text {
            actions.push(UiAction::Command(Act::Search(typed)));
        }
    });
    theme::rule(ui);
}

fn one(ui: &mut Ui, table: &Table, line: &Line, rect: Rect, actions: &mut Vec<UiAction>) {
    let view = table.view;
    match line {
        Line::Group {
            id,
            title,
            count,
            open,
        } => {
            let words = if *open {
                say!("tree-open", group = title.as_str(), n = *count)
            } else {
                say!("tree-shut", group = title.as_str(), n = *count)
            };
            let mut place = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(("group", id)));
            let text = RichText::new(words.to_uppercase())
                .font(theme::medium(theme::CAPTION))
                .color(theme::dim());
            let response = place.add(Button::new(text).frame(false).truncate());
            theme::spot(ui, &format!("group {id}"), &response);
            theme::in_full(ui, &response, &words.to_uppercase(), theme::CAPTION);
            if response.clicked() {
                actions.push(UiAction::Command(Act::Fold(id.clone())));
            }
        }
        Line::Force { key, depth, idle } => {
            let Some(force) = view.forces.get(key) else {
                return;
            };
            let rect = Rect::from_min_max(
                pos2(rect.min.x + *depth as f32 * INDENT, rect.min.y),
                rect.max,
            );
            let tag = Tag::Force(key.clone());
            let is_chosen = table.command.chosen.contains(key);
            let words = say!(
                "tree-force",
                force = force.name.as_str(),
                place = tell::place(view, &force.place),
                strength = tell::strength(force.strength)
            );
            let row = row(ui, table, &tag, is_chosen, rect, &words, |ui, second| {
                own_row(ui, table, (key, force), *idle, second);
            });
            theme::spot(ui, &force.name, &row);
            if row.clicked() && ui.input(|i| i.modifiers.command || i.modifiers.ctrl) {
                actions.push(UiAction::Command(Act::Toggle(key.clone())));
            } else if row.clicked() && ui.input(|i| i.modifiers.shift) {
                let forces = between(table, key);
                actions.push(UiAction::Command(Act::These(forces)));
            } else {
                pressed(table, row, tag, actions);
            }
        }
        Line::Expected { words } => {
            let mut place = ui.new_child(UiBuilder::new().max_rect(rect));
            let words = RichText::new(words)
                .color(theme::dim())
                .size(theme::CAPTION);
            place.add(Label::new(words).truncate());
        }
        Line::Contact { key } => {
            let Some(contact) = view.contacts.get(key) else {
                return;
            };
            let tag = Tag::Contact(key.clone());
            let name = tell::force(view, key.as_str());
            let words = say!(
                "tree-force",
                force = name.as_str(),
                place = tell::place(view, &contact.place),
                strength = tell::strength(contact.strength.1)
            );
            let row = row(ui, table, &tag, false, rect, &words, |ui, second| {
                contact_row(ui, table, key.as_str(), contact, second);
            });
            theme::spot(ui, &name, &row);
            pressed(table, row, tag, actions);
        }
    }
}

/// The forces of the tree from the one that acts to this one.
fn between(table: &Table, to: &Key<Force>) -> Vec<Key<Force>> {
    let all: Vec<&Key<Force>> = table
        .command
        .lines
        .iter()
        .filter_map(|line| match line {
            Line::Force { key, .. } => Some(key),
            _ => None,
        })
        .collect();
    let place = |key: &Key<Force>| all.iter().position(|k| *k == key);
    let to = place(to).unwrap_or(0);
    let from = table.selection.force.as_ref().and_then(place).unwrap_or(to);
    let range = from.min(to)..=from.max(to);
    all[range].iter().map(|key| (*key).clone()).collect()
}

fn pressed(table: &Table, row: Response, tag: Tag, actions: &mut Vec<UiAction>) {
    // Who wants a target named takes it from here as well as from the map.
    let list = table.command.list.as_ref();
    let offers = |list: &List, tag: &Tag| list.rows.iter().any(|row| row.tag.as_ref() == Some(tag));
    let is_target = match &tag {
        Tag::Contact(_) => table.command.wants_target(),
        _ => list.is_some_and(|list| list.is_on_the_map() && offers(list, &tag)),
    };
    if row.clicked() && is_target {
        actions.push(UiAction::Command(Act::At(vec![tag])));
    } else if row.double_clicked() {
        actions.push(UiAction::Command(Act::Visit(tag)));
    } else if row.clicked() {
        actions.push(UiAction::Select(Some(tag)));
    }
}

/// A line that lights up under the pointer and when it is selected.
fn row(
    ui: &mut Ui,
    table: &Table,
    tag: &Tag,
    is_chosen: bool,
    rect: Rect,
    words: &str,
    content: impl FnOnce(&mut Ui, Color32),
) -> Response {
    let selected = is_chosen || table.selection.what.as_ref() == Some(tag);
    let id = ui.id().with(("row", tag_name(tag)));
    let response = ui.interact(rect, id, Sense::click());
    response
        .widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, selected, words));
    if selected || response.hovered() || response.has_focus() {
        let visuals = ui.visuals();
        let fill = if selected {
            visuals.selection.bg_fill
        } else {
            visuals.faint_bg_color
        };
        ui.painter().rect_filled(rect.shrink(1.0), 4.0, fill);
    }
    let inner = rect.shrink2(Vec2::new(4.0, 2.0));
    let mut place = ui.new_child(
        UiBuilder::new()
            .max_rect(inner)
            .id_salt(tag_name(tag))
            .layout(Layout::top_down(Align::Min)),
    );
    place.spacing_mut().item_spacing.y = 1.0;
    place.spacing_mut().interact_size.y = 14.0;
    // What is said second must be read on the lighter ground as well.
    let second = if selected {
        theme::text()
    } else {
        theme::dim()
    };
    content(&mut place, second);
    response
}

fn tag_name(tag: &Tag) -> String {
    match tag {
        Tag::Force(key) => format!("force {key}"),
        Tag::Contact(key) => format!("contact {key}"),
        Tag::Sector(key) => format!("sector {key}"),
        Tag::Site(key) => format!("site {key}"),
        Tag::Lane(key) => format!("lane {key}"),
    }
}

fn line(ui: &mut Ui, left: RichText, right: RichText) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(Label::new(right).selectable(false));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(left).truncate().selectable(false));
            });
        });
    });
}

fn own_row(
    ui: &mut Ui,
    table: &Table,
    (key, force): (&Key<Force>, &OwnForce),
    idle: bool,
    second: Color32,
) {
    let hue = theme::side(table.rank(&force.side));
    // The referee has none of his own.
    let colour = if force.mine || is_referee(table.view) {
        theme::text()
    } else {
        theme::dim()
    };
    line(
        ui,
        RichText::new(&force.name).color(colour),
        RichText::new(tell::strength(force.strength)).color(theme::text()),
    );
    let stance = table
        .view
        .rules
        .stances
        .get(&force.stance)
        .map_or(force.stance.as_str(), |s| &s.name);
    let (state, colour) = match (&force.line.cut, force.supply) {
        (Some(_), _) => (say!("tree-cut"), theme::loss()),
        (None, tenths) if tenths < SHORT => (say!("tree-short"), theme::attention()),
        (None, _) if table.view.leaving.contains_key(key) => {
            let turn = table.view.leaving[key];
            let date = supply::short_date(table.view, turn);
            (say!("tree-leaves", date = date), theme::attention())
        }
        (None, _) if force.deed.is_some() => (busy(table, force), second),
        (None, _) if idle && table.watch.is_none() => (say!("tree-waits"), theme::attention()),
        (None, _) => (stance.to_lowercase(), second),
    };
    let place = tell::place(table.view, &force.place);
    line(
        ui,
        RichText::new(place).color(second).size(theme::CAPTION),
        RichText::new(state).color(colour).size(theme::CAPTION),
    );
    let permille = force.strength * 1000 / force.full_strength.max(1);
    theme::bar(ui, ui.available_width(), permille, hue);
}

/// Until when a force is at what it does.
fn busy(table: &Table, force: &OwnForce) -> String {
    let left = force.deed.as_ref().map_or(0, |deed| deed.left);
    let turn = table.view.turn + u32::try_from(left).unwrap_or(0);
    say!("tree-busy", turn = turn)
}

fn contact_row(ui: &mut Ui, table: &Table, key: &str, contact: &Contact, second: Color32) {
    // On the lighter ground of what is selected hues are too faint to be read.
    let hue = match second == theme::text() {
        true => second,
        false => theme::side(table.rank(&contact.side)),
    };
    let strength = say!("tree-about", strength = tell::strength(contact.strength.1));
    line(
        ui,
        RichText::new(tell::force(table.view, key)).color(hue),
        RichText::new(strength).color(theme::text()),
    );
    let place = tell::place(table.view, &contact.place);
    line(
        ui,
        RichText::new(place).color(second).size(theme::CAPTION),
        RichText::new(known(contact))
            .color(second)
            .size(theme::CAPTION),
    );
}

/// How well and how lately a contact is known.
pub fn known(contact: &Contact) -> String {
    let name = match contact.confidence {
        Confidence::Fix => "fix",
        Confidence::Track => "track",
        Confidence::Plot => "plot",
        Confidence::Rumour => "rumour",
    };
    say!(
        "known-since",
        how = words::of("known", name),
        n = contact.age
    )
}
