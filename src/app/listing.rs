//! Every article of every open source, in order: the list that the sidebar shows and that `J` and `K` walk.
//!
//! An article is known by its source and its number in it ([`ArticleId`]), so that it stays the same when a source before it
//! turns out to hold more articles, or a new one comes in before it. Rows of the list are counted over all sources.
//!
//! Of the texts of files so much is held as many small ones come to ([`HELD`]). Those beyond that are laid aside: their titles stay, and
//! they are read again when they are opened.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::Arc;

use crate::doc::{Block, Document, Passage};
use crate::library::fingerprint;

use super::reading::Place;
use super::slot::Slot;
use super::stored::{Filed, Stored, TITLES};

/// One article, wherever it stands in the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId {
    /// The source's place among the sources.
    pub source: usize,
    /// The article's place in its source.
    pub article: usize,
}

/// The list itself, and which article of it is open.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The sources as they came.
    sources: Vec<Work>,
    /// The sources as they stand in the list.
    order: Vec<usize>,
    /// The place of each source in that order.
    places: Vec<usize>,
    /// The first source of each name, by what the name comes to.
    names: HashMap<u64, usize>,
    /// How many articles stand before each place.
    firsts: Vec<usize>,
    /// How many articles there are.
    count: usize,
    /// The open one.
    open: ArticleId,
    /// The articles that have been opened and are at hand.
    slots: BTreeMap<ArticleId, Slot>,
    /// Where articles were left that are no longer at hand.
    left: BTreeMap<ArticleId, Place>,
    /// The memory that the texts of files take which could be laid aside.
    held: usize,
    /// The sources that were laid aside and are at hand again, the one that was taken up last at the end.
    fetched: VecDeque<usize>,
}

/// A source of the list.
#[derive(Clone, Debug)]
enum Work {
    /// One that is held whole.
    Whole(Arc<Document>),
    /// A file that was read and laid aside.
    Filed(Filed),
    /// One that is read in passages.
    Stored(Box<Stored>),
}

/// The most memory that the texts of files may take before others are laid aside.
const HELD: usize = 8 << 20;
/// How many sources that were laid aside are at hand again at most.
const FETCHED: usize = 16;

/// What a name comes to.
fn digest(name: &str) -> u64 {
    BuildHasherDefault::<DefaultHasher>::new().hash_one(name)
}

/// The memory that a document takes, more or less.
fn weight(document: &Document) -> usize {
    let blocks = document.articles.iter().map(|article| article.blocks.len());
    document.text.len() + blocks.sum::<usize>() * size_of::<Block>() + size_of::<Document>()
}

impl Work {
    fn name(&self) -> &str {
        match self {
            Self::Whole(document) => &document.name,
            Self::Filed(filed) => &filed.name,
            Self::Stored(stored) => &stored.name,
        }
    }

    fn is_of(&self, name: &str) -> bool {
        self.name() == name
    }

    fn len(&self) -> usize {
        match self {
            Self::Whole(document) => document.articles.len(),
            Self::Filed(filed) => filed.len(),
            Self::Stored(stored) => stored.len(),
        }
    }
}

impl Listing {
    /// Adds a document's articles at the end.
    pub fn add(&mut self, document: &Arc<Document>) {
        self.push(Work::Whole(Arc::clone(document)));
    }

    /// Adds the articles of a file, which is laid aside if enough are held.
    pub fn add_file(&mut self, document: &Arc<Document>) {
        let weight = weight(document);
        if self.held + weight > HELD && !self.is_empty() {
            self.push(Work::Filed(Filed::of(document)));
        } else {
            self.held += weight;
            self.add(document);
        }
    }

    /// Adds a source that is read in passages.
    pub fn add_stored(&mut self, stored: Stored) {
        self.push(Work::Stored(Box::new(stored)));
    }

    fn push(&mut self, work: Work) {
        self.firsts.push(self.count);
        self.count += work.len();
        self.places.push(self.order.len());
        self.order.push(self.sources.len());
        let name = digest(work.name());
        self.names.entry(name).or_insert(self.sources.len());
        self.sources.push(work);
    }

    /// The source of this name; a source keeps its name for good.
    #[must_use]
    pub fn source_of(&self, name: &str) -> Option<usize> {
        let source = *self.names.get(&digest(name))?;
        if self.sources[source].is_of(name) {
            return Some(source);
        }
        // Two names come to the same.
        self.sources.iter().position(|work| work.is_of(name))
    }

