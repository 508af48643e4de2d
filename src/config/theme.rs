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
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// WCAG 2.2, contrast ratio.
    fn contrast(a: Colour, b: Colour) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    const BLACK: Colour = Colour(0, 0, 0);
    const WHITE: Colour = Colour(255, 255, 255);
    const LIGHT_GREY: Colour = Colour(0xee, 0xee, 0xee);
    const DARK_GREY: Colour = Colour(0x30, 0x30, 0x30);

    #[test]
    fn every_colour_reads_on_its_grounds() {
        for (told, grounds) in [
            (None, [BLACK, WHITE]),
            (Some(WHITE), [WHITE, LIGHT_GREY]),
            (Some(LIGHT_GREY), [WHITE, LIGHT_GREY]),
            (Some(BLACK), [BLACK, DARK_GREY]),
            (Some(DARK_GREY), [BLACK, DARK_GREY]),
            (Some(Colour(0x77, 0x77, 0x77)), [BLACK, WHITE]),
        ] {
            let theme = Theme::for_ground(told, false).unwrap();
            for colour in colours(&theme) {
                for ground in grounds {
                    let ratio = contrast(colour, ground);
                    assert!(ratio >= 4.5, "{colour:?} on {ground:?}: {ratio:.2}");
                }
            }
        }
    }

    /// All that a theme draws with.
    fn inks(theme: &Theme) -> Vec<Ink> {
        let names = theme.names.values().copied();
        names.chain([theme.accent, theme.faint]).collect()
    }

    /// The colours of a theme that has nothing else.
    fn colours(theme: &Theme) -> Vec<Colour> {
        let colour = |ink| match ink {
            Ink::Colour(colour) => colour,
            ink => panic!("{ink:?}"),
        };
        inks(theme).into_iter().map(colour).collect()
    }

    /// What eyes of three kinds see: all colours, no red, no green (Machado, Oliveira and Fernandes 2009, severity 1).
    const EYES: [[[f64; 3]; 3]; 3] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ];

    fn apply(matrix: &[[f64; 3]; 3], colour: [f64; 3]) -> [f64; 3] {
        matrix.map(|row| row.iter().zip(colour).map(|(one, other)| one * other).sum())
    }

    /// CIE 1976 L*a*b*, for light of D65.
    fn lab(light: [f64; 3]) -> [f64; 3] {
        const TO_XYZ: [[f64; 3]; 3] = [
            [0.4124, 0.3576, 0.1805],
            [0.2126, 0.7152, 0.0722],
            [0.0193, 0.1192, 0.9505],
        ];
        let [x, y, z] = apply(&TO_XYZ, light.map(|channel| channel.clamp(0.0, 1.0)));
        let root = |value: f64| {
            if value > 0.008_856 {
                value.cbrt()
            } else {
                7.787 * value + 16.0 / 116.0
            }
        };
        let (x, y, z) = (root(x / 0.950_47), root(y), root(z / 1.088_83));
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    #[test]
    fn kinds_are_told_apart_by_all_eyes() {
        for (ground, text) in [(WHITE, BLACK), (BLACK, WHITE)] {
            let theme = Theme::for_ground(Some(ground), false).unwrap();
            // Dates and numbers are one to the eye.
            let mut colours: Vec<Colour> = vec![text];
            for ink in theme.names.values() {
                if let Ink::Colour(colour) = *ink
                    && !colours.contains(&colour)
                {
                    colours.push(colour);
                }
            }
            for eye in &EYES {
                let seen: Vec<[f64; 3]> = colours
                    .iter()
                    .map(|&colour| lab(apply(eye, linear(colour))))
                    .collect();
                for (index, one) in seen.iter().enumerate() {
                    for (other, colour) in seen[..index].iter().zip(&colours) {
                        let distance = one
                            .iter()
                            .zip(other)
                            .map(|(a, b)| (a - b).powi(2))
                            .sum::<f64>()
                            .sqrt();
                        let pair = (colours[index], colour);
                        assert!(distance >= 15.0, "{pair:?}: {distance:.1}");
                    }
                }
            }
        }
    }

    /// The sixteen as xterm shows them, by whose values the themes name them.
    const XTERM: [u32; 16] = [
        0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5,
        0x7f_7f7f, 0xff_0000, 0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
    ];
    /// The same as VGA and consoles show them.
    const VGA: [u32; 16] = [
        0x00_0000, 0xaa_0000, 0x00_aa00, 0xaa_5500, 0x00_00aa, 0xaa_00aa, 0x00_aaaa, 0xaa_aaaa,
        0x55_5555, 0xff_5555, 0x55_ff55, 0xff_ff55, 0x55_55ff, 0xff_55ff, 0x55_ffff, 0xff_ffff,
    ];

    /// A colour of the themes as it comes out with a palette.
    fn shown(Colour(red, green, blue): Colour, palette: &[u32; 16]) -> Colour {
        let number = u32::from_be_bytes([0, red, green, blue]);
        let index = XTERM.iter().position(|&known| known == number).unwrap();
        let [_, red, green, blue] = palette[index].to_be_bytes();
        Colour(red, green, blue)
    }

    #[test]
    fn sixteen_colours_read_on_their_grounds() {
        for palette in [&XTERM, &VGA] {
            for ground in [None, Some(WHITE), Some(BLACK)] {
                let theme = Theme::for_ground(ground, true).unwrap();
                for ink in inks(&theme) {
                    let (colour, ground) = match (ink, ground) {
                        (Ink::Text, _) => continue,
                        (Ink::Pair(colour, ground), _) => (colour, shown(ground, palette)),
                        (Ink::Colour(colour), Some(ground)) => (colour, ground),
                        (Ink::Colour(colour), None) => panic!("{colour:?} on any ground"),
                    };
                    let colour = shown(colour, palette);
                    let ratio = contrast(colour, ground);
                    assert!(ratio >= 4.5, "{colour:?} on {ground:?}: {ratio:.2}");
                }
            }
        }
    }

    #[test]
    fn sixteen_colours_tell_kinds_apart() {
        for ground in [None, Some(WHITE), Some(BLACK)] {
            let theme = Theme::for_ground(ground, true).unwrap();
            let mut kinds = vec![
                Kind::Person,
                Kind::Place,
                Kind::Organization,
                Kind::Group,
                Kind::Date,
            ];
            // On white only four read; elsewhere there are enough for what is named rarely too.
            match ground {
                Some(WHITE) => {}
                Some(_) => kinds.extend([Kind::Event, Kind::Work, Kind::Product]),
                None => kinds.push(Kind::Event),
            }
            for (index, one) in kinds.iter().enumerate() {
                for other in &kinds[..index] {
                    assert_ne!(theme.name(*one), theme.name(*other), "{one:?} {other:?}");
                }
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
