//! Articles about orders: what each does, its keys, what may stand in its way, and what is chosen with it.

use super::{Book, Topic, article::Draft};
use crate::{
    content::{Key, Trigger, Whose},
    gui::{
        UiAction, command,
        command::list::Verb,
        keys::{self, Command},
        words::{self, say},
    },
    sim::order::Refusal,
};

/// The order of this name.
pub(super) fn verb(name: &str) -> Option<Verb> {
    let mut verbs = Verb::ORDERS.iter().chain(&Verb::WIDER);
    verbs.find(|verb| verb.name() == name).copied()
}

pub(super) fn title(name: &str) -> String {
    words::of("list", name)
}

pub(super) fn order(book: &Book<'_>, verb: Verb) -> Draft {
    let mut draft = Draft::new(words::of("about-verb", verb.name()));
    let opens = UiAction::Command(command::Act::Open(verb));
    let mut commands = Command::ALL.iter();
    if let Some(command) = commands.find(|command| command.action() == opens) {
        let chords = book.settings.chords(*command);
        if !chords.is_empty() {
            draft.figure(say!("order-key"), keys::caps(chords));
        }
    }
    draft.part(say!("order-refused"));
    for (name, verbs) in refusals().iter().filter_map(reason) {
        if verbs.contains(&verb) {
            draft.words(words::of("refusal", name));
        }
    }
    draft.part(say!("order-choices"));
    let rules = book.rules();
    match verb {
        Verb::Stance => {
            for key in rules.stances.keys() {
                draft.link(Topic::Stances, key, "");
            }
        }
        Verb::Posture => {
            for key in rules.postures.keys() {
                draft.link(Topic::Postures, key, "");
            }
        }
        Verb::Fire | Verb::FireBest | Verb::Policy => {
            for (key, weapon) in &rules.weapons {
                if weapon.trigger == Trigger::Salvo {
                    draft.link(Topic::Weapons, key, "");
                }
            }
        }
        Verb::Deed => {
            for key in rules.deeds.keys() {
                draft.link(Topic::Deeds, key, "");
            }
        }
        Verb::Land | Verb::Lift => {
            for (key, stock) in &rules.stocks {
                if stock.troops.is_some() {
                    draft.link(Topic::Stocks, key, "");
                }
            }
        }
        _ => {}
    }
    draft
}

const MARCHES: &[Verb] = &[Verb::Go, Verb::Then, Verb::Follow, Verb::FallBack];

/// What an order may be refused for, as it is called in texts (`refusal-NAME`), and which orders may be; none where no
/// list offers what would be refused.
fn reason(refusal: &Refusal) -> Option<(&'static str, &'static [Verb])> {
    Some(match refusal {
        Refusal::Immobile => ("immobile", MARCHES),
        Refusal::NoWay { .. } => ("no-way", &[Verb::Go, Verb::Then, Verb::FallBack]),
        Refusal::NotReady { .. } => ("not-ready", &[Verb::Stance, Verb::Deed]),
        Refusal::NoWeapon => ("no-weapon", &[Verb::Fire, Verb::FireBest]),
        Refusal::NotByOrder => ("not-by-order", &[Verb::Fire]),
        Refusal::OutOfRange { .. } => (
            "out-of-range",
            &[
                Verb::Fire,
                Verb::FireBest,
                Verb::Deed,
                Verb::Land,
                Verb::Lift,
            ],
        ),
        Refusal::NoStock { .. } => (
            "no-stock",
            &[
                Verb::Fire,
                Verb::FireBest,
                Verb::Deed,
                Verb::Land,
                Verb::Lift,
            ],
        ),
        Refusal::TooManySalvos { .. } => ("too-many-salvos", &[Verb::Fire, Verb::FireBest]),
        Refusal::NoSuchContact(_) => ("no-such-contact", &[Verb::Follow, Verb::Fire, Verb::Deed]),
        Refusal::NoLeash => ("no-leash", &[Verb::Leash]),
        Refusal::NotThatMany => ("not-that-many", &[Verb::Split]),
        Refusal::Committed => ("committed", &[Verb::Split]),
        Refusal::Apart => ("apart", &[Verb::Merge]),
        Refusal::Strangers => ("strangers", &[Verb::Merge]),
        Refusal::Lacks { target: false, .. } => ("lacks", &[Verb::Deed]),
        Refusal::Lacks { target: true, .. } => ("lacks-target", &[Verb::Deed]),
        Refusal::Short { .. } => ("short", &[Verb::Deed]),
        Refusal::NotTheirs(_) => ("not-theirs", &[Verb::Deed, Verb::Land]),
        Refusal::Done => ("done", &[Verb::Deed]),
        Refusal::NotTroops => ("not-troops", &[Verb::Land]),
        Refusal::Shielded => ("shielded", &[Verb::Land]),
        Refusal::NoRoom { .. } => ("no-room", &[Verb::Lift]),
        Refusal::Proof(_) => ("proof", &[Verb::Fire]),
        Refusal::NotStaging => ("not-staging", &[Verb::Deploy]),
        Refusal::NoSuchSite(_) => (
            "no-such-site",
            &[Verb::Fire, Verb::Deed, Verb::Land, Verb::Lift],
        ),
        Refusal::WarOver
        | Refusal::NoSuchForce(_)
        | Refusal::NotYours(_)
        | Refusal::NoSuchSector(_)
        | Refusal::NoSuchThing { .. }
        | Refusal::Nothing
        | Refusal::NoNeed
        | Refusal::Bound { .. }
        | Refusal::NotYourWord(_)
        | Refusal::Said
        | Refusal::Aimless { .. } => return None,
    })
}

/// One of each refusal that [`reason`] has a reason for.
fn refusals() -> Vec<Refusal> {
    let (wanted, has) = (1, 0);
    let lacks = |target| Refusal::Lacks {
        target,
        when: crate::content::When::Always,
    };
    vec![
        Refusal::Immobile,
        Refusal::NoWay {
            from: Key::default(),
            to: Key::default(),
        },
        Refusal::NoSuchContact(String::new()),
        Refusal::NoSuchSite(Key::default()),
        Refusal::NotReady { needs: 1, has },
        Refusal::NoWeapon,
        Refusal::NotByOrder,
        Refusal::OutOfRange {
            distance: 1,
            range: 0,
        },
        Refusal::NoStock { wanted, has },
        Refusal::TooManySalvos { wanted, most: 0 },
        Refusal::Proof(Key::default()),
        Refusal::NoLeash,
        Refusal::NotThatMany,
        Refusal::Committed,
        Refusal::Apart,
        Refusal::Strangers,
        lacks(false),
        lacks(true),
        Refusal::NotTheirs(Whose::Foe),
        Refusal::Short {
            meter: Key::default(),
            wanted,
            has,
        },
        Refusal::Done,
        Refusal::NotTroops,
        Refusal::Shielded,
        Refusal::NoRoom { wanted, room: 0 },
        Refusal::NotStaging,
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::gui::words::ids;

    #[test]
    fn each_reason_is_told_in_some_article_and_has_words() {
        let told: BTreeSet<&str> = refusals()
            .iter()
            .filter_map(reason)
            .map(|(name, _)| name)
            .collect();
        let texts: BTreeSet<String> = ids()
            .into_keys()
            .filter_map(|id| Some(id.strip_prefix("refusal-")?.to_owned()))
            .collect();
        let told: BTreeSet<String> = told.into_iter().map(str::to_owned).collect();
        assert_eq!(told, texts);
    }
}
