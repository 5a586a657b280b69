//! Numbers by name: where a name stands in the order of names, found without a search.

use crate::content::Key;

/// The numbers of names; never run through, so that their order here means nothing.
#[derive(Clone, Debug)]
pub struct Numbers<T: ?Sized> {
    /// Each at or after the slot that its name's digest gives; half of the slots are free.
    slots: Vec<Option<(Key<T>, u32)>>,
}

impl<T: ?Sized> Default for Numbers<T> {
    fn default() -> Self {
        Self::of([].into_iter())
    }
}

impl<T: ?Sized> Numbers<T> {
    /// These names, numbered as they come; each comes once.
    pub fn of<'a>(names: impl ExactSizeIterator<Item = &'a Key<T>>) -> Self
    where
        T: 'a,
    {
        let mut slots = vec![None; (2 * names.len() + 1).next_power_of_two()];
        let mask = slots.len() - 1;
        for (n, name) in (0..).zip(names) {
            let mut at = slot(name, mask);
            while slots[at].is_some() {
                at = (at + 1) & mask;
            }
            slots[at] = Some((name.clone(), n));
        }
        Self { slots }
    }

    /// The number of a name.
    pub fn get<U: ?Sized>(&self, name: &Key<U>) -> Option<usize> {
        let mask = self.slots.len() - 1;
        let mut at = slot(name, mask);
        while let Some((known, n)) = &self.slots[at] {
            if known.is_named(name) {
                return Some(*n as usize);
            }
            at = (at + 1) & mask;
        }
        None
    }
}

/// Where the search for a name begins.
fn slot<T: ?Sized>(name: &Key<T>, mask: usize) -> usize {
    (name.digest() as usize) & mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_its_number_and_no_other_has_one() {
        let names: Vec<Key<str>> = (0..300).map(|n| Key::new(format!("n{n}"))).collect();
        let numbers = Numbers::of(names.iter());
        for (n, name) in names.iter().enumerate() {
            assert_eq!(numbers.get(name), Some(n));
        }
        assert_eq!(numbers.get(&Key::<str>::new("n300")), None);
        assert_eq!(Numbers::<str>::default().get(&names[0]), None);
    }
}
