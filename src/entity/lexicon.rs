//! The lexicons as they lie in the program: three maps over folded keys and one table of letter triples, opened in no time.
//!
//! `names` holds what names something (one or more words), `cues` the words that announce or shape a name, `words` what is known of single
//! words: whether they serve as parts of persons' names, and how often their like in newspapers are names. `shape` tells how much more
//! often three letters follow each other in transliterated names than in Arabic words, `firsts` which words begin an entry at all.
//! `examples/build_lexicons` writes all of them.

use super::clitic::{Clitic, stem};
use super::fold::{self, ALEF, ARABIC_LETTERS, BEH, FEH, HEH, KAF, LAM, MEEM, SEEN, WAW};
use super::kind::Kind;
use super::token::Tokens;
use super::trie::{Begun, Trie};
use super::words::{Word, Words};

/// What an entry of `names` or `cues` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A name.
    Name(Kind),
    /// A word of `cues`.
    Cue(Cue),
}

/// What a cue does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    /// A title right before a person's name: الرئيس.
    Title,
    /// A role that opens a longer title: مدير مركز … .
    Role,
    /// Stands between title and name: السابق.
    Modifier,
    /// A generic word that opens an organisation's name: منظمة.
    Body,
    /// The same, where many other things are called so, too: مجلس.
    LooseBody,
    /// A generic word before an organisation's name: شركة.
    BodyBefore,
    /// A generic word that opens a place's name: نهر.
    Land,
    /// A generic word before a place's name: مدينة.
    LandBefore,
    /// Stands before places, and before other words as often: جنوب.
    Near,
    /// A part of a person's name that needs the next: بن.
    Particle,
    /// The same, but other words as well: لا.
    Inner,
    /// The same, where it can stand first: أبو.
    Kunya,
    /// Counts the bearers of a ruler's name: الثاني.
    Ordinal,
    /// A given name of several words, or one that newspapers hide: نور الدين.
    Given,
    /// A month.
    Month,
    /// A day of the week.
    Weekday,
    /// A word for a year: عام.
    Year,
    /// A unit of measure.
    Unit,
    /// A currency.
    Currency,
    /// A number in letters.
    Numeral,
    /// A power of thousand: ألف, مليون.
    Scale,
    /// في المئة.
    Percent,
    /// A preposition, conjunction, pronoun: never part of a name.
    Function,
    /// A generic word that opens an event's name: حرب.
    Happening,
    /// A generic word that opens a work's name: معاهدة.
    Writing,
    /// Ten years: الثمانينيات.
    Decade,
    /// A hundred years, before which of them: القرن التاسع عشر.
    Century,
    /// A month whose name is another word as well: مارس.
    LooseMonth,
    /// What years are counted from: م, هـ.
    Era,
    /// A quarter of a year: صيف.
    Season,
    /// Says which of several times is meant: نفسه, الماضي.
    Which,
    /// Brings out a newspaper or book: أصدر.
    Issuing,
    /// Brings out a newspaper by one who is named: أسس.
    Founding,
    /// A generic word before a product's name: طائرة.
    ProductBefore,
    /// A generic word before a work's name: رواية.
    WorkBefore,
    /// Speaks of a word, not of what it names: كلمة «محمد».
    Citing,
}

