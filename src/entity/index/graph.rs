//! Who is named together: two entries share an edge for every paragraph that names both.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Entity, Names};

/// Pairs of entries, the smaller number first, each with the number of paragraphs that name both.
pub type Pairs = BTreeMap<(usize, usize), usize>;

/// Adds the pairs of one article; `entry_of` gives the number of an entity's entry, or nothing for one that is left out.
pub fn pairs(names: &Names, entry_of: impl Fn(&Entity) -> Option<usize>, into: &mut Pairs) {
    let entries: Vec<Option<usize>> = names.entities.iter().map(entry_of).collect();
    for paragraph in names
        .mentions
        .chunk_by(|one, other| one.paragraph == other.paragraph)
    {
        let here: BTreeSet<usize> = paragraph
            .iter()
            .filter_map(|mention| entries.get(mention.entity).copied().flatten())
            .collect();
        for &one in &here {
            for &other in here.range(one + 1..) {
                *into.entry((one, other)).or_default() += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::{Kind, Mention};

    #[test]
    fn counts_the_paragraphs_that_two_share() {
        // Paragraph 0 names a a b, paragraph 10 a b c, paragraph 20 c alone.
        let places = [(0, 0), (0, 0), (0, 1), (10, 0), (10, 1), (10, 2), (20, 2)];
        let names = Names {
            mentions: places
                .map(|(paragraph, entity)| Mention {
                    kind: Kind::Place,
                    paragraph,
                    range: 0..1,
                    entity,
                })
                .into(),
            entities: ["a", "b", "c"]
                .map(|name| Entity {
                    kind: Kind::Place,
                    name: name.into(),
                    mentions: vec![],
                })
                .into(),
        };
        let number = |entity: &Entity| Some(usize::from(entity.name.as_bytes()[0] - b'a'));
        let mut found = Pairs::new();
        pairs(&names, number, &mut found);
        let expected = [((0, 1), 2), ((0, 2), 1), ((1, 2), 1)];
        assert_eq!(found, Pairs::from(expected));
        let mut without = Pairs::new();
        pairs(
            &names,
            |entity| number(entity).filter(|&at| at != 1),
            &mut without,
        );
        assert_eq!(without, Pairs::from([((0, 2), 1)]));
    }
}
