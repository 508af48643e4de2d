//! The state file: where it lies, how it is opened, and what happens when it is damaged or may not be written.
//!
//! It is `library.sqlite3` in the folder that `QARI_STATE` names, else in `qari` below the XDG state folder. It is in WAL mode
//! with a busy timeout, so several programs may have it open at once, and what was committed outlives `kill -9` of the
//! program that did it. A damaged file is renamed beside itself and a fresh one begun, at opening or whenever damage shows up.
//! Where nothing can be written, what is there is still read; where there is nothing, a library in memory serves the run.

use std::fmt::Write;
use std::fs;
use std::fs::File;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use etcetera::base_strategy::{BaseStrategy, Xdg};
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use super::schema::{Version, migrate};
use super::{Identity, LibraryError, Notice, Record};

/// The variable that names the folder of the state.
const VARIABLE: &str = "QARI_STATE";

/// The state file's name in its folder.
const NAME: &str = "library.sqlite3";

/// How long one waits for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// The folder that holds qari's state, unless there is no home to have it in.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    std::env::var_os(VARIABLE)
        .filter(|folder| !folder.is_empty())
        .map(PathBuf::from)
        .or_else(|| Some(Xdg::new().ok()?.state_dir()?.join("qari")))
}

/// The open state file.
#[derive(Debug)]
pub struct Library {
    connection: Connection,
    /// The file, and which one it was when it was opened; none in memory.
    file: Option<(PathBuf, Option<u64>)>,
    notices: Vec<Notice>,
}

/// What an attempt to open a file came to.
enum Opened {
    /// It can be used.
    Sound(Connection),
    /// It can be read, and why no more.
    ReadOnly(Connection, LibraryError),
    /// It is damaged, or no state file at all.
    Damaged,
    /// A newer program wrote it.
    Newer,
}

impl Library {
    /// Opens the state file of the user; in memory when it cannot be had, with a notice.
    ///
    /// # Errors
    /// When there is not even memory.
    pub fn open() -> Result<Self, LibraryError> {
        match folder() {
            Some(folder) => Self::open_in(&folder),
            None => Self::in_memory(Notice::NotKept {
                file: None,
                detail: String::new(),
            }),
        }
    }

    /// Opens the state file in a folder, which is made if need be.
    ///
    /// # Errors
    /// When there is not even memory.
    pub fn open_in(folder: &Path) -> Result<Self, LibraryError> {
        let file = folder.join(NAME);
        if let Err(error) = fs::create_dir_all(folder) {
            return Self::in_memory(not_kept(file, &error));
        }
        let mut notices = Vec::new();
        for _ in 0..2 {
            let connection = match open(&file) {
                Ok(Opened::Sound(connection)) => connection,
                Ok(Opened::ReadOnly(connection, why)) => {
                    notices.push(refusal(file.clone(), &why));
                    connection
                }
                Ok(Opened::Newer) => return Self::in_memory(Notice::Newer { file }),
                Ok(Opened::Damaged) => {
                    match set_aside(&file, inode(&file)) {
                        Ok(kept) => notices.extend(kept.map(|kept| Notice::SetAside { kept })),
                        Err(error) => return Self::in_memory(not_kept(file, &error)),
                    }
                    continue;
                }
                Err(error) => return Self::in_memory(refusal(file, &error.into())),
            };
            let inode = inode(&file);
            return Ok(Self {
                connection,
                file: Some((file, inode)),
                notices,
            });
        }
        Self::in_memory(refusal(file, &LibraryError::ReadOnly))
    }

    /// A library that forgets all when it is dropped.
    fn in_memory(notice: Notice) -> Result<Self, LibraryError> {
        let mut connection = Connection::open_in_memory()?;
        migrate(&mut connection)?;
        Ok(Self {
            connection,
            file: None,
            notices: vec![notice],
        })
    }

