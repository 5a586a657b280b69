//! Orders in words: `bf-1 go a2 a3 forced`, `bf-1 fire angelfire 2 at k4`. One grammar for the
//! command line, scripts and the lists of legal orders; whatever is printed can be read back.

use std::{collections::BTreeMap, fmt};

use super::{Action, Cue, Order, Pace, Policy, Target};
use crate::content::Key;

/// What was wrong with an order's words.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum WordsError {
    /// No words at all, or too few.
    #[error("an order reads `FORCE VERB ...`; usage: {0}")]
    Usage(&'static str),
    /// No such verb.
    #[error("there is no order `{0}`; there are: {VERBS}")]
    Verb(String),
    /// Not a number.
    #[error("`{0}` is not a number")]
    Number(String),
    /// A word that does not belong there.
    #[error("`{0}` was not expected here; usage: {1}")]
    Word(String, &'static str),
}

const VERBS: &str = "go, then, halt, follow, fall-back, stance, posture, fire, policy, loss-limit, leash, split, merge, deploy, do, land, lift, agree, refuse";
const GO: &str = "FORCE go SECTOR... [forced]";
const THEN: &str = "FORCE then SECTOR... [forced] [when turn N | when enemy SECTOR SP | when ready N | when supply DAYS]";
const FOLLOW: &str = "FORCE follow CONTACT [at LANES]";
const FALL_BACK: &str = "FORCE fall-back SECTOR... when SP | FORCE fall-back off";
const STANCE: &str = "FORCE stance STANCE";
const POSTURE: &str = "FORCE posture POSTURE | FORCE posture off";
const FIRE: &str =
    "FORCE fire WEAPON SALVOS at CONTACT | on SECTOR | against SITE, then [overcharge]";
const POLICY: &str = "FORCE policy free|conserve|hold|counterbattery";
const LOSS: &str = "FORCE loss-limit PERMILLE";
const SPLIT: &str = "FORCE split CLASS=N...";
const MERGE: &str = "FORCE merge OTHER";
const DEPLOY: &str = "FORCE deploy SECTOR";
const DO: &str = "FORCE do DEED [at SITE|SECTOR|CONTACT|FORCE]";
const LAND: &str = "FORCE land TROOPS N at SITE";
const LIFT: &str = "FORCE lift TROOPS N from SITE";
const AGREE: &str = "SEAT agree PACT";
const REFUSE: &str = "SEAT refuse PACT";

/// The words by which orders are told apart, each once.
pub fn verbs() -> impl Iterator<Item = &'static str> {
    VERBS.split(", ")
}

impl Action {
    /// The word that says what is ordered, as [`parse`] reads it.
    pub fn verb(&self) -> &'static str {
        match self {
            Action::Go { .. } => "go",
            Action::Then { .. } => "then",
            Action::Halt => "halt",
            Action::Follow { .. } => "follow",
            Action::FallBack { .. } => "fall-back",
            Action::Stance(_) => "stance",
            Action::Posture(_) => "posture",
            Action::Fire { .. } => "fire",
            Action::Policy(_) => "policy",
            Action::LossLimit(_) => "loss-limit",
            Action::Leash => "leash",
            Action::Split { .. } => "split",
            Action::Merge { .. } => "merge",
            Action::Deploy { .. } => "deploy",
            Action::Do { .. } => "do",
            Action::Land { .. } => "land",
            Action::Lift { .. } => "lift",
            Action::Agree(_) => "agree",
            Action::Refuse(_) => "refuse",
        }
    }
}

