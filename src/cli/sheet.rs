//! What one seat knows, on paper: within 100 columns, everything that a person needs to play.

use super::out::{Failure, Out};
use crate::{
    content::{Key, Side},
    sim::{
        order::Order,
        state::Place,
        view::{Confidence, LedgerLine, OwnForce, SeatView, Source, Squadron},
    },
    war::{guide::Standing, story, tell},
};

/// The whole sheet of a seat.
pub fn whole(
    out: &mut Out,
    view: &SeatView,
    pending: &[Order],
    led: Option<&Standing<'_>>,
) -> Result<(), Failure> {
    let side = tell::side(view, Some(view.side.as_str()));
    out.heading(&format!("{}: {} ({side})", date(view), view.seat))?;
    means(out, view)?;
    fallen(out, view, "Seen destroyed: ")?;
    ending(out, view)?;
    forces(out, view, false)?;
    if view.forces.values().any(|f| !f.mine) {
        out.aside("  * takes its orders from somebody else")?;
    }
    contacts(out, view)?;
    supply(out, view, false)?;
    sites(out, view)?;
    chart(out, view)?;
    table(out, view)?;
    aims(out, view)?;
    report(out, view)?;
    if !pending.is_empty() {
        out.heading("Pending orders")?;
        for (n, order) in (1..).zip(pending) {
            wrap(out, &format!("{n:>3}  "), &order.to_string())?;
        }
    }
    if let Some(led) = led {
        guide(out, led)?;
    }
    Ok(())
}

/// The step that is to be taken. What is only to be looked at counts as done: all of it is on the sheet.
fn guide(out: &mut Out, led: &Standing<'_>) -> Result<(), Failure> {
    let of = led.guide.steps.len();
    let Some((n, step)) = led.step() else {
        out.heading("Guide")?;
        return out.line(format!("  all {of} steps done"));
    };
    out.heading(&format!("Guide: step {n} of {of}, {}", step.title))?;
    wrap(out, "  ", &step.text)?;
    wrap(out, "  > ", &step.hint)
}

/// The referee's sheet: the truth, which is nobody's, so it has no means and no contacts of its own.
pub fn truth(out: &mut Out, view: &SeatView) -> Result<(), Failure> {
    out.heading(&format!("{}: the referee's truth", date(view)))?;
    out.line("No seat knows all of this.")?;
    fallen(out, view, "Destroyed: ")?;
    ending(out, view)?;
    forces(out, view, true)?;
    supply(out, view, true)?;
    sites(out, view)?;
    chart(out, view)?;
    aims(out, view)?;
    report(out, view)
}

fn date(view: &SeatView) -> String {
    format!("Turn {} of {}, {}", view.turn, view.turns, view.date)
}

/// What the seat's side has left to spend.
fn means(out: &mut Out, view: &SeatView) -> Result<(), Failure> {
    let mut clock: Vec<String> = Vec::new();
    for (stock, reserve) in &view.reserves {
        let name = view
            .rules
            .stocks
            .get(stock)
            .map_or(stock.as_str(), |s| &s.name);
        let dry = reserve
            .dry_on
            .map_or(String::new(), |turn| format!(", dry on turn {turn}"));
        clock.push(format!(
            "{name} {} (used {}{dry})",
            reserve.left, reserve.used
        ));
    }
    if !clock.is_empty() {
        wrap(out, "Reserves: ", &clock.join("; "))?;
    }
    let meters: Vec<String> = view
        .meters
        .iter()
        .map(|(id, n)| {
            format!(
                "{} {n}",
                view.rules.meters.get(id).map_or(id.as_str(), |m| &m.name)
            )
        })
        .collect();
    if !meters.is_empty() {
        wrap(out, "Meters: ", &meters.join("; "))?;
    }
    out.line(format!(
        "Losses so far {}; leashes left {}.",
        tell::share(i64::from(view.losses)),
        view.leashes
    ))
}

fn fallen(out: &mut Out, view: &SeatView, mark: &str) -> Result<(), Failure> {
    let destroyed: Vec<String> = view
        .destroyed
        .iter()
        .map(|(side, hp)| {
            format!(
                "{} {} SP",
                tell::side(view, Some(side.as_str())),
                tell::strength(*hp)
            )
        })
        .collect();
    if !destroyed.is_empty() {
        wrap(out, mark, &destroyed.join("; "))?;
    }
    Ok(())
}

