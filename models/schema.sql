-- The store of Dateline, and its data dictionary. DuckDB 2.0.
--
-- Words. A *capture* is what came in, byte for byte. A *page* is what one version of the page code found in a capture.
-- An *article* is a distinct text. A *reading* is one field read in one text by one version of that field's code, and
-- facts hang on it. A *run* lists the readings it stands on, so two runs are compared by a join.
--
-- Conventions. Ids are content hashes in hexadecimal: the same input gives the same id on every machine; only run_id
-- counts up. start and stop are half-open and count Unicode code points: text[start+1:stop] is the quote. Clock columns
-- end in _at and hold UTC. NULL means that nobody said. There are no foreign keys and secondary indexes: each of them
-- breaks upserts or ALTER in DuckDB 2.0; `dateline verify` checks every link instead.
--
-- A change here is a new file in migrations/ as well; a test holds the two against each other.

CREATE TABLE schema_version (
    version INTEGER PRIMARY KEY,       -- the number in the migration's file name
    name VARCHAR NOT NULL,             -- the rest of its file name
    sha256 VARCHAR NOT NULL,           -- of the file: a migration that was applied may never change
    applied_at TIMESTAMPTZ NOT NULL
);

-- What came in: one row per distinct input (its id, its bytes, and what the giver said about it).
CREATE TABLE capture (
    capture_id VARCHAR PRIMARY KEY,    -- models/capture.py says what it hashes
    input_id VARCHAR NOT NULL,         -- the id that was given, a file's name, or the URL that was asked for
    sha256 VARCHAR NOT NULL,           -- of the bytes that were read: after content decoding, before decoding characters
    size BIGINT NOT NULL,              -- how many bytes
    kind VARCHAR NOT NULL,             -- page (HTML) or text
    charset VARCHAR,                   -- what the HTTP header, or the giver, said
    url VARCHAR,                       -- given, or where the redirects ended
    title VARCHAR,                     -- as given; what the page says is in table page
    published VARCHAR,                 -- as given: ISO day or month
    archive_file VARCHAR NOT NULL,     -- WARC file in the archive folder beside the store
    archive_offset BIGINT NOT NULL,    -- where its record starts in that file, in bytes
    record_id VARCHAR NOT NULL,        -- WARC-Record-ID
    http_status INTEGER,               -- these five are NULL where nothing was fetched
    content_type VARCHAR,
    etag VARCHAR,
    last_modified VARCHAR,
    redirects INTEGER,
    captured_at TIMESTAMPTZ NOT NULL
);

-- One row per distinct text: headline, blank line and body of a page, or the whole of a given text.
CREATE TABLE article (
    text_id VARCHAR PRIMARY KEY,       -- hash of the text
    text VARCHAR NOT NULL
);

-- What one version of the page code found in a capture.
CREATE TABLE page (
    page_id VARCHAR PRIMARY KEY,       -- hash of capture_id and digest
    capture_id VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,           -- of the page code
    result VARCHAR NOT NULL,           -- read, empty, not_article, failed
    reason VARCHAR,                    -- why it is not read
    url VARCHAR,
    title VARCHAR,
    publisher VARCHAR,
    published VARCHAR,                 -- ISO day or month: the anchor of relative dates
    published_from VARCHAR,            -- given, metadata, url, text
    updated VARCHAR,                   -- ISO day or month
    corrected VARCHAR,
    authors VARCHAR[] NOT NULL,        -- who wrote it; never people in the story
    language VARCHAR,
    size BIGINT,                       -- bytes; these seven are NULL for a text that was given
    encoding VARCHAR,                  -- that the bytes were decoded with
    encoding_from VARCHAR,             -- mark, header, meta, bytes, guess: who named it
    replaced INTEGER,                  -- bytes that gave U+FFFD
    unseen INTEGER,                    -- characters that show nothing and were dropped
    reversed INTEGER,                  -- characters under a right-to-left override
    truncated VARCHAR[],               -- each limit that cut the page, in words
    text_id VARCHAR,                   -- NULL where there is no text
    unread VARCHAR NOT NULL            -- JSON [[start, stop], ...]: furniture inside a given text, which is not read
);

