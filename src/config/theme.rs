//! A theme file becomes colours. How many of them a terminal can show is `term`'s affair.

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;

use crate::entity::Kind;

/// A colour as red, green and blue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Colour(pub u8, pub u8, pub u8);

impl TryFrom<String> for Colour {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let wrong = || format!("`{text}` is no colour; write it as #rrggbb");
        let digits = text
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6)
            .ok_or_else(wrong)?;
        let value = u32::from_str_radix(digits, 16).map_err(|_| wrong())?;
        let [_, red, green, blue] = value.to_be_bytes();
        Ok(Self(red, green, blue))
    }
}

/// The colours of the interface.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Titles and headings.
    pub accent: Colour,
    /// Frames and counts.
    pub faint: Colour,
    /// The line below a name.
    pub rule: Colour,
    /// One for each kind of name.
    names: BTreeMap<Kind, Colour>,
}

/// Why a theme file is no theme.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct ThemeError(#[from] toml::de::Error);

impl Theme {
    /// Reads a theme from the text of its file.
    ///
    /// # Errors
    /// When it is no TOML, misses a field, has one too many, or holds something that is no colour.
    pub fn parse(text: &str) -> Result<Self, ThemeError> {
        Ok(toml::from_str(text)?)
    }

    /// The theme that is built in.
    ///
    /// # Errors
    /// None in practice: a test reads it.
    pub fn built_in() -> Result<Self, ThemeError> {
        Self::parse(include_str!("../../assets/themes/plain.toml"))
    }

    /// The colour of a kind of name; the faint one for a kind that the theme leaves out.
    #[must_use]
    pub fn name(&self, kind: Kind) -> Colour {
        self.names.get(&kind).copied().unwrap_or(self.faint)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// WCAG 2.2, relative luminance.
    fn luminance(colour: Colour) -> f64 {
        let channel = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(colour.0) + 0.7152 * channel(colour.1) + 0.0722 * channel(colour.2)
    }

    /// WCAG 2.2, contrast ratio.
    fn contrast(a: Colour, b: Colour) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_colour_reads_on_black_and_on_white() {
        let theme = Theme::built_in().unwrap();
        let colours = theme.names.values().chain([&theme.accent, &theme.faint]);
        for &colour in colours {
            for ground in [Colour(0, 0, 0), Colour(255, 255, 255)] {
                let ratio = contrast(colour, ground);
                assert!(ratio >= 4.5, "{colour:?} on {ground:?}: {ratio:.2}");
            }
        }
    }

    #[test]
    fn a_wrong_colour_is_named_with_its_line() {
        let error =
            Theme::parse("accent = \"red\"\nfaint = \"#000000\"\nrule = \"#000000\"\n[names]\n")
                .unwrap_err();
        assert!(error.to_string().contains("line 1"), "{error}");
        assert!(error.to_string().contains("`red`"), "{error}");
    }
}
