-- The plan of a rerun that is under way, and of what the persons were gathered.

CREATE TABLE rerun_work (
    run_id INTEGER NOT NULL,
    position BIGINT NOT NULL,
    work VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    input_id VARCHAR NOT NULL,
    occurrence INTEGER NOT NULL,
    source VARCHAR,
    capture_id VARCHAR NOT NULL,
    page_id VARCHAR,
    missing VARCHAR[] NOT NULL
);

CREATE TABLE gathered (
    what VARCHAR PRIMARY KEY,
    state VARCHAR NOT NULL
);
