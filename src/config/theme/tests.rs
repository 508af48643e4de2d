//! What the built-in themes must hold: contrast, and kinds that all eyes tell apart.

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

/// What eyes of four kinds see: all colours, no red, no green, no blue (Machado, Oliveira and Fernandes 2009, severity 1).
const EYES: [[[f64; 3]; 3]; 4] = [
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
    [
        [1.255_528, -0.076_749, -0.178_779],
        [-0.078_411, 0.930_809, 0.147_602],
        [0.004_733, 0.691_367, 0.303_900],
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
            7.787f64.mul_add(value, 16.0 / 116.0)
        }
    };
    let (x, y, z) = (root(x / 0.950_47), root(y), root(z / 1.088_83));
    [116.0f64.mul_add(y, -16.0), 500.0 * (x - y), 200.0 * (y - z)]
}

/// How far two colours are from each other (CIEDE2000, CIE 142); 1 is seen when they lie side by side.
fn distance([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let flat = |chroma: f64| (chroma.powi(7) / (chroma.powi(7) + 25f64.powi(7))).sqrt();
    let stretch = 0.5f64.mul_add(1.0 - flat(f64::midpoint(a1.hypot(b1), a2.hypot(b2))), 1.0);
    let (a1, a2) = (a1 * stretch, a2 * stretch);
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| b.atan2(a).to_degrees().rem_euclid(360.0);
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let (turn, mean) = if c1 * c2 == 0.0 {
        (0.0, h1 + h2)
    } else {
        // The way round the circle that is shorter, and the middle of that way.
        let turn = (h2 - h1 + 180.0).rem_euclid(360.0) - 180.0;
        (turn, (h1 + turn / 2.0).rem_euclid(360.0))
    };
    let (l, c) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2));
    let cosine = |degrees: f64| degrees.to_radians().cos();
    let weight = 0.17f64.mul_add(-cosine(mean - 30.0), 1.0)
        + 0.24 * cosine(2.0 * mean)
        + 0.32 * cosine(3.0f64.mul_add(mean, 6.0))
        - 0.20 * cosine(4.0f64.mul_add(mean, -63.0));
    let depth = (l - 50.0).powi(2);
    let light = (l2 - l1) / (1.0 + 0.015 * depth / (20.0 + depth).sqrt());
    let chroma = (c2 - c1) / 0.045f64.mul_add(c, 1.0);
    let hue =
        2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin() / (0.015 * c).mul_add(weight, 1.0);
    let blue = 60.0 * (-((mean - 275.0) / 25.0).powi(2)).exp();
    let rotation = -2.0 * flat(c) * blue.to_radians().sin();
    (light.powi(2) + chroma.powi(2) + hue.powi(2) + rotation * chroma * hue).sqrt()
}

#[test]
fn distances_are_those_of_the_standard() {
    // From the test data of Sharma, Wu and Dalal 2005.
    for (one, other, wanted) in [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([50.0, 2.5, 0.0], [50.0, 0.0, -2.5], 4.3065),
        (
            [22.7233, 20.0904, -46.694],
            [23.0331, 14.973, -42.5619],
            2.0373,
        ),
        ([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082),
    ] {
        let found = distance(one, other);
        assert!((found - wanted).abs() < 0.0001, "{found} {wanted}");
    }
}

/// The least distance between any two of some colours, for the eyes that tell them apart worst.
fn least_distance(colours: &[Colour]) -> (f64, Colour, Colour) {
    let mut least = (f64::INFINITY, BLACK, BLACK);
    for eye in &EYES {
        let seen = |colour: Colour| lab(apply(eye, linear(colour)));
        for (index, &one) in colours.iter().enumerate() {
            for &other in &colours[..index] {
                let distance = distance(seen(one), seen(other));
                if distance < least.0 {
                    least = (distance, one, other);
                }
            }
        }
    }
    least
}

/// The colours of some kinds, and that of the text.
fn told_apart(theme: &Theme, kinds: &[Kind], text: Colour) -> Vec<Colour> {
    let colour = |kind: &Kind| match theme.name(*kind) {
        Ink::Colour(colour) => colour,
        ink => panic!("{ink:?}"),
    };
    kinds.iter().map(colour).chain([text]).collect()
}

#[test]
fn kinds_are_told_apart_by_all_eyes() {
    // Dates and numbers are one to the eye.
    let kinds = [
        Kind::Person,
        Kind::Place,
        Kind::Organization,
        Kind::Group,
        Kind::Date,
        Kind::Event,
        Kind::Work,
        Kind::Product,
    ];
    for (ground, text, kinds) in [
        (Some(WHITE), BLACK, &kinds[..]),
        (Some(BLACK), WHITE, &kinds),
        // Where all colours must be of one lightness, there is room for five; the rest are told by their letters.
        (None, BLACK, &kinds[..5]),
        (None, WHITE, &kinds[..5]),
    ] {
        let theme = Theme::for_ground(ground, false).unwrap();
        let (distance, one, other) = least_distance(&told_apart(&theme, kinds, text));
        assert!(distance >= 12.0, "{one:?} {other:?}: {distance:.1}");
    }
}

/// Where letters are set in cells, they meet at the edges of pixels that are covered in part: paler letters seem to come apart there.
#[test]
fn names_are_dark_enough_on_a_light_ground_to_hang_together() {
    let theme = Theme::for_ground(Some(WHITE), false).unwrap();
    let kinds = [Kind::Person, Kind::Place, Kind::Organization, Kind::Group];
    for Colour(red, green, blue) in told_apart(&theme, &kinds, BLACK) {
        // ITU-R BT.601.
        let [red, green, blue] = [red, green, blue].map(f64::from);
        let light = 0.299f64.mul_add(red, 0.587f64.mul_add(green, 0.114 * blue));
        assert!(light <= 47.0, "{red} {green} {blue}: {light}");
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
