//! Tokens become inputs: which key, which click, which reply. What nobody asked for is swallowed whole.
//!
//! Keys by xterm's tables (modifiers as `1;5A`), with those of the Linux console, rxvt and kitty's `CSI u` where they differ.

use super::tokens::{Csi, Token, Tokens};
use super::{Button, Input, ModeState, Mouse, MouseKind, Reply};
use crate::action::{Code, Key, lam_alef};

/// From the bytes of each read to what they say. It keeps what is unfinished from one read to the next.
#[derive(Debug, Default)]
pub struct Parser {
    tokens: Tokens,
    /// The bytes of a key that silence decided: a reply may have been torn apart there.
    torn: Option<Vec<u8>>,
}

impl Parser {
    /// Takes what one read gave.
    ///
    /// A read that holds lam and alef and nothing else is the key of the Arabic layout that types both: U+FEFB, U+FEF7, U+FEF9 or U+FEF5.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Input> {
        let mut tokens = Vec::new();
        if self.tokens.at_ground()
            && let Some(ligature) = std::str::from_utf8(bytes).ok().and_then(lam_alef)
        {
            self.torn = None;
            return vec![Input::Key(Key::plain(Code::Char(ligature)))];
        }
        if let Some(prefix) = self.torn.take()
            && completes(&prefix, bytes)
        {
            for byte in prefix {
                self.tokens.take(byte, &mut tokens);
            }
        }
        for byte in bytes {
            self.tokens.take(*byte, &mut tokens);
        }
        tokens.into_iter().filter_map(meaning).collect()
    }

    /// Whether the next bytes decide what the last ones mean: if none come soon, call [`Parser::silence`].
    #[must_use]
    pub fn undecided(&self) -> bool {
        self.tokens.undecided()
    }

    /// Nothing came for a while: what may be a key is one.
    pub fn silence(&mut self) -> Vec<Input> {
        let mut tokens = Vec::new();
        self.tokens.silence(&mut tokens);
        self.torn = tokens.last().and_then(|token| match token {
            Token::Escape => Some(vec![0x1B]),
            Token::Alt(c) => Some(vec![0x1B, u8::try_from(*c).ok()?]),
            _ => None,
        });
        let mut inputs: Vec<Input> = tokens.into_iter().filter_map(meaning).collect();
        if let Some(Input::Reply(_)) = inputs.first() {
            // An answer torn apart in its last two bytes: nobody pressed Escape.
            inputs.truncate(1);
        }
        inputs
    }
}

/// Whether bytes that came late are the rest of a sequence of which the start was taken for a key: nobody types `[?62;1c` at once.
fn completes(prefix: &[u8], late: &[u8]) -> bool {
    let mut tokens = Vec::new();
    let mut machine = Tokens::default();
    for byte in prefix.iter().chain(late).copied() {
        machine.take(byte, &mut tokens);
        if !tokens.is_empty() {
            break;
        }
    }
    match tokens.first() {
        Some(Token::Csi(csi)) => {
            csi.marker.is_some() || !csi.params.is_empty() || prefix.len() == 1
        }
        Some(Token::String(..)) => true,
        Some(Token::Ss3(..)) => prefix.len() == 1,
        // Still open: a long answer comes in pieces.
        None => late.len() > 3,
        _ => false,
    }
}

fn meaning(token: Token) -> Option<Input> {
    match token {
        Token::Char(c) => Some(Input::Key(typed(c, false))),
        Token::Alt(c) => Some(Input::Key(typed(c, true))),
        Token::Escape => Some(Input::Key(Key::plain(Code::Escape))),
        Token::Csi(csi) => sequence(&csi),
        Token::Ss3(digits, last) => {
            let modifiers = digits
                .rsplit(';')
                .next()
                .and_then(|digits| digits.parse().ok());
            single_shift(last).map(|code| Input::Key(modified(code, modifiers)))
        }
        Token::Console(c @ 'A'..='E') => {
            let number = u32::from(c) - u32::from('A') + 1;
            Some(Input::Key(Key::plain(Code::Function(
                u8::try_from(number).ok()?,
            ))))
        }
        Token::Console(_) => None,
        Token::OldMouse([button, x, y]) => {
            let place = |byte: u8| u32::from(byte.saturating_sub(32));
            mouse(place(button), place(x), place(y), None)
        }
        Token::String(introducer, body) => string(introducer, &body).map(Input::Reply),
        Token::Paste(text) => Some(Input::Paste(String::from_utf8_lossy(&text).into_owned())),
    }
}

