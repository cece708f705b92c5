PRAGMA foreign_keys = OFF;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TABLE publishers (
        id INTEGER PRIMARY KEY,
        slug TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL
    );
CREATE TABLE documents (
        id INTEGER PRIMARY KEY,
        slug TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        publisher_id INTEGER NOT NULL REFERENCES publishers(id),
        policy TEXT NOT NULL,
        licence TEXT NOT NULL DEFAULT '',
        attribution TEXT NOT NULL DEFAULT '',
        url TEXT NOT NULL DEFAULT ''
    , confirmation TEXT NOT NULL DEFAULT '48h', jurisdiction TEXT NOT NULL DEFAULT '');
CREATE TABLE aliases (
        slug TEXT PRIMARY KEY,
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE
    ) WITHOUT ROWID;
CREATE TABLE snapshots (
        id INTEGER PRIMARY KEY,
        title TEXT GENERATED ALWAYS AS (substr(fetched_at, 1, 16) || ' ' || source) VIRTUAL,
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        source TEXT NOT NULL,
        fetched_at TEXT NOT NULL,
        seen_until TEXT,
        sha256 TEXT NOT NULL,
        origin TEXT NOT NULL,
        record TEXT NOT NULL,
        url TEXT NOT NULL,
        media_type TEXT NOT NULL,
        status INTEGER,
        headers TEXT NOT NULL,
        provenance TEXT NOT NULL,
        commit_id TEXT,
        verdict TEXT NOT NULL,
        reason TEXT NOT NULL,
        language TEXT NOT NULL,
        state TEXT NOT NULL,
        print TEXT NOT NULL,
        parser_revision INTEGER NOT NULL,
        version_id INTEGER REFERENCES versions(id) ON DELETE SET NULL
    );
CREATE UNIQUE INDEX snapshots_key ON snapshots(document_id, fetched_at, source, sha256);
CREATE INDEX snapshots_sha256 ON snapshots(sha256);
CREATE INDEX snapshots_version ON snapshots(version_id);
CREATE INDEX snapshots_commit ON snapshots(commit_id) WHERE commit_id IS NOT NULL;
CREATE TABLE wordings (
        id INTEGER PRIMARY KEY,
        hash INTEGER NOT NULL,
        words TEXT NOT NULL,
        bigrams TEXT
    );
CREATE INDEX wordings_hash ON wordings(hash);
CREATE VIRTUAL TABLE wordings_fts USING fts5(
        words, bigrams, content="wordings", content_rowid="id", tokenize="unicode61 remove_diacritics 2"
    );
CREATE TABLE _forms (
        id INTEGER PRIMARY KEY,
        wording_id INTEGER NOT NULL REFERENCES wordings(id),
        kind TEXT NOT NULL,
        label TEXT NOT NULL,
        lead TEXT NOT NULL,
        heading TEXT,
        text TEXT,
        patch TEXT,
        links TEXT,
        anchor TEXT NOT NULL
    );
CREATE INDEX _forms_wording ON _forms(wording_id);
CREATE TABLE _trees (
        id INTEGER PRIMARY KEY,
        print TEXT NOT NULL UNIQUE,
        clauses INTEGER NOT NULL,
        forms BLOB NOT NULL,
        places BLOB NOT NULL,
        facts TEXT NOT NULL
    );
CREATE TABLE versions (
        id INTEGER PRIMARY KEY,
        title TEXT GENERATED ALWAYS AS ('version ' || number || ', ' || substr(first_seen, 1, 10)) VIRTUAL,
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        origin TEXT NOT NULL,
        standing TEXT NOT NULL,
        seen_before TEXT,
        first_seen TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        confirmed_at TEXT,
        reverts_to INTEGER,
        significance TEXT,
        silent INTEGER,
        effective TEXT,
        updated TEXT,
        published TEXT,
        clauses INTEGER NOT NULL,
        relabelled INTEGER NOT NULL DEFAULT 0,
        edited INTEGER NOT NULL DEFAULT 0,
        moved INTEGER NOT NULL DEFAULT 0,
        moved_edited INTEGER NOT NULL DEFAULT 0,
        split INTEGER NOT NULL DEFAULT 0,
        merged INTEGER NOT NULL DEFAULT 0,
        rewritten INTEGER NOT NULL DEFAULT 0,
        added INTEGER NOT NULL DEFAULT 0,
        removed INTEGER NOT NULL DEFAULT 0,
        state TEXT NOT NULL,
        lineages BLOB NOT NULL,
        parser_revision INTEGER NOT NULL,
        differ_revision INTEGER NOT NULL,
        rules_revision INTEGER NOT NULL
    );
