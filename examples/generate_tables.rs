//! Makes `src/text/tables.rs` from the files of the Unicode Character Database in `tests/data/ucd/`.
//!
//! `cargo run --example generate_tables` writes the file; with `--check` it only says whether the file is fresh.
//! Widths are those of the `unicode-width` crate, everything else is the UCD's.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use unicode_width::UnicodeWidthChar;

type Error = Box<dyn std::error::Error>;

const CODE_POINTS: usize = 0x11_0000;
const BLOCK: usize = 128;

/// The order of `BidiClass` in `src/text/properties.rs`.
const BIDI_CLASSES: [(&str, &str); 23] = [
    ("L", "Left_To_Right"),
    ("R", "Right_To_Left"),
    ("AL", "Arabic_Letter"),
    ("EN", "European_Number"),
    ("ES", "European_Separator"),
    ("ET", "European_Terminator"),
    ("AN", "Arabic_Number"),
    ("CS", "Common_Separator"),
    ("NSM", "Nonspacing_Mark"),
    ("BN", "Boundary_Neutral"),
    ("B", "Paragraph_Separator"),
    ("S", "Segment_Separator"),
    ("WS", "White_Space"),
    ("ON", "Other_Neutral"),
    ("LRE", "Left_To_Right_Embedding"),
    ("LRO", "Left_To_Right_Override"),
    ("RLE", "Right_To_Left_Embedding"),
    ("RLO", "Right_To_Left_Override"),
    ("PDF", "Pop_Directional_Format"),
    ("LRI", "Left_To_Right_Isolate"),
    ("RLI", "Right_To_Left_Isolate"),
    ("FSI", "First_Strong_Isolate"),
    ("PDI", "Pop_Directional_Isolate"),
];

/// The order of `Joining` in `src/text/properties.rs`.
const JOINING_TYPES: [&str; 6] = ["U", "R", "D", "L", "C", "T"];

/// The order of `Kind` in `src/text/properties.rs`.
#[derive(Clone, Copy)]
enum Kind {
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
}

/// The order of `LineClass` in `src/text/properties.rs`.
#[derive(Clone, Copy)]
enum LineClass {
    Other,
    Letter,
    Space,
    Open,
    Close,
    Stop,
    Mark,
}

fn main() -> Result<ExitCode, Error> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let made = Tables::read(&root.join("tests/data/ucd"))?.print()?;
    let path = root.join("src/text/tables.rs");
    if std::env::args().any(|argument| argument == "--check") {
        return Ok(if fs::read_to_string(path)? == made {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        });
    }
    fs::write(path, made)?;
    Ok(ExitCode::SUCCESS)
}

/// The text of one compressed file of the UCD.
fn read_file(folder: &Path, name: &str) -> Result<String, Error> {
    let file = fs::File::open(folder.join(format!("{name}.zst")))?;
    let mut text = String::new();
    ruzstd::decoding::StreamingDecoder::new(file)?.read_to_string(&mut text)?;
    Ok(text)
}

/// The fields of every data line, comments and blanks taken off.
fn data_lines(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines()
        .filter_map(|line| line.split('#').next())
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.split(';').map(str::trim).collect())
}

/// First and last code point of `0600` or `0600..0605`.
fn parse_range(field: &str) -> Result<(usize, usize), Error> {
    let (first, last) = field.split_once("..").unwrap_or((field, field));
    Ok((
        usize::from_str_radix(first, 16)?,
        usize::from_str_radix(last, 16)?,
    ))
}

/// One value of a property for every code point, from a file of ranges.
fn property<T: Clone>(
    text: &str,
    default: T,
    value: impl Fn(&[&str]) -> Option<T>,
) -> Result<Vec<T>, Error> {
    let mut values = vec![default; CODE_POINTS];
    for fields in data_lines(text) {
        if let Some(value) = value(&fields[1..]) {
            let (first, last) = parse_range(fields[0])?;
            values[first..=last].fill(value);
        }
    }
    Ok(values)
}

/// What `UnicodeData.txt` says of one character.
#[derive(Default)]
struct Character {
    category: String,
    decomposition: String,
}

/// All that is printed.
struct Tables {
    records: Vec<u32>,
    forms: BTreeMap<u32, [u32; 4]>,
    letters: BTreeMap<u32, String>,
    mirrors: BTreeMap<u32, u32>,
}

