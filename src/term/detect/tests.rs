//! The terminals that were opened and asked, one by one, and what leads astray.

use super::*;

/// What the terminals that were opened answered: environment, XTVERSION, DA2, mode 8, and what is to come of it.
const TERMINALS: &str = "
xterm            | TERM=xterm-256color                   | XTerm(379)       | 41;379;0   | 0 | visual
VTE of old       | TERM=xterm-256color VTE_VERSION=7006  |                  | 65;7006;1  | 1 | visual
VTE              | TERM=xterm-256color VTE_VERSION=8203  | VTE(8203)        | 61;8203;1  | 1 | visual
Konsole          | TERM=xterm-256color KONSOLE_VERSION=1 | Konsole 22.12.3  | 1;115;0    |   | override
Konsole of old   | TERM=xterm-256color KONSOLE_VERSION=1 |                  | 1;115;0    |   | override
qterminal        | TERM=xterm-256color                   |                  | 0;115;0    |   | inverse-words
mlterm           | TERM=mlterm MLTERM=3.9.0              |                  | 24;279;0   |   | visual +switch
mintty           | TERM=xterm TERM_PROGRAM=mintty        | mintty 3.7.0     | 77;30700;0 | 1 | visual
kitty            | TERM=xterm-kitty KITTY_WINDOW_ID=1    | kitty(0.26.5)    | 1;4000;26  | 0 | kitty -tashkeel
WezTerm          | TERM=xterm-256color                   | WezTerm 20240203 | 1;277;0    | 2 | visual
iTerm2 3.6       | TERM=xterm-256color                   | iTerm2 3.6.2     | 0;95;0     | 4 | visual
iTerm2 3.7       | TERM=xterm-256color                   | iTerm2 3.7.0b1   | 0;95;0     | 4 | inverse-unmirrored
iTerm2 3.10      | TERM=xterm-256color                   | iTerm2 3.10      | 0;95;0     | 4 | inverse-unmirrored
Alacritty        | TERM=alacritty                        |                  | 0;1100;1   |   | visual -tashkeel
foot             | TERM=foot                             | foot(1.13.1)     | 1;11301;0  |   | visual -tashkeel
st               | TERM=st-256color                      |                  |            |   | visual -tashkeel
urxvt            | TERM=rxvt-unicode-256color            |                  | 85;95;0    |   | visual
Ghostty          | TERM=xterm-ghostty                    | ghostty 1.2.0    | 1;10;0     |   | visual
Windows Terminal | TERM=xterm-256color WT_SESSION=x      |                  | 0;10;1     | 0 | visual
xterm.js         | TERM=xterm TERM_PROGRAM=vscode        | xterm.js(5.5.0)  | 0;276;0    | 0 | visual-marks
xterm.js of old  | TERM=xterm-256color                   |                  | 0;276;0    |   | visual-marks
PuTTY            | TERM=xterm                            |                  | 0;136;0    |   | inverse-auto
Terminal.app     | TERM=xterm TERM_PROGRAM=Apple_Terminal|                  |            |   | inverse
unknown          | TERM=xterm-256color                   |                  |            |   | visual
unknown with it  | TERM=xterm-256color                   |                  |            | 1 | visual
leak to xterm    | TERM=xterm KONSOLE_VERSION=1          | XTerm(379)       | 41;379;0   | 0 | visual
leak from tmux   | TERM=xterm TMUX=x KONSOLE_VERSION=1   | XTerm(379)       | 41;379;0   | 0 | visual
leak to silence  | TERM=xterm KONSOLE_VERSION=1          |                  |            |   | visual
leak to st       | TERM=st KITTY_WINDOW_ID=1             |                  |            |   | visual
";

