//! Names: which words of an article name a person, a place, an organisation …, and which of them are the same.

/// What a name names; the closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
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