impl Cue {
    const ALL: [(&'static str, Self); 36] = [
        ("title", Self::Title),
        ("role", Self::Role),
        ("modifier", Self::Modifier),
        ("body", Self::Body),
        ("loose-body", Self::LooseBody),
        ("body-before", Self::BodyBefore),
        ("land", Self::Land),
        ("land-before", Self::LandBefore),
        ("near", Self::Near),
        ("particle", Self::Particle),
        ("kunya", Self::Kunya),
        ("inner", Self::Inner),
        ("ordinal", Self::Ordinal),
        ("given", Self::Given),
        ("month", Self::Month),
        ("weekday", Self::Weekday),
        ("year", Self::Year),
        ("unit", Self::Unit),
        ("currency", Self::Currency),
        ("numeral", Self::Numeral),
        ("scale", Self::Scale),
        ("per-cent", Self::Percent),
        ("function", Self::Function),
        ("happening", Self::Happening),
        ("writing", Self::Writing),
        ("decade", Self::Decade),
        ("century", Self::Century),
        ("loose-month", Self::LooseMonth),
        ("era", Self::Era),
        ("season", Self::Season),
        ("which", Self::Which),
        ("issuing", Self::Issuing),
        ("founding", Self::Founding),
        ("product-before", Self::ProductBefore),
        ("work-before", Self::WorkBefore),
        ("citing", Self::Citing),
    ];
}

impl Sort {
    /// The sort that a list calls `word`: a kind's name or a cue's.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let cue = || {
            Cue::ALL
                .iter()
                .find(|(name, _)| *name == word)
                .map(|&(_, cue)| Self::Cue(cue))
        };
        word.parse().ok().map(Self::Name).or_else(cue)
    }

    fn code(self) -> u64 {
        let at = match self {
            Self::Name(kind) => Kind::ALL.iter().position(|&other| other == kind),
            Self::Cue(cue) => Cue::ALL
                .iter()
                .position(|&(_, other)| other == cue)
                .map(|at| at + Kind::ALL.len()),
        };
        at.and_then(|at| u64::try_from(at).ok()).unwrap_or(0)
    }

    fn of(code: u64) -> Self {
        let at = usize::try_from(code).unwrap_or(0);
        match Kind::ALL.get(at) {
            Some(&kind) => Self::Name(kind),
            None => Self::Cue(
                Cue::ALL
                    .get(at - Kind::ALL.len())
                    .map_or(Cue::Function, |&(_, cue)| cue),
            ),
        }
    }
}

/// What `names` or `cues` say of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub sort: Sort,
    /// Is a name only where something beside it says so.
    pub weak: bool,
    /// A state: never somebody's surname.
    pub state: bool,
    /// Rarer than what is left without its first letter (بروسيا).
    pub rare: bool,
    /// Entries of one number name the same thing; 0 for none.
    pub id: u32,
}

impl Entry {
    /// As a value of a map.
    #[must_use]
    pub fn pack(self) -> u64 {
        self.sort.code()
            | u64::from(self.weak) << 6
            | u64::from(self.state) << 7
            | u64::from(self.rare) << 8
            | u64::from(self.id) << 9
    }

    /// Back from a value of a map.
    #[must_use]
    pub fn unpack(value: u64) -> Self {
        Self {
            sort: Sort::of(value & 63),
            weak: value >> 6 & 1 == 1,
            state: value >> 7 & 1 == 1,
            rare: value >> 8 & 1 == 1,
            id: u32::try_from(value >> 9).unwrap_or(0),
        }
    }
}

/// The maps and tables as they lie in the program.
pub const NAMES: &[u8] = include_bytes!("../../assets/entities/names.fst");
pub const CUES: &[u8] = include_bytes!("../../assets/entities/cues.fst");
pub const WORDS: &[u8] = include_bytes!("../../assets/entities/words.bin");
pub const CLASSES: &[u8] = include_bytes!("../../assets/entities/classes.bin");
pub const SHAPE: &[u8] = include_bytes!("../../assets/entities/shape.bin");
pub const FIRSTS: &[u8] = include_bytes!("../../assets/entities/firsts.bin");

/// The bytes that tell which words begin an entry of `cues`; those for `names` follow them.
pub const CUES_FIRSTS: usize = 1 << 12;
/// The bytes for `names`.
pub const NAMES_FIRSTS: usize = 1 << 15;

/// All lexicons.
pub struct Lexicon {
    names: Trie,
    cues: Trie,
    words: Words,
    coarse: &'static [u8],
    shape: &'static [u8],
}