/// What came through a multiplexer: environment, tmux's client, XTVERSION, DA2, and what is to come of it.
const MULTIPLEXED: &str = "
TERM=tmux TMUX=x VTE_VERSION=7006                    |                 | tmux 3.4 | 84;0;0     | Tmux   | visual-lro
TERM=tmux VTE_VERSION=7006                           | XTerm(379)      | tmux 3.4 | 84;0;0     | Tmux   | visual
TERM=tmux                                            | VTE(8203)       | tmux 3.4 | 84;0;0     | Tmux   | visual-lro
TERM=screen                                          | Konsole 22.12.3 |          | 84;0;0     | Tmux   | override
TERM=tmux KONSOLE_VERSION=1                          |                 | tmux 3.4 | 84;0;0     | Tmux   | override
TERM=tmux KITTY_WINDOW_ID=1                          |                 | tmux 3.4 | 84;0;0     | Tmux   | kitty
TERM=tmux TERM_PROGRAM=tmux LC_TERMINAL=iTerm2 LC_TERMINAL_VERSION=3.7 | | tmux 3.4 | 84;0;0   | Tmux   | inverse-unmirrored
TERM=tmux                                            |                 | tmux 3.4 | 84;0;0     | Tmux   | visual
TERM=tmux                                            | xterm.js(5.5.0) | tmux 3.4 | 84;0;0     | Tmux   | visual-marks
TERM=screen STY=1.x VTE_VERSION=7006                 |                 |          | 83;40900;0 | Screen | visual-lro
TERM=xterm ZELLIJ=0 KONSOLE_VERSION=1                |                 |          |            | Zellij | override
";

fn columns(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .trim()
        .lines()
        .map(|line| line.split('|').map(str::trim).collect())
}

fn environment(column: &'static str) -> Vec<(&'static str, &'static str)> {
    column
        .split(' ')
        .filter_map(|pair| pair.split_once('='))
        .collect()
}

fn answers(version: &str, model: &str, mode: &str) -> Answers {
    let bidi = match mode {
        "" => None,
        "1" => Some(ModeState::Set),
        "2" => Some(ModeState::Reset),
        "4" => Some(ModeState::AlwaysReset),
        _ => Some(ModeState::Unknown),
    };
    Answers {
        attributes: Some(vec![62]),
        model: (!model.is_empty()).then(|| {
            model
                .split(';')
                .map(|number| number.parse().unwrap())
                .collect()
        }),
        version: (!version.is_empty()).then(|| version.to_owned()),
        bidi,
        ..Answers::default()
    }
}

fn verdict(environment: &[(&str, &str)], client: Option<&str>, answers: &Answers) -> Verdict {
    let variable = |name: &str| {
        environment
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| (*value).to_owned())
    };
    detect(
        Surroundings {
            variable: &variable,
            client,
            force_ltr: false,
        },
        answers,
    )
}

#[test]
fn every_terminal_that_was_asked_gets_its_profile() {
    for row in columns(TERMINALS) {
        let [name, variables, version, model, mode, wanted] = row[..] else {
            panic!("{row:?}")
        };
        let verdict = verdict(
            &environment(variables),
            None,
            &answers(version, model, mode),
        );
        let switch = if verdict.switch.is_some() {
            " +switch"
        } else {
            ""
        };
        let tashkeel = if verdict.tashkeel { "" } else { " -tashkeel" };
        assert_eq!(
            format!("{}{switch}{tashkeel}", verdict.profile.name()),
            wanted,
            "{name}: {verdict:?}"
        );
        assert_eq!((verdict.behind, verdict.waits), (None, false), "{name}");
    }
}

#[test]
fn behind_a_multiplexer_the_terminal_outside_counts() {
    for row in columns(MULTIPLEXED) {
        let [variables, client, version, model, behind, wanted] = row[..] else {
            panic!("{row:?}")
        };
        let verdict = verdict(
            &environment(variables),
            Some(client),
            &answers(version, model, ""),
        );
        assert_eq!(format!("{:?}", verdict.behind.unwrap()), behind, "{row:?}");
        assert_eq!(
            (verdict.profile.name(), verdict.switch),
            (wanted, None),
            "{row:?}"
        );
    }
}

