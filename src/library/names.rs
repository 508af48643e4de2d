//! The names that were found in a text, kept by what the text says and by what found them.
//!
//! A text is known by the hash of its paragraphs, wherever it comes from; what found the names by the hash of the model, the lexicons and
//! the program's version. Names are kept as numbers of seven bits a byte, places by the number of their paragraph: some 3 kB for an
//! article. What another version found is thrown away, and of more texts than [`MOST`] those that were kept first.

use rusqlite::{OptionalExtension, params};

use super::{Library, LibraryError};
use crate::entity::{DATA, Entity, Kind, Mention, Names};

/// The most texts whose names are kept.
const MOST: i64 = 5000;

/// A text, known by its paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Content([u8; 16]);

impl Content {
    /// The text of these paragraphs.
    pub fn of<'a>(paragraphs: impl IntoIterator<Item = &'a str>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for paragraph in paragraphs {
            hasher.update(&paragraph.len().to_le_bytes());
            hasher.update(paragraph.as_bytes());
        }
        Self(short(&hasher))
    }
}

/// What found names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finder([u8; 16]);

impl Default for Finder {
    /// What this program finds names with.
    fn default() -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
        for part in DATA {
            hasher.update(part);
        }
        Self(short(&hasher))
    }
}

fn short(hasher: &blake3::Hasher) -> [u8; 16] {
    let mut short = [0; 16];
    hasher.finalize_xof().fill(&mut short);
    short
}

impl Library {
    /// The names that were found in a text; `starts` are those of its paragraphs now.
    ///
    /// # Errors
    /// What the database says.
    pub fn names(
        &mut self,
        content: Content,
        finder: Finder,
        starts: &[usize],
    ) -> std::result::Result<Option<Names>, LibraryError> {
        let body: Option<Vec<u8>> = self.with(|connection| {
            let row = connection.query_row(
                "SELECT body FROM names WHERE content = ?1 AND version = ?2",
                params![content.0, finder.0],
                |row| row.get(0),
            );
            row.optional()
        })?;
        Ok(body.and_then(|body| read(&body, starts)))
    }

    /// Keeps the names that were found in a text; `starts` are those of its paragraphs.
    ///
    /// # Errors
    /// What the database says.
    pub fn keep_names(
        &mut self,
        content: Content,
        finder: Finder,
        starts: &[usize],
        names: &Names,
    ) -> std::result::Result<(), LibraryError> {
        let body = write(names, starts);
        self.change(|change| {
            change.execute("DELETE FROM names WHERE version <> ?1", [&finder.0])?;
            change.execute(
                "INSERT OR REPLACE INTO names (content, version, body) VALUES (?1, ?2, ?3)",
                params![content.0, finder.0, body],
            )?;
            change.execute(
                "DELETE FROM names WHERE id <= (SELECT max(id) FROM names) - ?1",
                [MOST],
            )?;
            Ok(())
        })
    }
}

/// Names as bytes.
fn write(names: &Names, starts: &[usize]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let kind = |kind: Kind| Kind::ALL.iter().position(|&other| other == kind);
    put(&mut bytes, names.entities.len());
    for entity in &names.entities {
        put(&mut bytes, kind(entity.kind).unwrap_or(0));
        put(&mut bytes, entity.name.len());
        bytes.extend(entity.name.as_bytes());
    }
    for mention in &names.mentions {
        put(
            &mut bytes,
            starts.partition_point(|&start| start < mention.paragraph),
        );
        put(&mut bytes, mention.range.start);
        put(&mut bytes, mention.range.len());
        put(&mut bytes, mention.entity);
    }
    bytes
}

/// Puts a number down, seven bits a byte, the lowest first.
fn put(bytes: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = u8::try_from(number & 0x7F).unwrap_or(0);
        number >>= 7;
        bytes.push(low | if number > 0 { 0x80 } else { 0 });
        if number == 0 {
            return;
        }
    }
}

