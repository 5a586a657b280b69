//! What happens often in few lines: the salvos of one firer at one target in one phase are one line with their sum, and so
//! are the ships that they cost; so are all convoys that were lost, all forces that want supply, and all that starve.
//! Pressing it opens each of them below; the pointer opens what made them.

use std::collections::{BTreeMap, BTreeSet};

use bevy_egui::egui::{Color32, CursorIcon, Id, Label, Sense, Ui, WidgetInfo, WidgetType};

use super::{explain, journal, long};
use crate::{
    content::{Class, Force, Key, Sector, Site, Weapon},
    gui::{
        UiAction, names,
        table::{happened, sentence},
        theme,
        words::say,
    },
    sim::{
        journal::{Cause, Entry, What},
        state::Place,
        turn::Phase,
        view::SeatView,
    },
    war::tell,
};

/// Happenings that are told in one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told<'a> {
    /// Those that make it up, in the order in which they happened; never empty.
    pub entries: Vec<&'a Entry>,
    sum: Option<What>,
}

impl Told<'_> {
    /// The happening, or the sum of several.
    pub fn what(&self) -> &What {
        self.sum.as_ref().unwrap_or(&self.entries[0].what)
    }

    /// What is said of several forces to whom the same happens; none if it is one line of one force.
    fn of_many(&self, view: &SeatView) -> Option<String> {
        let same = Same::of(self.entries.first()?)?;
        let forces = self.entries.iter().filter_map(|entry| match &entry.what {
            What::ConvoysLost { force, .. }
            | What::Short { force, .. }
            | What::Starving { force } => Some(force),
            _ => None,
        });
        let forces: BTreeSet<&Key<Force>> = forces.collect();
        let mut names: Vec<String> = forces
            .iter()
            .take(NAMED)
            .map(|force| tell::force(view, force.as_str()))
            .collect();
        if forces.len() > NAMED {
            names.push(say!("overlay-more", n = forces.len() - NAMED));
        }
        let (n, who) = (forces.len(), names.join(", "));
        Some(match same {
            Same::Convoys => say!("volley-convoys", n = n, who = who),
            Same::Short => say!("volley-short", n = n, who = who),
            Same::Starving => say!("volley-starving", n = n, who = who),
            Same::Salvos(..) | Same::Lost(..) => return None,
        })
    }
}

/// Forces that a line of several has room to name.
const NAMED: usize = 2;

/// What the happenings of one line have in common.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Same<'a> {
    Salvos(
        Phase,
        &'a Key<Force>,
        &'a Key<Weapon>,
        &'a Key<Sector>,
        (Option<&'a Key<Force>>, Option<&'a Key<Site>>),
        &'static str,
    ),
    Lost(Phase, &'a Key<Force>, &'a Place, &'a Key<Class>, &'a Cause),
    Convoys,
    Short,
    Starving,
}

impl<'a> Same<'a> {
    fn of(entry: &'a Entry) -> Option<Self> {
        match &entry.what {
            What::Salvos {
                firer,
                weapon,
                at,
                target,
                site,
                cause,
                ..
            } => Some(Self::Salvos(
                entry.phase,
                firer,
                weapon,
                at,
                (target.as_ref(), site.as_ref()),
                cause.name(),
            )),
            What::ConvoysLost { .. } => Some(Self::Convoys),
            What::Short { .. } => Some(Self::Short),
            What::Starving { .. } => Some(Self::Starving),
            What::ShipsLost {
                force,
                place,
                class,
                cause:
                    cause @ (Cause::Salvo(..)
                    | Cause::Answer(..)
                    | Cause::Bombard(..)
                    | Cause::Battery(..)),
                ..
            } => Some(Self::Lost(entry.phase, force, place, class, cause)),
            _ => None,
        }
    }
}

/// Folds happenings into lines; each line stands where the first of its happenings stood.
pub fn fold<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<Told<'a>> {
    let mut lines: Vec<Told<'a>> = Vec::new();
    let mut open: BTreeMap<Same<'a>, usize> = BTreeMap::new();
    for entry in entries {
        let same = Same::of(entry);
        if let Some(index) = same.and_then(|same| open.get(&same)) {
            let line = &mut lines[*index];
            let sum = line.sum.get_or_insert_with(|| line.entries[0].what.clone());
            add(sum, &entry.what);
            line.entries.push(entry);
            continue;
        }
        open.extend(same.map(|same| (same, lines.len())));
        lines.push(Told {
            entries: vec![entry],
            sum: None,
        });
    }
    lines
}

