//! The tables, as a list of steps: a state file says in `user_version` how many of them it has seen.
//!
//! A step runs once and in order, in one transaction with all that follow it; two programs that open an old file at once run
//! it once between them. A step that has landed is never changed: what is to be different is another step.

use rusqlite::{Connection, Result, TransactionBehavior};

/// Every step from an empty file to the tables of today.
const MIGRATIONS: &[&str] = &[
    include_str!("schema/001-articles.sql"),
    include_str!("schema/002-sources.sql"),
    include_str!("schema/003-marks.sql"),
    include_str!("schema/004-corrections.sql"),
    include_str!("schema/005-names.sql"),
    include_str!("schema/006-titles.sql"),
];

/// `QARI` in ASCII: what a state file says of itself (`application_id` in the header of an SQLite file).
const APPLICATION: i32 = 0x5141_5249;

/// Whose file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// The tables are those of today.
    Current,
    /// A newer program has been here.
    Newer,
    /// No state file of ours, though an SQLite file.
    Foreign,
}

/// Brings the tables up to today.
pub fn migrate(connection: &mut Connection) -> Result<Version> {
    let seen = version(connection)?;
    if seen > MIGRATIONS.len() {
        return Ok(Version::Newer);
    }
    if seen > 0 && application(connection)? != APPLICATION {
        return Ok(Version::Foreign);
    }
    if seen == MIGRATIONS.len() {
        return Ok(Version::Current);
    }
    let step = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have been faster.
    let seen = version(&step)?;
    if seen == 0 && tables(&step)? > 0 {
        return Ok(Version::Foreign);
    }
    for migration in MIGRATIONS.get(seen..).unwrap_or_default() {
        step.execute_batch(migration)?;
    }
    let now = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    step.pragma_update(None, "user_version", now)?;
    step.pragma_update(None, "application_id", APPLICATION)?;
    step.commit()?;
    Ok(Version::Current)
}

/// How many steps a file has seen.
fn version(connection: &Connection) -> Result<usize> {
    let seen: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(usize::try_from(seen).unwrap_or(usize::MAX))
}

fn application(connection: &Connection) -> Result<i32> {
    connection.pragma_query_value(None, "application_id", |row| row.get(0))
}

fn tables(connection: &Connection) -> Result<i64> {
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_gets_all_tables_once() {
        let mut connection = Connection::open_in_memory().unwrap();
        assert_eq!(migrate(&mut connection).unwrap(), Version::Current);
        let made = tables(&connection).unwrap();
        assert!(made > 0);
        assert_eq!(migrate(&mut connection).unwrap(), Version::Current);
        assert_eq!(tables(&connection).unwrap(), made);
    }

    #[test]
    fn every_older_file_comes_to_the_tables_of_today() {
        let names = |connection: &Connection| -> Vec<String> {
            let mut names = connection
                .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
                .unwrap();
            let rows = names.query_map([], |row| row.get(0)).unwrap();
            rows.map(Result::unwrap).collect()
        };
        let mut today = Connection::open_in_memory().unwrap();
        migrate(&mut today).unwrap();
        for seen in 1..MIGRATIONS.len() {
            let mut old = Connection::open_in_memory().unwrap();
            for migration in &MIGRATIONS[..seen] {
                old.execute_batch(migration).unwrap();
            }
            old.pragma_update(None, "user_version", i64::try_from(seen).unwrap())
                .unwrap();
            old.pragma_update(None, "application_id", APPLICATION)
                .unwrap();
            assert_eq!(migrate(&mut old).unwrap(), Version::Current);
            assert_eq!(names(&old), names(&today), "from step {seen}");
        }
    }

    #[test]
    fn newer_and_foreign_files_are_told_apart() {
        let mut newer = Connection::open_in_memory().unwrap();
        migrate(&mut newer).unwrap();
        newer.pragma_update(None, "user_version", 999).unwrap();
        assert_eq!(migrate(&mut newer).unwrap(), Version::Newer);
        let mut foreign = Connection::open_in_memory().unwrap();
        foreign.execute_batch("CREATE TABLE other (a)").unwrap();
        assert_eq!(migrate(&mut foreign).unwrap(), Version::Foreign);
        foreign.pragma_update(None, "user_version", 1).unwrap();
        assert_eq!(migrate(&mut foreign).unwrap(), Version::Foreign);
    }
}
