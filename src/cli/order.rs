//! `order`: orders given, listed, taken back; and order files.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use super::{
    Common, open,
    out::{Done, Failure, Out},
};
use crate::{
    content::{Force, Key, Seat, Sector},
    sim::{
        map::Graph,
        order::{self, Order},
    },
    war::{Player, War, store},
};

/// Give a seat's orders, list what may be ordered, take orders back
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The record
    record: PathBuf,
    /// Whose orders
    #[arg(long)]
    seat: String,
    /// Give the orders of this file, all or none: `["FORCE VERB ...", ...]`
    #[arg(long, value_name = "F.ron", group = "what")]
    file: Option<PathBuf>,
    /// List what may be ordered, in the words that ORDER takes; of one force, if it is named
    #[arg(long, value_name = "FORCE", num_args = 0..=1, default_missing_value = "", group = "what")]
    legal: Option<String>,
    /// List the pending orders
    #[arg(long, group = "what")]
    list: bool,
    /// Take back the pending order of this number
    #[arg(long, value_name = "N", group = "what")]
    retract: Option<usize>,
    /// Take back all pending orders
    #[arg(long, group = "what")]
    retract_all: bool,
    /// Give the orders that the steady computer would give
    #[arg(long, group = "what")]
    suggested: bool,
    /// The order in words: `FORCE go SECTOR...`, `FORCE fire WEAPON SALVOS at CONTACT`, ...; several apart by `;`
    #[arg(group = "what", trailing_var_arg = true)]
    order: Vec<String>,
}

pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    // Words are read before files are touched: a slip of the tongue is a matter of usage.
    let mut orders = words(&args.order.join(" "))?;
    let catalog = open::catalog(out, common)?;
    if let Some(path) = &args.file {
        orders = file(path)?;
    }
    let held = store::Held::take(&args.record)?;
    let mut war = War::resume(catalog, store::load(&args.record)?)?;
    let seat = open::seat(&war, &args.seat)?;
    if let Some(force) = &args.legal {
        return legal(out, &war, &seat, force);
    }
    if args.list
        || (orders.is_empty()
            && args.file.is_none()
            && args.retract.is_none()
            && !args.retract_all
            && !args.suggested)
    {
        return list(out, &war, &seat);
    }
    if matches!(war.player(&seat), Some(Player::Computer(_))) {
        return Err(Failure::Failed(format!("the computer plays `{seat}`")));
    }
    if let Some(number) = args.retract {
        let index = number.checked_sub(1);
        if index.and_then(|i| war.retract(&seat, i)).is_none() {
            return Err(Failure::Usage(format!(
                "there is no pending order {number}; there are {}",
                war.pending(&seat).len()
            )));
        }
    }
    if args.retract_all {
        war.retract_all(&seat);
    }
    if args.suggested {
        orders = war.plan(&seat)?.into_iter().map(|r| r.order).collect();
    }
    if let Err(refused) = war.give_all(&seat, orders.clone()) {
        return refuse(out, &orders, &refused);
    }
    held.save(war.record())?;
    list(out, &war, &seat)
}

/// Nothing is given: says which orders were refused and why.
fn refuse(
    out: &mut Out,
    orders: &[Order],
    refused: &[(usize, order::Refusal)],
) -> Result<Done, Failure> {
    if out.json {
        let list: Vec<Value> = refused
            .iter()
            .map(|(n, why)| json!({ "order": orders[*n].to_string(), "refusal": why, "message": why.to_string() }))
            .collect();
        out.document(&json!({ "given": 0, "refused": list }))?;
    } else {
        for (n, why) in refused {
            out.line(format!("refused: {}: {why}", orders[*n]))?;
        }
        out.aside("Nothing was ordered.")?;
    }
    Ok(Done::Bad)
}

fn list(out: &mut Out, war: &War, seat: &Key<Seat>) -> Result<Done, Failure> {
    let words: Vec<String> = war.pending(seat).iter().map(ToString::to_string).collect();
    let tolls = tolls(war, seat)?;
    if out.json {
        let tolls: Vec<Value> = tolls
            .iter()
            .map(|(force, sector, share)| json!({ "force": force, "sector": sector, "permille": share }))
            .collect();
        out.document(
            &json!({ "seat": seat, "turn": war.turn(), "pending": words, "tolls": tolls }),
        )?;
        return Ok(Done::Good);
    }
    for (n, order) in (1..).zip(&words) {
        out.line(format!("{n:>3}  {order}"))?;
    }
    for (force, sector, share) in &tolls {
        let (whole, tenths) = (share / 10, share % 10);
        out.line(format!(
            "     {force} will lose about {whole}.{tenths} % of its ships on coming into {sector}"
        ))?;
    }
    if words.is_empty() {
        out.aside("No orders are pending.")?;
    }
    Ok(Done::Good)
}

