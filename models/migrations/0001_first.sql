-- The first schema. Never edit a migration that was released: write the next one.

CREATE TABLE capture (
    capture_id VARCHAR PRIMARY KEY,
    input_id VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    size BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    charset VARCHAR,
    url VARCHAR,
    title VARCHAR,
    published VARCHAR,
    archive_file VARCHAR NOT NULL,
    archive_offset BIGINT NOT NULL,
    record_id VARCHAR NOT NULL,
    http_status INTEGER,
    content_type VARCHAR,
    etag VARCHAR,
    last_modified VARCHAR,
    redirects INTEGER,
    captured_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE article (
    text_id VARCHAR PRIMARY KEY,
    text VARCHAR NOT NULL
);

CREATE TABLE page (
    page_id VARCHAR PRIMARY KEY,
    capture_id VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    result VARCHAR NOT NULL,
    reason VARCHAR,
    url VARCHAR,
    title VARCHAR,
    publisher VARCHAR,
    published VARCHAR,
    published_from VARCHAR,
    language VARCHAR,
    text_id VARCHAR,
    unread VARCHAR NOT NULL
);

CREATE TABLE furniture (
    page_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL
);

CREATE TABLE text_map (
    page_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    page_start INTEGER NOT NULL,
    page_stop INTEGER NOT NULL
);

CREATE TABLE reading (
    reading_id VARCHAR PRIMARY KEY,
    text_id VARCHAR NOT NULL,
    published VARCHAR,
    published_from VARCHAR,
    unread VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    digest VARCHAR NOT NULL
);

CREATE TABLE dates (
    reading_id VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    earliest DATE,
    latest DATE,
    precision INTEGER,
    granularity VARCHAR NOT NULL,
    anchor VARCHAR NOT NULL
);

CREATE TABLE places (
    reading_id VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    country VARCHAR,
    country_name VARCHAR,
    admin1 VARCHAR,
    admin2 VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    geonameid INTEGER,
    precision INTEGER,
    role VARCHAR NOT NULL,
    candidates JSON NOT NULL
);

CREATE TABLE casualties (
    reading_id VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    low INTEGER,
    best INTEGER,
    high INTEGER,
    qualifier VARCHAR NOT NULL,
    vague VARCHAR,
    "group" VARCHAR,
    group_class VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    polarity VARCHAR NOT NULL,
    part_of VARCHAR,
    derived BOOLEAN NOT NULL,
    attribution VARCHAR,
    supersedes VARCHAR
);

CREATE TABLE leaders (
    reading_id VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    role VARCHAR,
    organisation VARCHAR,
    role_class VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    attribution VARCHAR,
    same_as VARCHAR NOT NULL
);

CREATE TABLE evidence (
    reading_id VARCHAR NOT NULL,
    fact_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    role VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    quote VARCHAR NOT NULL
);

CREATE TABLE incident (
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
    killed_or_injured_high INTEGER
);

CREATE TABLE incident_fact (
    reading_id VARCHAR NOT NULL,
    incident_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    value VARCHAR,
    fact_id VARCHAR NOT NULL
);

CREATE TABLE incident_group (
    reading_id VARCHAR NOT NULL,
    incident_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    group_class VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    low INTEGER,
    best INTEGER,
    high INTEGER
);

CREATE TABLE incident_leader (
    reading_id VARCHAR NOT NULL,
    incident_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL
);

CREATE TABLE sentence (
    reading_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL
);

CREATE TABLE run (
    run_id INTEGER PRIMARY KEY,
    kind VARCHAR NOT NULL,
    request_id VARCHAR NOT NULL,
    parameters JSON NOT NULL,
    digests JSON NOT NULL,
    dateline VARCHAR NOT NULL,
    python VARCHAR NOT NULL,
    spacy VARCHAR NOT NULL,
    trafilatura VARCHAR NOT NULL,
    dateparser VARCHAR NOT NULL,
    prefect VARCHAR NOT NULL,
    duckdb VARCHAR NOT NULL,
    inputs INTEGER,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ
);

CREATE TABLE outcome (
    run_id INTEGER NOT NULL,
    origin VARCHAR NOT NULL,
    input_id VARCHAR NOT NULL,
    occurrence INTEGER NOT NULL,
    outcome VARCHAR NOT NULL,
    reason VARCHAR,
    capture_id VARCHAR,
    page_id VARCHAR,
    PRIMARY KEY (run_id, origin, input_id, occurrence)
);

CREATE TABLE run_reading (
    run_id INTEGER NOT NULL,
    reading_id VARCHAR NOT NULL,
    PRIMARY KEY (run_id, reading_id)
);
