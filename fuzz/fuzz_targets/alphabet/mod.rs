//! Bytes become text: each stands for one character of an alphabet that holds something of everything.

/// Letters first, since most text is letters; then what each rule of bidi, joining, breaking and clustering tells apart.
const ALPHABET: &[char] = &[
    'ا', 'ب', 'ل', 'م', 'ر', 'د', 'أ', 'إ', 'آ', 'ى', 'ي', 'ه', 'ة', 'س', 'ء', 'ٱ', 'ە', 'ۂ', 'ۃ', 'ی', 'ڵ', 'ـ', ' ',
    ' ', ' ', ' ', 'a', 'b', 'Z', 'é', 'א', 'ב', '0', '1', '7', '٠', '٣', '۴', '.', ',', ':', '/', '+', '-', '%', '$',
    '٪', '٫', '٬', '،', '؛', '؟', '!', '"', '\'', '(', ')', '[', ']', '{', '}', '<', '>', '«', '»', '‹', '›', '“', '”',
    '‘', '’', '﴾', '﴿', '≤', '…', '—', '–', '\u{64b}', '\u{64e}', '\u{651}', '\u{653}', '\u{654}', '\u{655}',
    '\u{670}', '\u{6d6}', '\u{300}', '\u{903}', '\u{93e}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{61c}',
    '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}',
    '\u{34f}', '\u{fe0f}', '\u{a0}', '\t', '\n', '\r', '\u{b}', '\u{1c}', '\u{85}', '\u{2028}', '\u{2029}', '\u{7}',
    '\u{1b}', '\u{9b}', '\u{6dd}', '\u{600}', '\u{601}', '\u{8e2}', '中', '日', '가', 'ᄀ', 'ᅡ', '각', 'क', '्', 'ष',
    '👍', '🏽', '👨', '👩', '🇸', '🇦', '☺', '\u{fdfd}', '\u{fefb}', '\u{fe8e}', '\u{115f}', '\u{e000}',
    '\u{180e}', '\u{2329}', '\u{232a}', '\u{3008}', '\u{3009}', '\u{1e922}', '\u{10d00}', '\u{1f130}', '\u{600}',
];

/// The controls of isolates.
const ISOLATES: &[char] = &['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'];

/// The text that these bytes stand for; bytes from 252 on are isolate controls where `isolates` holds, letters otherwise.
pub fn text(bytes: &[u8], isolates: bool) -> String {
    let character = |byte: &u8| {
        let place = usize::from(*byte);
        match place.checked_sub(252) {
            Some(control) if isolates => ISOLATES[control % ISOLATES.len()],
            _ => ALPHABET[place % ALPHABET.len()],
        }
    };
    bytes.iter().map(character).collect()
}