/// What the marches ordered will cost in ships on the way, as far as the seat knows: force, sector, permille.
fn tolls(war: &War, seat: &Key<Seat>) -> Result<Vec<(Key<Force>, Key<Sector>, i64)>, Failure> {
    let view = war.view(seat)?;
    let graph = Graph::new(&view.map);
    let pending = war.pending(seat);
    let mut tolls = Vec::new();
    for (key, force) in view.forces.iter().filter(|(_, f)| f.mine) {
        if pending.iter().any(|o| o.force == *key) {
            let queue = order::queue(&view, key, pending);
            let own = order::tolls(&view, &graph, force, &queue);
            tolls.extend(own.into_iter().map(|(at, n)| (key.clone(), at, n)));
        }
    }
    Ok(tolls)
}

fn legal(out: &mut Out, war: &War, seat: &Key<Seat>, force: &str) -> Result<Done, Failure> {
    let view = war.view(seat)?;
    // What a seat says itself is listed under its own id.
    let speaks = force == seat.as_str();
    if !force.is_empty() && !speaks && !view.forces.get(force).is_some_and(|f| f.mine) {
        return Err(Failure::Usage(format!(
            "`{seat}` orders no force `{force}`"
        )));
    }
    let forces: Vec<&Key<Force>> = view
        .forces
        .iter()
        .filter(|(k, f)| f.mine && (force.is_empty() || k.as_str() == force))
        .map(|(k, _)| k)
        .collect();
    let mut choices: Vec<order::Choice> = forces
        .into_iter()
        .flat_map(|f| order::legal(&view, f))
        .collect();
    if force.is_empty() || speaks {
        choices.extend(order::legal_words(&view));
    }
    if out.json {
        let rows: Vec<Value> = choices
            .iter()
            .filter(|c| c.refusal.is_none() || out.verbose)
            .map(|c| {
                json!({
                    "order": c.order.to_string(),
                    "force": c.order.force,
                    "refusal": c.refusal.as_ref().map(ToString::to_string),
                })
            })
            .collect();
        out.document(&json!({ "seat": seat, "turn": war.turn(), "legal": rows }))?;
        return Ok(Done::Good);
    }
    for choice in &choices {
        match &choice.refusal {
            None => out.line(choice.order.to_string())?,
            Some(why) if out.verbose => out.line(format!("({}: {why})", choice.order))?,
            Some(_) => {}
        }
    }
    Ok(Done::Good)
}

/// Orders in words, apart by `;` or line ends.
fn words(text: &str) -> Result<Vec<Order>, Failure> {
    text.split([';', '\n'])
        .filter(|part| !part.trim().is_empty())
        .map(|part| {
            order::parse(part).map_err(|e| Failure::Usage(format!("`{}`: {e}", part.trim())))
        })
        .collect()
}

/// The orders of a file: a list of words, or of orders field by field.
fn file(path: &Path) -> Result<Vec<Order>, Failure> {
    let text = text_of(path)?;
    let wrong = |message: String| Failure::Load(format!("{}: {message}", path.display()));
    match ron::from_str::<Vec<String>>(&text) {
        Ok(lines) => lines
            .iter()
            .map(|line| order::parse(line).map_err(|e| wrong(format!("`{line}`: {e}"))))
            .collect(),
        Err(as_words) => ron::from_str::<Vec<Order>>(&text).map_err(|as_orders| {
            wrong(format!(
                "neither words ({as_words}) nor orders ({as_orders})"
            ))
        }),
    }
}

/// Orders by turn and seat, for a whole war.
pub fn script(path: &Path) -> Result<BTreeMap<u32, BTreeMap<Key<Seat>, Vec<Order>>>, Failure> {
    let wrong = |message: String| Failure::Load(format!("{}: {message}", path.display()));
    let read: BTreeMap<u32, BTreeMap<Key<Seat>, Vec<String>>> =
        ron::from_str(&text_of(path)?).map_err(|e| wrong(e.to_string()))?;
    let mut script: BTreeMap<u32, BTreeMap<Key<Seat>, Vec<Order>>> = BTreeMap::new();
    for (turn, seats) in read {
        for (seat, lines) in seats {
            for line in lines {
                let order = order::parse(&line)
                    .map_err(|e| wrong(format!("turn {turn}, `{line}`: {e}")))?;
                script
                    .entry(turn)
                    .or_default()
                    .entry(seat.clone())
                    .or_default()
                    .push(order);
            }
            // A seat without orders is still nobody else's.
            script.entry(turn).or_default().entry(seat).or_default();
        }
    }
    Ok(script)
}

fn text_of(path: &Path) -> Result<String, Failure> {
    let bytes = store::read_bytes(path)?;
    if bytes.len() as u64 > crate::war::record::LIMIT {
        return Err(Failure::Load(format!("{} is too large", path.display())));
    }
    String::from_utf8(bytes)
        .map_err(|_| Failure::Load(format!("{} is not UTF-8 text", path.display())))
}
