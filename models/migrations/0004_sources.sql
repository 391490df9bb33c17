-- Where an input came from in a collection, and what each source of a collection gave in a run.

ALTER TABLE outcome ADD COLUMN source VARCHAR;

CREATE TABLE run_source (
    run_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    listed INTEGER NOT NULL,
    problem VARCHAR,
    notes VARCHAR NOT NULL,
    expect_low INTEGER,
    expect_high INTEGER,
    alarm VARCHAR,
    PRIMARY KEY (run_id, source)
);
