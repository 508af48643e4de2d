//! Reading line by line, for screen readers and braille displays: no boxes, no colours, letters in logical order, one column.
//!
//! Whole paragraphs are written below each other and nothing is ever drawn over. A line that is typed holds the keys of the reader; an
//! empty one goes on. Each jump is announced in a line of its own. Without somebody who types, everything is written at once.

use std::io;
use std::io::{BufRead, IsTerminal, stdin};
use std::ops::Range;

use super::keeping::Keeping;
use super::naming::Naming;
use super::output::Output;
use super::{Failure, Message, Outcome};
use crate::action::{Action, Code, Key, Keymap, Layout, Mode, Pending, Step};
use crate::doc::{Block, Document};
use crate::entity::Names;
use crate::locale::Locale;
use crate::run::reader::ReaderError;
use crate::source;
use crate::source::{Source, documents};
use crate::text::sanitise;

/// The actions that there are here, in the order in which the help tells them.
const ACTIONS: [Action; 9] = [
    Action::NextParagraph,
    Action::PreviousParagraph,
    Action::NextMention,
    Action::PreviousMention,
    Action::NextArticle,
    Action::PreviousArticle,
    Action::ArticleStart,
    Action::Help,
    Action::Quit,
];

/// Where the reader is, in what.
struct Reading<'a> {
    documents: Vec<Document>,
    /// Each article by its document and its place in it.
    articles: Vec<(usize, usize)>,
    article: usize,
    /// The block that was written last.
    block: usize,
    /// The mention that was announced last, of the names of this article.
    mention: Option<usize>,
    names: Option<Names>,
    naming: Naming,
    keeping: Keeping,
    keymap: Keymap,
    locale: &'a Locale,
}

/// Reads the sources line by line.
///
/// # Errors
/// Whatever writing says.
pub fn run(
    sources: Vec<Source>,
    reading: source::Reading,
    locale: &Locale,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let keymap = Keymap::built_in(Layout::default())
        .map_err(|error| Failure::Reading(ReaderError::Keymap(error)))?;
    let (keeping, trouble) = Keeping::collecting();
    let mut read = Vec::new();
    let mut outcome = Outcome::Done;
    for document in documents(sources, reading) {
        match document {
            Ok(document) => read.push(document),
            Err(error) => {
                output.report(locale, &Message::of_source_error(locale, &error))?;
                outcome = Outcome::Unread;
            }
        }
    }
    let articles = (0..).zip(&read).flat_map(|(index, document)| {
        (0..document.articles.len()).map(move |article| (index, article))
    });
    let mut reading = Reading {
        articles: articles.collect(),
        documents: read,
        article: 0,
        block: 0,
        mention: None,
        names: None,
        naming: Naming::default(),
        keeping,
        keymap,
        locale,
    };
    if reading.articles.is_empty() {
        return Ok(outcome);
    }
    if stdin().is_terminal() && output.is_terminal() {
        reading.converse(output)?;
    } else {
        for article in 0..reading.articles.len() {
            reading.open(article, output)?;
            while reading.step(1, output)? {}
        }
    }
    reading.keeping.end();
    trouble.report(locale, output)?;
    Ok(outcome)
}