fn ending(out: &mut Out, view: &SeatView) -> Result<(), Failure> {
    if let Some(ending) = &view.ended {
        out.line(format!(
            "The war has ended: {} (score {}).",
            ending.level,
            tell::tenths_text(story::score(view))
        ))?;
    }
    Ok(())
}

fn forces(out: &mut Out, view: &SeatView, truth: bool) -> Result<(), Failure> {
    out.heading("Forces")?;
    out.line(format!(
        "  {:<18} {:<15} {:>11} {:>5} {:>6} {:<10} {}",
        "id", "at", "SP of full", "ready", "supply", "stance", "policy, limit"
    ))?;
    for (id, force) in &view.forces {
        let mark = if force.mine || truth { ' ' } else { '*' };
        let strength = format!(
            "{}/{}",
            tell::strength(force.strength),
            tell::strength(force.full_strength)
        );
        let stance = match &force.forming {
            Some(next) => format!("{}>{next}", force.stance),
            None => force.stance.to_string(),
        };
        let policy = format!("{:?}", force.policy).to_lowercase();
        out.line(format!(
            "{mark} {:<18} {:<15} {strength:>11} {:>5} {:>6} {:<10} {policy}, {}",
            id.as_str(),
            fit(&at(&force.place), 15),
            force.readiness,
            tell::tenths_text(i64::from(force.supply)),
            fit(&stance, 16),
            tell::share(i64::from(force.loss_limit)),
        ))?;
        wrap(out, "      ", &about(view, force))?;
    }
    for (id, (turn, sector)) in &view.expected {
        out.line(format!(
            "  {:<18} arrives on turn {turn} at {sector}",
            id.as_str()
        ))?;
    }
    Ok(())
}

fn about(view: &SeatView, force: &OwnForce) -> String {
    let mut parts = vec![force.name.clone(), ships(view, &force.ships)];
    let stocks: Vec<String> = force
        .stocks
        .iter()
        .map(|(stock, n)| format!("{stock} {n}"))
        .collect();
    if !stocks.is_empty() {
        parts.push(format!("aboard {}", stocks.join(", ")));
    }
    if let Some(commander) = &force.commander {
        let name = view
            .rules
            .commanders
            .get(commander)
            .map_or(commander.as_str(), |c| &c.name);
        parts.push(format!("under {name}"));
    }
    if let Some(posture) = &force.posture {
        parts.push(format!("posture {posture}"));
    }
    if !force.queue.is_empty() {
        let legs: Vec<&str> = force.queue.iter().map(|leg| leg.to.as_str()).collect();
        parts.push(format!("bound for {}", legs.join(", ")));
    }
    if let Some((contact, distance)) = &force.follow {
        parts.push(format!("follows {contact} at {distance}"));
    }
    if let Some((along, when)) = &force.fall_back {
        let along: Vec<&str> = along.iter().map(|s| s.as_str()).collect();
        parts.push(format!(
            "falls back along {} before {when} SP",
            along.join(", ")
        ));
    }
    let meters = force.meters.iter().map(|(id, n)| {
        let meter = view.rules.meters.get(id);
        format!("{} {n}", meter.map_or(id.as_str(), |m| &m.name))
    });
    parts.extend(meters);
    if let Some(doing) = &force.deed {
        let deed = view.rules.deeds.get(&doing.deed);
        let name = deed.map_or(doing.deed.as_str(), |d| &d.name);
        let done = i64::from(view.turn) + i64::from(doing.left);
        parts.push(format!("busy: {name}, done on turn {done}"));
    }
    if force.held > 0 {
        parts.push(format!("has held for {} turns", force.held));
    }
    if force.fixed {
        parts.push(String::from("fixed by hostile guns"));
    }
    parts.join("; ")
}

fn ships(view: &SeatView, ships: &[Squadron]) -> String {
    ships
        .iter()
        .map(|s| {
            let name = view
                .rules
                .classes
                .get(&s.class)
                .map_or(s.class.as_str(), |c| &c.name);
            match s.crippled {
                0 => format!("{} {name}", s.fit),
                crippled => format!("{} {name} (and {crippled} crippled)", s.fit),
            }
        })
        .collect::<Vec<_>>()
        .join(", ")
}

