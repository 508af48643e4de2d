-- One row for every article that was ever open: where the reader stands in it. Times are milliseconds since 1970.
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    fingerprint BLOB NOT NULL,        -- of its title and first words (library::article)
    source TEXT NOT NULL,             -- an absolute path, an address, qari:… for built-in ones, - for standard input
    ordinal INTEGER NOT NULL,         -- which article of its source, from 0
    title TEXT NOT NULL,
    opened INTEGER NOT NULL,          -- when it was last read
    finished INTEGER,                 -- when its end was first read
    seconds REAL NOT NULL DEFAULT 0,  -- how long it was read in all
    place_paragraph INTEGER NOT NULL, -- the place: a spot (library::spot)
    place_byte INTEGER NOT NULL,
    place_words TEXT NOT NULL,
    place_lead INTEGER NOT NULL
) STRICT;
CREATE INDEX article_fingerprint ON article (fingerprint);
CREATE INDEX article_source ON article (source, ordinal);
CREATE INDEX article_opened ON article (opened);

-- How long was read on which day (local time, YYYY-MM-DD).
CREATE TABLE sitting (
    day TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    seconds REAL NOT NULL,
    PRIMARY KEY (day, article)
) STRICT, WITHOUT ROWID;
