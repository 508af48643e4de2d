//! Which names a command is asked for: of some kinds, named often enough.

use crate::entity::{Kind, Names};

/// What the command line says about the names that it wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only these kinds; none for all.
    pub kinds: Vec<Kind>,
    /// Only what is named so often.
    pub min_count: usize,
}

impl Wanted {
    /// Whether a name of this kind that stands so often is wanted.
    #[must_use]
    pub fn admits(&self, kind: Kind, count: usize) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&kind)) && count >= self.min_count
    }

    /// Whether the entity of this number is wanted.
    #[must_use]
    pub fn admits_entity(&self, names: &Names, entity: usize) -> bool {
        let entity = names.entities.get(entity);
        entity.is_some_and(|entity| self.admits(entity.kind, entity.mentions.len()))
    }
}
