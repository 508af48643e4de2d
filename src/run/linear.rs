//! Reading line by line, for screen readers and braille displays: no boxes, no colours, letters in logical order, one column.
//!
//! Whole paragraphs are written below each other and nothing is ever drawn over. A line that is typed holds the keys of the reader; an
//! empty one goes on. Each jump is announced in a line of its own. Without somebody who types, everything is written at once. A large
//! text is read in passages, of which one is held.

mod book;

use std::io;
use std::io::{BufRead, IsTerminal, stdin};

use super::keeping::Keeping;
use super::naming::Naming;
use super::output::Output;
use super::{Failure, Message, Outcome};
use crate::action::{Action, Code, Key, Keymap, Layout, Mode, Pending, Step};
use crate::doc::Block;
use crate::entity::Names;
use crate::locale::Locale;
use crate::source;
use crate::source::Source;
use crate::text::sanitise;
use book::{Book, Page};

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
    books: Vec<Book>,
    /// Each article by its book and its place in it.
    articles: Vec<(usize, usize)>,
    article: usize,
    /// What is at hand of it.
    page: Page,
    /// The block of the page that was written last.
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
    let keymap = Keymap::built_in(Layout::default());
    let (keeping, trouble) = Keeping::collecting();
    let mut books = Vec::new();
    let mut outcome = Outcome::Done;
    for book in sources
        .into_iter()
        .flat_map(|source| Book::all(source, reading))
    {
        match book {
            Ok(book) => books.push(book),
            Err(error) => {
                output.report(locale, &Message::of_source_error(locale, &error))?;
                outcome = Outcome::Unread;
            }
        }
    }
    let articles = (0..)
        .zip(&books)
        .flat_map(|(index, book)| (0..book.len()).map(move |article| (index, article)));
    let mut reading = Reading {
        articles: articles.collect(),
        books,
        page: Page::default(),
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
        self.take(None)?;
        self.block = 0;
        let title = self.page.title();
        let announced = self.locale.format(
            "linear-article",
            &[
                ("at", (article + 1).into()),
                ("of", self.articles.len().into()),
                ("title", title.into()),
            ],
        );
        say(&announced, output)?;
        // The title was just said.
        if self.text(0) != title {
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

    /// Takes up what there is of the open article around a byte of its source, or its start.
    fn take(&mut self, around: Option<usize>) -> io::Result<()> {
        let (book, article) = self.articles[self.article];
        self.page = self.books[book].page(article, around)?;
        self.mention = None;
        self.names = None;
        Ok(())
    }

    /// Writes another block; false at the end of the article.
    fn step(&mut self, steps: isize, output: &mut Output) -> io::Result<bool> {
        let mut left = steps;
        loop {
            let target = self.block.checked_add_signed(left);
            if let Some(block) = target.filter(|block| *block < self.blocks().len()) {
                self.block = block;
                self.mention = None;
                say(self.line(block), output)?;
                return Ok(true);
            }
            match self.turn_page(left)? {
                Some(rest) => left = rest,
                None => break,
            }
        }
        let edge = if steps > 0 {
            "linear-end"
        } else {
            "linear-start"
        };
        say(&self.locale.text(edge), output)?;
        Ok(false)
    }

    /// Takes up what stands below the page, or above it, and says how many of some steps that way are left from the block that is the
    /// open one then; nothing where there is no more.
    fn turn_page(&mut self, steps: isize) -> io::Result<Option<isize>> {
        let down = steps > 0;
        let edge = if down {
            self.blocks().len().saturating_sub(1)
        } else {
            0
        };
        let beyond = if down {
            self.page.below()
        } else {
            self.page.above()
        };
        let (Some(around), Some(place)) = (beyond, self.page.start(edge)) else {
            return Ok(None);
        };
        let left = steps - (edge.cast_signed() - self.block.cast_signed());
        let last = self.page.start(self.blocks().len().saturating_sub(1));
        let first = self.page.start(0);
        self.take(Some(around))?;
        let count = self.blocks().len();
        let is_further = if down {
            count > 0 && self.page.start(count - 1) > last
        } else {
            count > 0 && self.page.start(0) < first
        };
        let at = self.page.block_at(place);
        self.block = if down {
            at.min(count.saturating_sub(1))
        } else {
            at
        };
        // The block that the steps are counted from may be left behind: then this one is one step further.
        let is_behind = down && self.page.start(self.block) > Some(place);
        Ok(is_further.then_some(left - isize::from(is_behind)))
    }

    /// Goes to another name: announces it and writes its block.
    fn walk(&mut self, steps: isize, output: &mut Output) -> io::Result<()> {
        let mut is_turned = false;
        while !self.walk_page(steps, is_turned, output)? {
            // From the first block that the page before did not hold.
            match self.turn_page(steps.signum())? {
                Some(left) => {
                    let next = self.block.saturating_add_signed(left);
                    self.block = next.min(self.blocks().len().saturating_sub(1));
                }
                None => return say(&self.locale.text("message-no-mention"), output),
            }
            is_turned = true;
        }
        Ok(())
    }

    /// Goes to another name of the page, if there is one.
    fn walk_page(
        &mut self,
        steps: isize,
        is_turned: bool,
        output: &mut Output,
    ) -> io::Result<bool> {
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
        let here = self.blocks().get(self.block).map(|block| block.range.start);
        let Some((names, here)) = self.names.as_ref().zip(here) else {
            return Ok(false);
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
            return Ok(false);
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
        let is_new = std::mem::replace(&mut self.block, block) != block || is_turned;
        say(&announced, output)?;
        if is_new {
            say(self.line(block), output)?;
        }
        Ok(true)
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
        self.page.blocks()
    }

    /// The text of a block of the page.
    fn text(&self, block: usize) -> &str {
        self.page.text(block, |block| block.range.clone())
    }

    /// A block of the page with what stands before it on its line: the mark of a list, the signs of quotes.
    fn line(&self, block: usize) -> &str {
        self.page.text(block, Block::line)
    }
}

/// Writes one paragraph.
fn say(text: &str, output: &mut Output) -> io::Result<()> {
    output.text(&format!("{}\n", sanitise(text)))
}
