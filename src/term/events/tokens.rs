//! Bytes of the terminal become tokens: characters, control characters, and whole control sequences.
//!
//! The stream of a keyboard is not that of a screen: Escape is a key, a pasted text is taken as it is, and it must be known at every
//! byte whether a sequence is open. Hence a small machine of its own, after ECMA-48 (the forms of sequences) and xterm's control
//! sequences (mouse reports, paste). What the tokens mean is `parser`'s.

/// A control string is kept up to this size; the rest of it is swallowed.
const MAX_STRING: usize = 4096;
/// A control sequence is kept up to this size.
const MAX_SEQUENCE: usize = 256;
/// A pasted text is kept up to this size.
const MAX_PASTE: usize = 1 << 20;

const PASTE_END: &[u8] = b"\x1b[201~";

/// One thing that the terminal sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A character; DEL and the C0 controls but ESC are characters too.
    Char(char),
    /// ESC and a character: typed with Alt.
    Alt(char),
    /// ESC alone.
    Escape,
    /// `ESC [ … final`.
    Csi(Csi),
    /// `ESC O final`, with the digits between them.
    Ss3(String, char),
    /// `ESC [ [ letter`: a function key of the Linux console.
    Console(char),
    /// `ESC [ M` and three bytes: a mouse report of old.
    OldMouse([u8; 3]),
    /// OSC, DCS, APC, PM or SOS (by its 7-bit introducer `]`, `P`, `_`, `^`, `X`), without introducer and terminator.
    String(u8, Vec<u8>),
    /// A text pasted in brackets.
    Paste(Vec<u8>),
}

/// The parts of a control sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Csi {
    /// `<`, `=`, `>` or `?` after the bracket.
    pub marker: Option<u8>,
    /// Numbers, with what stands after colons in them; a missing one is None.
    pub params: Vec<Vec<Option<u32>>>,
    /// Bytes from 0x20 to 0x2F before the final one.
    pub intermediates: Vec<u8>,
    /// The last byte.
    pub last: u8,
}

impl Csi {
    /// The number at a place, None when it is missing.
    pub fn param(&self, index: usize) -> Option<u32> {
        self.sub(index, 0)
    }

    /// A number after a colon.
    pub fn sub(&self, index: usize, sub: usize) -> Option<u32> {
        self.params.get(index)?.get(sub).copied()?
    }

    fn read(body: &[u8], last: u8) -> Self {
        let (marker, body) = match body {
            [marker @ b'<'..=b'?', rest @ ..] => (Some(*marker), rest),
            _ => (None, body),
        };
        let split = body
            .iter()
            .position(|byte| *byte < b'0')
            .unwrap_or(body.len());
        let (numbers, intermediates) = body.split_at(split);
        let params = if numbers.is_empty() {
            Vec::new()
        } else {
            numbers
                .split(|byte| *byte == b';')
                .map(|one| one.split(|byte| *byte == b':').map(number).collect())
                .collect()
        };
        Self {
            marker,
            params,
            intermediates: intermediates.to_vec(),
            last,
        }
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[derive(Clone, Debug, Default)]
enum State {
    #[default]
    Ground,
    /// Some bytes of a character, how many it has, and whether ESC was before it.
    Utf8(Vec<u8>, usize, bool),
    Escape,
    Csi(Vec<u8>),
    Ss3(String),
    Console,
    OldMouse(Vec<u8>),
    /// The introducer, the body, and whether its last byte was ESC.
    String(u8, Vec<u8>, bool),
    /// A string was left after its last ESC: a late backslash still belongs to it.
    StringLeft,
    Paste(Vec<u8>),
}

/// The machine; it keeps an unfinished sequence from one read to the next.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    state: State,
}

impl Tokens {
    /// Whether no sequence is open.
    pub fn at_ground(&self) -> bool {
        matches!(self.state, State::Ground)
    }

    /// Whether what is open may be a key that was pressed, so that silence decides: ESC, or ESC and the first byte of a sequence.
    pub fn undecided(&self) -> bool {
        match &self.state {
            State::Escape => true,
            State::Csi(body) | State::String(_, body, false) => body.is_empty(),
            State::Ss3(digits) => digits.is_empty(),
            // Escape, pressed to get out of a string that never ends.
            State::String(_, _, escape) => *escape,
            // The same, or Control-C, to get out of a pasted text that never ends.
            State::Paste(text) => matches!(text.last(), Some(0x1B | 0x03)),
            _ => false,
        }
    }

    /// Nothing came after what is undecided: it was a key.
    pub fn silence(&mut self, tokens: &mut Vec<Token>) {
        if !self.undecided() {
            return;
        }
        let key = match std::mem::take(&mut self.state) {
            State::Csi(_) => Token::Alt('['),
            State::Ss3(_) => Token::Alt('O'),
            State::String(introducer, body, true) => {
                // Or it was whole but for a backslash that is late; whoever knows what it says decides.
                tokens.push(Token::String(introducer, body));
                self.state = State::StringLeft;
                Token::Escape
            }
            State::String(introducer, _, false) => Token::Alt(char::from(introducer)),
            State::Paste(mut text) => {
                let key = text.pop();
                tokens.push(Token::Paste(text));
                if key == Some(0x03) {
                    self.state = ground(0x03, tokens);
                    return;
                }
                Token::Escape
            }
            _ => Token::Escape,
        };
        tokens.push(key);
    }