/// A character as it was typed: the C0 controls are letters with Control.
fn typed(c: char, alt: bool) -> Key {
    let (code, control) = match c {
        '\r' => (Code::Enter, false),
        '\t' => (Code::Tab, false),
        '\u{7F}' => (Code::Backspace, false),
        '\0' => (Code::Char(' '), true),
        '\u{1}'..='\u{1A}' => (Code::Char(shifted(c, 0x60)), true),
        '\u{1B}'..='\u{1F}' => (Code::Char(shifted(c, 0x40)), true),
        c => (Code::Char(c), false),
    };
    Key::new(code, control, alt, false)
}

fn shifted(c: char, by: u32) -> char {
    char::from_u32(u32::from(c) + by).unwrap_or(c)
}

/// A key with xterm's modifier number: 1 plus Shift 1, Alt 2, Control 4.
fn modified(code: Code, modifiers: Option<u32>) -> Key {
    let held = modifiers.unwrap_or(1).saturating_sub(1);
    Key::new(code, held & 4 != 0, held & 2 != 0, held & 1 != 0)
}

fn sequence(csi: &Csi) -> Option<Input> {
    match (csi.marker, &csi.intermediates[..], csi.last) {
        (Some(b'<'), [], b'M' | b'm') => mouse(
            csi.param(0)?,
            csi.param(1)?,
            csi.param(2)?,
            Some(csi.last == b'm'),
        ),
        (Some(b'?'), [], b'c') => Some(Input::Reply(Reply::Attributes(numbers(csi)))),
        (Some(b'>'), [], b'c') => Some(Input::Reply(Reply::Model(numbers(csi)))),
        (None | Some(b'?'), [b'$'], b'y') => Some(Input::Reply(Reply::Mode {
            private: csi.marker.is_some(),
            number: csi.param(0)?,
            state: mode_state(csi.param(1)?),
        })),
        (None, [], last) => key(csi, last).map(Input::Key),
        _ => None,
    }
}

fn numbers(csi: &Csi) -> Vec<u32> {
    csi.params
        .iter()
        .map(|param| param.first().copied().flatten().unwrap_or(0))
        .collect()
}

const fn mode_state(state: u32) -> ModeState {
    match state {
        1 => ModeState::Set,
        2 => ModeState::Reset,
        3 => ModeState::AlwaysSet,
        4 => ModeState::AlwaysReset,
        _ => ModeState::Unknown,
    }
}

fn key(csi: &Csi, last: u8) -> Option<Key> {
    let modifiers = csi.param(1);
    match last {
        b'~' if csi.param(0) == Some(27) => unicode_key(csi.param(2)?, modifiers),
        b'~' => Some(modified(numbered(csi.param(0)?)?, modifiers)),
        // rxvt: Control and Control-Shift.
        b'^' => Some(modified(numbered(csi.param(0)?)?, Some(5))),
        b'@' => Some(modified(numbered(csi.param(0)?)?, Some(6))),
        b'a'..=b'd' => Some(modified(
            single_shift(char::from(last.to_ascii_uppercase()))?,
            Some(2),
        )),
        b'Z' => Some(modified(Code::BackTab, modifiers)),
        // `CSI u` tells the release of a key as its third kind of event.
        b'u' if csi.sub(1, 1) == Some(3) => None,
        b'u' => unicode_key(csi.param(0)?, modifiers),
        // `CSI row ; column R` says where the cursor is; F3 comes as SS3 R.
        b'R' => None,
        b'A'..=b'F' | b'H' | b'P'..=b'S' => {
            Some(modified(single_shift(char::from(last))?, modifiers))
        }
        _ => None,
    }
}

