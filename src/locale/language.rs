//! Which language the interface speaks: a name given by the reader or the locale of the environment.

use crate::text::Direction;

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
pub enum Language {
    /// العربية
    #[serde(rename = "ar")]
    Arabic,
    /// English
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Every language there is, by the tag that names it in options and folders.
    pub const ALL: [(&'static str, Self); 2] = [("ar", Self::Arabic), ("en", Self::English)];

    /// The language of a locale given as `LC_ALL`, `LC_MESSAGES` and `LANG`: the first that is set and not empty counts
    /// (POSIX, 8.2). A language that the interface does not speak means English.
    #[must_use]
    pub fn from_environment(all: Option<&str>, messages: Option<&str>, lang: Option<&str>) -> Self {
        [all, messages, lang]
            .into_iter()
            .flatten()
            .find(|value| !value.is_empty())
            .and_then(|value| Self::from_tag(value.split(['_', '-', '.', '@']).next()?))
            .unwrap_or(Self::English)
    }

    /// The language that a tag names.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(tag))
            .map(|(_, language)| language)
    }

    /// The tag that names it.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::English => "en",
        }
    }

    /// The way the language runs, and with it the whole interface.
    #[must_use]
    pub const fn direction(self) -> Direction {
        match self {
            Self::Arabic => Direction::Rtl,
            Self::English => Direction::Ltr,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_first_variable_that_is_set() {
        let language = Language::from_environment;
        assert_eq!(language(None, None, Some("ar_EG.UTF-8")), Language::Arabic);
        assert_eq!(language(None, Some("ar"), Some("en_GB")), Language::Arabic);
        assert_eq!(
            language(Some("C"), Some("ar"), Some("ar")),
            Language::English
        );
        assert_eq!(language(Some(""), None, Some("ar@latin")), Language::Arabic);
        assert_eq!(language(None, None, Some("fr_FR")), Language::English);
        assert_eq!(
            language(None, None, Some("arn_CL")),
            Language::English,
            "Mapudungun"
        );
        assert_eq!(language(None, None, None), Language::English);
    }

    #[test]
    fn knows_its_own_tags() {
        for (tag, language) in Language::ALL {
            assert_eq!(Language::from_tag(tag), Some(language));
            assert_eq!(language.tag(), tag);
        }
        assert_eq!(Language::from_tag("fr"), None);
    }
}
