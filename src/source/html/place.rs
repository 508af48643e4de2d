//! Where a page stands, and what its links mean there.

use std::collections::HashMap;

/// Where a page stands, for its links.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    /// Its path in an archive, if it stands in one.
    pub path: Option<&'a str>,
    /// The titles of articles that begin at elements with these identifiers.
    pub starts: Option<&'a HashMap<String, String>>,
}

/// What a link leads to.
#[derive(Debug, PartialEq, Eq)]
pub enum Target {
    /// A label of the document.
    Label(String),
    /// An address outside.
    Address(String),
}

impl Place<'_> {
    /// The label of an element of this page; of the page itself without an identifier.
    pub fn label(&self, id: &str) -> String {
        label(self.path.unwrap_or_default(), id)
    }

    /// What a link of this page leads to; nothing where it is not to be followed.
    pub fn target(&self, link: &str) -> Option<Target> {
        let link = link.trim();
        if let Some(id) = link.strip_prefix('#') {
            return (!id.is_empty()).then(|| Target::Label(self.label(id)));
        }
        let scheme = link.split(['/', '?', '#']).next().unwrap_or_default();
        if let Some((scheme, _)) = scheme.split_once(':') {
            let is_followed = matches!(
                scheme.to_ascii_lowercase().as_str(),
                "http" | "https" | "mailto" | "ftp" | "gemini" | "tel"
            );
            return is_followed.then(|| Target::Address(link.to_owned()));
        }
        match self.path {
            Some(base) if !link.is_empty() => {
                let (path, id) = link.split_once('#').unwrap_or((link, ""));
                Some(Target::Label(label(&join(base, path)?, id)))
            }
            None if !link.is_empty() => Some(Target::Address(link.to_owned())),
            _ => None,
        }
    }
}

fn label(path: &str, id: &str) -> String {
    format!("{path}#{id}")
}

/// A path in an archive, as seen from a file in it; nothing when it leads out of the archive.
pub fn join(base: &str, link: &str) -> Option<String> {
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    if link.starts_with('/') {
        return None;
    }
    let link = link.split('?').next().unwrap_or_default();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    Some(percent_decoded(&joined))
}

/// A path with `%20` and its like turned to characters; as it is where they are none.
fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after
            .get(..2)
            .filter(|_| byte == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(decoded) = digits {
            bytes.push(decoded);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}
