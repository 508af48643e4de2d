-- What the reader corrected in the names that were found, in the order in which it was done.
CREATE TABLE correction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    made INTEGER NOT NULL,            -- milliseconds since 1970
    body TEXT NOT NULL                -- as entity::Correction writes itself, in JSON
) STRICT;