impl Reading<'_> {
    /// Does what is typed, until the end.
    fn converse(&mut self, output: &mut Output) -> io::Result<()> {
        say(&self.locale.text("linear-keys"), output)?;
        self.open(0, output)?;
        output.finish()?;
        for line in stdin().lock().lines() {
            let line = line?;
            let asked = self.actions(line.trim());
            if asked.is_empty() && !line.trim().is_empty() {
                self.help(output)?;
            }
            for (action, times) in asked {
                if action == Action::Quit {
                    return Ok(());
                }
                self.act(action, times, output)?;
            }
            output.finish()?;
        }
        Ok(())
    }

    /// What the keys of a line ask for, and how many times; an empty line goes on.
    fn actions(&self, line: &str) -> Vec<(Action, usize)> {
        if line.is_empty() {
            return vec![(Action::NextParagraph, 1)];
        }
        let mut pending = Pending::default();
        let steps = line.chars().map(|c| {
            let key = Key::plain(Code::Char(c));
            self.keymap.step(Mode::Reading, &mut pending, key)
        });
        steps
            .filter_map(|step| match step {
                Step::Act { action, count } => {
                    Some((action, usize::try_from(count.unwrap_or(1)).unwrap_or(1)))
                }
                _ => None,
            })
            .collect()
    }

    fn act(&mut self, action: Action, times: usize, output: &mut Output) -> io::Result<()> {
        let steps = isize::try_from(times).unwrap_or(isize::MAX);
        match action {
            Action::NextParagraph
            | Action::LineDown
            | Action::PageDown
            | Action::HalfPageDown
            | Action::Choose => self.step(steps, output).map(drop),
            Action::PreviousParagraph | Action::LineUp | Action::PageUp | Action::HalfPageUp => {
                self.step(-steps, output).map(drop)
            }
            Action::ArticleStart => self.open(self.article, output),
            Action::NextArticle => self.turn(steps, output),
            Action::PreviousArticle => self.turn(-steps, output),
            Action::NextMention => self.walk(steps, output),
            Action::PreviousMention => self.walk(-steps, output),
            _ => self.help(output),
        }
    }

    /// Opens an article: announces it and writes its first block.
    fn open(&mut self, article: usize, output: &mut Output) -> io::Result<()> {
        self.article = article;
        self.block = 0;
        self.mention = None;
        self.names = None;
        let (document, index) = self.articles[article];
        let title = &self.documents[document].articles[index].title;
        let announced = self.locale.format(
            "linear-article",
            &[
                ("at", (article + 1).into()),
                ("of", self.articles.len().into()),
                ("title", title.as_str().into()),
            ],
        );
        say(&announced, output)?;
        // The title was just said.
        if self.text(0) != title.as_str() {
            say(self.line(0), output)?;
        }
        Ok(())
    }

    /// Opens another article.
    fn turn(&mut self, steps: isize, output: &mut Output) -> io::Result<()> {
        match self.article.checked_add_signed(steps) {
            Some(article) if article < self.articles.len() => self.open(article, output),
            _ => say(&self.locale.text("message-no-article"), output),
        }
    }

    /// Writes another block; false at the end of the article.
    fn step(&mut self, steps: isize, output: &mut Output) -> io::Result<bool> {
        match self.block.checked_add_signed(steps) {
            Some(block) if block < self.blocks().len() => {
                self.block = block;
                self.mention = None;
                say(self.line(block), output)?;
                Ok(true)
            }
            _ => {
                let edge = if steps > 0 {
                    "linear-end"
                } else {
                    "linear-start"
                };
                say(&self.locale.text(edge), output)?;
                Ok(false)
            }
        }
    }

    /// Goes to another name: announces it and writes its block.
    fn walk(&mut self, steps: isize, output: &mut Output) -> io::Result<()> {
        let paragraphs: Vec<(usize, String)> = (0..self.blocks().len())
            .map(|block| {
                (
                    self.blocks()[block].range.start,
                    self.text(block).to_owned(),
                )
            })
            .collect();
        if self.names.is_none() {
            let texts: Vec<(usize, &str)> = paragraphs
                .iter()
                .map(|(start, text)| (*start, text.as_str()))
                .collect();
            self.names = Some(self.naming.names(&texts, &self.keeping));
        }
        let here = self.blocks()[self.block].range.start;
        let Some(names) = &self.names else {
            return Ok(());
        };
        let next = match self.mention {
            Some(mention) => mention.checked_add_signed(steps),
            None if steps > 0 => {
                let first = names.mentions.partition_point(|name| name.paragraph < here);
                first.checked_add_signed(steps - 1)
            }
            None => {
                let after = names
                    .mentions
                    .partition_point(|name| name.paragraph <= here);
                after.checked_add_signed(steps)
            }
        };
        let found = next.and_then(|index| {
            let mention = names.mentions.get(index)?;
            Some((index, mention, names.entities.get(mention.entity)?))
        });
        let Some((index, mention, entity)) = found else {
            return say(&self.locale.text("message-no-mention"), output);
        };
        let at = entity.mentions.iter().position(|&own| own == index);
        let announced = self.locale.format(
            "linear-mention",
            &[
                (
                    "kind",
                    self.locale
                        .text(&format!("kind-{}", entity.kind))
                        .as_str()
                        .into(),
                ),
                ("name", entity.name.as_str().into()),
                ("at", (at.unwrap_or(0) + 1).into()),
                ("of", entity.mentions.len().into()),
            ],
        );
        let block = self
            .blocks()
            .partition_point(|block| block.range.start <= mention.paragraph)
            .saturating_sub(1);
        self.mention = Some(index);
        let is_new = std::mem::replace(&mut self.block, block) != block;
        say(&announced, output)?;
        if is_new {
            say(self.line(block), output)?;
        }
        Ok(())
    }

    /// Says the keys, one a line.
    fn help(&self, output: &mut Output) -> io::Result<()> {
        for action in ACTIONS {
            let keys = self.keymap.keys_for(Mode::Reading, action);
            // What types no character cannot stand in a line.
            let Some(key) = keys
                .iter()
                .find(|key| key.chars().all(|c| c != '-') && key.len() <= 3)
            else {
                continue;
            };
            let description = self.locale.text(&format!("action-{action}"));
            say(&format!("{key}: {description}"), output)?;
        }
        say(&self.locale.text("linear-keys"), output)
    }

    fn blocks(&self) -> &[Block] {
        let (document, index) = self.articles[self.article];
        &self.documents[document].articles[index].blocks
    }

    /// The text of a block of the open article.
    fn text(&self, block: usize) -> &str {
        let (document, _) = self.articles[self.article];
        let range: Option<Range<usize>> = self.blocks().get(block).map(|block| block.range.clone());
        range
            .and_then(|range| self.documents[document].text.get(range))
            .unwrap_or_default()
    }

    /// A block of the open article with what stands before it on its line: the mark of a list, the signs of quotes.
    fn line(&self, block: usize) -> &str {
        let (document, _) = self.articles[self.article];
        let range = self.blocks().get(block).map(Block::line);
        range
            .and_then(|range| self.documents[document].text.get(range))
            .unwrap_or_default()
    }
}

/// Writes one paragraph.
fn say(text: &str, output: &mut Output) -> io::Result<()> {
    output.text(&format!("{}\n", sanitise(text)))
}