    /// Takes the next byte.
    pub fn take(&mut self, byte: u8, tokens: &mut Vec<Token>) {
        self.state = match std::mem::take(&mut self.state) {
            State::Utf8(bytes, length, alt) => character(bytes, length, alt, byte, tokens),
            State::Escape => escape(byte, tokens),
            State::Csi(body) => sequence(body, byte, tokens),
            State::Ss3(digits) => single_shift(digits, byte, tokens),
            State::Console => {
                tokens.push(Token::Console(char::from(byte)));
                State::Ground
            }
            State::OldMouse(bytes) => old_mouse(bytes, byte, tokens),
            State::String(introducer, body, escape) => {
                string(introducer, body, escape, byte, tokens)
            }
            State::StringLeft if byte == b'\\' => State::Ground,
            State::Ground | State::StringLeft => ground(byte, tokens),
            State::Paste(text) => paste(text, byte, tokens),
        };
    }
}

fn ground(byte: u8, tokens: &mut Vec<Token>) -> State {
    match byte {
        0x1B => State::Escape,
        0..=0x7F => {
            tokens.push(Token::Char(char::from(byte)));
            State::Ground
        }
        _ => character_start(byte, false),
    }
}

fn character_start(byte: u8, alt: bool) -> State {
    let length = match byte {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        // No character starts so: not a key of ours.
        _ => return State::Ground,
    };
    State::Utf8(vec![byte], length, alt)
}

fn character(
    mut bytes: Vec<u8>,
    length: usize,
    alt: bool,
    byte: u8,
    tokens: &mut Vec<Token>,
) -> State {
    if !(0x80..=0xBF).contains(&byte) {
        // The character was cut off; what cut it off counts.
        return ground(byte, tokens);
    }
    bytes.push(byte);
    if bytes.len() < length {
        return State::Utf8(bytes, length, alt);
    }
    if let Some(c) = std::str::from_utf8(&bytes)
        .ok()
        .and_then(|text| text.chars().next())
    {
        tokens.push(if alt { Token::Alt(c) } else { Token::Char(c) });
    }
    State::Ground
}

fn escape(byte: u8, tokens: &mut Vec<Token>) -> State {
    match byte {
        0x1B => {
            tokens.push(Token::Escape);
            State::Escape
        }
        b'[' => State::Csi(Vec::new()),
        b'O' => State::Ss3(String::new()),
        b']' | b'P' | b'_' | b'^' | b'X' => State::String(byte, Vec::new(), false),
        0..=0x7F => {
            tokens.push(Token::Alt(char::from(byte)));
            State::Ground
        }
        _ => character_start(byte, true),
    }
}

fn sequence(mut body: Vec<u8>, byte: u8, tokens: &mut Vec<Token>) -> State {
    match byte {
        0x1B => State::Escape,
        b'[' if body.is_empty() => State::Console,
        b'M' if body.is_empty() => State::OldMouse(Vec::new()),
        0x40..=0x7E => {
            let csi = Csi::read(&body, byte);
            if csi.last == b'~' && csi.marker.is_none() && csi.param(0) == Some(200) {
                return State::Paste(Vec::new());
            }
            tokens.push(Token::Csi(csi));
            State::Ground
        }
        0x20..=0x3F => {
            if body.len() < MAX_SEQUENCE {
                body.push(byte);
            }
            State::Csi(body)
        }
        // CAN and SUB end a sequence (ECMA-48); a character beyond ASCII and another control end it too, and count themselves.
        0x18 | 0x1A => State::Ground,
        _ => ground(byte, tokens),
    }
}

fn single_shift(mut digits: String, byte: u8, tokens: &mut Vec<Token>) -> State {
    match byte {
        0x1B => State::Escape,
        b'0'..=b'9' | b';' if digits.len() < MAX_SEQUENCE => {
            digits.push(char::from(byte));
            State::Ss3(digits)
        }
        0x20..=0x7E => {
            tokens.push(Token::Ss3(digits, char::from(byte)));
            State::Ground
        }
        _ => ground(byte, tokens),
    }
}

fn old_mouse(mut bytes: Vec<u8>, byte: u8, tokens: &mut Vec<Token>) -> State {
    bytes.push(byte);
    match bytes[..] {
        [button, x, y] => {
            tokens.push(Token::OldMouse([button, x, y]));
            State::Ground
        }
        _ => State::OldMouse(bytes),
    }
}

fn string(
    introducer: u8,
    mut body: Vec<u8>,
    escaped: bool,
    byte: u8,
    tokens: &mut Vec<Token>,
) -> State {
    if escaped {
        return if byte == b'\\' {
            tokens.push(Token::String(introducer, body));
            State::Ground
        } else {
            // The string was cut off by a new sequence.
            escape(byte, tokens)
        };
    }
    match byte {
        0x1B => State::String(introducer, body, true),
        0x07 if introducer == b']' => {
            tokens.push(Token::String(introducer, body));
            State::Ground
        }
        0x18 | 0x1A => State::Ground,
        // No reply holds one; a reader who presses Control-C wants out.
        0x03 => ground(byte, tokens),
        _ => {
            if body.len() < MAX_STRING {
                body.push(byte);
            }
            State::String(introducer, body, false)
        }
    }
}

fn paste(mut text: Vec<u8>, byte: u8, tokens: &mut Vec<Token>) -> State {
    text.push(byte);
    if text.ends_with(PASTE_END) {
        text.truncate(text.len() - PASTE_END.len());
        text.truncate(MAX_PASTE);
        tokens.push(Token::Paste(text));
        return State::Ground;
    }
    if text.len() > MAX_PASTE + 2 * PASTE_END.len() {
        // Too much: keep the start, and the last bytes, which may begin the end.
        text.drain(MAX_PASTE..=MAX_PASTE);
    }
    State::Paste(text)
}