    /// Moves the source that came last to where it belongs: after the source of one name or, failing that, before that of another.
    pub fn settle(&mut self, after: Option<&str>, before: Option<&str>) {
        let place = |name: &str| Some(self.places[self.source_of(name)?]);
        let after = after.and_then(place).map(|place| place + 1);
        let Some(place) = after.or_else(|| before.and_then(place)) else {
            return;
        };
        if let Some(last) = self.order.pop() {
            self.order.insert(place.min(self.order.len()), last);
            self.count_again();
        }
    }

    /// A file that was laid aside.
    #[must_use]
    pub fn filed(&self, source: usize) -> Option<&Filed> {
        match self.sources.get(source)? {
            Work::Filed(filed) => Some(filed),
            _ => None,
        }
    }

    /// Takes a file up again that was laid aside, and says whether it was. Of many that were taken up, the first is laid aside anew.
    pub fn fetch(&mut self, source: usize, document: &Arc<Document>) -> bool {
        if self.filed(source).is_none() {
            return false;
        }
        self.sources[source] = Work::Whole(Arc::clone(document));
        self.fetched.push_back(source);
        let spare = self.fetched.len() > FETCHED;
        let oldest = |one: &usize| *one != self.open.source && *one != source;
        if let Some(oldest) = self.fetched.iter().position(oldest).filter(|_| spare)
            && let Some(oldest) = self.fetched.remove(oldest)
            && let Some(Work::Whole(document)) = self.sources.get(oldest)
        {
            self.sources[oldest] = Work::Filed(Filed::of(document));
            self.drop_slots(oldest);
        }
        self.count_again();
        if let Some(last) = self.last_of(source).filter(|_| self.open.source == source) {
            self.open = self.open.min(last);
        }
        true
    }

    /// Forgets what is at hand of the articles of a source, but not where they were left.
    fn drop_slots(&mut self, source: usize) {
        let left = &mut self.left;
        self.slots.retain(|id, slot| {
            let drops = id.source == source;
            if drops {
                left.insert(*id, slot.place);
            }
            !drops
        });
    }

    /// How many sources there are.
    #[must_use]
    pub const fn sources(&self) -> usize {
        self.sources.len()
    }

    /// What is known of a source, if it is read in passages.
    #[must_use]
    pub fn stored(&self, source: usize) -> Option<&Stored> {
        match self.sources.get(source)? {
            Work::Stored(stored) => Some(stored),
            Work::Whole(_) | Work::Filed(_) => None,
        }
    }

    /// Changes what is known of a source that is read in passages.
    pub fn change_stored(&mut self, source: usize, change: impl FnOnce(&mut Stored)) {
        if let Some(Work::Stored(stored)) = self.sources.get_mut(source) {
            change(stored);
            if stored.titles.len() > TITLES {
                stored.titles.clear();
            }
            self.count_again();
        }
    }

    /// How many hundredths of the sources that are being scanned have been; nothing when all marks have been found.
    #[must_use]
    pub fn scanned(&self) -> Option<usize> {
        let works = self.sources.iter().filter_map(|work| match work {
            Work::Stored(stored) if !stored.done => Some((stored.scanned, stored.length)),
            _ => None,
        });
        let (scanned, length) = works.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        (length > 0).then(|| (scanned / (length / 100).max(1)).min(99))
    }

    /// The last article of a source.
    #[must_use]
    pub fn last_of(&self, source: usize) -> Option<ArticleId> {
        let article = self.sources.get(source)?.len().checked_sub(1)?;
        Some(ArticleId { source, article })
    }

    /// Says how long a source is now that is read in passages: its last article reaches as far, and none begins beyond.
    pub fn measure(&mut self, source: usize, length: usize) {
        self.change_stored(source, |stored| {
            stored.length = length;
            stored.marks.retain(|mark| mark.offset() < length);
        });
        let last = self.last_of(source);
        if let Some(last) = last.filter(|last| self.open > *last && self.open.source == source) {
            self.cut(last);
        }
        self.lengthen(source, length);
    }

    /// Says how long the text of a source is now that is read in passages: its last article reaches as far.
    pub fn lengthen(&mut self, source: usize, length: usize) {
        let last = self.last_of(source);
        let part = last.and_then(|last| self.slots.get_mut(&last)?.part.as_mut());
        if let Some(part) = part {
            part.below |= part.range.end < length;
            part.range.end = length.max(part.range.start);
        }
    }