CREATE UNIQUE INDEX versions_key ON versions(document_id, number);
CREATE INDEX versions_first_seen ON versions(first_seen);
CREATE TABLE variants (
        version_id INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
        rank INTEGER NOT NULL,
        first_seen TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        snapshot_id INTEGER NOT NULL REFERENCES snapshots(id) ON DELETE CASCADE,
        tree_id INTEGER NOT NULL REFERENCES _trees(id),
        PRIMARY KEY (version_id, rank)
    ) WITHOUT ROWID;
CREATE INDEX variants_snapshot ON variants(snapshot_id);
CREATE INDEX variants_tree ON variants(tree_id);
CREATE TABLE declared_dates (
        version_id INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
        rank INTEGER NOT NULL,
        kind TEXT NOT NULL,
        date TEXT NOT NULL,
        precision TEXT NOT NULL,
        text TEXT NOT NULL,
        position INTEGER NOT NULL,
        new INTEGER NOT NULL,
        PRIMARY KEY (version_id, rank)
    ) WITHOUT ROWID;
CREATE TABLE announcements (
        version_id INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
        rank INTEGER NOT NULL,
        date TEXT NOT NULL,
        text TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (version_id, rank)
    ) WITHOUT ROWID;
CREATE TABLE lineages (
        id INTEGER PRIMARY KEY,
        title TEXT NOT NULL,
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        introduced INTEGER NOT NULL,
        position INTEGER NOT NULL,
        ended INTEGER
    );
CREATE UNIQUE INDEX lineages_key ON lineages(document_id, number);
CREATE TABLE lineage_links (
        child_id INTEGER NOT NULL REFERENCES lineages(id) ON DELETE CASCADE,
        rank INTEGER NOT NULL,
        parent_id INTEGER NOT NULL REFERENCES lineages(id) ON DELETE CASCADE,
        descent TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (child_id, rank)
    ) WITHOUT ROWID;
CREATE INDEX lineage_links_parent ON lineage_links(parent_id);
CREATE TABLE spans (
        lineage_id INTEGER NOT NULL REFERENCES lineages(id) ON DELETE CASCADE,
        first_version INTEGER NOT NULL,
        last_version INTEGER NOT NULL,
        wording_id INTEGER NOT NULL REFERENCES wordings(id),
        path TEXT,
        PRIMARY KEY (lineage_id, first_version)
    ) WITHOUT ROWID;
CREATE INDEX spans_wording ON spans(wording_id);
CREATE TABLE changes (
        id INTEGER PRIMARY KEY,
        title TEXT NOT NULL,
        version_id INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
        rank INTEGER NOT NULL,
        kind TEXT NOT NULL,
        certainty TEXT NOT NULL,
        significance TEXT NOT NULL,
        signals TEXT NOT NULL,
        operations TEXT NOT NULL,
        importance REAL NOT NULL,
        evidence TEXT NOT NULL
    );
CREATE UNIQUE INDEX changes_key ON changes(version_id, rank);
CREATE TABLE change_clauses (
        change_id INTEGER NOT NULL REFERENCES changes(id) ON DELETE CASCADE,
        side TEXT NOT NULL,
        position INTEGER NOT NULL,
        lineage_id INTEGER NOT NULL REFERENCES lineages(id) ON DELETE CASCADE,
        PRIMARY KEY (change_id, side, position)
    ) WITHOUT ROWID;
CREATE INDEX change_clauses_lineage ON change_clauses(lineage_id);
CREATE TABLE corrections (
        entry INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        document TEXT NOT NULL,
        who TEXT NOT NULL,
        made_on TEXT NOT NULL,
        why TEXT NOT NULL,
        snapshot TEXT NOT NULL,
        old TEXT NOT NULL,
        new TEXT NOT NULL,
        declared TEXT,
        applied INTEGER NOT NULL,
        problem TEXT NOT NULL
    );
CREATE VIEW changes_by_day AS
        SELECT substr(v.first_seen, 1, 10) AS day, d.slug AS document, v.number AS version, c.significance, c.kind,
            c.title, c.certainty, v.standing, v.origin, v.silent, v.seen_before, v.first_seen, c.id AS change_id
        FROM changes c JOIN versions v ON v.id = c.version_id JOIN documents d ON d.id = v.document_id
        WHERE v.origin <> 'technical'
        ORDER BY v.first_seen DESC, d.slug, c.rank;