    /// What the reader should know since the last time it was asked.
    pub fn notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// Runs statements; once more on a fresh file when this one turns out to be damaged.
    ///
    /// # Errors
    /// What the database says, but for damage that could be helped.
    pub fn with<T>(
        &mut self,
        work: impl Fn(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, LibraryError> {
        match work(&self.connection) {
            Err(error) if is_damage(&error) && self.begin_anew() => Ok(work(&self.connection)?),
            result => Ok(result?),
        }
    }

    /// Runs statements as one change: all of them or none.
    ///
    /// # Errors
    /// What the database says, but for damage that could be helped.
    pub fn change<T>(
        &mut self,
        work: impl Fn(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, LibraryError> {
        self.with(|connection| {
            let change = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
            let result = work(&change)?;
            change.commit()?;
            Ok(result)
        })
    }

    /// Sets a damaged file aside and opens a fresh one; false when there is no helping it.
    fn begin_anew(&mut self) -> bool {
        let Some((file, inode)) = self.file.clone() else {
            return false;
        };
        let Ok(kept) = set_aside(&file, inode) else {
            return false;
        };
        let folder = file.parent().unwrap_or(Path::new("/"));
        let Ok(fresh) = Self::open_in(folder) else {
            return false;
        };
        let mut notices = std::mem::replace(self, fresh).notices;
        notices.extend(kept.map(|kept| Notice::SetAside { kept }));
        notices.append(&mut self.notices);
        self.notices = notices;
        true
    }
}

/// A look into the state file while no program has it open: nothing is locked, nothing is written, and so it takes little time.
#[derive(Debug)]
pub struct Glance {
    /// Nothing where there is no file yet.
    library: Option<Library>,
    /// Whoever changes the file makes this one first, and takes it away last.
    log: PathBuf,
}

impl Glance {
    /// Looks into the state file of the user, unless a program has it open, or its tables are not those of today.
    #[must_use]
    pub fn take() -> Option<Self> {
        Self::take_in(&folder()?)
    }

    fn take_in(folder: &Path) -> Option<Self> {
        let file = folder.join(NAME);
        let log = folder.join(format!("{NAME}-wal"));
        if log.exists() {
            return None;
        }
        if !file.exists() {
            return Some(Self { library: None, log });
        }
        let connection = as_it_lies(&file).ok()?;
        let library = Library {
            connection,
            file: None,
            notices: Vec::new(),
        };
        Some(Self {
            library: Some(library),
            log,
        })
    }

    /// What is kept of an article; nothing if a program has begun to change that meanwhile.
    pub fn recall(&mut self, article: &Identity) -> Option<Record> {
        let record = match &mut self.library {
            Some(library) => library.recall(article).ok()?,
            None => Record::default(),
        };
        (!self.log.exists()).then_some(record)
    }
}

/// That nothing can be kept, as the system says.
fn not_kept(file: PathBuf, error: &io::Error) -> Notice {
    if error.kind() == io::ErrorKind::StorageFull {
        return Notice::Full { file };
    }
    Notice::NotKept {
        file: Some(file),
        detail: error.to_string(),
    }
}

/// The same as the database says it.
fn refusal(file: PathBuf, error: &LibraryError) -> Notice {
    if matches!(error, LibraryError::Full) {
        return Notice::Full { file };
    }
    Notice::NotKept {
        file: Some(file),
        detail: error.to_string(),
    }
}

/// Opens a file and brings its tables up to today.
fn open(file: &Path) -> rusqlite::Result<Opened> {
    match attempt(file) {
        Err(error) if is_damage(&error) => Ok(Opened::Damaged),
        Err(error) if is_refusal(&error) && file.exists() => match read_only(file) {
            Ok(connection) => Ok(Opened::ReadOnly(connection, error.into())),
            Err(_) => Err(error),
        },
        result => result,
    }
}

fn attempt(file: &Path) -> rusqlite::Result<Opened> {
    let mut connection = Connection::open(file)?;
    connection.busy_timeout(PATIENCE)?;
    to_wal(&connection)?;
    // With a WAL this outlives the end of the program, however it ends; only a power cut may take the last changes.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(match migrate(&mut connection)? {
        Version::Current if connection.is_readonly("main")? => {
            Opened::ReadOnly(connection, LibraryError::ReadOnly)
        }
        Version::Current => Opened::Sound(connection),
        Version::Newer => Opened::Newer,
        Version::Foreign => Opened::Damaged,
    })
}

/// Turns the write-ahead log on. The switch does not wait for others by itself.
fn to_wal(connection: &Connection) -> rusqlite::Result<()> {
    let until = SystemTime::now() + PATIENCE;
    loop {
        let mode = connection.query_row("PRAGMA journal_mode = WAL", [], |row| {
            row.get::<_, String>(0)
        });
        match mode {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && SystemTime::now() < until =>
            {
                std::thread::sleep(Duration::from_millis(2));
            }
            mode => return mode.map(drop),
        }
    }
}

/// Opens a file that may not be written, to read it.
fn read_only(file: &Path) -> rusqlite::Result<Connection> {
    // Where not even the index of the log can be made, the file is read as it lies.
    usable(Connection::open_with_flags(file, READING)).or_else(|_| as_it_lies(file))
}

/// Opens a file that nobody changes.
fn as_it_lies(file: &Path) -> rusqlite::Result<Connection> {
    let address = format!("file:{}?immutable=1", escaped(file));
    let flags = READING | OpenFlags::SQLITE_OPEN_URI;
    usable(Connection::open_with_flags(address, flags))
}

const READING: OpenFlags = OpenFlags::SQLITE_OPEN_READ_ONLY.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// A connection that was opened to read, if the tables are those of today.
fn usable(connection: rusqlite::Result<Connection>) -> rusqlite::Result<Connection> {
    let mut connection = connection?;
    match migrate(&mut connection)? {
        Version::Current => Ok(connection),
        Version::Newer | Version::Foreign => Err(rusqlite::Error::InvalidQuery),
    }
}

/// A path as the path of an SQLite URI.
fn escaped(file: &Path) -> String {
    let mut path = String::new();
    for &byte in file.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(&byte) {
            path.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(path, "%{byte:02X}");
        }
    }
    path
}

/// Whether an error says that the file is damaged or no database.
fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    )
}