-- What is on the page, or in the given text, and is not the article.
CREATE TABLE furniture (
    page_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,         -- order on the page
    kind VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    start INTEGER NOT NULL,            -- in the decoded page, or in the given text
    stop INTEGER NOT NULL
);

-- Labelled parts of the page that are neither running text nor furniture: captions, decks, pull quotes kept.
CREATE TABLE region (
    page_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,         -- order on the page
    kind VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    start INTEGER,                     -- in the article's text; NULL where the words are not in it
    stop INTEGER,
    page_start INTEGER,                -- in the decoded page; NULL in a given text
    page_stop INTEGER
);

-- Where each value about the article was read: its title, its dates, its authors.
CREATE TABLE statement (
    page_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL,             -- the column of table page
    value VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    "where" VARCHAR NOT NULL,          -- given, page, url, text: what start and stop count in
    start INTEGER,                     -- NULL where the giver or the address said it
    stop INTEGER,
    inferred BOOLEAN NOT NULL          -- nobody says so, the text lets us conclude it
);

-- Which stretch of the text stands where on the decoded page, and in which bytes of the capture. It is filled where an
-- ingest asks for it (--map), for stores that leave without their archive; with the archive it can be made at any time.
CREATE TABLE text_map (
    page_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,         -- order in the text
    start INTEGER NOT NULL,            -- in the text
    stop INTEGER NOT NULL,
    page_start INTEGER NOT NULL,       -- in the decoded page
    page_stop INTEGER NOT NULL,
    byte_start INTEGER NOT NULL,       -- in the bytes of the capture
    byte_stop INTEGER NOT NULL
);

-- One field read in one text: everything that its facts depend on, and nothing else.
CREATE TABLE reading (
    reading_id VARCHAR PRIMARY KEY,    -- hash of the other columns
    text_id VARCHAR NOT NULL,
    published VARCHAR,                 -- the anchor: one text may be printed on two days
    published_from VARCHAR,
    unread VARCHAR NOT NULL,           -- as in table page
    field VARCHAR NOT NULL,            -- a field's table, or incidents
    digest VARCHAR NOT NULL,           -- of the field's code, rules and lexicons and the shared code it uses
    rows_sha256 VARCHAR                -- over all rows that hang on it, as they were written; NULL in older stores
);

-- The fields. Columns up to rule are those of every fact; the others are the field's shape in models/fields/.
CREATE TABLE dates (
    reading_id VARCHAR NOT NULL,
    id VARCHAR NOT NULL,               -- hash of text, field and position (models/ids.py), never of the value
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    earliest DATE,                     -- both ends included; NULL where the anchor needed is not known
    latest DATE,
    precision INTEGER,                 -- UCDP date_prec: 1 day, 2 two to six days, 3 week, 4 month, 5 year or longer
    granularity VARCHAR NOT NULL,
    anchor VARCHAR NOT NULL            -- published, text, none
);

CREATE TABLE places (
    reading_id VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    country VARCHAR,                   -- ISO 3166-1 alpha-2
    country_name VARCHAR,
    admin1 VARCHAR,
    admin2 VARCHAR,
    latitude DOUBLE,                   -- degrees, WGS84
    longitude DOUBLE,
    geonameid INTEGER,
    precision INTEGER,                 -- UCDP where_prec: 1 the town, 2 near it, 3 admin2, 4 admin1, 5 region, 6 country, 7 sea or air
    role VARCHAR NOT NULL,             -- event, dateline, office, origin, metonym, mention
    candidates JSON NOT NULL           -- what else the name could mean
);

