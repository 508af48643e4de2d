//! What the engine needs to know of a character, from one look into a generated table (Unicode 17).
//!
//! The order of the enums' members and the bits of a record are those that `examples/generate_tables.rs` writes.

use super::tables::{BLOCKS, INDEX, RECORDS};
pub use unicode_bidi::BidiClass;

/// The properties of one character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Properties(u32);

/// How a character takes part in cursive joining (Unicode ch. 9, `Joining_Type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joining {
    /// U: joins nothing.
    Non,
    /// R: joins the letter before it.
    Right,
    /// D: joins on both sides.
    Dual,
    /// L: joins the letter after it.
    Left,
    /// C: tatweel and ZWJ, join whatever touches them and change nothing themselves.
    Causing,
    /// T: marks and format characters, seen through.
    Transparent,
}

impl Joining {
    /// Whether it can join the letter on its left.
    #[must_use]
    #[inline]
    pub const fn joins_left(self) -> bool {
        matches!(self, Self::Dual | Self::Left | Self::Causing)
    }

    /// Whether it can join the letter on its right.
    #[must_use]
    #[inline]
    pub const fn joins_right(self) -> bool {
        matches!(self, Self::Dual | Self::Right | Self::Causing)
    }
}

/// What part a character plays in a cluster and on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Starts a cluster of its own whatever stands before it.
    Base,
    /// Rides on its base and takes no room.
    Mark,
    /// Rides on its base but takes room: some vowel signs, emoji skin tones.
    WideMark,
    /// Belongs to its base and is never drawn: ZWJ, ZWNJ, CGJ, variation selectors.
    InvisibleMark,
    /// A control character; a visible mark stands for it.
    Control,
    /// Steers the text and is never drawn: bidi controls, ZWSP, WJ.
    Hidden,
    /// Ends a line: LF, VT, FF, CR, NEL, LS, PS.
    Break,
    /// An Arabic sign that stands before its number: U+06DD, U+0600 …
    Sign,
    /// Clusters with its neighbours by rules that `unicode-segmentation` knows: emoji, Hangul, Indic conjuncts.
    Complex,
    /// Like [`Kind::Complex`], and draws what follows it into its cluster (GB 9b).
    Prefix,
    /// White space at which a line may end.
    Space,
    /// U+0009.
    Tab,
    /// U+00AD.
    SoftHyphen,
}

/// The classes of UAX #14 that plain prose is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineClass {
    /// Anything else: ask the whole algorithm.
    Other,
    /// AL, HL, NU, NBSP and straight quotes.
    Letter,
    /// SP.
    Space,
    /// OP and initial quotes.
    Open,
    /// CL, CP, EX and final quotes.
    Close,
    /// IS.
    Stop,
    /// CM and ZWJ.
    Mark,
}

const CLASSES: [BidiClass; 23] = {
    use BidiClass::{
        AL, AN, B, BN, CS, EN, ES, ET, FSI, L, LRE, LRI, LRO, NSM, ON, PDF, PDI, R, RLE, RLI, RLO,
        S, WS,
    };
    [
        L, R, AL, EN, ES, ET, AN, CS, NSM, BN, B, S, WS, ON, LRE, LRO, RLE, RLO, PDF, LRI, RLI,
        FSI, PDI,
    ]
};

const JOINING: [Joining; 8] = {
    use Joining::{Causing, Dual, Left, Non, Right, Transparent};
    [Non, Right, Dual, Left, Causing, Transparent, Non, Non]
};

const KINDS: [Kind; 16] = {
    use Kind::{
        Base, Break, Complex, Control, Hidden, InvisibleMark, Mark, Prefix, Sign, SoftHyphen,
        Space, Tab, WideMark,
    };
    [
        Base,
        Mark,
        WideMark,
        InvisibleMark,
        Control,
        Hidden,
        Break,
        Sign,
        Complex,
        Prefix,
        Space,
        Tab,
        SoftHyphen,
        Base,
        Base,
        Base,
    ]
};

const LINE_CLASSES: [LineClass; 8] = {
    use LineClass::{Close, Letter, Mark, Open, Other, Space, Stop};
    [Other, Letter, Space, Open, Close, Stop, Mark, Other]
};

/// The characters of the scripts that most text is written in: their records take one look instead of three.
const NEAR: usize = 0x800;

/// The records of the first [`NEAR`] characters.
static NEAR_RECORDS: [u32; NEAR] = {
    let mut records = [0; NEAR];
    let mut code = 0;
    while code < NEAR {
        let own = Properties(record(code));
        records[code] = own.0 | if own.rides() { NEAR_RIDER } else { 0 };
        if is_near_letter(own) {
            records[code] |= NEAR_LETTER
                | if own.joins_left() { NEAR_LEFT } else { 0 }
                | if own.joins_right() { NEAR_RIGHT } else { 0 }
                | if code == 'ل' as usize { NEAR_LAM } else { 0 }
                | if is_alef(code) { NEAR_ALEF } else { 0 };
        }
        code += 1;
    }
    records
};