/// Whether an error says that the file may not be written or made.
fn is_refusal(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::ReadOnly
                | ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied
                | ErrorCode::DiskFull
                | ErrorCode::SystemIoFailure
        )
    )
}

fn inode(file: &Path) -> Option<u64> {
    fs::metadata(file).ok().map(|metadata| metadata.ino())
}

/// Renames a damaged file, its log with it, unless another program has done so already; returns its new name.
fn set_aside(file: &Path, opened: Option<u64>) -> io::Result<Option<PathBuf>> {
    // Two programs that find the same damage take turns, or the second would set the first one's fresh file aside.
    let lock = File::create(file.with_extension("lock"))?;
    lock.lock()?;
    if opened.is_none() || inode(file) != opened {
        return Ok(None);
    }
    let stamp = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_millis();
    let kept = file.with_extension(format!("damaged-{stamp}.sqlite3"));
    for (from, to) in [("-wal", "-wal"), ("-shm", "-shm"), ("", "")] {
        let with = |path: &Path, end: &str| {
            let mut name = path.as_os_str().to_owned();
            name.push(end);
            PathBuf::from(name)
        };
        match fs::rename(with(file, from), with(&kept, to)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(Some(kept))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::library::{Progress, Spot};

    fn count(library: &mut Library) -> i64 {
        library
            .with(|connection| {
                connection.query_row("SELECT count(*) FROM article", [], |row| row.get(0))
            })
            .unwrap()
    }

    fn add(library: &mut Library, title: &str) -> Result<usize, LibraryError> {
        library.with(|connection| {
            connection.execute(
                "INSERT INTO article (fingerprint, source, ordinal, title, opened,
                    place_paragraph, place_byte, place_words, place_lead)
                 VALUES (x'00', 'a', 0, ?1, 0, 0, 0, '', 0)",
                [title],
            )
        })
    }

    #[test]
    fn what_is_kept_is_there_when_it_is_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("not/yet there");
        let mut library = Library::open_in(&folder).unwrap();
        assert_eq!(library.notices(), []);
        add(&mut library, "أ").unwrap();
        drop(library);
        let mut again = Library::open_in(&folder).unwrap();
        assert_eq!((count(&mut again), again.notices()), (1, vec![]));
    }

    #[test]
    fn a_glance_sees_what_is_kept_while_nobody_has_the_file_open() {
        let folder = tempfile::tempdir().unwrap();
        let article = Identity {
            source: "/a".into(),
            ordinal: 0,
            alone: true,
            title: "أ".into(),
            fingerprint: [7; 16],
        };
        let progress = Progress {
            place: Spot {
                paragraph: 9,
                ..Spot::default()
            },
            finished: false,
            seconds: 1.0,
        };
        let mut none = Glance::take_in(folder.path()).unwrap();
        assert_eq!(none.recall(&article), Some(Record::default()));
        let mut library = Library::open_in(folder.path()).unwrap();
        library.keep(&article, &progress).unwrap();
        assert_eq!(none.recall(&article), None, "somebody is at it");
        assert!(Glance::take_in(folder.path()).is_none(), "still");
        drop(library);
        let mut glance = Glance::take_in(folder.path()).unwrap();
        let record = glance.recall(&article).unwrap();
        assert_eq!(record.place, Some(progress.place));
        let left = |name: &str| folder.path().join(format!("{NAME}{name}")).exists();
        assert!(!left("-wal") && !left("-shm"));
        fs::write(folder.path().join(NAME), "هذا ليس قاعدة بيانات ".repeat(99)).unwrap();
        assert!(Glance::take_in(folder.path()).is_none());
    }

    #[test]
    fn a_file_that_is_no_database_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), "هذا ليس قاعدة بيانات ".repeat(99)).unwrap();
        let mut library = Library::open_in(folder.path()).unwrap();
        let notices = library.notices();
        let [Notice::SetAside { kept }] = &notices[..] else {
            panic!("{notices:?}");
        };
        assert!(fs::read_to_string(kept).unwrap().starts_with("هذا ليس"));
        add(&mut library, "أ").unwrap();
        drop(library);
        let mut again = Library::open_in(folder.path()).unwrap();
        assert_eq!((count(&mut again), again.notices()), (1, vec![]));
    }

    #[test]
    fn a_foreign_database_is_set_aside_whole() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(NAME);
        let foreign = Connection::open(&file).unwrap();
        foreign
            .execute_batch("CREATE TABLE other (a); INSERT INTO other VALUES (7)")
            .unwrap();
        drop(foreign);
        let mut library = Library::open_in(folder.path()).unwrap();
        let notices = library.notices();
        let [Notice::SetAside { kept }] = &notices[..] else {
            panic!("{notices:?}");
        };
        let kept = Connection::open(kept).unwrap();
        let seven: i64 = kept
            .query_row("SELECT a FROM other", [], |row| row.get(0))
            .unwrap();
        assert_eq!((seven, count(&mut library)), (7, 0));
    }

    #[test]
    fn damage_that_shows_up_while_reading_is_helped_too() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open_in(folder.path()).unwrap();
        for number in 0..500 {
            add(&mut library, &format!("{number} {}", "س".repeat(200))).unwrap();
        }
        drop(library);
        let file = folder.path().join(NAME);
        let mut bytes = fs::read(&file).unwrap();
        // All but the first page, which holds the header and the schema.
        bytes[4096..].fill(0xA5);
        fs::write(&file, bytes).unwrap();
        let mut library = Library::open_in(folder.path()).unwrap();
        assert_eq!(count(&mut library), 0);
        let notices = library.notices();
        assert!(
            matches!(&notices[..], [Notice::SetAside { .. }]),
            "{notices:?}"
        );
        add(&mut library, "أ").unwrap();
        assert_eq!(count(&mut library), 1);
    }

    #[test]
    fn of_two_that_find_the_same_damage_the_second_takes_the_fresh_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(NAME);
        fs::write(&file, "x".repeat(5000)).unwrap();
        let damaged = inode(&file);
        assert!(set_aside(&file, damaged).unwrap().is_some());
        let mut first = Library::open_in(folder.path()).unwrap();
        add(&mut first, "أ").unwrap();
        assert_eq!(set_aside(&file, damaged).unwrap(), None);
        assert_eq!(count(&mut Library::open_in(folder.path()).unwrap()), 1);
    }

    #[test]
    fn where_nothing_can_be_written_a_run_still_has_a_library() {
        for folder in ["/dev/null/qari", "/proc/qari"] {
            let mut library = Library::open_in(Path::new(folder)).unwrap();
            let notices = library.notices();
            assert!(
                matches!(&notices[..], [Notice::NotKept { .. }]),
                "{notices:?}"
            );
            add(&mut library, "أ").unwrap();
            assert_eq!(count(&mut library), 1);
        }
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(NAME)).unwrap();
        let mut library = Library::open_in(folder.path()).unwrap();
        assert!(matches!(&library.notices()[..], [Notice::NotKept { .. }]));
    }

    #[test]
    fn a_file_that_may_not_be_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open_in(folder.path()).unwrap();
        add(&mut library, "أ").unwrap();
        drop(library);
        // A user with all rights may write it all the same: the way of reading is tried by itself.
        let connection = read_only(&folder.path().join(NAME)).unwrap();
        let mut library = Library {
            connection,
            file: None,
            notices: Vec::new(),
        };
        assert_eq!(count(&mut library), 1);
        assert!(matches!(
            add(&mut library, "ب"),
            Err(LibraryError::ReadOnly)
        ));
    }

    #[test]
    fn a_newer_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open_in(folder.path()).unwrap();
        library
            .with(|connection| connection.pragma_update(None, "user_version", 999))
            .unwrap();
        drop(library);
        let mut older = Library::open_in(folder.path()).unwrap();
        assert!(matches!(&older.notices()[..], [Notice::Newer { .. }]));
        add(&mut older, "أ").unwrap();
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }

    #[test]
    fn many_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let threads: Vec<_> = (0..8)
            .map(|thread| {
                let folder = folder.path().to_owned();
                std::thread::spawn(move || {
                    let mut library = Library::open_in(&folder).unwrap();
                    assert_eq!(library.notices(), []);
                    for number in 0..20 {
                        add(&mut library, &format!("{thread} {number}")).unwrap();
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(count(&mut Library::open_in(folder.path()).unwrap()), 160);
    }

    #[test]
    fn a_change_is_made_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open_in(folder.path()).unwrap();
        let failed: Result<(), _> = library.change(|change| {
            change.execute("INSERT INTO sitting VALUES ('2026-01-01', 99, 1)", [])?;
            change.execute("INSERT INTO no_such_table VALUES (1)", [])?;
            Ok(())
        });
        assert!(failed.is_err());
        let left: i64 = library
            .with(|connection| {
                connection.query_row("SELECT count(*) FROM sitting", [], |row| row.get(0))
            })
            .unwrap();
        assert_eq!(left, 0);
    }
}
