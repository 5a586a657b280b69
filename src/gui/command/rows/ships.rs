//! Which ships may be detached, and which forces joined.

use std::collections::BTreeMap;

use super::Chooser;
use crate::{
    chart::Tag,
    content::{Class, Key},
    gui::{
        command::list::{Kind, List, Row},
        words::say,
    },
    sim::{
        map::range,
        order::Action,
        state::squadron_strength,
        view::{SeatView, Squadron},
    },
    war::tell,
};

impl Chooser<'_> {
    pub(super) fn parts(&self, list: &List) -> Vec<Row> {
        let view = self.ground.view;
        let fit = || self.force.ships.iter().filter(|s| s.fit > 0);
        let of = |share: &dyn Fn(&Squadron) -> i32| -> BTreeMap<Key<Class>, i32> {
            fit()
                .map(|s| (s.class.clone(), share(s)))
                .filter(|(_, n)| *n > 0)
                .collect()
        };
        let set = of(&|s| list.exactly(&Kind::Hulls(s.class.clone())));
        let mut parts = vec![
            (say!("split-set"), set),
            (say!("split-half"), of(&|s| s.fit / 2)),
        ];
        for squadron in fit() {
            let name = view.rules.classes.get(&squadron.class);
            let name = name.map_or(squadron.class.as_str(), |c| &c.name);
            let all = of(&|s| if s.class == squadron.class { s.fit } else { 0 });
            parts.push((say!("split-all", class = name.to_lowercase()), all));
        }
        let row = |(title, ships): (String, BTreeMap<Key<Class>, i32>)| {
            let strength: i64 = ships
                .iter()
                .map(|(class, n)| {
                    let squadron = Squadron {
                        class: class.clone(),
                        fit: *n,
                        crippled: 0,
                        wounds: 0,
                    };
                    squadron_strength(&view.rules, &squadron)
                })
                .sum();
            Row {
                right: tell::strength(strength),
                about: if ships.is_empty() {
                    say!("split-nothing")
                } else {
                    say!("split-about", ships = hulls(view, &ships))
                },
                ..self.give(title, Action::Split { ships })
            }
        };
        parts.into_iter().map(row).collect()
    }

    pub(super) fn others(&self) -> Vec<Row> {
        let view = self.ground.view;
        let here = self.force.place.sector();
        let others = view
            .forces
            .iter()
            .filter(|(key, f)| f.mine && *key != self.key);
        let mut rows: Vec<(bool, i32, Row)> = others
            .map(|(key, force)| {
                let distance = range(&view.map, here, force.place.sector());
                let row = Row {
                    right: tell::strength(force.strength),
                    about: tell::place(view, &force.place),
                    tag: Some(Tag::Force(key.clone())),
                    ..self.give(&force.name, Action::Merge { into: key.clone() })
                };
                (row.refused.is_some(), distance, row)
            })
            .collect();
        rows.sort_by(|a, b| (a.0, a.1, &a.2.title).cmp(&(b.0, b.1, &b.2.title)));
        rows.into_iter().map(|(_, _, row)| row).collect()
    }
}

/// Hulls by class in words.
fn hulls(view: &SeatView, ships: &BTreeMap<Key<Class>, i32>) -> String {
    let some = ships.iter().filter(|(_, n)| **n > 0);
    let each = some.map(|(class, n)| {
        let name = view.rules.classes.get(class);
        let name = name.map_or(class.as_str(), |c| &c.name).to_lowercase();
        format!("{n} {name}")
    });
    each.collect::<Vec<_>>().join(", ")
}