impl Tables {
    fn read(folder: &Path) -> Result<Self, Error> {
        let characters = read_characters(&read_file(folder, "UnicodeData.txt")?)?;
        let mirrors = read_mirrors(&read_file(folder, "BidiMirroring.txt")?)?;
        let bidi = read_bidi_classes(&read_file(folder, "DerivedBidiClass.txt")?)?;
        let joining = property(&read_file(folder, "DerivedJoiningType.txt")?, 0, |fields| {
            JOINING_TYPES.iter().position(|name| *name == fields[0])
        })?;
        let kinds = Kinds::read(folder)?;
        let line = property(
            &read_file(folder, "LineBreak.txt")?,
            String::new(),
            |fields| Some(fields[0].to_owned()),
        )?;

        let mut records = Vec::with_capacity(CODE_POINTS);
        for code in 0..CODE_POINTS {
            let category = characters
                .get(&code)
                .map_or("Cn", |character| character.category.as_str());
            let width = u32::try_from(code)
                .ok()
                .and_then(char::from_u32)
                .and_then(UnicodeWidthChar::width)
                .unwrap_or(0);
            let mirrored = u32::try_from(code).is_ok_and(|code| mirrors.contains_key(&code));
            let fields = [
                (bidi[code], 0),
                (joining[code], 5),
                (width, 8),
                (kinds.of(code, category, width) as usize, 10),
                (line_class(code, &line[code], category) as usize, 14),
                (usize::from(mirrored), 17),
            ];
            let record = fields
                .iter()
                .fold(0, |record, (value, shift)| record | value << shift);
            records.push(u32::try_from(record)?);
        }
        let (forms, letters) = read_forms(&characters)?;
        Ok(Self {
            records,
            forms,
            letters,
            mirrors,
        })
    }

    /// The Rust source of the tables.
    fn print(&self) -> Result<String, Error> {
        let mut out = String::from(
            "//! Tables of the Unicode Character Database 17.0.0, made by `examples/generate_tables.rs`: not to be edited.\n\
             //!\n\
             //! Data © Unicode, Inc., under Unicode-3.0. `src/text/properties.rs` says what the bits of a record mean.\n",
        );
        let (index, blocks, records) = compress(&self.records)?;
        print_numbers(
            &mut out,
            "The distinct records of character properties.",
            &format!("RECORDS: [u32; {}]", records.len()),
            records.iter().map(|record| format!("{record:#x}")),
        )?;
        print_numbers(
            &mut out,
            "Which block holds the records of each 128 code points.",
            &format!("INDEX: [u16; {}]", index.len()),
            index.iter().map(ToString::to_string),
        )?;
        print_numbers(
            &mut out,
            "For each code point of a block, its record's number.",
            &format!("BLOCKS: [u8; {}]", blocks.len()),
            blocks.iter().map(ToString::to_string),
        )?;
        let (first, last) = match (self.forms.keys().next(), self.forms.keys().last()) {
            (Some(first), Some(last)) => (*first, *last),
            _ => return Err("no presentation forms".into()),
        };
        writeln!(
            out,
            "\n/// The first letter of [`FORMS`].\npub(super) const FIRST_LETTER: u32 = {first:#x};"
        )?;
        print_numbers(
            &mut out,
            "Isolated, final, initial and medial presentation form of each letter, 0 where there is none.",
            &format!("FORMS: [[u16; 4]; {}]", last - first + 1),
            (first..=last).map(|letter| {
                let [a, b, c, d] = self.forms.get(&letter).copied().unwrap_or_default();
                format!("[{a:#x}, {b:#x}, {c:#x}, {d:#x}]")
            }),
        )?;
        print_numbers(
            &mut out,
            "The letters of each presentation form, marks and spaces taken off; sorted.",
            &format!("LETTERS: [(u16, &str); {}]", self.letters.len()),
            self.letters
                .iter()
                .map(|(form, letters)| format!("({form:#x}, \"{}\")", escape(letters))),
        )?;
        print_numbers(
            &mut out,
            "The characters that mirror each other (`Bidi_Mirroring_Glyph`); sorted.",
            &format!("MIRRORS: [(char, char); {}]", self.mirrors.len()),
            self.mirrors
                .iter()
                .map(|(from, to)| format!("('\\u{{{from:x}}}', '\\u{{{to:x}}}')")),
        )?;
        Ok(out)
    }
}

