-- What each digest is made of, the policies of each run, and a hash over the rows of each reading.

CREATE TABLE digest_part (
    field VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    part VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    PRIMARY KEY (field, digest, part)
);

CREATE TABLE run_policies (
    run_id INTEGER PRIMARY KEY,
    digest VARCHAR NOT NULL
);

ALTER TABLE reading ADD COLUMN rows_sha256 VARCHAR;