CREATE VIEW clauses AS
        SELECT d.slug AS document, l.number AS lineage, coalesce(s.path, (SELECT p.path FROM spans p
                WHERE p.lineage_id = s.lineage_id AND p.first_version < s.first_version AND p.path IS NOT NULL
                ORDER BY p.first_version DESC LIMIT 1)) AS path, w.words, s.first_version, s.last_version,
            f.first_seen, t.last_seen,
            s.last_version = (SELECT max(number) FROM versions n WHERE n.document_id = d.id) AS current,
            w.id AS wording_id
        FROM spans s JOIN lineages l ON l.id = s.lineage_id JOIN documents d ON d.id = l.document_id
            JOIN wordings w ON w.id = s.wording_id
            JOIN versions f ON f.document_id = d.id AND f.number = s.first_version
            JOIN versions t ON t.document_id = d.id AND t.number = s.last_version;
CREATE TABLE withdrawals (
        id INTEGER PRIMARY KEY,
        title TEXT GENERATED ALWAYS AS ('withdrawn ' || substr(withdrawn_at, 1, 10)) VIRTUAL,
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        withdrawn_at TEXT NOT NULL,
        provenance TEXT NOT NULL
    );
CREATE UNIQUE INDEX withdrawals_key ON withdrawals(document_id, withdrawn_at);
CREATE TABLE sources (
        id INTEGER PRIMARY KEY,
        title TEXT GENERATED ALWAYS AS (name || ', ' || url) VIRTUAL,
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        url TEXT NOT NULL,
        language TEXT NOT NULL DEFAULT '',
        position INTEGER NOT NULL,
        since TEXT NOT NULL,
        ended_at TEXT,
        good_at TEXT,
        failures INTEGER NOT NULL DEFAULT 0
    );
CREATE UNIQUE INDEX sources_key ON sources(document_id, name);
CREATE TABLE looks (
        id INTEGER PRIMARY KEY,
        title TEXT GENERATED ALWAYS AS (outcome || ' since ' || substr(first_at, 1, 16)) VIRTUAL,
        source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
        outcome TEXT NOT NULL,
        junk TEXT NOT NULL,
        cause TEXT NOT NULL,
        reason TEXT NOT NULL,
        status INTEGER,
        url TEXT NOT NULL,
        first_at TEXT NOT NULL,
        last_at TEXT NOT NULL,
        times INTEGER NOT NULL
    );
CREATE INDEX looks_source ON looks(source_id);
CREATE TABLE _agenda (
        source_id INTEGER PRIMARY KEY REFERENCES sources(id) ON DELETE CASCADE,
        next_at TEXT NOT NULL,
        validated TEXT NOT NULL DEFAULT '',
        etag TEXT NOT NULL DEFAULT '',
        last_modified TEXT NOT NULL DEFAULT '',
        settled TEXT NOT NULL DEFAULT '',
        shown TEXT NOT NULL DEFAULT '',
        moved_to TEXT NOT NULL DEFAULT ''
    );
CREATE INDEX _agenda_next ON _agenda(next_at);
CREATE TABLE _state (
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (kind, name)
    ) WITHOUT ROWID;
CREATE TABLE _removals (
        change_id INTEGER PRIMARY KEY REFERENCES changes(id) ON DELETE CASCADE,
        searched INTEGER NOT NULL
    );
