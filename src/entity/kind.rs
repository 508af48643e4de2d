//! What a name names: the closed list of kinds, with a stable word for each.
//!
//! The words are those of the labels and of the command line; what a reader sees is in locale's care.

use std::fmt;
use std::str::FromStr;

/// What a name names; the closed list.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// People by name.
    Person,
    /// Countries, towns, rivers, regions; former states too.
    Place,
    /// Alliances, parties, agencies, companies, media.
    Organization,
    /// Nationalities, peoples, creeds, as noun or adjective.
    Group,
    /// Dates, Gregorian and Hijri.
    Date,
    /// Numbers with their unit or counted thing.
    Number,
    /// Amounts of money.
    Money,
    /// Percentages.
    Percent,
    /// Events with a name.
    Event,
    /// Works: treaties, books, films.
    Work,
    /// Products.
    Product,
}

impl Kind {
    /// Every kind, in the order in which a reader sees them.
    pub const ALL: [Self; 11] = [
        Self::Person,
        Self::Place,
        Self::Organization,
        Self::Group,
        Self::Date,
        Self::Number,
        Self::Money,
        Self::Percent,
        Self::Event,
        Self::Work,
        Self::Product,
    ];

    /// Its word: lower case, English, stable.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Organization => "organization",
            Self::Group => "group",
            Self::Date => "date",
            Self::Number => "number",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Event => "event",
            Self::Work => "work",
            Self::Product => "product",
        }
    }

    /// One Latin letter that no other kind has.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Person => 'p',
            Self::Place => 'l',
            Self::Organization => 'o',
            Self::Group => 'g',
            Self::Date => 'd',
            Self::Number => 'n',
            Self::Money => 'm',
            Self::Percent => 'r',
            Self::Event => 'e',
            Self::Work => 'w',
            Self::Product => 'u',
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A word that names no kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no kind of name: {0}")]
pub struct UnknownKind(pub String);

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(word: &str) -> Result<Self, UnknownKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == word)
            .ok_or_else(|| UnknownKind(word.to_owned()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_word_leads_back_to_its_kind() {
        for kind in Kind::ALL {
            assert_eq!(kind.to_string().parse::<Kind>().unwrap(), kind);
        }
        assert_eq!("Person".parse::<Kind>(), Err(UnknownKind("Person".into())));
    }

    #[test]
    fn no_two_kinds_share_a_letter() {
        for (n, kind) in Kind::ALL.into_iter().enumerate() {
            assert!(
                Kind::ALL[n + 1..]
                    .iter()
                    .all(|other| other.letter() != kind.letter())
            );
        }
    }
}
