//! Lines for other programs: JSON objects and tab-separated fields, with nothing in them that steers a terminal.

use std::fmt::Write;
use std::io;

use serde::Serialize;

use crate::text::sanitise;
use crate::text::visible::is_bidi_control;

/// One JSON object and a line end; DEL, the C1 controls and the bidi controls, which JSON lets pass, are escaped too.
pub fn json(record: &impl Serialize) -> io::Result<String> {
    let object = serde_json::to_string(record)?;
    let mut line = String::with_capacity(object.len() + 1);
    for character in object.chars() {
        if character.is_control() || is_bidi_control(character) {
            // Writing to a string does not fail.
            let _ = write!(line, "\\u{:04x}", u32::from(character));
        } else {
            line.push(character);
        }
    }
    line.push('\n');
    Ok(line)
}

/// Fields with tabs between them and a line end; white space in a field is one space.
pub fn tab_separated(fields: &[&str]) -> String {
    let field = |field: &&str| {
        sanitise(&field.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
    };
    let mut line = fields.iter().map(field).collect::<Vec<_>>().join("\t");
    line.push('\n');
    line
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn escapes_every_control() {
        let line = json(&"\u{1b}\u{7f}\u{9b}\n\u{202e}«سلام»").unwrap();
        assert_eq!(line, "\"\\u001b\\u007f\\u009b\\n\\u202e«سلام»\"\n");
        assert_eq!(
            serde_json::from_str::<String>(&line).unwrap(),
            "\u{1b}\u{7f}\u{9b}\n\u{202e}«سلام»"
        );
    }

    #[test]
    fn keeps_fields_apart() {
        assert_eq!(tab_separated(&["a\tb", "", " c\u{a0} d"]), "a b\t\tc d\n");
    }
}
