//! Bytes → inputs, and the same bytes torn at every place.

use proptest::prelude::*;

use super::*;

/// What bytes come to, in short: keys by name, the rest by what matters.
fn told(inputs: &[Input]) -> String {
    let told = inputs.iter().map(|input| match input {
        Input::Key(key) => key.to_string(),
        Input::Mouse(mouse) => format!(
            "{:?}@{},{}{}",
            mouse.kind,
            mouse.column,
            mouse.row,
            if mouse.control { "+ctrl" } else { "" }
        ),
        Input::Paste(text) => format!("paste{text:?}"),
        Input::Reply(reply) => format!("{reply:?}"),
        Input::Closed => "closed".to_owned(),
    });
    told.collect::<Vec<_>>().join(" ")
}

/// The whole in one read, followed by silence.
fn read(bytes: &[u8]) -> String {
    let mut parser = Parser::default();
    let mut inputs = parser.feed(bytes);
    inputs.extend(parser.silence());
    told(&inputs)
}

/// Sequences that mean the same however they are torn, and what they mean.
const WHOLE: &[(&[u8], &str)] = &[
    // Characters, controls, Alt.
    (b"j", "j"),
    (b"G ?", "G space ?"),
    ("تن؟".as_bytes(), "ت ن ؟"),
    ("é漢😀".as_bytes(), "é 漢 😀"),
    (b"\r\t\x7f", "enter tab backspace"),
    (
        b"\x00\x01\x1a\x1c\x1d\x1e\x1f",
        "ctrl-space ctrl-a ctrl-z ctrl-\\ ctrl-] ctrl-^ ctrl-_",
    ),
    (b"\x08\x0a", "ctrl-h ctrl-j"),
    // Only the keyboard protocols tell Control and i from Tab.
    (b"\t\x1b[105;5u\x1b[27;5;105~", "tab ctrl-i ctrl-i"),
    (b"\x1bj\x1b\x7f\x1b\r", "alt-j alt-backspace alt-enter"),
    ("\x1bت".as_bytes(), "alt-ت"),
    (b"\x1b\x1bj", "escape alt-j"),
    // Arrows and their kin: xterm, application mode, rxvt, the Linux console.
    (
        b"\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F",
        "up down right left home end",
    ),
    (
        b"\x1bOA\x1bOD\x1bOH\x1bOF\x1bOM\x1bOj",
        "up left home end enter *",
    ),
    (
        b"\x1b[1;2A\x1b[1;3A\x1b[1;5A\x1b[1;6C",
        "shift-up alt-up ctrl-up ctrl-shift-right",
    ),
    (b"\x1bO5A\x1bO1;2P", "ctrl-up shift-f1"),
    (b"\x1b[a\x1b[d", "shift-up shift-left"),
    (
        b"\x1b[1~\x1b[4~\x1b[7~\x1b[8~\x1b[2~\x1b[3~\x1b[5~\x1b[6~",
        "home end home end insert delete pageup pagedown",
    ),
    (
        b"\x1b[5;5~\x1b[3^\x1b[3@",
        "ctrl-pageup ctrl-delete ctrl-shift-delete",
    ),
    (b"\x1b[Z\x1b[1;2Z", "shift-tab shift-tab"),
    (
        b"\x1bOP\x1bOS\x1b[11~\x1b[15~\x1b[17~\x1b[21~\x1b[23~\x1b[24~\x1b[34~",
        "f1 f4 f1 f5 f6 f10 f11 f12 f20",
    ),
    (b"\x1b[[A\x1b[[E", "f1 f5"),
    // Keys as code points: kitty, modifyOtherKeys.
    (
        b"\x1b[106u\x1b[106;5u\x1b[106;2u\x1b[27u\x1b[13;5u",
        "j ctrl-j J escape ctrl-enter",
    ),
    (b"\x1b[1578;1u\x1b[106:74;2:1;74u\x1b[106;1:3u", "ت J"),
    (b"\x1b[57358u\x1b[57414u\x1b[1;1:3A", "enter up"),
    (b"\x1b[27;5;106~\x1b[27;2;9~", "ctrl-j shift-tab"),
    // The mouse.
    (
        b"\x1b[<0;1;1M\x1b[<0;80;24m",
        "Press(Left)@0,0 Release(Some(Left))@79,23",
    ),
    (
        b"\x1b[<32;3;4M\x1b[<35;3;4M\x1b[<2;300;4M",
        "Drag(Left)@2,3 Move@2,3 Press(Right)@299,3",
    ),
    (
        b"\x1b[<64;1;2M\x1b[<65;1;2M\x1b[<81;1;2M\x1b[<66;1;2M",
        "WheelUp@0,1 WheelDown@0,1 WheelDown@0,1+ctrl WheelLeft@0,1",
    ),
    (b"\x1b[M !!\x1b[M#\"#", "Press(Left)@0,0 Release(None)@1,2"),
    (b"\x1b[<0;0;1M\x1b[<0;1M\x1b[<128;1;1M", ""),
    // Pasted text.
    (
        b"\x1b[200~a\x1b[Aj\x03\x1b[201~k",
        "paste\"a\\u{1b}[Aj\\u{3}\" k",
    ),
    ("\x1b[200~لا\x1b[201~".as_bytes(), "paste\"لا\""),
    // Replies.
    (b"\x1b[?62;1;c", "Attributes([62, 1, 0])"),
    (b"\x1b[>41;379;0c", "Model([41, 379, 0])"),
    (
        b"\x1b[8;1$y",
        "Mode { private: false, number: 8, state: Set }",
    ),
    (
        b"\x1b[?2501;2$y",
        "Mode { private: true, number: 2501, state: Reset }",
    ),
    (
        b"\x1b[8;4$y\x1b[8;0$y\x1b[8;9$y",
        "Mode { private: false, number: 8, state: AlwaysReset } Mode { private: false, number: 8, state: Unknown } Mode { private: false, number: 8, state: Unknown }",
    ),
    (
        b"\x1bP>|Konsole 22.12.3\x1b\\",
        "Version(\"Konsole 22.12.3\")",
    ),
    (
        b"\x1b]11;rgb:ffff/8080/0000\x07",
        "Background([255, 128, 0])",
    ),
    (
        b"\x1b]11;rgb:f/80/000\x1b\\\x1b]10;rgba:ff/ff/ff/ff\x07",
        "Background([255, 128, 0]) Foreground([255, 255, 255])",
    ),
    // Replies that nobody waits for, and nonsense: all of it swallowed, the keys about it kept.
    (b"j\x1b[?997;1nk", "j k"),
    (b"j\x1b[3;5Rk\x1b[Ik\x1b[Oj", "j k k j"),
    (b"j\x1b[?0uk", "j k"),
    (
        b"j\x1b_Gi=1;OK\x1b\\k\x1b^pm\x1b\\j\x1bXsos\x1b\\k",
        "j k j k",
    ),
    (b"j\x1bP1$r0m\x1b\\k", "j k"),
    (b"j\x1b]52;c;bGE=\x07k", "j k"),
    (b"j\x1b]11;pink\x07k", "j k"),
    (b"j\x1b[48;24;80;480;800tk", "j k"),
    (b"j\x1b[12;34;56;78zk", "j k"),
    (b"j\x1b[1;2\x18k", "j k"),
    (b"j\x1b[1;2\x1b[Ak", "j up k"),
    (b"j\x1b]11;rgb\x1b[Ak", "j up k"),
    (b"j\x1b]never ended\x03k", "j ctrl-c k"),
    (b"\x80\xff\xc0\xafj", "j"),
    (b"\xd8j\xe6\xbck", "j k"),
    (b"\xed\xa0\x80j", "j"),
];