/// Writes an order in the words that [`parse`] reads.
pub(super) fn write(order: &Order, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{} ", order.force)?;
    match &order.action {
        Action::Go { stops, pace } => {
            write!(f, "go")?;
            list(f, stops)?;
            forced(f, *pace)
        }
        Action::Then { stops, pace, cue } => {
            write!(f, "then")?;
            list(f, stops)?;
            forced(f, *pace)?;
            match cue {
                Cue::None => Ok(()),
                Cue::Turn(n) => write!(f, " when turn {n}"),
                Cue::Enemy(sector, sp) => write!(f, " when enemy {sector} {sp}"),
                Cue::Ready(n) => write!(f, " when ready {n}"),
                Cue::Supply(n) => write!(f, " when supply {n}"),
            }
        }
        Action::Halt => write!(f, "halt"),
        Action::Follow { contact, distance } => write!(f, "follow {contact} at {distance}"),
        Action::FallBack { along, .. } if along.is_empty() => write!(f, "fall-back off"),
        Action::FallBack { along, when } => {
            write!(f, "fall-back")?;
            list(f, along)?;
            write!(f, " when {when}")
        }
        Action::Stance(stance) => write!(f, "stance {stance}"),
        Action::Posture(None) => write!(f, "posture off"),
        Action::Posture(Some(posture)) => write!(f, "posture {posture}"),
        Action::Fire {
            weapon,
            at,
            salvos,
            overcharge,
        } => {
            match at {
                Target::Contact(contact) => write!(f, "fire {weapon} {salvos} at {contact}")?,
                Target::Sector(sector) => write!(f, "fire {weapon} {salvos} on {sector}")?,
                Target::Site(site) => write!(f, "fire {weapon} {salvos} against {site}")?,
            }
            if *overcharge {
                write!(f, " overcharge")
            } else {
                Ok(())
            }
        }
        Action::Policy(policy) => write!(
            f,
            "policy {}",
            match policy {
                Policy::Free => "free",
                Policy::Conserve => "conserve",
                Policy::Hold => "hold",
                Policy::Counterbattery => "counterbattery",
            }
        ),
        Action::LossLimit(permille) => write!(f, "loss-limit {permille}"),
        Action::Leash => write!(f, "leash"),
        Action::Split { ships } => {
            write!(f, "split")?;
            for (class, n) in ships {
                write!(f, " {class}={n}")?;
            }
            Ok(())
        }
        Action::Merge { into } => write!(f, "merge {into}"),
        Action::Deploy { sector } => write!(f, "deploy {sector}"),
        Action::Do { deed, at: None } => write!(f, "do {deed}"),
        Action::Do { deed, at: Some(at) } => write!(f, "do {deed} at {at}"),
        Action::Land {
            stock,
            amount,
            site,
        } => write!(f, "land {stock} {amount} at {site}"),
        Action::Lift {
            stock,
            amount,
            site,
        } => write!(f, "lift {stock} {amount} from {site}"),
        Action::Agree(pact) => write!(f, "agree {pact}"),
        Action::Refuse(pact) => write!(f, "refuse {pact}"),
    }
}

fn list<T: fmt::Display>(f: &mut fmt::Formatter<'_>, items: &[T]) -> fmt::Result {
    for item in items {
        write!(f, " {item}")?;
    }
    Ok(())
}

fn forced(f: &mut fmt::Formatter<'_>, pace: Pace) -> fmt::Result {
    if pace == Pace::Forced {
        write!(f, " forced")
    } else {
        Ok(())
    }
}

/// Reads an order from its words. Names are not looked up here; [`super::check`] does that.
///
/// # Errors
/// If the words do not make an order: what was wrong, and how the order reads.
pub fn parse(text: &str) -> Result<Order, WordsError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [force, verb, rest @ ..] = words.as_slice() else {
        return Err(WordsError::Usage("bf-1 go a2 a3"));
    };
    let action = match *verb {
        "go" => {
            let (stops, pace, rest) = stops(rest);
            if stops.is_empty() {
                return Err(WordsError::Usage(GO));
            }
            none(rest, GO)?;
            Action::Go { stops, pace }
        }
        "then" => {
            let (stops, pace, rest) = stops(rest);
            if stops.is_empty() {
                return Err(WordsError::Usage(THEN));
            }
            let cue = match rest {
                [] => Cue::None,
                ["when", "turn", n] => Cue::Turn(number(n)?.max(0) as u32),
                ["when", "enemy", sector, sp] => Cue::Enemy(Key::new(sector), number(sp)?),
                ["when", "ready", n] => Cue::Ready(number(n)?),
                ["when", "supply", n] => Cue::Supply(number(n)?),
                [word, ..] => return Err(WordsError::Word((*word).to_owned(), THEN)),
            };
            Action::Then { stops, pace, cue }
        }
        "halt" => {
            none(rest, "FORCE halt")?;
            Action::Halt
        }
        "follow" => match rest {
            [contact] => Action::Follow {
                contact: Key::new(contact),
                distance: 0,
            },
            [contact, "at", n] => Action::Follow {
                contact: Key::new(contact),
                distance: number(n)?,
            },
            _ => return Err(WordsError::Usage(FOLLOW)),
        },
        "fall-back" => match rest {
            ["off"] => Action::FallBack {
                along: Vec::new(),
                when: 0,
            },
            [along @ .., "when", sp] if !along.is_empty() => Action::FallBack {
                along: along.iter().map(Key::new).collect(),
                when: number(sp)?,
            },
            _ => return Err(WordsError::Usage(FALL_BACK)),
        },
        "stance" => match rest {
            [stance] => Action::Stance(Key::new(stance)),
            _ => return Err(WordsError::Usage(STANCE)),
        },
        "posture" => match rest {
            ["off"] => Action::Posture(None),
            [posture] => Action::Posture(Some(Key::new(posture))),
            _ => return Err(WordsError::Usage(POSTURE)),
        },
        "fire" => {
            let (overcharge, rest) = match rest {
                [rest @ .., "overcharge"] => (true, rest),
                rest => (false, rest),
            };
            let (weapon, salvos, at) = match rest {
                [weapon, n, "at", contact] => (weapon, n, Target::Contact(Key::new(contact))),
                [weapon, n, "on", sector] => (weapon, n, Target::Sector(Key::new(sector))),
                [weapon, n, "against", site] => (weapon, n, Target::Site(Key::new(site))),
                _ => return Err(WordsError::Usage(FIRE)),
            };
            Action::Fire {
                weapon: Key::new(weapon),
                at,
                salvos: number(salvos)?,
                overcharge,
            }
        }
        "policy" => match rest {
            ["free"] => Action::Policy(Policy::Free),
            ["conserve"] => Action::Policy(Policy::Conserve),
            ["hold"] => Action::Policy(Policy::Hold),
            ["counterbattery"] => Action::Policy(Policy::Counterbattery),
            _ => return Err(WordsError::Usage(POLICY)),
        },
        "loss-limit" => match rest {
            [n] => Action::LossLimit(number(n)?),
            _ => return Err(WordsError::Usage(LOSS)),
        },
        "leash" => {
            none(rest, "FORCE leash")?;
            Action::Leash
        }
        "split" => {
            let mut ships = BTreeMap::new();
            for word in rest {
                let (class, n) = word.split_once('=').ok_or(WordsError::Usage(SPLIT))?;
                ships.insert(Key::new(class), number(n)?);
            }
            if ships.is_empty() {
                return Err(WordsError::Usage(SPLIT));
            }
            Action::Split { ships }
        }
        "merge" => match rest {
            [into] => Action::Merge {
                into: Key::new(into),
            },
            _ => return Err(WordsError::Usage(MERGE)),
        },
        "deploy" => match rest {
            [sector] => Action::Deploy {
                sector: Key::new(sector),
            },
            _ => return Err(WordsError::Usage(DEPLOY)),
        },
        "do" => match rest {
            [deed] => Action::Do {
                deed: Key::new(deed),
                at: None,
            },
            [deed, "at", at] => Action::Do {
                deed: Key::new(deed),
                at: Some(Key::new(at)),
            },
            _ => return Err(WordsError::Usage(DO)),
        },
        "land" => match rest {
            [stock, n, "at", site] => Action::Land {
                stock: Key::new(stock),
                amount: number(n)?,
                site: Key::new(site),
            },
            _ => return Err(WordsError::Usage(LAND)),
        },
        "lift" => match rest {
            [stock, n, "from", site] => Action::Lift {
                stock: Key::new(stock),
                amount: number(n)?,
                site: Key::new(site),
            },
            _ => return Err(WordsError::Usage(LIFT)),
        },
        "agree" => match rest {
            [pact] => Action::Agree(Key::new(pact)),
            _ => return Err(WordsError::Usage(AGREE)),
        },
        "refuse" => match rest {
            [pact] => Action::Refuse(Key::new(pact)),
            _ => return Err(WordsError::Usage(REFUSE)),
        },
        other => return Err(WordsError::Verb(other.to_owned())),
    };
    Ok(Order {
        force: Key::new(force),
        action,
    })
}