CREATE TABLE casualties (
    reading_id VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,          -- killed, injured, missing, captured, killed_or_injured
    low INTEGER,
    best INTEGER,
    high INTEGER,
    qualifier VARCHAR NOT NULL,
    vague VARCHAR,                     -- "dozens": words instead of a number, never turned into one here
    "group" VARCHAR,                   -- as written
    group_class VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,            -- incident, several, cumulative
    polarity VARCHAR NOT NULL,         -- affirmed, denied, possible
    part_of VARCHAR,                   -- id of the claim that this is a subset of
    derived BOOLEAN NOT NULL,          -- added or multiplied up; the parts are in evidence
    attribution VARCHAR,
    supersedes VARCHAR                 -- id of the earlier toll that this one replaces
);

CREATE TABLE leaders (
    reading_id VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    role VARCHAR,                      -- as written
    organisation VARCHAR,              -- as written
    role_class VARCHAR NOT NULL,
    status VARCHAR NOT NULL,           -- killed, captured, injured, target, mentioned
    attribution VARCHAR,               -- who claims the status
    same_as VARCHAR NOT NULL           -- shared by all mentions of one person in one article
);

-- The words a fact rests on besides its own.
CREATE TABLE evidence (
    reading_id VARCHAR NOT NULL,
    fact_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    role VARCHAR NOT NULL,             -- number, cue, group, scope, attribution, anchor, place, role, organisation, status
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    quote VARCHAR NOT NULL
);