/// Names from their bytes; nothing from bytes that are none.
fn read(bytes: &[u8], starts: &[usize]) -> Option<Names> {
    let mut rest = bytes;
    let mut names = Names::default();
    for _ in 0..take(&mut rest)? {
        let kind = *Kind::ALL.get(take(&mut rest)?)?;
        let length = take(&mut rest)?;
        let (name, after) = rest.split_at_checked(length)?;
        rest = after;
        names.entities.push(Entity {
            kind,
            name: str::from_utf8(name).ok()?.to_owned(),
            mentions: Vec::new(),
        });
    }
    while !rest.is_empty() {
        let paragraph = *starts.get(take(&mut rest)?)?;
        let start = take(&mut rest)?;
        let range = start..start.checked_add(take(&mut rest)?)?;
        let entity = take(&mut rest)?;
        let known = names.entities.get_mut(entity)?;
        known.mentions.push(names.mentions.len());
        names.mentions.push(Mention {
            kind: known.kind,
            paragraph,
            range,
            entity,
        });
    }
    Some(names)
}

/// Takes a number from the beginning.
fn take(rest: &mut &[u8]) -> Option<usize> {
    let mut number = 0_usize;
    for shift in (0..usize::BITS).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        number |= usize::from(byte & 0x7F).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const STARTS: [usize; 3] = [0, 40, 1000];

    fn names() -> Names {
        let mention = |kind, paragraph, range, entity| Mention {
            kind,
            paragraph,
            range,
            entity,
        };
        Names {
            mentions: vec![
                mention(Kind::Person, 0, 3..9, 0),
                mention(Kind::Product, 40, 200..230, 1),
                mention(Kind::Person, 1000, 0..129, 0),
            ],
            entities: vec![
                Entity {
                    kind: Kind::Person,
                    name: "بوتين".into(),
                    mentions: vec![0, 2],
                },
                Entity {
                    kind: Kind::Product,
                    name: "ياك".into(),
                    mentions: vec![1],
                },
            ],
        }
    }

    #[test]
    fn names_are_found_again_wherever_the_text_stands_now() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open_in(folder.path()).unwrap();
        let (content, finder) = (Content::of(["أ", "ب", "ج"]), Finder::default());
        assert_eq!(library.names(content, finder, &STARTS).unwrap(), None);
        library
            .keep_names(content, finder, &STARTS, &names())
            .unwrap();
        let kept = library.names(content, finder, &STARTS).unwrap();
        assert_eq!(kept, Some(names()));
        let moved = library.names(content, finder, &[5, 45, 1005]).unwrap();
        assert_eq!(moved.unwrap().mentions[2].paragraph, 1005);
        assert_eq!(
            library
                .names(Content::of(["أب", "ج"]), finder, &STARTS)
                .unwrap(),
            None
        );
    }

    #[test]
    fn what_another_version_found_is_thrown_away() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open_in(folder.path()).unwrap();
        let (one, other) = (Content::of(["أ"]), Content::of(["ب"]));
        let (old, new) = (Finder([1; 16]), Finder([2; 16]));
        library.keep_names(one, old, &STARTS, &names()).unwrap();
        assert_eq!(library.names(one, new, &STARTS).unwrap(), None);
        library.keep_names(other, new, &STARTS, &names()).unwrap();
        assert_eq!(library.names(one, old, &STARTS).unwrap(), None);
        assert!(library.names(other, new, &STARTS).unwrap().is_some());
    }

    #[test]
    fn bytes_that_are_no_names_are_none() {
        let whole = write(&names(), &STARTS);
        assert_eq!(read(&whole, &STARTS), Some(names()));
        for end in 1..whole.len() {
            // Whatever is cut off, nothing breaks.
            let _ = read(&whole[..end], &STARTS);
        }
        assert_eq!(read(&[], &STARTS), None);
        assert_eq!(read(&[0xFF; 30], &STARTS), None);
        assert_eq!(read(&whole, &STARTS[..1]), None, "fewer paragraphs");
    }
}
