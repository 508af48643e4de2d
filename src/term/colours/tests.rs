//! Environments and answers, and what can be coloured by them.

use super::*;

fn detect(environment: &[(&str, &str)]) -> Colours {
    detect_with(environment, &Answers::default())
}

fn detect_with(environment: &[(&str, &str)], answers: &Answers) -> Colours {
    let variable = |name: &str| {
        environment
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| (*value).to_owned())
    };
    Colours::detect(variable, answers)
}

#[test]
fn the_environment_says_how_many_colours_there_are() {
    for (environment, depth) in [
        (&[][..], Depth::None),
        (&[("TERM", "dumb")], Depth::None),
        (&[("TERM", "vt100")], Depth::None),
        (&[("TERM", "linux")], Depth::Ansi),
        (&[("TERM", "xterm")], Depth::Ansi),
        (
            &[("TERM", "xterm"), ("XTERM_VERSION", "XTerm(379)")],
            Depth::Indexed,
        ),
        (&[("TERM", "xterm"), ("VTE_VERSION", "7006")], Depth::True),
        (
            &[("TERM", "xterm-256color"), ("KONSOLE_VERSION", "221203")],
            Depth::True,
        ),
        (&[("TERM", "mlterm"), ("MLTERM", "3.9.0")], Depth::True),
        (&[("TERM", "rxvt")], Depth::Ansi),
        (&[("TERM", "xterm-256color")], Depth::Indexed),
        (&[("TERM", "tmux-256color")], Depth::Indexed),
        (
            &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")],
            Depth::True,
        ),
        (
            &[("TERM", "xterm-256color"), ("COLORTERM", "24bit")],
            Depth::True,
        ),
        (
            &[("TERM", "xterm-256color"), ("COLORTERM", "rxvt")],
            Depth::Indexed,
        ),
        (&[("TERM", "xterm-kitty")], Depth::True),
        (&[("TERM", "xterm-direct")], Depth::True),
        (
            &[("TERM", "xterm-256color"), ("WT_SESSION", "x")],
            Depth::True,
        ),
        (
            &[
                ("TERM", "screen.xterm-256color"),
                ("COLORTERM", "truecolor"),
                ("STY", "1.pts"),
            ],
            Depth::Indexed,
        ),
        (
            &[
                ("TERM", "screen"),
                ("COLORTERM", "truecolor"),
                ("STY", "1.pts"),
            ],
            Depth::Indexed,
        ),
        (
            &[
                ("TERM", "screen-256color"),
                ("COLORTERM", "truecolor"),
                ("TMUX", "x"),
                ("STY", "1.pts"),
            ],
            Depth::True,
        ),
        (&[("TERM", "xterm-kitty"), ("NO_COLOR", "1")], Depth::None),
        (&[("TERM", "xterm-kitty"), ("NO_COLOR", "")], Depth::True),
    ] {
        assert_eq!(detect(environment).depth, depth, "{environment:?}");
    }
}