-- The events of one article. Sums over articles must not be taken here: two articles may report one event.
CREATE TABLE incident (
    reading_id VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    position INTEGER NOT NULL,         -- order in the record
    main BOOLEAN NOT NULL,             -- the event that the article is about
    part_of VARCHAR,                   -- the spanning incident of a claim over several events
    earliest DATE,
    latest DATE,
    date_precision INTEGER,
    place_id VARCHAR,                  -- the fact in table places; the other place columns repeat it
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
    killed_low INTEGER,                -- each toll: all three NULL where the article gives none
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

-- Which facts an incident is made of (value NULL), and which of them each value comes from.
CREATE TABLE incident_fact (
    reading_id VARCHAR NOT NULL,
    incident_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    value VARCHAR,                     -- date, place, or an outcome
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

-- Where the readable sentences of a text stand, so that a value can be shown in its sentence.
CREATE TABLE sentence (
    reading_id VARCHAR NOT NULL,       -- that of the incidents
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL
);

-- One call of a flow. A run that was killed has no finished_at; the same call again goes on with it.
CREATE TABLE run (
    run_id INTEGER PRIMARY KEY,
    kind VARCHAR NOT NULL,             -- ingest, rerun
    request_id VARCHAR NOT NULL,       -- hash of kind, parameters and digests: what makes two calls the same
    parameters JSON NOT NULL,
    digests JSON NOT NULL,             -- of the page code, each field, the incidents
    dateline VARCHAR NOT NULL,         -- versions
    python VARCHAR NOT NULL,
    spacy VARCHAR NOT NULL,
    trafilatura VARCHAR NOT NULL,
    dateparser VARCHAR NOT NULL,
    prefect VARCHAR NOT NULL,
    duckdb VARCHAR NOT NULL,
    inputs INTEGER,                    -- how many there were, counted when the run finished: the sum of its outcomes
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ
);

-- How each input of a run ended: exactly one row for each.
CREATE TABLE outcome (
    run_id INTEGER NOT NULL,
    origin VARCHAR NOT NULL,           -- the file it was in, as an absolute path; the URL; - for standard input
    input_id VARCHAR NOT NULL,
    occurrence INTEGER NOT NULL,       -- 0, or how many inputs of this id and origin came before it in the run
    outcome VARCHAR NOT NULL,          -- read, empty, not_article, unchanged, failed
    reason VARCHAR,
    capture_id VARCHAR,                -- NULL where nothing came in
    page_id VARCHAR,                   -- NULL where nothing was found out about the capture
    PRIMARY KEY (run_id, origin, input_id, occurrence),
    source VARCHAR                     -- its name in the collection; NULL where no collection was read
);

-- What each source of a collection gave in a run, before anything of it was read: the gate before publishing.
CREATE TABLE run_source (
    run_id INTEGER NOT NULL,
    position INTEGER NOT NULL,         -- its order in the collection
    source VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,             -- feed, sitemap, urls, warc, folder, jsonl
    listed INTEGER NOT NULL,           -- addresses, or inputs found on disk
    problem VARCHAR,                   -- why it gave nothing
    notes VARCHAR NOT NULL,            -- JSON [..]: parts of it that failed
    expect_low INTEGER,                -- articles a night, as the collection says
    expect_high INTEGER,
    alarm VARCHAR,                     -- why tonight is no success for it; NULL where all is as usual
    PRIMARY KEY (run_id, source)
);

-- The readings that a run stands on: those it made, and those it found made already.
CREATE TABLE run_reading (
    run_id INTEGER NOT NULL,
    reading_id VARCHAR NOT NULL,
    PRIMARY KEY (run_id, reading_id)
);

-- Persons over articles. An id stays with the mentions that had it. What people decide, and under which mention an id was
-- first given, is first written to the file PATH.people beside the store. No primary keys: rows are taken out and put in
-- again within one transaction.
CREATE TABLE person (
    person_id VARCHAR NOT NULL,        -- hash of the earliest mention it had when it was first met
    name VARCHAR NOT NULL              -- the spelling that most articles have
);

-- A person in one article: the mentions that share same_as.
CREATE TABLE person_appearance (
    appearance_id VARCHAR NOT NULL,    -- hash of all that is compared: another value is another appearance
    person_id VARCHAR NOT NULL,
    text_id VARCHAR NOT NULL,
    published VARCHAR,                 -- the earliest day or month that the text was printed under
    reading_id VARCHAR NOT NULL,       -- of the leaders of that text under that day
    version VARCHAR,                   -- hash of all that was found in the text; NULL as an older Dateline left it
    name VARCHAR,                      -- the fullest spelling
    told JSON                          -- what is compared: {"names", "offices", "countries", "divisions"}
);

CREATE TABLE person_mention (
    fact_id VARCHAR NOT NULL,          -- in table leaders; of one appearance only
    appearance_id VARCHAR NOT NULL,
    position INTEGER                   -- of those of its appearance, in text order
);

-- Appearances that were compared and may be one person.
CREATE TABLE person_pair (
    left_id VARCHAR NOT NULL,          -- appearances, the lesser id first
    right_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,          -- same, doubtful: only people can say more
    score DOUBLE NOT NULL,             -- the sum of the parts
    parts JSON NOT NULL                -- [{"what", "value", "why"}, ...]: name, organisation, office, place, time
);

-- The names by which appearances are looked up. Of one key those are compared that are near in time.
CREATE TABLE person_key (
    key UBIGINT NOT NULL,              -- hash of how two parts of a name sound, or one
    appearance_id VARCHAR NOT NULL,
    published VARCHAR NOT NULL,        -- '' where that is not known
    text_id VARCHAR NOT NULL
);

-- Mentions after which persons were named, with the person's id as merges left it: the copy of the file PATH.people.
CREATE TABLE person_founder (
    fact_id VARCHAR NOT NULL,          -- whether it is still there or not
    person_id VARCHAR NOT NULL
);

-- What became of persons that were there before a run.
CREATE TABLE person_change (
    run_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,             -- merged (into other_id), split (part of it is now other_id), gone
    person_id VARCHAR NOT NULL,
    other_id VARCHAR
);

-- What people decided; the copy of the file PATH.people. The latest on two persons counts.
CREATE TABLE person_judgement (
    judgement_id VARCHAR PRIMARY KEY,
    position INTEGER NOT NULL,         -- in the file
    verdict VARCHAR NOT NULL,          -- same, different, unsure
    left_id VARCHAR NOT NULL,          -- the persons' ids and names at that time
    right_id VARCHAR NOT NULL,
    left_name VARCHAR NOT NULL,
    right_name VARCHAR NOT NULL,
    left_mentions VARCHAR[] NOT NULL,  -- fact ids, the earliest first: what the judgement holds on to
    right_mentions VARCHAR[] NOT NULL,
    who VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    judged_at VARCHAR NOT NULL         -- UTC, as in the file
);

-- Events over articles: one row for whatever happened, however many articles tell of it. An id stays with the reports
-- that had it. What people decide, and ids that are not those of the earliest report, are first written to the file
-- PATH.events beside the store. No primary keys: rows are taken out and put in again within one transaction.
CREATE TABLE event (
    event_id VARCHAR NOT NULL,
    founder VARCHAR NOT NULL           -- its earliest report now (incident id): ids are hashes of the earliest at first
);

-- Which event an incident tells of: every current incident tells of exactly one.
CREATE TABLE event_incident (
    incident_id VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,             -- report; background: told long after, or beside the news; parent: spans several
    text_id VARCHAR NOT NULL,
    copy_of VARCHAR NOT NULL           -- the first text of the event that this one is a copy of; its own where of none
);

-- An incident as it is compared with others.
CREATE TABLE event_report (
    incident_id VARCHAR NOT NULL,
    reading_id VARCHAR NOT NULL,       -- of the incident, under the earliest day that its text was printed
    version VARCHAR NOT NULL,          -- hash of the incident's row: whether it must be looked at again
    published VARCHAR,
    mentions VARCHAR[] NOT NULL,       -- its id, its claims, the pages it is the main incident of
    told JSON NOT NULL                 -- models/event.py: Report
);

-- Reports that share a key are compared, and no others; of two that are fine (told more closely than the key) none.
CREATE TABLE event_key (
    key UBIGINT NOT NULL,              -- hash of a day and a place, a name and a month, a sentence (extractors/events/)
    incident_id VARCHAR NOT NULL,
    fine BOOLEAN NOT NULL
);

-- Reports that were compared and may tell of one event.
CREATE TABLE event_pair (
    left_id VARCHAR NOT NULL,          -- incidents, the lesser id first
    right_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,          -- same, different, doubtful: only people can say more
    score DOUBLE NOT NULL,             -- the sum of the parts
    parts JSON NOT NULL                -- [{"what", "kind", "value", "why"}, ...]: day, place, toll, named, weapon, target, text
);

-- What became of events that were there before a run.
CREATE TABLE event_change (
    run_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,             -- merged (into other_id), split (part of it is now other_id), gone
    event_id VARCHAR NOT NULL,
    other_id VARCHAR
);

-- What people decided; the copy of the file PATH.events. The latest on two events counts.
CREATE TABLE event_judgement (
    judgement_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,         -- in the file
    verdict VARCHAR NOT NULL,          -- same, different, unsure
    left_id VARCHAR NOT NULL,          -- the events' ids at that time
    right_id VARCHAR NOT NULL,
    left_mentions VARCHAR[] NOT NULL,  -- of their earliest reports: what the judgement holds on to
    right_mentions VARCHAR[] NOT NULL,
    who VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    judged_at VARCHAR NOT NULL         -- UTC, as in the file
);

-- What people decided about values; the copy of the file PATH.decisions, which is written first.
CREATE TABLE decision (
    decision_id VARCHAR PRIMARY KEY,   -- hash of what was decided, of what and by whom
    position INTEGER NOT NULL,         -- in the file
    verdict VARCHAR NOT NULL,          -- accept, reject, correct, add
    field VARCHAR NOT NULL,            -- a field's table, or incidents
    target_id VARCHAR NOT NULL,        -- the fact or incident as it was called then
    text_id VARCHAR NOT NULL,
    start INTEGER NOT NULL,            -- of its words in that text; of an incident, those of its first claim
    stop INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    before VARCHAR NOT NULL,           -- up to 40 characters on either side of the quote
    after VARCHAR NOT NULL,
    judged JSON NOT NULL,              -- what the reviewer saw, by column
    corrected JSON NOT NULL,           -- what is right, by column
    machine JSON NOT NULL,             -- the machine's whole row that was judged, as far as it was known
    who VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    said_at VARCHAR NOT NULL           -- UTC, as in the file
);

-- How each decision stands to what the machine reads now. Made anew after every run and every decision, as are the
-- tables below it.
CREATE TABLE decision_state (
    decision_id VARCHAR PRIMARY KEY,
    state VARCHAR NOT NULL,            -- applied, stale (the machine's value is another now), orphan (its words are gone)
    latest BOOLEAN NOT NULL,           -- the same reviewer has decided nothing else about it since
    disputed BOOLEAN NOT NULL,         -- another reviewer decided otherwise: neither counts
    counts BOOLEAN NOT NULL,           -- it is laid over the machine's value
    fact_id VARCHAR,                   -- what it is called now; NULL where the machine has nothing there
    text_id VARCHAR,                   -- where its words stand now; NULL where they are gone
    start INTEGER,
    stop INTEGER,
    machine JSON                       -- what the machine says now
);

-- The facts that are not the machine's alone.
CREATE TABLE reviewed_fact (
    reading_id VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    fact_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,          -- accept, reject, correct, add, disputed
    decision_id VARCHAR,               -- the latest that counts; NULL where reviewers disagree
    human BOOLEAN NOT NULL,            -- a person gave or confirmed the value
    value JSON,                        -- the whole row; NULL where the fact was rejected
    PRIMARY KEY (reading_id, fact_id)
);

-- The readings of incidents that were gathered again over reviewed facts, and of what.
CREATE TABLE reviewed_reading (
    reading_id VARCHAR PRIMARY KEY,
    fingerprint VARCHAR NOT NULL       -- hash of the decisions that were laid over
);

-- Their incidents, as tables incident, incident_fact, incident_group and incident_leader have those of the machine.
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
    human BOOLEAN NOT NULL,            -- a person gave or confirmed one of its values
    human_values VARCHAR[] NOT NULL,   -- which: main, date, place, an outcome
    verdict VARCHAR,                   -- on the incident itself: accept, correct, disputed
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

-- What each digest is made of, stored once: where two digests differ, their parts name the file. Under the field
-- `policies` stands each policy, whole, as JSON.
CREATE TABLE digest_part (
    field VARCHAR NOT NULL,            -- page, a field, incidents, policies
    digest VARCHAR NOT NULL,
    part VARCHAR NOT NULL,             -- a file by its path in the project, a library, a user's lexicon, another field
    value VARCHAR NOT NULL,            -- hash, version or digest of it
    PRIMARY KEY (field, digest, part)
);

-- The policies that were in force when a run began: their digest in digest_part.
CREATE TABLE run_policies (
    run_id INTEGER PRIMARY KEY,
    digest VARCHAR NOT NULL
);

-- The plan of a rerun that is under way: what is to be done for each input. Empty where none is.
CREATE TABLE rerun_work (
    run_id INTEGER NOT NULL,
    position BIGINT NOT NULL,          -- in the order of the archive, so that its files are read from front to back
    work VARCHAR NOT NULL,             -- none, again (fields of a text that is known), whole (the page is read anew)
    origin VARCHAR NOT NULL,           -- these four as in table outcome
    input_id VARCHAR NOT NULL,
    occurrence INTEGER NOT NULL,
    source VARCHAR,
    capture_id VARCHAR NOT NULL,
    page_id VARCHAR,                   -- the page as it is known; NULL where the capture could not be read
    missing VARCHAR[] NOT NULL         -- fields to be read in its text, incidents among them
);

-- Of what something was made: where that is the same, it need not be made again.
CREATE TABLE gathered (
    what VARCHAR PRIMARY KEY,          -- persons, views, events
    state VARCHAR NOT NULL             -- hash of all that it was made of: readings, judgements, code
);
