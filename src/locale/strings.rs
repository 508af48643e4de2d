//! One language's strings, looked up by id and filled with arguments.
//!
//! A message is parsed when it is asked for first: a screen needs a dozen of some hundreds, and stands the sooner.

use std::cell::RefCell;
use std::fmt;

use fluent::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use memchr::memmem;
use unic_langid::LanguageIdentifier;

use super::Language;

/// The files of a language, as they were when the program was built.
const fn files(language: Language) -> &'static [&'static str] {
    match language {
        Language::Arabic => &[
            include_str!("../../assets/i18n/ar/actions.ftl"),
            include_str!("../../assets/i18n/ar/cli.ftl"),
            include_str!("../../assets/i18n/ar/library.ftl"),
            include_str!("../../assets/i18n/ar/reader.ftl"),
            include_str!("../../assets/i18n/ar/names.ftl"),
            include_str!("../../assets/i18n/ar/doctor.ftl"),
        ],
        Language::English => &[
            include_str!("../../assets/i18n/en/actions.ftl"),
            include_str!("../../assets/i18n/en/cli.ftl"),
            include_str!("../../assets/i18n/en/library.ftl"),
            include_str!("../../assets/i18n/en/reader.ftl"),
            include_str!("../../assets/i18n/en/names.ftl"),
            include_str!("../../assets/i18n/en/doctor.ftl"),
        ],
    }
}

/// First strong isolate and pop directional isolate.
const FSI: char = '\u{2068}';
const PDI: char = '\u{2069}';

/// What is filled into a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument<'a> {
    /// A count, which also chooses the plural form.
    Number(usize),
    /// Text, whose direction is its own.
    Text(&'a str),
}

impl From<usize> for Argument<'_> {
    fn from(number: usize) -> Self {
        Self::Number(number)
    }
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

