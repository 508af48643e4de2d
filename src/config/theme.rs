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

/// What something is drawn with: `text`, `#rrggbb`, or `#rrggbb on #rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Ink {
    /// The terminal's own two colours, which read on each other.
    Text,
    /// A colour on the terminal's ground.
    Colour(Colour),
    /// A colour on a ground of its own, which reads on whatever ground is around it.
    Pair(Colour, Colour),
}

impl TryFrom<String> for Ink {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let colour = |part: &str| Colour::try_from(part.to_owned());
        match text.split_once(" on ") {
            _ if text == "text" => Ok(Self::Text),
            Some((ink, ground)) => Ok(Self::Pair(colour(ink)?, colour(ground)?)),
            None => colour(&text).map(Self::Colour),
        }
    }
}

/// The colours of the interface.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Titles and headings.
    pub accent: Ink,
    /// Frames and counts.
    pub faint: Ink,
    /// The line below a name.
    pub rule: Colour,
    /// One for each kind of name.
    names: BTreeMap<Kind, Ink>,
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

    /// The theme that is built in, for a terminal that does not say how bright its ground is.
    ///
    /// # Errors
    /// None in practice: a test reads it.
    pub fn built_in() -> Result<Self, ThemeError> {
        Self::for_ground(None, false)
    }

    /// The built-in theme for a ground, if it is known; `few` says that there are the palette's sixteen colours only.
    ///
    /// # Errors
    /// None in practice: a test reads them all.
    pub fn for_ground(ground: Option<Colour>, few: bool) -> Result<Self, ThemeError> {
        const LIGHT_ONES: [&str; 2] = [
            include_str!("../../assets/themes/light.toml"),
            include_str!("../../assets/themes/light-16.toml"),
        ];
        const DARK_ONES: [&str; 2] = [
            include_str!("../../assets/themes/dark.toml"),
            include_str!("../../assets/themes/dark-16.toml"),
        ];
        const PLAIN_ONES: [&str; 2] = [
            include_str!("../../assets/themes/plain.toml"),
            include_str!("../../assets/themes/plain-16.toml"),
        ];
        let themes = match ground.map(luminance) {
            Some(light) if light >= LIGHT => LIGHT_ONES,
            Some(dark) if dark <= DARK => DARK_ONES,
            _ => PLAIN_ONES,
        };
        Self::parse(themes[usize::from(few)])
    }

    /// What a kind of name is drawn with; the faint one for a kind that the theme leaves out.
    #[must_use]
    pub fn name(&self, kind: Kind) -> Ink {
        self.names.get(&kind).copied().unwrap_or(self.faint)
    }
}

/// The relative luminance (WCAG 2.2) from which a ground counts as light, and the one up to which it counts as dark; on those between
/// the colours must do that suit either.
const LIGHT: f64 = 0.7;
const DARK: f64 = 0.04;

/// WCAG 2.2, relative luminance.
fn luminance(colour: Colour) -> f64 {
    let [red, green, blue] = linear(colour);
    0.0722f64.mul_add(blue, 0.2126f64.mul_add(red, 0.7152 * green))
}

/// The light of each channel, from 0 to 1 (IEC 61966-2-1).
fn linear(colour: Colour) -> [f64; 3] {
    [colour.0, colour.1, colour.2].map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