#[test]
fn bytes_say_what_the_table_says() {
    for (bytes, meaning) in WHOLE {
        assert_eq!(
            read(bytes),
            *meaning,
            "{:?}",
            bytes.escape_ascii().to_string()
        );
    }
}

#[test]
fn a_sequence_may_be_torn_at_every_place() {
    for (bytes, meaning) in WHOLE {
        for at in 1..bytes.len() {
            let (first, second) = bytes.split_at(at);
            let mut parser = Parser::default();
            let mut inputs = parser.feed(first);
            inputs.extend(parser.feed(second));
            assert_eq!(
                told(&inputs),
                *meaning,
                "{:?} | {:?}",
                first.escape_ascii().to_string(),
                second.escape_ascii().to_string()
            );
        }
        let mut parser = Parser::default();
        let inputs: Vec<Input> = bytes
            .iter()
            .flat_map(|byte| parser.feed(&[*byte]))
            .collect();
        assert_eq!(
            told(&inputs),
            *meaning,
            "byte by byte: {:?}",
            bytes.escape_ascii().to_string()
        );
    }
}

#[test]
fn silence_decides_what_escape_means() {
    for (bytes, meaning) in [
        (&b"\x1b"[..], "escape"),
        (b"j\x1b", "j escape"),
        (b"\x1b\x1b", "escape escape"),
        (b"\x1b[", "alt-["),
        (b"\x1bO", "alt-O"),
        (b"\x1b]", "alt-]"),
        (b"\x1bP", "alt-P"),
        // A string that never ends, and Escape pressed to get out of it.
        (b"\x1b]11;r\x1b", "escape"),
        // These wait for their end, however long it takes.
        (b"\x1b[?62", ""),
        (b"\x1b]11;", ""),
        (b"\xd8", ""),
    ] {
        let mut parser = Parser::default();
        let first = parser.feed(bytes);
        let decided = !parser.undecided();
        let rest = parser.silence();
        assert_eq!(told(&[first, rest.clone()].concat()), meaning);
        assert_eq!(
            decided,
            rest.is_empty(),
            "{:?}",
            bytes.escape_ascii().to_string()
        );
        assert!(!parser.undecided());
        assert!(parser.silence().is_empty());
    }
}

