//! The order of battle: own forces by where they stand, those without orders first; then what is expected and what
//! is known of the enemy.

use bevy_egui::egui::{
    Align, Layout, Response, RichText, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, WidgetType,
};

use crate::{
    chart::Tag,
    content::{Force, Key},
    gui::{Table, UiAction, theme},
    sim::view::{Confidence, Contact, OwnForce},
    war::tell,
};

/// Shows it.
pub fn show(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let view = table.view;
    ScrollArea::vertical()
        .id_salt("roster")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let mut own: Vec<(&Key<Force>, &OwnForce)> = view.forces.iter().collect();
            own.sort_by_key(|(key, force)| {
                (!table.is_idle(key, force), -force.strength, (*key).clone())
            });
            let idle = own
                .iter()
                .take_while(|(key, force)| table.is_idle(key, force))
                .count();
            for (title, part) in [
                ("without orders", &own[..idle]),
                ("under orders", &own[idle..]),
            ] {
                if part.is_empty() {
                    continue;
                }
                theme::heading(ui, &format!("{} {title}", part.len()));
                for (key, force) in part {
                    let tag = Tag::Force((*key).clone());
                    let row = row(ui, table, &tag, |ui| own_row(ui, table, force));
                    let row = theme::named(row, &force.name);
                    theme::spot(ui, &force.name, &row);
                    pressed(row, tag, force.place.sector(), &mut actions);
                }
            }
            if !view.expected.is_empty() {
                theme::heading(ui, "expected");
                for (key, (turn, sector)) in &view.expected {
                    let place = tell::sector(view, sector.as_str());
                    theme::note(ui, format!("{key}: turn {turn}, {place}"));
                }
            }
            let mut contacts: Vec<(&Key<_>, &Contact)> = view.contacts.iter().collect();
            contacts.sort_by_key(|(key, c)| (c.confidence, c.age, -c.strength.1, (*key).clone()));
            if !contacts.is_empty() {
                theme::heading(ui, &format!("{} contacts", contacts.len()));
            }
            for (key, contact) in contacts {
                let tag = Tag::Contact(key.clone());
                let row = row(ui, table, &tag, |ui| {
                    contact_row(ui, table, key.as_str(), contact)
                });
                let row = theme::named(row, tell::force(view, key.as_str()));
                pressed(row, tag, contact.place.sector(), &mut actions);
            }
        });
    actions
}

fn pressed(
    row: Response,
    tag: Tag,
    sector: &Key<crate::content::Sector>,
    actions: &mut Vec<UiAction>,
) {
    if row.clicked() {
        actions.push(UiAction::Select(Some(tag)));
    } else if row.double_clicked() {
        actions.push(UiAction::Centre(sector.clone()));
    }
}

/// A line of the list that lights up under the pointer and when it is selected.
fn row(ui: &mut Ui, table: &Table, tag: &Tag, content: impl FnOnce(&mut Ui)) -> Response {
    let selected = table.selection.what.as_ref() == Some(tag);
    let back = ui.painter().add(bevy_egui::egui::Shape::Noop);
    let inner = ui.scope_builder(
        UiBuilder::new()
            .sense(Sense::click())
            .id_salt(tag_name(tag)),
        |ui| {
            ui.set_width(ui.available_width());
            content(ui);
        },
    );
    let response = inner.response;
    response.widget_info(|| WidgetInfo::new(WidgetType::Button));
    if selected || response.hovered() {
        let visuals = ui.visuals();
        let fill = if selected {
            visuals.selection.bg_fill
        } else {
            visuals.faint_bg_color
        };
        ui.painter().set(
            back,
            bevy_egui::egui::Shape::rect_filled(
                response.rect.expand2((4.0, 0.0).into()),
                4.0,
                fill,
            ),
        );
    }
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
            ui.label(right);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(
                    bevy_egui::egui::Label::new(left)
                        .truncate()
                        .selectable(false),
                );
            });
        });
    });
}

fn own_row(ui: &mut Ui, table: &Table, force: &OwnForce) {
    let hue = theme::side(table.rank(&table.view.side));
    let colour = if force.mine {
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
    let (supply, colour) = match (&force.line.cut, force.supply) {
        (Some(_), _) => ("cut off".to_owned(), theme::loss()),
        (None, tenths) if tenths < 10 => ("no supply".to_owned(), theme::attention()),
        (None, _) => (stance.to_lowercase(), theme::dim()),
    };
    let place = tell::place(table.view, &force.place);
    line(
        ui,
        RichText::new(place)
            .color(theme::dim())
            .size(theme::CAPTION),
        RichText::new(supply).color(colour).size(theme::CAPTION),
    );
    let permille = force.strength * 1000 / force.full_strength.max(1);
    theme::bar(ui, ui.available_width(), permille, hue);
    ui.add_space(3.0);
}

fn contact_row(ui: &mut Ui, table: &Table, key: &str, contact: &Contact) {
    let hue = theme::side(table.rank(&contact.side));
    line(
        ui,
        RichText::new(tell::force(table.view, key)).color(hue),
        RichText::new(format!("~{}", tell::strength(contact.strength.1))).color(theme::text()),
    );
    let place = tell::place(table.view, &contact.place);
    line(
        ui,
        RichText::new(place)
            .color(theme::dim())
            .size(theme::CAPTION),
        RichText::new(known(contact))
            .color(theme::dim())
            .size(theme::CAPTION),
    );
    ui.add_space(3.0);
}

/// How well and how lately a contact is known.
pub fn known(contact: &Contact) -> String {
    let word = match contact.confidence {
        Confidence::Fix => "fix",
        Confidence::Track => "track",
        Confidence::Plot => "plot",
        Confidence::Rumour => "rumour",
    };
    match contact.age {
        0 => format!("{word}, now"),
        1 => format!("{word}, a turn old"),
        age => format!("{word}, {age} turns old"),
    }
}