#[test]
fn the_environment_may_say_what_is_behind_the_text() {
    for (environment, told) in [
        (&[][..], None),
        (&[("COLORFGBG", "0;15")], Some([255, 255, 255])),
        (&[("COLORFGBG", "15;default;0")], Some([0, 0, 0])),
        (&[("COLORFGBG", "0;default")], None),
        (&[("COLORFGBG", "0;77")], None),
        (&[("COLORFGBG", "0;15"), ("TMUX", "x")], None),
        (&[("TERM", "linux")], Some([0, 0, 0])),
    ] {
        let variable = |name: &str| {
            let found = environment.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(ground(variable), told, "{environment:?}");
    }
}

#[test]
fn underlines_are_coloured_only_where_that_is_known() {
    for (environment, underline) in [
        (&[("TERM", "xterm-256color")][..], false),
        (&[("TERM", "xterm-ghostty")], true),
        (&[("TERM", "xterm-ghostty"), ("TMUX", "x")], false),
        (&[("TERM", "xterm-ghostty"), ("NO_COLOR", "1")], false),
        (&[("TERM", "xterm-kitty")], true),
        (&[("TERM", "xterm-256color"), ("VTE_VERSION", "7006")], true),
        (
            &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")],
            true,
        ),
    ] {
        let coloured = detect(environment).underline == Underline::Coloured;
        assert_eq!(coloured, underline, "{environment:?}");
    }
}

#[test]
fn what_the_terminal_answers_says_more_on_underlines_than_the_environment() {
    let vte = [("TERM", "xterm-256color"), ("VTE_VERSION", "7006")];
    let konsole = [("TERM", "xterm-256color"), ("KONSOLE_VERSION", "221203")];
    let alacritty = [("TERM", "alacritty")];
    let tmux = [("TERM", "tmux-256color"), ("TMUX", "x")];
    let bare = [("TERM", "xterm-256color")];
    for (environment, version, model, underline) in [
        (&vte[..], None, &[65, 7006, 1][..], true),
        (&vte, Some("VTE(8203)"), &[61, 8203, 1], true),
        (&vte, Some("XTerm(379)"), &[41, 379, 0], false),
        (&konsole, Some("Konsole 22.12.3"), &[1, 115, 0], true),
        (&konsole, Some("Konsole 22.4.1"), &[1, 115, 0], false),
        (&konsole, None, &[1, 115, 0], true),
        (&konsole, None, &[0, 115, 0], false),
        (&bare, Some("foot(1.13.1)"), &[1, 11301, 0], false),
        (&bare, Some("foot(1.25.0)"), &[1, 12500, 0], true),
        (&bare, None, &[0, 276, 0], false),
        (&bare, Some("xterm.js(6.0.0)"), &[0, 276, 0], false),
        (&bare, None, &[24, 279, 0], false),
        (&alacritty, None, &[0, 1100, 1], true),
        (&alacritty, None, &[0, 901, 1], false),
        (&tmux, Some("tmux 3.4"), &[84, 0, 0], false),
    ] {
        let answers = Answers {
            version: version.map(str::to_owned),
            model: Some(model.to_vec()),
            attributes: Some(vec![62]),
            ..Answers::default()
        };
        let found = detect_with(environment, &answers);
        let coloured = found.underline == Underline::Coloured;
        assert_eq!(coloured, underline, "{version:?} {model:?}");
    }
}

#[test]
fn where_no_line_can_be_coloured_there_is_none() {
    for (environment, underline) in [
        (&[("TERM", "xterm-256color")][..], Underline::Absent),
        (&[("TERM", "rxvt-unicode-256color")], Underline::Absent),
        (&[("TERM", "st-256color")], Underline::Absent),
        (
            &[("TERM", "tmux-256color"), ("TMUX", "x")],
            Underline::Absent,
        ),
        (&[("TERM", "foot")], Underline::Absent),
        (
            &[("TERM", "mlterm"), ("MLTERM", "3.9.0")],
            Underline::Absent,
        ),
        (&[("TERM", "linux")], Underline::Absent),
        (&[("TERM", "linux"), ("NO_COLOR", "1")], Underline::Plain),
    ] {
        assert_eq!(detect(environment).underline, underline, "{environment:?}");
    }
}

#[test]
fn a_colour_becomes_the_nearest_there_is() {
    let red = Color::Rgb(250, 5, 5);
    assert_eq!(degrade(red, Depth::True), Some(red));
    assert_eq!(degrade(red, Depth::Indexed), Some(Color::Indexed(196)));
    assert_eq!(degrade(red, Depth::Ansi), Some(Color::Indexed(9)));
    assert_eq!(degrade(red, Depth::None), None);
    assert_eq!(
        degrade(Color::Rgb(98, 98, 98), Depth::Indexed),
        Some(Color::Indexed(241))
    );
    assert_eq!(
        degrade(Color::Indexed(196), Depth::Ansi),
        Some(Color::Indexed(9))
    );
    assert_eq!(
        degrade(Color::Indexed(3), Depth::Ansi),
        Some(Color::Indexed(3))
    );
    assert_eq!(degrade(Color::Blue, Depth::Ansi), Some(Color::Blue));
    assert_eq!(degrade(Color::Blue, Depth::None), None);
    assert_eq!(degrade(Color::Reset, Depth::None), Some(Color::Reset));
}

#[test]
fn every_index_of_the_cube_is_nearest_to_itself() {
    for index in 16..=255 {
        let [r, g, b] = rgb(index);
        let Some(Color::Indexed(found)) = degrade(Color::Rgb(r, g, b), Depth::Indexed) else {
            panic!("{index}")
        };
        assert_eq!(rgb(found), rgb(index));
    }
}

#[test]
fn the_nearest_of_many_is_the_nearest_of_all() {
    let channel = || (0..=255).step_by(5);
    for red in channel() {
        for green in channel() {
            for blue in channel() {
                let wanted = [red, green, blue];
                assert_eq!(
                    nearest_of_many(wanted),
                    nearest(wanted, 16..=255),
                    "{wanted:?}"
                );
            }
        }
    }
}
