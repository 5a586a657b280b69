//! The order of battle: own forces by where they stand, those without orders first; then what is expected and what
//! is known of the enemy.

use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use bevy_egui::egui::{Align, Id, Layout, Response, RichText, Sense, Ui, UiBuilder};

use crate::{
    chart::Tag,
    content::{Force, Key},
    gui::{Table, UiAction, rows, theme},
    sim::view::{Confidence, Contact, OwnForce},
    war::tell,
};

/// Rows are as high as what stands in them: a heading, a line, an own force, a contact.
const HEIGHTS: [f32; 4] = [28.0, 18.0, 60.0, 52.0];

/// Shows it.
pub fn show(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let view = table.view;
    let lists = Lists::of(ui, table);
    let (idle, busy) = lists.own.split_at(lists.idle);
    let expected: Vec<_> = view.expected.iter().collect();
    let head = |count: usize| usize::from(count > 0);
    let part = |count, kind: usize| rows::Part {
        count,
        height: HEIGHTS[kind],
    };
    let parts = [
        part(head(idle.len()), 0),
        part(idle.len(), 2),
        part(head(busy.len()), 0),
        part(busy.len(), 2),
        part(head(expected.len()), 0),
        part(expected.len(), 1),
        part(head(lists.contacts.len()), 0),
        part(lists.contacts.len(), 3),
    ];
    rows::show(ui, "roster", &parts, |ui, part, index| {
        ui.spacing_mut().item_spacing.y = 2.0;
        match part {
            0 => theme::heading(ui, &format!("{} without orders", idle.len())),
            2 => theme::heading(ui, &format!("{} under orders", busy.len())),
            4 => theme::heading(ui, "expected"),
            6 => theme::heading(ui, &format!("{} contacts", lists.contacts.len())),
            1 | 3 => {
                let key = if part == 1 {
                    &idle[index]
                } else {
                    &busy[index]
                };
                let Some(force) = view.forces.get(key) else {
                    return;
                };
                let tag = Tag::Force(key.clone());
                let row = row(ui, table, &tag, |ui| own_row(ui, table, force));
                theme::spot(ui, &force.name, &row);
                pressed(row, tag, force.place.sector(), &mut actions);
            }
            5 => {
                let (key, (turn, sector)) = expected[index];
                let place = tell::sector(view, sector.as_str());
                theme::note(ui, format!("{key}: turn {turn}, {place}"));
            }
            _ => {
                let key = &lists.contacts[index];
                let Some(contact) = view.contacts.get(key) else {
                    return;
                };
                let tag = Tag::Contact(key.clone());
                let row = row(ui, table, &tag, |ui| {
                    contact_row(ui, table, key.as_str(), contact)
                });
                pressed(row, tag, contact.place.sector(), &mut actions);
            }
        }
    });
    actions
}

/// Who stands in which order.
struct Lists {
    own: Vec<Key<Force>>,
    /// How many of them have nothing to do.
    idle: usize,
    contacts: Vec<Key<Contact>>,
}

/// What is remembered of the last frame: the lists, and what they were made for.
#[derive(Clone)]
struct Remembered(u64, Arc<Lists>);

impl Lists {
    /// The lists of a table; those of the last frame, if nothing has changed.
    fn of(ui: &Ui, table: &Table) -> Arc<Self> {
        let view = table.view;
        let mut sum = DefaultHasher::new();
        (std::ptr::from_ref(view) as usize, view.turn, &view.seat).hash(&mut sum);
        (view.forces.len(), view.contacts.len()).hash(&mut sum);
        let ordered: BTreeSet<&Key<Force>> = table.pending.iter().map(|o| &o.force).collect();
        ordered.hash(&mut sum);
        let (sum, id) = (sum.finish(), Id::new("roster lists"));
        let known: Option<Remembered> = ui.data(|data| data.get_temp(id));
        if let Some(Remembered(of, lists)) = known
            && of == sum
        {
            return lists;
        }
        let lists = Arc::new(Self::sorted(table));
        ui.data_mut(|data| data.insert_temp(id, Remembered(sum, lists.clone())));
        lists
    }

    /// Those without orders first, then by strength; contacts by how well and how lately they are known.
    fn sorted(table: &Table) -> Self {
        let view = table.view;
        let mut own: Vec<(&Key<Force>, &OwnForce)> = view.forces.iter().collect();
        own.sort_by_cached_key(|(key, force)| {
            (!table.is_idle(key, force), -force.strength, (*key).clone())
        });
        let idle = own.partition_point(|(key, force)| table.is_idle(key, force));
        let mut contacts: Vec<(&Key<Contact>, &Contact)> = view.contacts.iter().collect();
        contacts.sort_by_key(|(key, c)| (c.confidence, c.age, -c.strength.1, *key));
        Self {
            own: own.into_iter().map(|(key, _)| key.clone()).collect(),
            idle,
            contacts: contacts.into_iter().map(|(key, _)| key.clone()).collect(),
        }
    }
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