#[test]
fn a_reply_torn_by_a_long_silence_is_not_typed() {
    for reply in [
        &b"\x1b[?62;1c"[..],
        b"\x1b[>41;379;0c",
        b"\x1b[?2501;2$y",
        b"\x1b[8;1$y",
        b"\x1bP>|Konsole 22.12.3\x1b\\",
        b"\x1b]11;rgb:ffff/8080/0000\x1b\\",
        b"\x1b_Gi=1;OK\x1b\\",
        b"\x1b[<0;10;10M",
    ] {
        for at in 1..reply.len() {
            let mut parser = Parser::default();
            let mut inputs = parser.feed(&reply[..at]);
            inputs.extend(parser.silence());
            inputs.extend(parser.feed(&reply[at..]));
            inputs.extend(parser.feed(b"j"));
            let keys: Vec<Input> = inputs
                .into_iter()
                .filter(|input| matches!(input, Input::Key(_)))
                .collect();
            let told = told(&keys);
            // What the silence took for a key is one key at most; nothing else is typed.
            assert!(
                ["j", "escape j", "alt-[ j", "alt-] j", "alt-P j", "alt-_ j"]
                    .contains(&told.as_str()),
                "{at} of {:?}: {told}",
                reply.escape_ascii().to_string()
            );
        }
    }
}

#[test]
fn an_answer_whose_last_byte_is_late_is_an_answer() {
    for reply in [
        &b"\x1bP>|Konsole 22.12.3\x1b\\"[..],
        b"\x1b]11;rgb:ffff/8080/0000\x1b\\",
    ] {
        let mut parser = Parser::default();
        let whole = parser.feed(reply);
        assert!(matches!(whole[..], [Input::Reply(_)]));
        let (start, end) = reply.split_at(reply.len() - 1);
        let mut inputs = parser.feed(start);
        inputs.extend(parser.silence());
        inputs.extend(parser.feed(end));
        assert_eq!(inputs, whole);
    }
}

#[test]
fn keys_after_a_lone_escape_stay_keys() {
    for (late, meaning) in [
        (&b"["[..], "escape ["),
        (b"]", "escape ]"),
        (b"]]", "escape ] ]"),
        (b"P", "escape P"),
        (b"O", "escape O"),
        (b"j", "escape j"),
        (b"x]", "escape x ]"),
    ] {
        let mut parser = Parser::default();
        let mut inputs = parser.feed(b"\x1b");
        inputs.extend(parser.silence());
        inputs.extend(parser.feed(late));
        assert_eq!(told(&inputs), meaning);
    }
}

