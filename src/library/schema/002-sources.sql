-- What the reader has put on the shelf, in this order. Times are milliseconds since 1970.
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    address ANY NOT NULL UNIQUE,      -- an address in the net, or an absolute path: as text, or as bytes if it is no UTF-8
    title TEXT NOT NULL,              -- what it calls itself; may be empty
    is_feed INTEGER NOT NULL          -- whether it is known to be a feed
) STRICT;

-- What was fetched, as it came, so that it can be read again without the net.
CREATE TABLE page (
    address TEXT PRIMARY KEY,
    fetched INTEGER NOT NULL,
    media TEXT NOT NULL,
    charset TEXT NOT NULL,
    etag TEXT NOT NULL,
    modified TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;

-- The articles of feeds, as they were when they first came; a feed forgets them, this table does not.
CREATE TABLE feed_article (
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL,            -- of the feed
    fingerprint BLOB NOT NULL,        -- as in the table article
    title TEXT NOT NULL,
    fetched INTEGER NOT NULL,
    body TEXT NOT NULL,               -- its text, a paragraph a line
    UNIQUE (address, fingerprint)
) STRICT;
CREATE INDEX feed_article_list ON feed_article (address, fetched, title, fingerprint);