fn stops<'a, 'b>(words: &'b [&'a str]) -> (Vec<Key<crate::content::Sector>>, Pace, &'b [&'a str]) {
    let end = words
        .iter()
        .position(|w| *w == "when")
        .unwrap_or(words.len());
    let (mut head, tail) = words.split_at(end);
    let mut pace = Pace::Cruise;
    if let [rest @ .., "forced"] = head {
        pace = Pace::Forced;
        head = rest;
    }
    (head.iter().map(Key::new).collect(), pace, tail)
}

fn none(rest: &[&str], usage: &'static str) -> Result<(), WordsError> {
    match rest {
        [] => Ok(()),
        [word, ..] => Err(WordsError::Word((*word).to_owned(), usage)),
    }
}

fn number(word: &str) -> Result<i32, WordsError> {
    word.parse()
        .map_err(|_| WordsError::Number(word.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back() {
        for text in [
            "bf-1 go a2 a3 forced",
            "bf-1 go a2",
            "bf-1 then a2 when turn 4",
            "bf-1 then a2 a3 forced when enemy b1 20",
            "bf-1 then a2 when ready 600",
            "bf-1 then a2 when supply 1",
            "bf-1 halt",
            "bf-1 follow k3 at 2",
            "bf-1 fall-back a1 a0 when 30",
            "bf-1 fall-back off",
            "bf-1 stance contest",
            "bf-1 posture shadow",
            "bf-1 posture off",
            "bf-1 fire angelfire 2 at k1 overcharge",
            "bf-1 fire angelfire 2 on b2",
            "bf-1 policy counterbattery",
            "bf-1 loss-limit 150",
            "bf-1 leash",
            "bf-1 split cruiser=2 frigate=3",
            "bf-1 merge bf-2",
            "bf-1 fire missiles 2 against bastion",
            "bf-1 deploy a2",
            "bf-1 do regale",
            "bf-1 do lay-mines at b2",
            "bf-1 land marines 4 at bastion",
            "bf-1 lift marines 4 from bastion",
            "north agree truce",
            "north refuse truce",
        ] {
            assert_eq!(parse(text).expect(text).to_string(), text);
        }
        assert!(matches!(parse("bf-1 fly a2"), Err(WordsError::Verb(_))));
        assert!(matches!(
            parse("bf-1 loss-limit x"),
            Err(WordsError::Number(_))
        ));
        assert!(parse("").is_err());
    }
}