#[test]
fn before_the_answers_only_visual_is_drawn_at_once() {
    for (variables, profile, waits) in [
        ("TERM=xterm-256color", "visual", false),
        ("TERM=xterm-256color VTE_VERSION=7006", "visual", false),
        ("TERM=xterm-256color KONSOLE_VERSION=1", "override", true),
        ("TERM=xterm-kitty", "kitty", true),
        ("TERM=mlterm", "visual", true),
        (
            "TERM=xterm-256color TMUX=x VTE_VERSION=7006",
            "visual-lro",
            true,
        ),
        // These are never asked, so there is nothing to wait for.
        (
            "TERM=xterm-256color TERM_PROGRAM=Apple_Terminal",
            "inverse",
            false,
        ),
        ("TERM=linux", "visual", false),
    ] {
        let verdict = verdict(&environment(variables), None, &Answers::default());
        assert_eq!(
            (verdict.profile.name(), verdict.waits),
            (profile, waits),
            "{variables}"
        );
    }
}

#[test]
fn the_mode_before_is_what_was_answered() {
    let before = |bidi| {
        verdict(
            &[("TERM", "xterm")],
            None,
            &Answers {
                bidi,
                ..Answers::default()
            },
        )
        .before
    };
    assert_eq!(before(Some(ModeState::Set)), BidiMode::Implicit);
    assert_eq!(before(Some(ModeState::Reset)), BidiMode::Explicit);
    assert_eq!(before(Some(ModeState::Unknown)), BidiMode::Implicit);
    assert_eq!(before(None), BidiMode::Implicit);
}

#[test]
fn a_kitty_told_to_leave_the_order_alone_gets_it_as_it_is() {
    let surroundings = Surroundings {
        variable: &|_| None,
        client: None,
        force_ltr: true,
    };
    let verdict = detect(surroundings, &answers("kitty(0.42.0)", "", ""));
    assert_eq!((verdict.profile, verdict.tashkeel), (Profile::Visual, true));
}

#[test]
fn a_verdict_names_its_clues() {
    let clues = |variables, version, model, mode| {
        verdict(
            &environment(variables),
            None,
            &answers(version, model, mode),
        )
        .clues
    };
    assert_eq!(clues("", "", "1;115;0", ""), [Clue::Model(vec![1, 115, 0])]);
    assert_eq!(clues("", "", "", "1"), [Clue::Bidi(ModeState::Set)]);
    let vte = Clue::Variable("VTE_VERSION", "7006".into());
    assert_eq!(
        clues("VTE_VERSION=7006", "tmux 3.4", "", ""),
        [Clue::Version("tmux 3.4".into()), vte]
    );
    assert_eq!(clues("KONSOLE_VERSION=1", "", "", ""), []);
}

#[test]
fn answers_are_gathered_until_the_last() {
    use crate::term::events::{Input, Parser};
    let mut answers = Answers::default();
    let bytes = b"\x1b[8;2$y\x1b[?2501;2$y\x1bP>|WezTerm 20240203\x1b\\\x1b[>1;277;0c\x1b]11;rgb:1/2/3\x1b\\\x1b[?65;4c";
    for input in Parser::default().feed(bytes) {
        assert!(!answers.are_complete());
        let Input::Reply(reply) = input else {
            panic!("{input:?}")
        };
        answers.take(reply);
    }
    let wanted = Answers {
        attributes: Some(vec![65, 4]),
        model: Some(vec![1, 277, 0]),
        version: Some("WezTerm 20240203".into()),
        bidi: Some(ModeState::Reset),
        direction: Some(ModeState::Reset),
        background: Some([0x11, 0x22, 0x33]),
    };
    assert_eq!(answers, wanted);
    assert!(answers.are_complete());
}