#[test]
fn lam_and_alef_alone_in_one_read_are_one_key() {
    for (bytes, meaning) in [
        ("لا", "ﻻ"),
        ("لأ", "ﻷ"),
        ("لإ", "ﻹ"),
        ("لآ", "ﻵ"),
        ("ﻻ", "ﻻ"),
        ("ل", "ل"),
        ("لل", "ل ل"),
        ("ال", "ا ل"),
        ("لاا", "ل ا ا"),
        ("للا", "ل ل ا"),
        ("لالا", "ل ا ل ا"),
        ("jلا", "j ل ا"),
    ] {
        assert_eq!(read(bytes.as_bytes()), meaning, "{bytes}");
    }
    let mut parser = Parser::default();
    let mut inputs = parser.feed("ل".as_bytes());
    inputs.extend(parser.feed("ا".as_bytes()));
    assert_eq!(told(&inputs), "ل ا");
    // Inside a pasted text they are text.
    let mut parser = Parser::default();
    let mut inputs = parser.feed(b"\x1b[200~");
    inputs.extend(parser.feed("لا".as_bytes()));
    inputs.extend(parser.feed(b"\x1b[201~"));
    assert_eq!(told(&inputs), "paste\"لا\"");
}

#[test]
fn endless_strings_and_pastes_are_cut_and_left() {
    let mut parser = Parser::default();
    parser.feed(b"\x1b]11;");
    parser.feed(&vec![b'x'; 100_000]);
    assert_eq!(told(&parser.feed(b"\x07j")), "j");

    let mut paste = b"\x1b[200~".to_vec();
    paste.extend(vec![b'x'; (1 << 20) + 100]);
    paste.extend(b"\x1b[201~j");
    let inputs = Parser::default().feed(&paste);
    let [Input::Paste(text), Input::Key(_)] = &inputs[..] else {
        panic!("{}", inputs.len())
    };
    assert_eq!(text.len(), 1 << 20);
    assert!(text.bytes().all(|byte| byte == b'x'));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_in_any_reads_come_to_the_same(bytes in proptest::collection::vec(any::<u8>(), 0..60), cuts in proptest::collection::vec(0..60usize, 0..5)) {
        let whole = {
            let mut parser = Parser::default();
            parser.feed(&bytes)
        };
        let mut parser = Parser::default();
        let mut pieces = Vec::new();
        let mut start = 0;
        let mut cuts = cuts;
        cuts.sort_unstable();
        for cut in cuts.into_iter().map(|cut| cut.min(bytes.len())).chain([bytes.len()]) {
            pieces.extend(parser.feed(&bytes[start..cut]));
            start = cut;
        }
        prop_assert_eq!(whole, pieces);
    }

    #[test]
    fn whatever_came_before_the_reader_can_get_out(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        let mut parser = Parser::default();
        parser.feed(&bytes);
        parser.silence();
        // A pasted text may go on; everything else gives way to Escape, a pause, and the key.
        let inputs = [parser.feed(b"\x1b[201~"), parser.feed(b"\x1b"), parser.silence(), parser.feed(b"q")].concat();
        prop_assert_eq!(inputs.last(), Some(&Input::Key(Key::plain(Code::Char('q')))));
    }
}

#[test]
fn a_key_gets_out_of_a_pasted_text_that_never_ends() {
    let mut parser = Parser::default();
    assert_eq!(parser.feed(b"\x1b[200~abc\x1b"), []);
    assert!(parser.undecided());
    assert_eq!(
        parser.silence(),
        [
            Input::Paste("abc".into()),
            Input::Key(Key::plain(Code::Escape))
        ]
    );
    assert_eq!(parser.feed(b"\x1b[200~abc\x03"), []);
    let inputs = parser.silence();
    assert_eq!(inputs[0], Input::Paste("abc".into()));
    assert_eq!(inputs[1], Input::Key("ctrl-c".parse().unwrap()));
}