    /// Forgets what is at hand of a source that is read in passages; the reader stays where they are.
    pub fn drop_text(&mut self, source: usize) {
        self.drop_slots(source);
        self.change_stored(source, |stored| stored.titles.clear());
    }

    /// The name of a source.
    #[must_use]
    pub fn name(&self, source: usize) -> Option<&str> {
        self.sources.get(source).map(Work::name)
    }

    /// The fingerprint of an article of a source that is or was held.
    #[must_use]
    pub fn fingerprint(&self, id: ArticleId) -> Option<[u8; 16]> {
        match self.sources.get(id.source)? {
            Work::Whole(document) => {
                let article = document.articles.get(id.article)?;
                Some(fingerprint(document, article))
            }
            Work::Filed(filed) => filed.fingerprint(id.article),
            Work::Stored(_) => None,
        }
    }

    /// Forgets where the articles of a source were left.
    pub fn forget_places(&mut self, source: usize) {
        self.left.retain(|id, _| id.source != source);
    }

    /// Holds a source whole from now on that was read in passages.
    pub fn hold(&mut self, source: usize, document: &Arc<Document>) {
        self.slots.retain(|id, _| id.source != source);
        self.forget_places(source);
        if let Some(work) = self.sources.get_mut(source) {
            *work = Work::Whole(Arc::clone(document));
            self.count_again();
        }
        if let Some(last) = self.last_of(source).filter(|_| self.open.source == source) {
            self.open(self.open.min(last));
        }
    }

    /// Reads a source in passages from now on that was held whole; the reader stays where they are.
    pub fn store(&mut self, source: usize, stored: Stored) {
        self.drop_text(source);
        if let Some(work) = self.sources.get_mut(source) {
            *work = Work::Stored(Box::new(stored));
            self.count_again();
        }
        if let Some(last) = self.last_of(source).filter(|_| self.open.source == source) {
            self.open = self.open.min(last);
        }
    }

    fn count_again(&mut self) {
        self.count = 0;
        for (place, &source) in self.order.iter().enumerate() {
            self.places[source] = place;
            self.firsts[place] = self.count;
            self.count += self.sources[source].len();
        }
    }

