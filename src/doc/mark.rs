//! Where an article starts in its source, in eight bytes: hundreds of thousands of them are kept.

/// How the title of an article is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Title {
    /// It stands on the first line and again on the second.
    Repeated,
    /// It stands on the first line.
    FirstLine,
    /// Nothing says; the first line has to do.
    Unknown,
}

/// Where an article starts, and how its title is known.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark(u64);

const TITLE_BITS: u64 = 0b11;
const SEPARATED: u64 = 0b100;
const OFFSET: u32 = 3;

impl Mark {
    /// The article whose first line that is not blank starts at byte `offset` of the source; `separated` when a line of stars
    /// or dashes stands between it and the article before.
    #[must_use]
    pub const fn new(offset: usize, title: Title, separated: bool) -> Self {
        let title = match title {
            Title::Repeated => 0,
            Title::FirstLine => 1,
            Title::Unknown => 2,
        };
        let separated = if separated { SEPARATED } else { 0 };
        Self((offset as u64) << OFFSET | separated | title)
    }

    /// Where its first line starts.
    #[must_use]
    #[allow(clippy::cast_possible_truncation)] // It was a usize before.
    pub const fn offset(self) -> usize {
        (self.0 >> OFFSET) as usize
    }

    /// How its title is known.
    #[must_use]
    pub const fn title(self) -> Title {
        match self.0 & TITLE_BITS {
            0 => Title::Repeated,
            1 => Title::FirstLine,
            _ => Title::Unknown,
        }
    }

    /// Whether a line of stars or dashes stands before it.
    #[must_use]
    pub const fn is_separated(self) -> bool {
        self.0 & SEPARATED != 0
    }
}

impl std::fmt::Debug for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let separated = if self.is_separated() {
            " after stars"
        } else {
            ""
        };
        write!(f, "{} {:?}{separated}", self.offset(), self.title())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_it_is_told() {
        for title in [Title::Repeated, Title::FirstLine, Title::Unknown] {
            for separated in [false, true] {
                for offset in [0, 1, 1 << 40] {
                    let mark = Mark::new(offset, title, separated);
                    assert_eq!(
                        (mark.offset(), mark.title(), mark.is_separated()),
                        (offset, title, separated)
                    );
                }
            }
        }
        assert!(Mark::new(1, Title::Unknown, true) < Mark::new(2, Title::Repeated, false));
    }
}