impl Lexicon {
    /// Opens what lies in the program.
    pub fn open() -> Self {
        Self {
            names: Trie::open(NAMES, FIRSTS.get(CUES_FIRSTS..).unwrap_or(&[])),
            cues: Trie::open(CUES, FIRSTS.get(..CUES_FIRSTS).unwrap_or(&[])),
            words: Words::open(WORDS),
            coarse: CLASSES,
            shape: SHAPE,
        }
    }

    /// The names that begin with a word, read in one way.
    pub fn begin_name(&self, way: Clitic, rest: &[u8]) -> Option<Begun> {
        self.names.begin(stem(way, rest), way.article(), rest)
    }

    /// The cues that begin with a word, read in one way.
    pub fn begin_cue(&self, way: Clitic, rest: &[u8]) -> Option<Begun> {
        self.cues.begin(stem(way, rest), way.article(), rest)
    }

    /// Every name that begins so at token `n`: the token after it, and its entry.
    pub fn names(
        &self,
        begun: &Begun,
        tokens: &Tokens,
        n: usize,
        mut found: impl FnMut(usize, Entry),
    ) {
        self.names.walk(begun, tokens, n, |after, value| {
            found(after, Entry::unpack(value));
        });
    }

    /// The longest cue that begins so at token `n`.
    pub fn cue(&self, begun: &Begun, tokens: &Tokens, n: usize) -> Option<(usize, Cue)> {
        let mut best = None;
        self.cues.walk(begun, tokens, n, |after, value| {
            if let Sort::Cue(cue) = Entry::unpack(value).sort {
                best = Some((after, cue));
            }
        });
        best
    }

    /// What a word does that is written like this.
    pub fn cue_of(&self, key: &[u8]) -> Option<Cue> {
        match Entry::unpack(self.cues.get(key)?).sort {
            Sort::Cue(cue) => Some(cue),
            Sort::Name(_) => None,
        }
    }

    /// What is known of a word.
    pub fn word(&self, key: &[u8]) -> Option<Word> {
        self.words.get(key)
    }

    /// The classes of 400 and of 100 that most words of a class of 1500 belong to; 0 for none.
    pub fn coarse(&self, class: u16) -> (u16, u8) {
        match self
            .coarse
            .get(usize::from(class) * 3..usize::from(class) * 3 + 3)
        {
            Some(&[low, high, least]) => (u16::from_le_bytes([low, high]), least),
            _ => (0, 0),
        }
    }

    /// Whether a word is an ordinary one with something before or after it: a clitic, the س of the future, a pronoun, the ا of the accusative.
    pub fn is_inflected(&self, key: &[u8]) -> bool {
        let ordinary = |key: &[u8], most: u8| {
            self.word(key)
                .is_some_and(|word| !word.is_unit() && word.like.is_some_and(|like| like <= most))
        };
        let before = match key {
            [WAW | FEH, BEH | LAM | KAF | SEEN, rest @ ..]
                if rest.len() > 2 && ordinary(rest, 4) =>
            {
                true
            }
            [WAW | FEH | BEH | LAM | KAF | SEEN, rest @ ..] => rest.len() > 3 && ordinary(rest, 4),
            _ => false,
        };
        let after = match key {
            [stem @ .., HEH, ALEF | MEEM] if stem.len() > 2 && ordinary(stem, 4) => true,
            [stem @ .., HEH] => stem.len() > 2 && ordinary(stem, 4),
            [stem @ .., ALEF] => stem.len() > 2 && ordinary(stem, 2),
            _ => false,
        };
        before || after
    }

    /// How foreign a word looks, see [`shape`].
    pub fn shape(&self, key: &[u8]) -> i32 {
        shape(self.shape, key)
    }
}