/// Adds one happening to another of the same kind.
fn add(sum: &mut What, more: &What) {
    match (sum, more) {
        (
            What::Salvos {
                chance,
                sum,
                salvos,
                shot_down,
                hits,
                strays,
                hp,
                ..
            },
            What::Salvos {
                chance: chance_more,
                sum: sum_more,
                salvos: salvos_more,
                shot_down: shot_down_more,
                hits: hits_more,
                strays: strays_more,
                hp: hp_more,
                ..
            },
        ) => {
            if chance != chance_more || sum != sum_more {
                sum.clear();
            }
            let all = (*salvos + salvos_more).max(1);
            *chance = (*chance * *salvos + chance_more * salvos_more) / all;
            *salvos += salvos_more;
            *shot_down += shot_down_more;
            *hits += hits_more;
            *strays += strays_more;
            *hp += hp_more;
        }
        (
            What::ShipsLost {
                lost, crippled, hp, ..
            },
            What::ShipsLost {
                lost: lost_more,
                crippled: crippled_more,
                hp: hp_more,
                ..
            },
        ) => {
            *lost += lost_more;
            *crippled += crippled_more;
            *hp += hp_more;
        }
        _ => {}
    }
}

/// A happening in one short line: of fire without the sum that made its chance, which opens under the pointer.
pub fn words(view: &SeatView, what: &What) -> String {
    let What::Salvos {
        firer,
        weapon,
        at,
        target,
        site,
        salvos,
        shot_down,
        hits,
        strays,
        hp,
        ..
    } = what
    else {
        return happened(view, what);
    };
    let known = view.rules.weapons.get(weapon);
    let mut came = vec![say!("volley-hits", n = *hits)];
    if *shot_down > 0 {
        came.push(say!("volley-shot-down", n = *shot_down));
    }
    if *strays > 0 {
        came.push(say!("volley-strays", n = *strays));
    }
    if *hp > 0 {
        came.push(say!("film-sp", sp = tell::fine_strength(*hp)));
    }
    let place = tell::sector(view, at.as_str());
    let goal = match (target, site) {
        (Some(target), _) => say!(
            "volley-at",
            target = tell::force(view, target.as_str()),
            place = place
        ),
        (None, Some(site)) => say!("volley-site", site = names::site(view, site), place = place),
        (None, None) => place,
    };
    sentence(&say!(
        "volley",
        who = tell::force(view, firer.as_str()),
        n = *salvos,
        weapon = known.map_or(weapon.as_str(), |w| &w.name),
        goal = goal,
        came = came.join(", ")
    ))
}

/// Shows lines, each opened and shut by pressing it if it stands for several happenings. `told` says one of them.
pub fn show(
    ui: &mut Ui,
    view: &SeatView,
    id: &str,
    lines: &[Told],
    told: &dyn Fn(&What) -> (String, Color32),
    actions: &mut Vec<UiAction>,
) {
    long::show(ui, id, lines.len(), |ui, number| {
        let line = &lines[number];
        let (words, colour) = told(line.what());
        if let [entry] = line.entries[..] {
            journal::told(ui, view, &entry.what, words, colour, actions);
            return;
        }
        let words = line.of_many(view).unwrap_or(words);
        let first = line.entries.first().map(|entry| Same::of(entry));
        let key = Id::new(("volley", id, view.turn, format!("{first:?}")));
        let open = ui.data(|data| data.get_temp(key)).unwrap_or(false);
        let words = match open {
            true => say!("volley-open", what = words.as_str()),
            false => say!("volley-shut", what = words.as_str(), n = line.entries.len()),
        };
        let text = theme::pressed(&words).size(theme::CAPTION).color(colour);
        let label = Label::new(text).sense(Sense::click()).selectable(false);
        let response = ui.add(label.wrap());
        // The journal and the report beside it have lines of the same words: by its list, each can be told by ear.
        let heard = format!("{words} ({id})");
        response.widget_info(|| {
            WidgetInfo::labeled(WidgetType::CollapsingHeader, true, heard.as_str())
        });
        ui.ctx()
            .accesskit_node_builder(response.id, |node| node.set_expanded(open));
        theme::spot(ui, &words, &response);
        if response.clicked() {
            ui.data_mut(|data| data.insert_temp(key, !open));
            ui.ctx().request_repaint();
        }
        response
            .on_hover_cursor(CursorIcon::PointingHand)
            .on_hover_ui(|ui| {
                let sums = line.entries.iter().filter_map(|entry| {
                    let sum = explain::happening(view, &entry.what)?;
                    Some(format!("{}\n{sum}", told(&entry.what).0))
                });
                ui.label(sums.collect::<Vec<_>>().join("\n"));
            });
        if open {
            ui.indent(key, |ui| {
                for entry in &line.entries {
                    let (words, colour) = told(&entry.what);
                    journal::told(ui, view, &entry.what, words, colour, actions);
                }
            });
        }
    });
}