fn contacts(out: &mut Out, view: &SeatView) -> Result<(), Failure> {
    out.heading("Contacts")?;
    for (id, contact) in &view.contacts {
        let seen = match contact.age {
            0 => String::from("now"),
            1 => String::from("1 turn ago"),
            n => format!("{n} turns ago"),
        };
        let known = match contact.confidence {
            Confidence::Fix => "fix",
            Confidence::Track => "track",
            Confidence::Plot => "plot",
            Confidence::Rumour => "rumour",
        };
        let source = match contact.source {
            Source::Contact => "in contact",
            Source::Sensors => "by sensors",
            Source::Relay => "by relay",
            Source::Fire => "it fired",
            Source::Memory => "from memory",
        };
        let (low, likely, high) = contact.strength;
        let mut line = format!(
            "  {:<8} {:<10} {:<15} {:<12} {known:<7} {source:<12} {} SP ({}-{})",
            id.as_str(),
            fit(contact.side.as_str(), 10),
            fit(&at(&contact.place), 15),
            seen,
            tell::strength(likely),
            tell::strength(low),
            tell::strength(high),
        );
        if let Some(stance) = &contact.stance {
            line.push_str(&format!(" {stance}"));
        }
        if !contact.bound.is_empty() {
            let stops: Vec<&str> = contact.bound.iter().map(|leg| leg.to.as_str()).collect();
            line.push_str(&format!(" bound for {}", stops.join(", ")));
        }
        out.line(fit(&line, 100))?;
    }
    if view.contacts.is_empty() {
        out.line("  none")?;
    }
    Ok(())
}

fn supply(out: &mut Out, view: &SeatView, truth: bool) -> Result<(), Failure> {
    out.heading("Supply")?;
    for (id, force) in view.forces.iter().filter(|(_, f)| f.mine || truth) {
        wrap(out, &format!("  {:<18} ", id.as_str()), &line_text(force))?;
    }
    Ok(())
}

/// A supply line in one sentence.
pub fn line_text(force: &OwnForce) -> String {
    let line = &force.line;
    let Some(source) = &line.source else {
        return String::from("no line");
    };
    let mut text = format!(
        "{} of {} from {source}, {} lanes",
        tell::tenths_text(i64::from(line.delivered)),
        tell::tenths_text(i64::from(line.wanted)),
        line.path.len().saturating_sub(1)
    );
    for (sector, amount) in &line.lost {
        text.push_str(&format!(
            "; {} lost at {sector}",
            tell::tenths_text(i64::from(*amount))
        ));
    }
    if let Some((sector, share)) = &line.weak {
        text.push_str(&format!(
            "; weakest at {sector} ({})",
            tell::share(i64::from(*share))
        ));
    }
    if let Some(sector) = &line.cut {
        text.push_str(&format!("; cut at {sector}"));
    }
    if let Some(turn) = line.empty_on {
        text.push_str(&format!("; empty on turn {turn}"));
    }
    text
}

fn sites(out: &mut Out, view: &SeatView) -> Result<(), Failure> {
    out.heading("Sites")?;
    for (id, site) in &view.sites {
        let name = view.map.sites.get(id).map_or(id.as_str(), |s| &s.name);
        let mut text = format!(
            "{name}; {}; {}",
            site.sector,
            tell::side(view, Some(site.owner.as_str()))
        );
        for (stock, n) in site.stocks.iter().flatten() {
            text.push_str(&format!("; {stock} {n}"));
        }
        if site.blockaded > 0 {
            text.push_str(&format!("; blockaded for {} turns", site.blockaded));
        }
        wrap(out, &format!("  {:<18} ", id.as_str()), &text)?;
    }
    Ok(())
}

