//! A theatre that nobody wrote, wished for in the menu: what is chosen, and making it. It becomes a mod in the player's
//! folder, and from then on is a scenario like any other.

use std::time::{SystemTime, UNIX_EPOCH};

use super::{Choice, Game, words::say};
use crate::{
    content::{
        Catalog, Key, Scenario,
        generate::{Shape, Wish, generate},
    },
    war::store,
};

/// Sectors that are offered.
pub const SIZES: [u32; 7] = [16, 24, 31, 48, 80, 120, 200];
/// Turns that are offered.
pub const TURNS: [u32; 6] = [12, 20, 28, 40, 60, 100];

/// What is chosen on the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// How it lies.
    pub shape: Shape,
    /// Sectors at most.
    pub size: u32,
    /// Seats.
    pub seats: u32,
    /// Turns.
    pub turns: u32,
    /// What it is drawn by, as typed.
    pub seed: String,
}

impl Default for Draft {
    fn default() -> Self {
        let wish = Wish::new(Shape::Ring);
        Self {
            shape: wish.shape,
            size: wish.size,
            seats: wish.seats,
            turns: wish.turns,
            seed: wish.seed.to_string(),
        }
    }
}

impl Draft {
    /// What is wished for by it.
    ///
    /// # Errors
    /// Why it cannot be had, in a sentence.
    pub fn wish(&self) -> Result<Wish, String> {
        let seed = self.seed.trim();
        let wish = Wish {
            size: self.size,
            seats: self.seats,
            turns: self.turns,
            seed: seed
                .parse()
                .map_err(|_| say!("menu-no-seed", seed = seed))?,
            ..Wish::new(self.shape)
        };
        let least = Wish::least_size(self.seats);
        if self.size < least {
            return Err(say!("theatre-crowded", seats = self.seats, least = least));
        }
        wish.check().map_err(|error| error.to_string())?;
        Ok(wish)
    }
}

/// What is done on the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Act {
    /// Chooses all this.
    Draw(Draft),
    /// Another seed, by chance.
    Roll,
    /// Makes it, and chooses it in the menu.
    Make,
}

impl Game {
    /// Carries out what is done on the page of new theatres.
    pub(super) fn at_theatre(&mut self, act: Act) {
        self.message = None;
        match act {
            Act::Draw(draft) => self.around.theatre = draft,
            Act::Roll => {
                let now = SystemTime::now().duration_since(UNIX_EPOCH);
                let nanos = now.map_or(0, |now| now.subsec_nanos());
                // Small enough to be read out to somebody.
                let seed = u64::from(nanos) / 1_000 * 7_919 % 1_000_000;
                self.around.theatre.seed = seed.to_string();
            }
            Act::Make => match self.make_theatre() {
                Ok(scenario) => {
                    let people = self.catalog.scenarios.get(&scenario);
                    let people = people.and_then(|s| s.seats.keys().next().cloned());
                    self.choice = Choice {
                        scenario: Some(scenario),
                        people: people.into_iter().collect(),
                        ..self.choice.clone()
                    };
                    self.around.leaf = None;
                }
                Err(why) => self.message = Some(why),
            },
        }
    }

    /// Writes it as a mod and takes that into use. One that was made before is taken as it is.
    fn make_theatre(&mut self) -> Result<Key<Scenario>, String> {
        let wish = self.around.theatre.wish()?;
        let id = wish.id();
        let scenario: Key<Scenario> = Key::new(&id);
        if self.catalog.scenarios.contains_key(&scenario) {
            return Ok(scenario);
        }
        let home = self.around.home.clone()?;
        let theatre =
            generate(Catalog::shipped_rules(), &wish).map_err(|error| error.to_string())?;
        let folder = home.join("mods").join(&id);
        store::write_mod(&folder, &theatre.files()).map_err(|error| error.to_string())?;
        self.read_content();
        self.message = None;
        if !self.catalog.scenarios.contains_key(&scenario) {
            let wrong = self.live.wrong().into_iter().next();
            let why = wrong.map_or(String::new(), |wrong| wrong.problem.line);
            return Err(say!("theatre-broken", why = why));
        }
        Ok(scenario)
    }
}
