//! Things that belong together because each belongs to the next.

/// Numbered things, each in a group that is named after its first one.
#[derive(Debug, Default)]
pub(super) struct Union {
    parent: Vec<u32>,
}

impl Union {
    /// Adds things, each alone, until there are so many.
    pub(super) fn grow(&mut self, count: usize) {
        self.parent.extend(self.parent.len() as u32..count as u32);
    }

    /// The first one of a thing's group.
    pub(super) fn first(&mut self, mut at: u32) -> u32 {
        let parent = &mut self.parent;
        while parent[at as usize] != at {
            parent[at as usize] = parent[parent[at as usize] as usize];
            at = parent[at as usize];
        }
        at
    }

    /// Makes two groups one.
    pub(super) fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first(one as u32), self.first(other as u32));
        self.parent[one.max(other) as usize] = one.min(other);
    }
}
