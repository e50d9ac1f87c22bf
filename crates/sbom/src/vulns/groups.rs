//! Identifiers of the same thing, merged.

use std::collections::BTreeMap;

/// Sets of identifiers, joined as they are found to mean the same.
#[derive(Default)]
pub(super) struct Groups {
    places: BTreeMap<String, usize>,
    /// Who stands above whom; the top of a set stands above itself.
    above: Vec<usize>,
    /// The sets by their tops, as of the last question.
    members: BTreeMap<usize, Vec<String>>,
}

impl Groups {
    /// Says that two identifiers mean the same.
    pub(super) fn join(&mut self, a: &str, b: &str) {
        let (a, b) = (self.place(a), self.place(b));
        let (a, b) = (self.top(a), self.top(b));
        self.above[a.max(b)] = a.min(b);
    }

    /// All identifiers that mean the same as this one, itself among them; sorted.
    pub(super) fn of(&mut self, id: &str) -> Vec<String> {
        let Some(place) = self.places.get(id).copied() else {
            return vec![id.to_owned()];
        };
        let top = self.top(place);
        if self.members.is_empty() {
            let all: Vec<(String, usize)> =
                self.places.iter().map(|(id, place)| (id.clone(), *place)).collect();
            for (id, place) in all {
                let top = self.top(place);
                self.members.entry(top).or_default().push(id);
            }
        }
        self.members[&top].clone()
    }

    fn place(&mut self, id: &str) -> usize {
        self.members.clear();
        if let Some(place) = self.places.get(id) {
            return *place;
        }
        let place = self.above.len();
        self.places.insert(id.to_owned(), place);
        self.above.push(place);
        place
    }

    fn top(&mut self, mut place: usize) -> usize {
        while self.above[place] != place {
            self.above[place] = self.above[self.above[place]];
            place = self.above[place];
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_the_same_is_one_set() {
        let mut groups = Groups::default();
        groups.join("b", "c");
        groups.join("x", "y");
        groups.join("a", "c");
        assert_eq!(groups.of("b"), ["a", "b", "c"]);
        assert_eq!(groups.of("lone"), ["lone"]);
        groups.join("y", "a");
        assert_eq!(groups.of("b"), ["a", "b", "c", "x", "y"]);
    }
}
