-- What is known about a page and how it was read, where its values stand, and the map down to the bytes.

ALTER TABLE page ADD COLUMN updated VARCHAR;
ALTER TABLE page ADD COLUMN corrected VARCHAR;
ALTER TABLE page ADD COLUMN authors VARCHAR[] DEFAULT [];
ALTER TABLE page ALTER COLUMN authors SET NOT NULL;
ALTER TABLE page ALTER COLUMN authors DROP DEFAULT;
ALTER TABLE page ADD COLUMN size BIGINT;
ALTER TABLE page ADD COLUMN encoding VARCHAR;
ALTER TABLE page ADD COLUMN encoding_from VARCHAR;
ALTER TABLE page ADD COLUMN replaced INTEGER;
ALTER TABLE page ADD COLUMN unseen INTEGER;
ALTER TABLE page ADD COLUMN reversed INTEGER;
ALTER TABLE page ADD COLUMN truncated VARCHAR[];

CREATE TABLE statement (
    page_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    "where" VARCHAR NOT NULL,
    start INTEGER,
    stop INTEGER,
    inferred BOOLEAN NOT NULL
);

CREATE TABLE region (
    page_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    start INTEGER,
    stop INTEGER,
    page_start INTEGER,
    page_stop INTEGER
);

DROP TABLE text_map; -- nothing has ever been written to it, and its new columns may not be NULL

CREATE TABLE text_map (
    page_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    page_start INTEGER NOT NULL,
    page_stop INTEGER NOT NULL,
    byte_start INTEGER NOT NULL,
    byte_stop INTEGER NOT NULL
);