/// How foreign a word looks by a table of letter triples: above 0 like a transliterated name, below 0 like an Arabic word; about −30 to 30.
#[must_use]
pub fn shape(table: &[u8], key: &[u8]) -> i32 {
    let mut sum = 0;
    let (mut a, mut b) = (0, 0);
    for c in key.iter().map(|&byte| fold::rank(byte)).chain([0]) {
        let cell = (a * ARABIC_LETTERS + b) * ARABIC_LETTERS + c;
        sum += table.get(cell).map_or(0, |&odds| i32::from(odds) - 128);
        (a, b) = (b, c);
    }
    sum / i32::try_from(key.len() + 1).unwrap_or(i32::MAX)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn entries_survive_packing() {
        let kinds = Kind::ALL.map(Sort::Name).into_iter();
        for sort in kinds.chain(Cue::ALL.map(|(_, cue)| Sort::Cue(cue))) {
            let entry = Entry {
                sort,
                weak: true,
                state: false,
                rare: true,
                id: 70_000,
            };
            assert_eq!(Entry::unpack(entry.pack()), entry);
        }
        assert_eq!(Sort::named("place"), Some(Sort::Name(Kind::Place)));
        assert_eq!(Sort::named("land-before"), Some(Sort::Cue(Cue::LandBefore)));
        assert_eq!(Sort::named("nothing"), None);
    }

    #[test]
    fn every_lexicon_opens_whole() {
        let lexicon = Lexicon::open();
        for trie in [&lexicon.names, &lexicon.cues] {
            trie.map.as_ref().unwrap().verify().unwrap();
        }
        assert!(lexicon.words.is_open());
        assert_eq!(lexicon.shape.len(), ARABIC_LETTERS.pow(3));
    }

    #[test]
    fn the_maps_are_as_fresh_as_the_lists() {
        let lexicon = Lexicon::open();
        for list in [
            include_str!("../../assets/entities/states.tsv"),
            include_str!("../../assets/entities/places.tsv"),
            include_str!("../../assets/entities/organizations.tsv"),
            include_str!("../../assets/entities/persons.tsv"),
            include_str!("../../assets/entities/events.tsv"),
            include_str!("../../assets/entities/works.tsv"),
            include_str!("../../assets/entities/products.tsv"),
        ] {
            for line in list.lines().filter(|line| !line.starts_with('#')) {
                let name = line
                    .split(['|', '\t'])
                    .next()
                    .unwrap()
                    .trim_start_matches(['~', '?']);
                let key = fold::fold(name);
                assert!(
                    lexicon.names.get(&key).is_some(),
                    "run build_lexicons for {name}"
                );
            }
        }
        for line in include_str!("../../assets/entities/cues.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
        {
            for word in line.split('\t').nth(1).unwrap().split('|') {
                assert!(
                    lexicon.cues.get(&fold::fold(word)).is_some(),
                    "run build_lexicons for {word}"
                );
            }
        }
    }

    #[test]
    fn every_entry_is_found_by_its_first_word() {
        let lexicon = Lexicon::open();
        for trie in [&lexicon.names, &lexicon.cues] {
            let mut keys = trie.map.as_ref().unwrap().stream();
            while let Some((key, _)) = fst::Streamer::next(&mut keys) {
                let word = key.split(|&byte| byte == b' ').next().unwrap();
                let number = stem(Clitic::NONE, word);
                assert!(trie.begin(number, &[], word).is_some());
                if let [ALEF, rest @ ..] = word {
                    let swallowed = Clitic {
                        skip: 1,
                        swallowed: true,
                    };
                    let number = stem(swallowed, rest);
                    assert!(trie.begin(number, &[ALEF], rest).is_some());
                }
            }
        }
    }

    #[test]
    fn lexicons_and_model_together_are_small() {
        let lexicon = Lexicon::open();
        let maps = [&lexicon.names, &lexicon.cues].map(|trie| trie.map.as_ref().unwrap().size());
        let model = include_bytes!("../../assets/entities/model.bin").len();
        let tables =
            lexicon.words.size() + lexicon.coarse.len() + lexicon.shape.len() + FIRSTS.len();
        assert!(maps.iter().sum::<usize>() + tables + model <= 1_500_000);
    }
}