/// The bit of a record that says that the character is a letter as most are: see [`Properties::is_near_letter`].
const NEAR_LETTER: u32 = 1 << 31;

/// The bits that say whether such a letter can join the ones on its left and on its right, is a lam, or an alef that a lam takes into
/// its cell. What a letter may be to the one after it stands one bit above what that one may be to it.
const NEAR_LEFT: u32 = 1 << 30;
const NEAR_RIGHT: u32 = 1 << 29;
const NEAR_LAM: u32 = 1 << 28;
const NEAR_ALEF: u32 = 1 << 27;

/// The bit that says that the character rides on the one before it.
const NEAR_RIDER: u32 = 1 << 26;

/// Whether a lam takes this letter into its cell.
const fn is_alef(code: usize) -> bool {
    code == 'آ' as usize || code == 'أ' as usize || code == 'إ' as usize || code == 'ا' as usize
}

/// What two near letters are to each other of which one stands after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Touch(u32);

impl Touch {
    /// Whether they join, as letters do that stand at the same odd level.
    #[must_use]
    #[inline]
    pub const fn joins(self) -> bool {
        self.0 & NEAR_LEFT != 0
    }

    /// Whether they are a lam and the alef in its cell.
    #[must_use]
    #[inline]
    pub const fn ligates(self) -> bool {
        self.0 & NEAR_LAM != 0
    }
}

/// What the first of these bits stands for.
const fn is_near_letter(own: Properties) -> bool {
    const RIGHT_TO_LEFT: u32 = mask_of(&[BidiClass::R, BidiClass::AL]);
    matches!(own.kind(), Kind::Base)
        && own.width() == 1
        && matches!(own.line_class(), LineClass::Letter)
        && own.bidi_bit() & RIGHT_TO_LEFT != 0
}

/// The record of a character.
const fn record(code: usize) -> u32 {
    let block = INDEX[code >> 7] as usize;
    RECORDS[BLOCKS[block << 7 | code & 0x7f] as usize]
}

impl Properties {
    /// Looks a character up.
    #[must_use]
    #[inline]
    pub fn of(c: char) -> Self {
        let code = u32::from(c) as usize;
        let near = NEAR_RECORDS.get(code).copied();
        Self(near.unwrap_or_else(|| record(code)))
    }

    /// The properties of the character that starts at a byte of a text, and its length; none from U+0800 on and at the end.
    #[must_use]
    #[inline]
    pub fn near(text: &[u8], byte: usize) -> Option<(char, Self, usize)> {
        let lead = *text.get(byte)?;
        let (code, length) = if lead < 0x80 {
            (u16::from(lead), 1)
        } else if lead < 0xe0 {
            let trail = *text.get(byte + 1)?;
            (u16::from(lead & 0x1f) << 6 | u16::from(trail & 0x3f), 2)
        } else {
            return None;
        };
        let record = *NEAR_RECORDS.get(usize::from(code))?;
        Some((char::from_u32(u32::from(code))?, Self(record), length))
    }

    /// [`Self::near`] for what stands after something else: nothing at the text's end; none for what rides on that, or may.
    #[must_use]
    #[inline]
    pub fn near_after(text: &[u8], byte: usize) -> Option<(char, Self)> {
        match Self::near(text, byte) {
            Some((c, own, _)) => (own.0 & NEAR_RIDER == 0).then_some((c, own)),
            None => (byte == text.len()).then(Default::default),
        }
    }

    /// Whether it is a letter below U+0800 of a right-to-left script, in one column, of [`LineClass::Letter`].
    #[must_use]
    #[inline]
    pub const fn is_near_letter(self) -> bool {
        self.0 & NEAR_LETTER != 0
    }

    /// What this letter is to `next`, which stands after it; nothing where either is not [`Self::is_near_letter`].
    #[must_use]
    #[inline]
    pub const fn touch(self, next: Self) -> Touch {
        Touch(self.0 & next.0 << 1)
    }

    const fn field(self, shift: u32, bits: u32) -> usize {
        (self.0 >> shift & ((1 << bits) - 1)) as usize
    }

    /// `Bidi_Class`.
    #[must_use]
    #[inline]
    pub fn bidi_class(self) -> BidiClass {
        CLASSES[self.field(0, 5)]
    }

