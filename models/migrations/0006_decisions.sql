-- What people decided about values, how it stands to what is read now, and the incidents that follow from it.

CREATE TABLE decision (
    decision_id VARCHAR PRIMARY KEY,
    position INTEGER NOT NULL,
    verdict VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    target_id VARCHAR NOT NULL,
    text_id VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    before VARCHAR NOT NULL,
    after VARCHAR NOT NULL,
    judged JSON NOT NULL,
    corrected JSON NOT NULL,
    machine JSON NOT NULL,
    who VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    said_at VARCHAR NOT NULL
);

CREATE TABLE decision_state (
    decision_id VARCHAR PRIMARY KEY,
    state VARCHAR NOT NULL,
    latest BOOLEAN NOT NULL,
    disputed BOOLEAN NOT NULL,
    counts BOOLEAN NOT NULL,
    fact_id VARCHAR,
    text_id VARCHAR,
    start INTEGER,
    stop INTEGER,
    machine JSON
);

CREATE TABLE reviewed_fact (
    reading_id VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    fact_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    decision_id VARCHAR,
    human BOOLEAN NOT NULL,
    value JSON,
    PRIMARY KEY (reading_id, fact_id)
);

CREATE TABLE reviewed_reading (
    reading_id VARCHAR PRIMARY KEY,
    fingerprint VARCHAR NOT NULL
);

CREATE TABLE reviewed_incident_row (
    reading_id VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    main BOOLEAN NOT NULL,
    part_of VARCHAR,
    earliest DATE,
    latest DATE,
    date_precision INTEGER,
    place_id VARCHAR,
    place_name VARCHAR,
    place_country VARCHAR,
    place_country_name VARCHAR,
    place_admin1 VARCHAR,
    place_admin2 VARCHAR,
    place_latitude DOUBLE,
    place_longitude DOUBLE,
    place_geonameid INTEGER,
    place_precision INTEGER,
    place_role VARCHAR,
    killed_low INTEGER,
    killed_best INTEGER,
    killed_high INTEGER,
    injured_low INTEGER,
    injured_best INTEGER,
    injured_high INTEGER,
    missing_low INTEGER,
    missing_best INTEGER,
    missing_high INTEGER,
    captured_low INTEGER,
    captured_best INTEGER,
    captured_high INTEGER,
    killed_or_injured_low INTEGER,
    killed_or_injured_best INTEGER,
    killed_or_injured_high INTEGER,
    human BOOLEAN NOT NULL,
    human_values VARCHAR[] NOT NULL,
    verdict VARCHAR,
    decision_id VARCHAR
);

CREATE TABLE reviewed_incident_fact_row (
    reading_id VARCHAR NOT NULL,
    incident_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    value VARCHAR,
    fact_id VARCHAR NOT NULL
);

CREATE TABLE reviewed_incident_group_row (
    reading_id VARCHAR NOT NULL,
    incident_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    group_class VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    low INTEGER,
    best INTEGER,
    high INTEGER
);

CREATE TABLE reviewed_incident_leader_row (
    reading_id VARCHAR NOT NULL,
    incident_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL
);
