-- Events over articles: incidents that tell of one event, and what was decided of them.

CREATE TABLE event (
    event_id VARCHAR NOT NULL,
    founder VARCHAR NOT NULL
);

CREATE TABLE event_incident (
    incident_id VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    text_id VARCHAR NOT NULL,
    copy_of VARCHAR NOT NULL
);

CREATE TABLE event_report (
    incident_id VARCHAR NOT NULL,
    reading_id VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    published VARCHAR,
    mentions VARCHAR[] NOT NULL,
    told JSON NOT NULL
);

CREATE TABLE event_key (
    key UBIGINT NOT NULL,
    incident_id VARCHAR NOT NULL,
    fine BOOLEAN NOT NULL
);

CREATE TABLE event_pair (
    left_id VARCHAR NOT NULL,
    right_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    parts JSON NOT NULL
);

CREATE TABLE event_change (
    run_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    other_id VARCHAR
);

CREATE TABLE event_judgement (
    judgement_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    verdict VARCHAR NOT NULL,
    left_id VARCHAR NOT NULL,
    right_id VARCHAR NOT NULL,
    left_mentions VARCHAR[] NOT NULL,
    right_mentions VARCHAR[] NOT NULL,
    who VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    judged_at VARCHAR NOT NULL
);