fn escape(text: &str) -> String {
    text.chars()
        .map(|c| c.escape_unicode().to_string())
        .collect()
}

/// Prints one table, its items wrapped at about 120 columns.
fn print_numbers(
    out: &mut String,
    comment: &str,
    declaration: &str,
    items: impl Iterator<Item = String>,
) -> Result<(), Error> {
    write!(
        out,
        "\n/// {comment}\n#[rustfmt::skip]\npub(super) static {declaration} = [\n   "
    )?;
    let mut column = 3;
    for item in items {
        if column + item.len() + 2 > 120 {
            out.push_str("\n   ");
            column = 3;
        }
        write!(out, " {item},")?;
        column += item.len() + 2;
    }
    out.push_str("\n];\n");
    Ok(())
}

/// Block numbers, blocks of record numbers, records.
type Stages = (Vec<u16>, Vec<u8>, Vec<u32>);

/// Two stages over the numbers of the distinct records.
fn compress(records: &[u32]) -> Result<Stages, Error> {
    let mut distinct: Vec<u32> = records.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let number: HashMap<u32, u8> = distinct
        .iter()
        .enumerate()
        .map(|(number, record)| Ok((*record, u8::try_from(number)?)))
        .collect::<Result<_, Error>>()?;
    let mut known: HashMap<Vec<u8>, u16> = HashMap::new();
    let mut index = Vec::new();
    let mut blocks = Vec::new();
    for chunk in records.chunks(BLOCK) {
        let block: Vec<u8> = chunk.iter().map(|record| number[record]).collect();
        let place = if let Some(place) = known.get(&block) {
            *place
        } else {
            let place = u16::try_from(known.len())?;
            blocks.extend_from_slice(&block);
            known.insert(block, place);
            place
        };
        index.push(place);
    }
    Ok((index, blocks, distinct))
}

fn read_characters(text: &str) -> Result<HashMap<usize, Character>, Error> {
    let mut characters = HashMap::new();
    let mut first = 0;
    for line in text.lines() {
        let fields: Vec<&str> = line.split(';').collect();
        let code = usize::from_str_radix(fields[0], 16)?;
        if fields[1].ends_with("First>") {
            first = code;
            continue;
        }
        let start = if fields[1].ends_with("Last>") {
            first
        } else {
            code
        };
        for code in start..=code {
            characters.insert(
                code,
                Character {
                    category: fields[2].to_owned(),
                    decomposition: fields[5].to_owned(),
                },
            );
        }
    }
    Ok(characters)
}

fn read_mirrors(text: &str) -> Result<BTreeMap<u32, u32>, Error> {
    data_lines(text)
        .map(|fields| {
            Ok((
                u32::from_str_radix(fields[0], 16)?,
                u32::from_str_radix(fields[1], 16)?,
            ))
        })
        .collect()
}

/// Bidi classes, with the defaults for unassigned characters that the file gives in its `@missing` lines.
fn read_bidi_classes(text: &str) -> Result<Vec<usize>, Error> {
    let by_name = |name: &str| {
        BIDI_CLASSES
            .iter()
            .position(|(short, long)| *short == name || *long == name)
            .ok_or_else(|| format!("unknown bidi class {name}"))
    };
    let mut classes = vec![0; CODE_POINTS];
    let missing = text
        .lines()
        .filter_map(|line| line.strip_prefix("# @missing: "))
        .map(|line| line.split(';').map(str::trim).collect());
    for fields in missing.chain(data_lines(text)) {
        let (first, last) = parse_range(fields[0])?;
        classes[first..=last].fill(by_name(fields[1])?);
    }
    Ok(classes)
}

/// The properties that decide how a character takes part in a cluster.
struct Kinds {
    grapheme: Vec<String>,
    ignorable: Vec<bool>,
    conjunct: Vec<bool>,
    pictographic: Vec<bool>,
}

impl Kinds {
    fn read(folder: &Path) -> Result<Self, Error> {
        let core = read_file(folder, "DerivedCoreProperties.txt")?;
        let emoji = read_file(folder, "emoji-data.txt")?;
        Ok(Self {
            grapheme: property(
                &read_file(folder, "GraphemeBreakProperty.txt")?,
                String::new(),
                |fields| Some(fields[0].to_owned()),
            )?,
            ignorable: property(&core, false, |fields| {
                (fields[0] == "Default_Ignorable_Code_Point").then_some(true)
            })?,
            conjunct: property(&core, false, |fields| {
                (fields[0] == "InCB" && fields[1] == "Consonant").then_some(true)
            })?,
            pictographic: property(&emoji, false, |fields| {
                (fields[0] == "Extended_Pictographic").then_some(true)
            })?,
        })
    }

