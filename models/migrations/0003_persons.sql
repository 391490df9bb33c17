-- Persons over articles: who is who, how they compare, and what people decided.

CREATE TABLE person (
    person_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL
);

CREATE TABLE person_appearance (
    appearance_id VARCHAR PRIMARY KEY,
    person_id VARCHAR NOT NULL,
    text_id VARCHAR NOT NULL,
    published VARCHAR,
    reading_id VARCHAR NOT NULL
);

CREATE TABLE person_mention (
    fact_id VARCHAR PRIMARY KEY,
    appearance_id VARCHAR NOT NULL
);

CREATE TABLE person_pair (
    left_id VARCHAR NOT NULL,
    right_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    parts JSON NOT NULL,
    PRIMARY KEY (left_id, right_id)
);

CREATE TABLE person_change (
    run_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    person_id VARCHAR NOT NULL,
    other_id VARCHAR
);

CREATE TABLE person_judgement (
    judgement_id VARCHAR PRIMARY KEY,
    position INTEGER NOT NULL,
    verdict VARCHAR NOT NULL,
    left_id VARCHAR NOT NULL,
    right_id VARCHAR NOT NULL,
    left_name VARCHAR NOT NULL,
    right_name VARCHAR NOT NULL,
    left_mentions VARCHAR[] NOT NULL,
    right_mentions VARCHAR[] NOT NULL,
    who VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    judged_at VARCHAR NOT NULL
);