CREATE TABLE _unsearched (publisher TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE events (
        id INTEGER PRIMARY KEY,
        title TEXT GENERATED ALWAYS AS (kind || ', ' || substr(at, 1, 10)) VIRTUAL,
        uid TEXT NOT NULL UNIQUE,
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        old_fetched_at TEXT,
        old_source TEXT,
        old_sha256 TEXT,
        new_fetched_at TEXT,
        new_source TEXT,
        new_sha256 TEXT,
        state_before TEXT NOT NULL,
        state_after TEXT NOT NULL,
        seen_before TEXT,
        first_seen TEXT,
        page TEXT NOT NULL,
        note TEXT NOT NULL,
        corrects TEXT NOT NULL,
        superseded_by TEXT NOT NULL DEFAULT ''
    );
CREATE INDEX events_document ON events(document_id);
CREATE TABLE _heard (
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        what TEXT NOT NULL,
        fetched_at TEXT NOT NULL,
        source TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        PRIMARY KEY (document_id, what)
    ) WITHOUT ROWID;
INSERT INTO _sqlite_migrations (id, migration_set, name, applied_at) VALUES (1, 'clausetrail', '0001 first layout', '2026-01-01 00:00:00+00:00');
INSERT INTO _sqlite_migrations (id, migration_set, name, applied_at) VALUES (2, 'clausetrail', '0002 withdrawals, and the rule of confirmation', '2026-01-01 00:00:00+00:00');
INSERT INTO _sqlite_migrations (id, migration_set, name, applied_at) VALUES (3, 'clausetrail', '0003 sources, and what came of looking at them', '2026-01-01 00:00:00+00:00');
INSERT INTO _sqlite_migrations (id, migration_set, name, applied_at) VALUES (4, 'clausetrail', '0004 removals looked for elsewhere', '2026-01-01 00:00:00+00:00');
INSERT INTO _sqlite_migrations (id, migration_set, name, applied_at) VALUES (5, 'clausetrail', '0005 events', '2026-01-01 00:00:00+00:00');
INSERT INTO publishers (id, slug, title) VALUES (1, 'lampion', 'Lampion');
INSERT INTO documents (id, slug, title, publisher_id, policy, licence, attribution, url, confirmation, jurisdiction) VALUES (1, 'lampion/rules', 'Lampion Rules', 1, 'Rules', '', '', '', '48h', '');
INSERT INTO snapshots (id, document_id, source, fetched_at, seen_until, sha256, origin, record, url, media_type, status, headers, provenance, commit_id, verdict, reason, language, state, print, parser_revision, version_id) VALUES (1, 1, 'main', '2024-01-01T12:00:00+00:00', NULL, '24f1b5199e3a6b2c67dbb959b773c694b2b5096e6f4b05c549cc08d5a3c1998d', 'file', 'observed', '', 'text/plain', NULL, '[]', '[["commit","2bbd6d43c1194e74f011d737069453a5312ab9e0"]]', '2bbd6d43c1194e74f011d737069453a5312ab9e0', 'policy', '', '', '00865cca2150ef8b32b19bc28d04f9b4491a2626f9077792ffbc830a3368fee2', 'c75a20bd984ca26b03afe458d301e40aa1756fee491fbf26fe55cd40bfb81f87', 0, 1);
INSERT INTO snapshots (id, document_id, source, fetched_at, seen_until, sha256, origin, record, url, media_type, status, headers, provenance, commit_id, verdict, reason, language, state, print, parser_revision, version_id) VALUES (2, 1, 'main', '2024-02-01T12:00:00+00:00', NULL, 'ffd9346589cc112dc3d1b1caa5f6925b0a23d24464d2eed586f4ed66c5995a8a', 'file', 'observed', '', 'text/plain', NULL, '[]', '[["commit","1a7b0ec3db929f10015bde13ca37190371ac708a"]]', '1a7b0ec3db929f10015bde13ca37190371ac708a', 'policy', '', '', 'f80ca9f7bc1dca6a25775cb890665e8a9e30417b6f5a6fdf9bfbd2bb4238cbb6', 'e55576daadbb5a75173c75e4beea565c071bf6c2d05176fdbdd88df484ca1b16', 0, 2);
INSERT INTO snapshots (id, document_id, source, fetched_at, seen_until, sha256, origin, record, url, media_type, status, headers, provenance, commit_id, verdict, reason, language, state, print, parser_revision, version_id) VALUES (3, 1, 'main', '2024-03-01T12:00:00+00:00', NULL, 'd05fd223a51e4bc233dcba0231800289438f38e249789ae38343c2fd9aaf79fc', 'file', 'observed', '', 'text/plain', NULL, '[]', '[["commit","b77931bcd51af798ca31c0761346eccaf784c5d8"]]', 'b77931bcd51af798ca31c0761346eccaf784c5d8', 'policy', '', '', '8c589576fef6af91be34d749b338e176cf0e60ea4b512765d2ea91e95a7f949e', '2bd97e7b42044a888a04d056e4b43fce7fb278f6e51baf8ce67fd1c7242073c2', 0, 3);
INSERT INTO snapshots (id, document_id, source, fetched_at, seen_until, sha256, origin, record, url, media_type, status, headers, provenance, commit_id, verdict, reason, language, state, print, parser_revision, version_id) VALUES (4, 1, 'main', '2024-04-01T12:00:00+00:00', NULL, 'a6d2d36ce5e713b627d6a04374b5de727d470871e6de3ec9dcbbfa5679a5f043', 'file', 'observed', '', 'text/plain', NULL, '[]', '[["commit","3a0d006e5c4c95963bab2c2109c6592644048ea1"]]', '3a0d006e5c4c95963bab2c2109c6592644048ea1', 'policy', '', '', 'd0c0357ebd35f8e6579e9e10c4ce111cb61889fb3d4ddcd52a3abe7bc064114a', '04ad35b5727a4d310e3d63afaa9dc04ae46e98fa78744e8393beda79c6a92af1', 0, 4);
INSERT INTO wordings (id, hash, words, bigrams) VALUES (1, 277155240298439, 'Fair use', NULL);
INSERT INTO wordings (id, hash, words, bigrams) VALUES (2, 23961009951436, 'Customers may not resell the lantern service to third parties.', NULL);
INSERT INTO wordings (id, hash, words, bigrams) VALUES (3, 257496374695117, 'Invoices are due after 30 days.', NULL);
INSERT INTO wordings (id, hash, words, bigrams) VALUES (4, 123333846392965, 'Effective 2024-01-01', NULL);
INSERT INTO wordings (id, hash, words, bigrams) VALUES (5, 235621272671061, 'Customers must not resell the lantern service to third parties.', NULL);
INSERT INTO wordings (id, hash, words, bigrams) VALUES (6, 231522071149973, 'Lanterns that were lost are replaced once.', NULL);
INSERT INTO wordings (id, hash, words, bigrams) VALUES (7, 163922469866739, 'Effective 2024-02-01', NULL);
INSERT INTO wordings (id, hash, words, bigrams) VALUES (8, 57487269796724, 'They are replaced within a week.', NULL);
INSERT INTO wordings (id, hash, words, bigrams) VALUES (9, 158235274242065, 'Fair and honest use', NULL);
INSERT INTO wordings (id, hash, words, bigrams) VALUES (10, 100377592518248, 'Lanterns that were lost are replaced twice.', NULL);
INSERT INTO _forms (id, wording_id, kind, label, lead, heading, text, patch, links, anchor) VALUES (1, 1, 'section', '', '', NULL, NULL, NULL, NULL, '');
INSERT INTO _forms (id, wording_id, kind, label, lead, heading, text, patch, links, anchor) VALUES (2, 2, 'paragraph', '', '', NULL, NULL, NULL, NULL, '');
INSERT INTO _forms (id, wording_id, kind, label, lead, heading, text, patch, links, anchor) VALUES (3, 3, 'paragraph', '', '', NULL, NULL, NULL, NULL, '');
INSERT INTO _forms (id, wording_id, kind, label, lead, heading, text, patch, links, anchor) VALUES (4, 4, 'paragraph', '', '', NULL, NULL, NULL, NULL, '');
INSERT INTO _forms (id, wording_id, kind, label, lead, heading, text, patch, links, anchor) VALUES (5, 5, 'paragraph', '', '', NULL, NULL, NULL, NULL, '');
INSERT INTO _forms (id, wording_id, kind, label, lead, heading, text, patch, links, anchor) VALUES (6, 6, 'paragraph', '', '', NULL, NULL, NULL, NULL, '');
INSERT INTO _forms (id, wording_id, kind, label, lead, heading, text, patch, links, anchor) VALUES (7, 7, 'paragraph', '', '', NULL, NULL, NULL, NULL, '');
INSERT INTO _forms (id, wording_id, kind, label, lead, heading, text, patch, links, anchor) VALUES (8, 8, 'paragraph', '', '', NULL, NULL, NULL, NULL, '');
INSERT INTO _forms (id, wording_id, kind, label, lead, heading, text, patch, links, anchor) VALUES (9, 9, 'section', '', '', NULL, NULL, NULL, NULL, '');
INSERT INTO _forms (id, wording_id, kind, label, lead, heading, text, patch, links, anchor) VALUES (10, 10, 'paragraph', '', '', NULL, NULL, NULL, NULL, '');
INSERT INTO _trees (id, print, clauses, forms, places, facts) VALUES (1, 'c75a20bd984ca26b03afe458d301e40aa1756fee491fbf26fe55cd40bfb81f87', 4, X'789C636460606044C20000380005', X'789C636060606064400010FB3F102009313041C54118006A360403', '{"declared":[["effective","2024-01-01","Effective 2024-01-01",3,"day"]]}');
INSERT INTO _trees (id, print, clauses, forms, places, facts) VALUES (2, 'e55576daadbb5a75173c75e4beea565c071bf6c2d05176fdbdd88df484ca1b16', 5, X'789C636460606001E27FFFFFFF6706D28C400C002A4E0405', X'789C636060606064400520FE7F204013666082CAC130008A4A0404', '{"declared":[["effective","2024-02-01","Effective 2024-02-01",4,"day"]]}');
INSERT INTO _trees (id, print, clauses, forms, places, facts) VALUES (3, '2bd97e7b42044a888a04d056e4b43fce7fb278f6e51baf8ce67fd1c7242073c2', 5, X'789C6364606060016246206602E2FF4000000A7A0405', X'789C636060606064400520FE7F204013666082CAC130008A4A0404', '{"declared":[["effective","2024-02-01","Effective 2024-02-01",4,"day"]]}');
INSERT INTO _trees (id, print, clauses, forms, places, facts) VALUES (4, '04ad35b5727a4d310e3d63afaa9dc04ae46e98fa78744e8393beda79c6a92af1', 5, X'789C636660606003624620FEF71F020024900802', X'789C6360800046065400E2FF0702743E33940DC200B4240801', '{"declared":[["effective","2024-02-01","Effective 2024-02-01",4,"day"]]}');
INSERT INTO versions (id, document_id, number, origin, standing, seen_before, first_seen, last_seen, confirmed_at, reverts_to, significance, silent, effective, updated, published, clauses, relabelled, edited, moved, moved_edited, split, merged, rewritten, added, removed, state, lineages, parser_revision, differ_revision, rules_revision) VALUES (1, 1, 1, 'first', 'confirmed', NULL, '2024-01-01T12:00:00+00:00', '2024-01-01T12:00:00+00:00', '2024-01-03T12:00:00+00:00', NULL, NULL, NULL, '2024-01-01', NULL, NULL, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, '00865cca2150ef8b32b19bc28d04f9b4491a2626f9077792ffbc830a3368fee2', X'789C636460606044C20000380005', 1, 2, 3);
INSERT INTO versions (id, document_id, number, origin, standing, seen_before, first_seen, last_seen, confirmed_at, reverts_to, significance, silent, effective, updated, published, clauses, relabelled, edited, moved, moved_edited, split, merged, rewritten, added, removed, state, lineages, parser_revision, differ_revision, rules_revision) VALUES (2, 1, 2, 'change', 'confirmed', '2024-01-01T12:00:00+00:00', '2024-02-01T12:00:00+00:00', '2024-02-01T12:00:00+00:00', '2024-02-03T12:00:00+00:00', NULL, 'substantive', 0, '2024-02-01', NULL, NULL, 5, 0, 2, 0, 0, 0, 0, 0, 1, 0, 'f80ca9f7bc1dca6a25775cb890665e8a9e30417b6f5a6fdf9bfbd2bb4238cbb6', X'789C636460606084622620FE0F04000A4A0402', 1, 2, 3);
INSERT INTO versions (id, document_id, number, origin, standing, seen_before, first_seen, last_seen, confirmed_at, reverts_to, significance, silent, effective, updated, published, clauses, relabelled, edited, moved, moved_edited, split, merged, rewritten, added, removed, state, lineages, parser_revision, differ_revision, rules_revision) VALUES (3, 1, 3, 'change', 'confirmed', '2024-02-01T12:00:00+00:00', '2024-03-01T12:00:00+00:00', '2024-03-01T12:00:00+00:00', '2024-03-03T12:00:00+00:00', NULL, 'substantive', 1, '2024-02-01', NULL, NULL, 5, 0, 0, 0, 0, 1, 0, 0, 0, 1, '8c589576fef6af91be34d749b338e176cf0e60ea4b512765d2ea91e95a7f949e', X'789C636460606004626628FDEFFFFFFF000A560402', 1, 2, 3);
INSERT INTO versions (id, document_id, number, origin, standing, seen_before, first_seen, last_seen, confirmed_at, reverts_to, significance, silent, effective, updated, published, clauses, relabelled, edited, moved, moved_edited, split, merged, rewritten, added, removed, state, lineages, parser_revision, differ_revision, rules_revision) VALUES (4, 1, 4, 'change', 'pending', '2024-03-01T12:00:00+00:00', '2024-04-01T12:00:00+00:00', '2024-04-01T12:00:00+00:00', NULL, NULL, 'substantive', 1, '2024-02-01', NULL, NULL, 5, 0, 2, 0, 0, 0, 0, 0, 1, 1, 'd0c0357ebd35f8e6579e9e10c4ce111cb61889fb3d4ddcd52a3abe7bc064114a', X'789C63666060F8F7FFFF7F1620CD08650300443007FF', 1, 2, 3);
INSERT INTO variants (version_id, rank, first_seen, last_seen, snapshot_id, tree_id) VALUES (1, 0, '2024-01-01T12:00:00+00:00', '2024-01-01T12:00:00+00:00', 1, 1);
INSERT INTO variants (version_id, rank, first_seen, last_seen, snapshot_id, tree_id) VALUES (2, 0, '2024-02-01T12:00:00+00:00', '2024-02-01T12:00:00+00:00', 2, 2);
INSERT INTO variants (version_id, rank, first_seen, last_seen, snapshot_id, tree_id) VALUES (3, 0, '2024-03-01T12:00:00+00:00', '2024-03-01T12:00:00+00:00', 3, 3);
INSERT INTO variants (version_id, rank, first_seen, last_seen, snapshot_id, tree_id) VALUES (4, 0, '2024-04-01T12:00:00+00:00', '2024-04-01T12:00:00+00:00', 4, 4);
INSERT INTO declared_dates (version_id, rank, kind, date, precision, text, position, new) VALUES (1, 0, 'effective', '2024-01-01', 'day', 'Effective 2024-01-01', 3, 1);
INSERT INTO declared_dates (version_id, rank, kind, date, precision, text, position, new) VALUES (2, 0, 'effective', '2024-02-01', 'day', 'Effective 2024-02-01', 4, 1);
INSERT INTO declared_dates (version_id, rank, kind, date, precision, text, position, new) VALUES (3, 0, 'effective', '2024-02-01', 'day', 'Effective 2024-02-01', 4, 0);
INSERT INTO declared_dates (version_id, rank, kind, date, precision, text, position, new) VALUES (4, 0, 'effective', '2024-02-01', 'day', 'Effective 2024-02-01', 4, 0);
INSERT INTO lineages (id, title, document_id, number, introduced, position, ended) VALUES (1, 'Fair and honest use', 1, 1, 1, 0, NULL);
INSERT INTO lineages (id, title, document_id, number, introduced, position, ended) VALUES (2, 'Customers must not resell the lantern s…', 1, 2, 1, 1, 4);
INSERT INTO lineages (id, title, document_id, number, introduced, position, ended) VALUES (3, 'Invoices are due after 30 days.', 1, 3, 1, 2, NULL);
INSERT INTO lineages (id, title, document_id, number, introduced, position, ended) VALUES (4, 'Effective 2024-02-01', 1, 4, 1, 3, NULL);
INSERT INTO lineages (id, title, document_id, number, introduced, position, ended) VALUES (5, 'Lanterns that were lost are replaced tw…', 1, 5, 2, 3, NULL);
INSERT INTO lineages (id, title, document_id, number, introduced, position, ended) VALUES (6, 'They are replaced within a week.', 1, 6, 3, 3, NULL);
INSERT INTO lineage_links (child_id, rank, parent_id, descent, version) VALUES (6, 0, 5, 'split', 3);
INSERT INTO spans (lineage_id, first_version, last_version, wording_id, path) VALUES (1, 1, 3, 1, 'Fair use');
INSERT INTO spans (lineage_id, first_version, last_version, wording_id, path) VALUES (1, 4, 4, 9, 'Fair and honest use');
INSERT INTO spans (lineage_id, first_version, last_version, wording_id, path) VALUES (2, 1, 1, 2, 'Fair use › 1');
INSERT INTO spans (lineage_id, first_version, last_version, wording_id, path) VALUES (2, 2, 3, 5, NULL);
INSERT INTO spans (lineage_id, first_version, last_version, wording_id, path) VALUES (3, 1, 2, 3, 'Fair use › 2');
INSERT INTO spans (lineage_id, first_version, last_version, wording_id, path) VALUES (3, 4, 4, 3, '1');
INSERT INTO spans (lineage_id, first_version, last_version, wording_id, path) VALUES (4, 1, 1, 4, 'Fair use › 3');
INSERT INTO spans (lineage_id, first_version, last_version, wording_id, path) VALUES (4, 2, 4, 7, 'Fair use › 4');
INSERT INTO spans (lineage_id, first_version, last_version, wording_id, path) VALUES (5, 2, 3, 6, 'Fair use › 3');
INSERT INTO spans (lineage_id, first_version, last_version, wording_id, path) VALUES (5, 4, 4, 10, 'Fair and honest use › 1');
INSERT INTO spans (lineage_id, first_version, last_version, wording_id, path) VALUES (6, 3, 4, 8, 'Fair use › 3');
INSERT INTO changes (id, title, version_id, rank, kind, certainty, significance, signals, operations, importance, evidence) VALUES (1, 'added: Fair use › 3', 2, 0, 'added', 'likely', 'substantive', '[["added","","…"],["modal","……","must"]]', '+42', 100.0, 'shares "it"');
INSERT INTO changes (id, title, version_id, rank, kind, certainty, significance, signals, operations, importance, evidence) VALUES (2, 'edited: Fair use › 4: “1” → “2”', 2, 1, 'edited', 'likely', 'substantive', '[["edited","…","…"],["modal","……","must"]]', '=16-1+1=3', 99.0, 'shares "it"');
INSERT INTO changes (id, title, version_id, rank, kind, certainty, significance, signals, operations, importance, evidence) VALUES (3, 'edited: Fair use › 1: “ay” → “ust”', 2, 2, 'edited', 'likely', 'substantive', '[["edited","…","…"],["modal","……","must"]]', '=11-2+3=49', 98.0, 'shares "it"');
INSERT INTO changes (id, title, version_id, rank, kind, certainty, significance, signals, operations, importance, evidence) VALUES (4, 'removed: Fair use › 2', 3, 0, 'removed', 'likely', 'substantive', '[["removed","…",""],["modal","……","must"]]', '-31', 100.0, 'shares "it"');
INSERT INTO changes (id, title, version_id, rank, kind, certainty, significance, signals, operations, importance, evidence) VALUES (5, 'split: Fair use › 2: into 2', 3, 1, 'split', 'likely', 'substantive', '[["split","…","…"],["modal","……","must"]]', '=42+33', 99.0, 'shares "it"');
INSERT INTO changes (id, title, version_id, rank, kind, certainty, significance, signals, operations, importance, evidence) VALUES (6, 'added: 1', 4, 0, 'added', 'likely', 'substantive', '[["added","","…"],["modal","……","must"]]', '+31', 100.0, 'shares "it"');
INSERT INTO changes (id, title, version_id, rank, kind, certainty, significance, signals, operations, importance, evidence) VALUES (7, 'edited: Fair and honest use › 1: “on” → “twi”', 4, 1, 'edited', 'likely', 'substantive', '[["edited","…","…"],["modal","……","must"]]', '=37-2+3=3', 99.0, 'shares "it"');
INSERT INTO changes (id, title, version_id, rank, kind, certainty, significance, signals, operations, importance, evidence) VALUES (8, 'removed: Fair use › 1', 4, 2, 'removed', 'likely', 'substantive', '[["removed","…",""],["modal","……","must"]]', '-63', 98.0, 'shares "it"');
INSERT INTO changes (id, title, version_id, rank, kind, certainty, significance, signals, operations, importance, evidence) VALUES (9, 'edited: Fair and honest use: “” → “and honest”', 4, 3, 'edited', 'likely', 'substantive', '[["edited","…","…"],["modal","……","must"]]', '=5+11=3', 97.0, 'shares "it"');
INSERT INTO change_clauses (change_id, side, position, lineage_id) VALUES (9, 'new', 1, 1);
INSERT INTO change_clauses (change_id, side, position, lineage_id) VALUES (9, 'old', 0, 1);
INSERT INTO change_clauses (change_id, side, position, lineage_id) VALUES (3, 'new', 1, 2);
INSERT INTO change_clauses (change_id, side, position, lineage_id) VALUES (3, 'old', 1, 2);
INSERT INTO change_clauses (change_id, side, position, lineage_id) VALUES (8, 'old', 1, 2);
INSERT INTO change_clauses (change_id, side, position, lineage_id) VALUES (4, 'old', 2, 3);
INSERT INTO change_clauses (change_id, side, position, lineage_id) VALUES (6, 'new', 0, 3);
INSERT INTO change_clauses (change_id, side, position, lineage_id) VALUES (2, 'new', 4, 4);
INSERT INTO change_clauses (change_id, side, position, lineage_id) VALUES (2, 'old', 3, 4);
INSERT INTO change_clauses (change_id, side, position, lineage_id) VALUES (1, 'new', 3, 5);
INSERT INTO change_clauses (change_id, side, position, lineage_id) VALUES (5, 'new', 2, 5);
INSERT INTO change_clauses (change_id, side, position, lineage_id) VALUES (5, 'old', 3, 5);
INSERT INTO change_clauses (change_id, side, position, lineage_id) VALUES (7, 'new', 2, 5);
INSERT INTO change_clauses (change_id, side, position, lineage_id) VALUES (7, 'old', 2, 5);
INSERT INTO change_clauses (change_id, side, position, lineage_id) VALUES (5, 'new', 3, 6);
INSERT INTO _unsearched (publisher) VALUES ('lampion');
INSERT INTO wordings_fts (wordings_fts) VALUES ('rebuild');
PRAGMA application_id = 1131172978;
PRAGMA user_version = 5;