/// The lines of a message in these files: from the one that begins with its id to the next that begins with another's or a comment.
fn message(files: &[&'static str], id: &str) -> Option<&'static str> {
    let head = format!("{id} =");
    files.iter().find_map(|file| {
        let mut places = memmem::find_iter(file.as_bytes(), &head);
        let begins_line = |&at: &usize| at == 0 || file.as_bytes()[at - 1] == b'\n';
        let found = &file[places.find(begins_line)?..];
        let of_another = |byte: u8| byte.is_ascii_alphabetic() || byte == b'#' || byte == b'-';
        let end = memchr::memchr_iter(b'\n', found.as_bytes())
            .map(|at| at + 1)
            .find(|&next| found.as_bytes().get(next).copied().is_some_and(of_another));
        Some(&found[..end.unwrap_or(found.len())])
    })
}

/// The strings of one language.
pub struct Locale {
    language: Language,
    /// The messages that were asked for.
    bundle: RefCell<FluentBundle<FluentResource>>,
}

impl Locale {
    /// The strings of this language.
    #[must_use]
    pub fn new(language: Language) -> Self {
        let identifier: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![identifier]);
        // Only text is isolated, and by `format`: digits need no isolate.
        bundle.set_use_isolating(false);
        Self {
            language,
            bundle: RefCell::new(bundle),
        }
    }

    /// The language of these strings.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// A string without arguments.
    #[must_use]
    pub fn text(&self, id: &str) -> String {
        self.format(id, &[])
    }

    /// A string with its arguments filled in.
    ///
    /// Text is wrapped in FSI … PDI (UAX #9, X5c): only so does a layout know where a path or an option begins, which else
    /// lose their first characters to the other side of an Arabic sentence. Layout draws nothing for the isolates, and
    /// `text::sanitise` takes them out of what goes into a pipe; measure and cut such strings by layout only.
    #[must_use]
    pub fn format(&self, id: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        self.learn(id);
        let bundle = self.bundle.borrow();
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let arguments: FluentArgs<'_> = arguments
            .iter()
            .map(|(name, argument)| {
                let value = match *argument {
                    Argument::Number(number) => FluentValue::from(number),
                    Argument::Text(text) => FluentValue::from(format!("{FSI}{text}{PDI}")),
                };
                (*name, value)
            })
            .collect();
        bundle
            .format_pattern(pattern, Some(&arguments), &mut Vec::new())
            .into_owned()
    }

    /// Parses a message, unless it was asked for before.
    fn learn(&self, id: &str) {
        if self.bundle.borrow().has_message(id) {
            return;
        }
        if let Some(text) = message(files(self.language), id) {
            // What a message with an error still holds is used; the tests let no such message pass.
            let resource =
                FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
            self.bundle.borrow_mut().add_resource_overriding(resource);
        }
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Locale")
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    /// The arguments of every message of a language, by id.
    fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let mut messages = BTreeMap::new();
        for file in files(language) {
            let mut id = String::new();
            FluentResource::try_new((*file).to_owned())
                .map_err(|(_, errors)| errors)
                .unwrap();
            for line in file.lines().filter(|line| !line.starts_with('#')) {
                if let Some((name, _)) = line
                    .split_once(" =")
                    .filter(|_| !line.starts_with([' ', '}']))
                {
                    name.clone_into(&mut id);
                    assert!(
                        messages.insert(id.clone(), BTreeSet::new()).is_none(),
                        "{id} stands twice"
                    );
                }
                for argument in line.split('$').skip(1) {
                    let end = argument
                        .find(|c: char| !c.is_alphanumeric() && c != '-')
                        .unwrap_or(argument.len());
                    messages
                        .get_mut(&id)
                        .unwrap()
                        .insert(argument[..end].to_owned());
                }
            }
        }
        messages
    }

    fn files_below(directory: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(files_below(&path));
            } else {
                found.push(path);
            }
        }
        found
    }

    #[test]
    fn every_file_is_part_of_the_program() {
        for (tag, language) in Language::ALL {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("assets/i18n")
                .join(tag);
            let on_disk: BTreeSet<String> = files_below(&folder)
                .iter()
                .map(|path| fs::read_to_string(path).unwrap())
                .collect();
            assert_eq!(
                on_disk,
                files(language)
                    .iter()
                    .map(|&file| file.to_owned())
                    .collect()
            );
        }
    }

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(messages(Language::Arabic), messages(Language::English));
    }

    #[test]
    fn every_id_in_the_code_exists() {
        let known = messages(Language::English);
        for path in files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
            let code = fs::read_to_string(&path).unwrap();
            let code = code.split("#[cfg(test)]").next().unwrap();
            for call in ["locale.text(\"", "locale.format(\""] {
                for rest in code.split(call).skip(1) {
                    let id = rest.split('"').next().unwrap();
                    assert!(known.contains_key(id), "{id} in {}", path.display());
                }
            }
        }
    }

    #[test]
    fn every_message_is_found_whole() {
        for (tag, language) in Language::ALL {
            let mut whole = FluentBundle::new(vec![tag.parse().unwrap()]);
            for file in files(language) {
                let resource = FluentResource::try_new((*file).to_owned()).unwrap();
                whole.add_resource(resource).unwrap();
            }
            let locale = Locale::new(language);
            for id in messages(language).keys() {
                locale.learn(id);
                let learnt = locale.bundle.borrow();
                let pattern = learnt.get_message(id).unwrap().value();
                assert!(pattern.is_some(), "{id}");
                assert_eq!(pattern, whole.get_message(id).unwrap().value(), "{id}");
            }
        }
    }

    #[test]
    fn arabic_has_six_plural_forms() {
        let locale = Locale::new(Language::Arabic);
        let forms: BTreeSet<String> = [0, 1, 2, 3, 11, 100]
            .into_iter()
            .map(|count| {
                locale
                    .format(
                        "notice-invalid-bytes",
                        &[("name", "x".into()), ("count", count.into())],
                    )
                    .replace(&count.to_string(), "n")
            })
            .collect();
        assert_eq!(forms.len(), 6, "{forms:?}");
    }

    #[test]
    fn isolates_text_and_leaves_numbers_alone() {
        let locale = Locale::new(Language::Arabic);
        let filled = locale.format(
            "notice-invalid-bytes",
            &[("name", "./a".into()), ("count", 5.into())],
        );
        assert!(filled.starts_with("\u{2068}./a\u{2069}:"), "{filled:?}");
        assert!(filled.contains(" 5 "), "{filled:?}");
    }

    #[test]
    fn shows_an_unknown_id_as_it_is() {
        assert_eq!(
            Locale::new(Language::Arabic).text("no-such-id"),
            "no-such-id"
        );
    }
}