    /// The bit of the character's bidi class in a mask of classes (see [`mask_of`]).
    #[must_use]
    #[inline]
    pub const fn bidi_bit(self) -> u32 {
        1 << self.field(0, 5)
    }

    /// The record itself, to be gathered for [`Self::classes_of_near_letters`].
    pub(super) const fn bits(self) -> u32 {
        self.0
    }

    /// The bidi classes that occur among near letters, from all their records in one: R and AL, whose numbers share no bit.
    pub(super) const fn classes_of_near_letters(bits: u32) -> u32 {
        // Class number n is bit n of a mask.
        (bits & 1) << 1 | (bits & 2) << 1
    }

    /// `Joining_Type`.
    #[must_use]
    #[inline]
    pub const fn joining(self) -> Joining {
        JOINING[self.field(5, 3)]
    }

    /// Whether it can join the letter on its left (see [`Joining::joins_left`]).
    #[must_use]
    #[inline]
    pub const fn joins_left(self) -> bool {
        const LEFT: u32 = joinings(&[Joining::Dual, Joining::Left, Joining::Causing]);
        LEFT >> self.field(5, 3) & 1 == 1
    }

    /// Whether it can join the letter on its right (see [`Joining::joins_right`]).
    #[must_use]
    #[inline]
    pub const fn joins_right(self) -> bool {
        const RIGHT: u32 = joinings(&[Joining::Dual, Joining::Right, Joining::Causing]);
        RIGHT >> self.field(5, 3) & 1 == 1
    }

    /// The columns that terminals give the character, 0 to 3.
    #[must_use]
    #[inline]
    #[allow(clippy::cast_possible_truncation)] // two bits
    pub const fn width(self) -> u8 {
        self.field(8, 2) as u8
    }

    /// What part the character plays in a cluster.
    #[must_use]
    #[inline]
    pub const fn kind(self) -> Kind {
        KINDS[self.field(10, 4)]
    }

    /// Whether its kind is one of these (see [`kinds`]).
    #[inline]
    const fn is_any(self, kinds: u32) -> bool {
        kinds >> self.field(10, 4) & 1 == 1
    }

    /// Whether the character rides on the one before it: a mark of any kind.
    #[must_use]
    #[inline]
    pub const fn rides(self) -> bool {
        const MARKS: u32 = kinds(&[Kind::Mark, Kind::WideMark, Kind::InvisibleMark]);
        self.is_any(MARKS)
    }

    /// Whether it is a letter, a sign or a space that starts a cluster wherever it stands.
    #[must_use]
    #[inline]
    pub const fn is_plain(self) -> bool {
        const PLAIN: u32 = kinds(&[Kind::Base, Kind::Space]);
        self.is_any(PLAIN)
    }

    /// Whether it may hang at a line's end.
    #[must_use]
    #[inline]
    pub const fn is_blank(self) -> bool {
        const BLANK: u32 = kinds(&[Kind::Space, Kind::Tab]);
        self.is_any(BLANK)
    }

    /// Its class among those of plain prose.
    #[must_use]
    #[inline]
    pub const fn line_class(self) -> LineClass {
        LINE_CLASSES[self.field(14, 3)]
    }

    /// Whether another character is its mirror image (`Bidi_Mirroring_Glyph`).
    #[must_use]
    #[inline]
    pub const fn is_mirrored(self) -> bool {
        self.field(17, 1) == 1
    }
}

/// A mask of joining types, by the numbers that they have in a record.
const fn joinings(wanted: &[Joining]) -> u32 {
    let mut mask = 0;
    let mut number = 0;
    while number < JOINING.len() {
        let mut i = 0;
        while i < wanted.len() {
            if JOINING[number] as u8 == wanted[i] as u8 {
                mask |= 1 << number;
            }
            i += 1;
        }
        number += 1;
    }
    mask
}

/// A mask of kinds, by the numbers that they have in a record.
const fn kinds(wanted: &[Kind]) -> u32 {
    let mut mask = 0;
    let mut number = 0;
    while number < KINDS.len() {
        let mut i = 0;
        while i < wanted.len() {
            if KINDS[number] as u8 == wanted[i] as u8 {
                mask |= 1 << number;
            }
            i += 1;
        }
        number += 1;
    }
    mask
}

/// A mask of bidi classes, to be held against [`Properties::bidi_bit`].
#[must_use]
pub const fn mask_of(classes: &[BidiClass]) -> u32 {
    let mut mask = 0;
    let mut number = 0;
    while number < CLASSES.len() {
        let mut i = 0;
        while i < classes.len() {
            if CLASSES[number] as u8 == classes[i] as u8 {
                mask |= 1 << number;
            }
            i += 1;
        }
        number += 1;
    }
    mask
}
