-- Persons are gathered where something is new: what each appearance is compared by, the names it is found by, and the
-- persons' ids by the mentions they are named after. No primary keys: rows are taken out and put in again within one
-- transaction.

CREATE TABLE person_there AS FROM person;
DROP TABLE person;
CREATE TABLE person (
    person_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL
);
INSERT INTO person BY NAME FROM person_there;
DROP TABLE person_there;

CREATE TABLE person_there AS FROM person_appearance;
DROP TABLE person_appearance;
CREATE TABLE person_appearance (
    appearance_id VARCHAR NOT NULL,
    person_id VARCHAR NOT NULL,
    text_id VARCHAR NOT NULL,
    published VARCHAR,
    reading_id VARCHAR NOT NULL,
    version VARCHAR,
    name VARCHAR,
    told JSON
);
INSERT INTO person_appearance BY NAME FROM person_there;
DROP TABLE person_there;

CREATE TABLE person_there AS FROM person_mention;
DROP TABLE person_mention;
CREATE TABLE person_mention (
    fact_id VARCHAR NOT NULL,
    appearance_id VARCHAR NOT NULL,
    position INTEGER
);
INSERT INTO person_mention BY NAME FROM person_there;
DROP TABLE person_there;

CREATE TABLE person_there AS FROM person_pair;
DROP TABLE person_pair;
CREATE TABLE person_pair (
    left_id VARCHAR NOT NULL,
    right_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    parts JSON NOT NULL
);
INSERT INTO person_pair BY NAME FROM person_there;
DROP TABLE person_there;

CREATE TABLE person_key (
    key UBIGINT NOT NULL,
    appearance_id VARCHAR NOT NULL,
    published VARCHAR NOT NULL,
    text_id VARCHAR NOT NULL
);

CREATE TABLE person_founder (
    fact_id VARCHAR NOT NULL,
    person_id VARCHAR NOT NULL
);