    /// The document of this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Arc<Document>> {
        match self.sources.get(self.source_of(name)?)? {
            Work::Whole(document) => Some(document),
            _ => None,
        }
    }

    /// Puts what is kept of a document in the place of what is kept of the file of its name, if that was laid aside; says which source it
    /// is.
    pub fn file_again(&mut self, document: &Document) -> Option<usize> {
        let source = self.source_of(&document.name)?;
        self.filed(source)?;
        self.put(source, Work::Filed(Filed::of(document)));
        Some(source)
    }

    /// Puts a source in the place of another.
    fn put(&mut self, source: usize, work: Work) {
        let is_as_long = self.sources[source].len() == work.len();
        self.sources[source] = work;
        if !is_as_long {
            self.count_again();
        }
    }

    /// The source that is this document.
    fn place_of(&self, document: &Arc<Document>) -> Option<usize> {
        let is_it = |work: &Work| matches!(work, Work::Whole(one) if Arc::ptr_eq(one, document));
        let named = self.source_of(&document.name)?;
        if is_it(&self.sources[named]) {
            return Some(named);
        }
        // The same file was named twice.
        self.sources.iter().position(is_it)
    }

    /// Puts a document in the place of another one; says whether that was there.
    ///
    /// Its articles have to be opened anew; where one of them was open, the one of the same number is now.
    pub fn replace(&mut self, before: &Arc<Document>, document: &Arc<Document>) -> bool {
        let Some(source) = self.place_of(before) else {
            return false;
        };
        self.put(source, Work::Whole(Arc::clone(document)));
        // It may have been read in another way since: that is not to be forgotten.
        self.fetched.retain(|&one| one != source);
        self.slots.retain(|id, _| id.source != source);
        if self.open.source == source {
            let last = document.articles.len().saturating_sub(1);
            self.open.article = self.open.article.min(last);
            self.open(self.open);
        }
        true
    }

    /// How many articles there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none yet.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The article in row `index` of the list.
    #[must_use]
    pub fn id(&self, index: usize) -> Option<ArticleId> {
        if index >= self.count {
            return None;
        }
        let place = self.firsts.partition_point(|&first| first <= index) - 1;
        Some(ArticleId {
            source: self.order[place],
            article: index - self.firsts[place],
        })
    }

    /// The row in which an article stands.
    #[must_use]
    pub fn row(&self, id: ArticleId) -> usize {
        self.places
            .get(id.source)
            .map_or(0, |&place| self.firsts[place] + id.article)
    }

    /// The title in row `index` of the list; nothing as long as it has not been read.
    #[must_use]
    pub fn title(&self, index: usize) -> Option<&str> {
        let id = self.id(index)?;
        match &self.sources[id.source] {
            Work::Whole(document) => Some(&document.articles.get(id.article)?.title),
            Work::Filed(filed) => filed.title(id.article),
            Work::Stored(stored) => stored.titles.get(&id.article).map(String::as_str),
        }
    }

    /// The document that holds an article, and its index there; nothing for one that is read in passages.
    #[must_use]
    pub fn document(&self, id: ArticleId) -> Option<(&Arc<Document>, usize)> {
        match self.sources.get(id.source)? {
            Work::Whole(document) if id.article < document.articles.len() => {
                Some((document, id.article))
            }
            _ => None,
        }
    }

    /// The article of this index in a document of the list.
    #[must_use]
    pub fn find(&self, document: &Arc<Document>, article: usize) -> Option<ArticleId> {
        let source = self.place_of(document)?;
        (article < document.articles.len()).then_some(ArticleId { source, article })
    }

    /// Which article is open; the first one while there is none.
    #[must_use]
    pub const fn open_id(&self) -> ArticleId {
        self.open
    }

    /// The row of the open article.
    #[must_use]
    pub fn open_row(&self) -> usize {
        self.row(self.open)
    }

    /// Opens an article, at the place where it was left. One that is not at hand is not there until its passage comes.
    pub fn open(&mut self, id: ArticleId) {
        let sources = &self.sources;
        let left = &mut self.left;
        self.slots.retain(|one, slot| {
            let keeps = *one == id || matches!(sources.get(one.source), Some(Work::Whole(_)));
            if !keeps {
                left.insert(*one, slot.place);
            }
            keeps
        });
        self.open = id;
        if let Some(Work::Whole(document)) = self.sources.get(id.source)
            && id.article < document.articles.len()
        {
            self.slots
                .entry(id)
                .or_insert_with(|| Slot::new(Arc::clone(document), id.article));
        }
    }

    /// Where an article was left that is no longer at hand.
    #[must_use]
    pub fn left_at(&self, id: ArticleId) -> Option<&Place> {
        self.left.get(&id)
    }

    /// Says that the open article turned out to end earlier: what is shown belongs to article `id` and has to be read anew.
    pub fn cut(&mut self, id: ArticleId) {
        if let Some(slot) = self.slots.remove(&self.open) {
            self.left.insert(id, slot.place);
        }
        self.open = id;
    }

    /// Takes a passage of the open article in; the reader stays where they are.
    pub fn take(&mut self, passage: Passage) {
        let mut slot = Slot::of_passage(passage);
        if let Some(before) = self.slots.get(&self.open) {
            slot.direction = before.direction;
            slot.take_place(before.place);
            slot.resumed = before.resumed;
        } else if let Some(place) = self.left.get(&self.open) {
            slot.take_place(*place);
        }
        self.slots.insert(self.open, slot);
    }

    /// The open article, if its text is at hand.
    #[must_use]
    pub fn current(&self) -> Option<&Slot> {
        self.slots.get(&self.open)
    }

    /// The open article, to change its place.
    pub fn current_mut(&mut self) -> Option<&mut Slot> {
        self.slots.get_mut(&self.open)
    }

    /// An article whose text is at hand.
    #[must_use]
    pub fn slot(&self, id: ArticleId) -> Option<&Slot> {
        self.slots.get(&id)
    }

    /// Every article that has been opened.
    pub fn slots_mut(&mut self) -> impl Iterator<Item = &mut Slot> {
        self.slots.values_mut()
    }

    /// An article whose text is at hand, to change it.
    pub fn slot_mut(&mut self, id: ArticleId) -> Option<&mut Slot> {
        self.slots.get_mut(&id)
    }
}