    fn of(&self, code: usize, category: &str, width: usize) -> Kind {
        match (code, self.grapheme[code].as_str()) {
            (0x09, _) => Kind::Tab,
            (0x0a..=0x0d | 0x85 | 0x2028 | 0x2029, _) => Kind::Break,
            (0xad, _) => Kind::SoftHyphen,
            // A line over the letters after it, which no cell can show.
            (0x70f, _) => Kind::Hidden,
            (0x600..=0x605 | 0x6dd | 0x890 | 0x891 | 0x8e2, _) => Kind::Sign,
            (_, "Control") if category == "Cc" => Kind::Control,
            (_, "Control") => Kind::Hidden,
            (_, "Extend" | "ZWJ") if self.ignorable[code] => Kind::InvisibleMark,
            (_, "Extend" | "SpacingMark") if width > 0 => Kind::WideMark,
            (_, "Extend" | "SpacingMark") => Kind::Mark,
            (_, "") if self.pictographic[code] || self.conjunct[code] => Kind::Complex,
            (0xa0 | 0x2007 | 0x202f, "") => Kind::Base,
            (_, "") if category == "Zs" => Kind::Space,
            (_, "") => Kind::Base,
            (_, "Prepend") => Kind::Prefix,
            _ => Kind::Complex,
        }
    }
}

/// The classes of plain prose, for which `src/text/breaks.rs` knows the rules of UAX #14 itself.
fn line_class(code: usize, class: &str, category: &str) -> LineClass {
    match (class, category) {
        ("AL" | "HL" | "NU", _) => LineClass::Letter,
        ("GL", _) if code == 0xa0 => LineClass::Letter,
        ("QU", _) if code < 0x80 => LineClass::Letter,
        ("SP", _) => LineClass::Space,
        ("OP", _) | ("QU", "Pi") if code < 0x3000 => LineClass::Open,
        ("CL" | "CP" | "EX", _) | ("QU", "Pf") if code < 0x3000 => LineClass::Close,
        ("IS", _) => LineClass::Stop,
        ("CM" | "ZWJ", _) => LineClass::Mark,
        _ => LineClass::Other,
    }
}

type Forms = BTreeMap<u32, [u32; 4]>;
type Letters = BTreeMap<u32, String>;

/// The presentation forms of single letters, and what every presentation form stands for.
fn read_forms(characters: &HashMap<usize, Character>) -> Result<(Forms, Letters), Error> {
    let mut forms = Forms::new();
    let mut letters = Letters::new();
    for code in (0xfb50..=0xfdff).chain(0xfe70..=0xfefc) {
        let Some(character) = characters.get(&code) else {
            continue;
        };
        let Some((tag, text)) = character.decomposition.split_once("> ") else {
            continue;
        };
        let form = u32::try_from(code)?;
        let codes: Vec<u32> = text
            .split(' ')
            .map(|code| u32::from_str_radix(code, 16))
            .collect::<Result<_, _>>()?;
        letters.insert(form, bare_letters(&codes, characters));
        let place = match tag {
            "<isolated" => 0,
            "<final" => 1,
            "<initial" => 2,
            "<medial" => 3,
            _ => return Err(format!("unknown form {tag} of {form:x}").into()),
        };
        if let [letter] = codes[..] {
            let slot = &mut forms.entry(letter).or_default()[place];
            if *slot != 0 {
                return Err(format!("{letter:x} has two forms for {tag}").into());
            }
            *slot = form;
        }
    }
    Ok((forms, letters))
}

/// The characters without spaces, tatweel and marks.
fn bare_letters(codes: &[u32], characters: &HashMap<usize, Character>) -> String {
    codes
        .iter()
        .filter(|code| {
            let category = usize::try_from(**code)
                .ok()
                .and_then(|code| characters.get(&code))
                .map_or("", |character| character.category.as_str());
            !matches!(category, "Mn" | "Zs") && **code != 0x640
        })
        .filter_map(|code| char::from_u32(*code))
        .collect()
}