/// The key of a letter after SS3, and after CSI with modifiers. `E` is the middle of the keypad, which has no use.
const fn single_shift(last: char) -> Option<Code> {
    Some(match last {
        'A' => Code::Up,
        'B' => Code::Down,
        'C' => Code::Right,
        'D' => Code::Left,
        'F' => Code::End,
        'H' => Code::Home,
        'M' => Code::Enter,
        'P' => Code::Function(1),
        'Q' => Code::Function(2),
        'R' => Code::Function(3),
        'S' => Code::Function(4),
        // The keypad in its application mode types what is printed on it.
        'j' => Code::Char('*'),
        'k' => Code::Char('+'),
        'l' => Code::Char(','),
        'm' => Code::Char('-'),
        'n' => Code::Char('.'),
        'o' => Code::Char('/'),
        'p' => Code::Char('0'),
        'q' => Code::Char('1'),
        'r' => Code::Char('2'),
        's' => Code::Char('3'),
        't' => Code::Char('4'),
        'u' => Code::Char('5'),
        'v' => Code::Char('6'),
        'w' => Code::Char('7'),
        'x' => Code::Char('8'),
        'y' => Code::Char('9'),
        _ => return None,
    })
}

/// The key of a number before `~`.
fn numbered(number: u32) -> Option<Code> {
    let function =
        |first: u32, name: u32| u8::try_from(number - first + name).ok().map(Code::Function);
    match number {
        1 | 7 => Some(Code::Home),
        2 => Some(Code::Insert),
        3 => Some(Code::Delete),
        4 | 8 => Some(Code::End),
        5 => Some(Code::PageUp),
        6 => Some(Code::PageDown),
        11..=15 => function(11, 1),
        17..=21 => function(17, 6),
        23..=26 => function(23, 11),
        28..=29 => function(28, 15),
        31..=34 => function(31, 17),
        _ => None,
    }
}

/// The key of a code point, as kitty's `CSI u` and xterm's `CSI 27` tell it.
fn unicode_key(code: u32, modifiers: Option<u32>) -> Option<Key> {
    let code = match code {
        8 | 127 => Code::Backspace,
        9 => Code::Tab,
        13 | 57414 => Code::Enter,
        27 => Code::Escape,
        // kitty keeps keys without a character in a private area.
        57344..=63743 => return None,
        code => Code::Char(char::from_u32(code).filter(|c| !c.is_control())?),
    };
    Some(modified(code, modifiers))
}

/// A mouse report; `released` is None in reports of old, where a release is a button number of its own.
fn mouse(button: u32, x: u32, y: u32, released: Option<bool>) -> Option<Input> {
    let pressed = match button & 3 {
        0 => Some(Button::Left),
        1 => Some(Button::Middle),
        2 => Some(Button::Right),
        _ => None,
    };
    let kind = match (button & 0b1110_0000, pressed) {
        (64, _) => [
            MouseKind::WheelUp,
            MouseKind::WheelDown,
            MouseKind::WheelLeft,
            MouseKind::WheelRight,
        ]
        .get(button as usize & 3)
        .copied()?,
        (32, Some(button)) => MouseKind::Drag(button),
        (32, None) => MouseKind::Move,
        (0, pressed) if released == Some(true) => MouseKind::Release(pressed),
        (0, Some(button)) => MouseKind::Press(button),
        (0, None) => MouseKind::Release(None),
        _ => return None,
    };
    Some(Input::Mouse(Mouse {
        kind,
        column: place(x)?,
        row: place(y)?,
        control: button & 16 != 0,
        alt: button & 8 != 0,
        shift: button & 4 != 0,
    }))
}

fn place(counted_from_one: u32) -> Option<u16> {
    u16::try_from(counted_from_one.checked_sub(1)?).ok()
}

fn string(introducer: u8, body: &[u8]) -> Option<Reply> {
    let body = std::str::from_utf8(body).ok()?;
    match introducer {
        b'P' => body
            .strip_prefix(">|")
            .map(|version| Reply::Version(version.to_owned())),
        b']' => {
            let (number, value) = body.split_once(';')?;
            let colour = colour(value)?;
            match number {
                "10" => Some(Reply::Foreground(colour)),
                "11" => Some(Reply::Background(colour)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// `rgb:ffff/8080/0` with one to four digits each (`XParseColor`), also `rgba:`, to eight bits.
fn colour(value: &str) -> Option<[u8; 3]> {
    let digits = value
        .strip_prefix("rgb:")
        .or_else(|| value.strip_prefix("rgba:"))?;
    let mut parts = digits.split('/').map(|part| {
        let all = 16_u32.checked_pow(
            u32::try_from(part.len())
                .ok()
                .filter(|length| (1..=4).contains(length))?,
        )? - 1;
        u8::try_from((u32::from_str_radix(part, 16).ok()? * 255 + all / 2) / all).ok()
    });
    Some([parts.next()??, parts.next()??, parts.next()??])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