/// Who holds what, and what leads where.
fn chart(out: &mut Out, view: &SeatView) -> Result<(), Failure> {
    out.heading("Sectors (id, name, holder, turns since seen, terrain, lanes with their lengths)")?;
    for (id, sector) in &view.map.sectors {
        let known = view.sectors.get(id);
        let owner = known
            .and_then(|k| k.owner.as_ref())
            .map_or("-", |o| o.as_str());
        let age = known.map_or(String::from("-"), |k| k.age.to_string());
        let mut lanes = Vec::new();
        for lane in view.map.lanes.values() {
            if lane.ends.0 == *id {
                lanes.push(format!("{} {}", lane.ends.1, lane.length));
            } else if lane.ends.1 == *id {
                lanes.push(format!("{} {}", lane.ends.0, lane.length));
            }
        }
        let text = format!(
            "{}; {owner}; {age}; {}; {}",
            sector.name,
            sector.terrain,
            lanes.join(", ")
        );
        wrap(out, &format!("  {:<14} ", id.as_str()), &text)?;
    }
    Ok(())
}

fn aims(out: &mut Out, view: &SeatView) -> Result<(), Failure> {
    if !view.objectives.is_empty() {
        out.heading("Objectives")?;
    }
    for objective in view.objectives.values() {
        wrap(
            out,
            if objective.met { "  [x] " } else { "  [ ] " },
            &objective.name,
        )?;
    }
    if view.ledger.is_empty() {
        return Ok(());
    }
    // After the war nothing is hidden any more.
    let ended = view.ended.as_ref();
    let points = |line: &LedgerLine| {
        let counted = ended.and_then(|ending| ending.terms.get(&line.term));
        counted.copied().unwrap_or(line.points)
    };
    out.heading(match ended {
        Some(_) => "Score",
        None => "Score as far as it can be counted",
    })?;
    let account = |out: &mut Out, of: Option<&Key<Side>>| {
        let of = |line: &&LedgerLine| {
            let term = view.verdict.terms.get(&line.term);
            term.is_some_and(|term| term.to.as_ref() == of)
        };
        let lines = || view.ledger.iter().filter(of);
        for line in lines() {
            let points = tell::tenths_text(points(line));
            out.line(format!("  {points:>8}  {}", fit(&line.name, 80)))?;
        }
        let total: i64 = lines().map(points).sum();
        out.line(format!("  {:>8}  in all", tell::tenths_text(total)))
    };
    if !view.verdict.is_race() {
        return account(out, None);
    }
    for side in view.verdict.runners() {
        out.line(tell::side(view, Some(side.as_str())))?;
        account(out, Some(side))?;
    }
    Ok(())
}

/// What it may agree to, and with whom.
fn table(out: &mut Out, view: &SeatView) -> Result<(), Failure> {
    if view.pacts.is_empty() {
        return Ok(());
    }
    out.heading("On the table (SEAT agree PACT, SEAT refuse PACT)")?;
    for (id, known) in &view.pacts {
        wrap(out, &format!("  {:<18} ", id.as_str()), &known.pact.name)?;
        wrap(out, "      ", &known.pact.summary)?;
        for effect in &known.pact.effects {
            if let Some(words) = tell::effect(view, effect) {
                wrap(out, "      if all agree: ", &words)?;
            }
        }
        let words = known.names.iter().map(|(seat, name)| {
            let said = known.words.contains(seat);
            format!("{name} {}", if said { "agrees" } else { "has not agreed" })
        });
        wrap(out, "      ", &words.collect::<Vec<_>>().join("; "))?;
    }
    Ok(())
}

/// What this seat knows of the last turn.
pub fn report(out: &mut Out, view: &SeatView) -> Result<(), Failure> {
    if view.report.is_empty() {
        return Ok(());
    }
    out.heading("Report of the last turn")?;
    for entry in &view.report {
        wrap(
            out,
            &format!("  {:<10} ", entry.phase.name()),
            &tell::entry(view, entry),
        )?;
    }
    Ok(())
}

fn at(place: &Place) -> String {
    match place {
        Place::Sector(sector) => sector.to_string(),
        Place::Lane { from, to, .. } => format!("{from}>{to}"),
    }
}

/// A text cut to this many characters.
fn fit(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars()
        .take(width.saturating_sub(1))
        .chain(['~'])
        .collect()
}

/// A paragraph within 100 columns, the first line after its mark, the others below it.
pub fn wrap(out: &mut Out, mark: &str, text: &str) -> Result<(), Failure> {
    let indent = mark.chars().count();
    let mut line = mark.to_owned();
    let mut used = indent;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if used > indent && used + 1 + length > 100 {
            out.line(&line)?;
            line = " ".repeat(indent);
            used = indent;
        }
        if used > indent {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += length;
    }
    out.line(line)
}
