"""The tables, as the migrations make them.  What a release has shipped is never edited: append a migration.

Names that begin with an underscore are helpers, of no use to a reader.  A column `title` is what Datasette prints
for a row that another one refers to.  Times are ISO 8601 in UTC, days `YYYY-MM-DD`; both sort as text.
"""

HIDDEN_TABLES = (
    "_agenda",
    "_forms",
    "_heard",
    "_removals",
    "_state",
    "_trees",
    "_unsearched",
    "_sqlite_migrations",
    "wordings_fts",
)
"""What a site should not list; the shadow tables of the full-text index begin with its name."""

_DOCUMENTS = (
    """CREATE TABLE publishers (
        id INTEGER PRIMARY KEY,
        slug TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL
    )""",
    """CREATE TABLE documents (
        id INTEGER PRIMARY KEY,
        slug TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        publisher_id INTEGER NOT NULL REFERENCES publishers(id),
        policy TEXT NOT NULL,
        licence TEXT NOT NULL DEFAULT '',
        attribution TEXT NOT NULL DEFAULT '',
        url TEXT NOT NULL DEFAULT ''
    )""",
    """CREATE TABLE aliases (
        slug TEXT PRIMARY KEY,
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE
    ) WITHOUT ROWID""",
    """CREATE TABLE snapshots (
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
    )""",
    # In this order the index reads a document's snapshots in the order of history.
    "CREATE UNIQUE INDEX snapshots_key ON snapshots(document_id, fetched_at, source, sha256)",
    "CREATE INDEX snapshots_sha256 ON snapshots(sha256)",
    "CREATE INDEX snapshots_version ON snapshots(version_id)",
    "CREATE INDEX snapshots_commit ON snapshots(commit_id) WHERE commit_id IS NOT NULL",
)

_TEXT = (
    """CREATE TABLE wordings (
        id INTEGER PRIMARY KEY,
        hash INTEGER NOT NULL,
        words TEXT NOT NULL,
        bigrams TEXT
    )""",
    "CREATE INDEX wordings_hash ON wordings(hash)",
    """CREATE VIRTUAL TABLE wordings_fts USING fts5(
        words, bigrams, content="wordings", content_rowid="id", tokenize="unicode61 remove_diacritics 2"
    )""",
    """CREATE TABLE _forms (
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
    )""",
    "CREATE INDEX _forms_wording ON _forms(wording_id)",
    """CREATE TABLE _trees (
        id INTEGER PRIMARY KEY,
        print TEXT NOT NULL UNIQUE,
        clauses INTEGER NOT NULL,
        forms BLOB NOT NULL,
        places BLOB NOT NULL,
        facts TEXT NOT NULL
    )""",
)

_VERSIONS = (
    """CREATE TABLE versions (
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
    )""",
    "CREATE UNIQUE INDEX versions_key ON versions(document_id, number)",
    "CREATE INDEX versions_first_seen ON versions(first_seen)",
    """CREATE TABLE variants (
        version_id INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
        rank INTEGER NOT NULL,
        first_seen TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        snapshot_id INTEGER NOT NULL REFERENCES snapshots(id) ON DELETE CASCADE,
        tree_id INTEGER NOT NULL REFERENCES _trees(id),
        PRIMARY KEY (version_id, rank)
    ) WITHOUT ROWID""",
    "CREATE INDEX variants_snapshot ON variants(snapshot_id)",
    "CREATE INDEX variants_tree ON variants(tree_id)",
    """CREATE TABLE declared_dates (
        version_id INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
        rank INTEGER NOT NULL,
        kind TEXT NOT NULL,
        date TEXT NOT NULL,
        precision TEXT NOT NULL,
        text TEXT NOT NULL,
        position INTEGER NOT NULL,
        new INTEGER NOT NULL,
        PRIMARY KEY (version_id, rank)
    ) WITHOUT ROWID""",
    """CREATE TABLE announcements (
        version_id INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
        rank INTEGER NOT NULL,
        date TEXT NOT NULL,
        text TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (version_id, rank)
    ) WITHOUT ROWID""",
)

_LINEAGES = (
    """CREATE TABLE lineages (
        id INTEGER PRIMARY KEY,
        title TEXT NOT NULL,
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        introduced INTEGER NOT NULL,
        position INTEGER NOT NULL,
        ended INTEGER
    )""",
    "CREATE UNIQUE INDEX lineages_key ON lineages(document_id, number)",
    """CREATE TABLE lineage_links (
        child_id INTEGER NOT NULL REFERENCES lineages(id) ON DELETE CASCADE,
        rank INTEGER NOT NULL,
        parent_id INTEGER NOT NULL REFERENCES lineages(id) ON DELETE CASCADE,
        descent TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (child_id, rank)
    ) WITHOUT ROWID""",
    "CREATE INDEX lineage_links_parent ON lineage_links(parent_id)",
    """CREATE TABLE spans (
        lineage_id INTEGER NOT NULL REFERENCES lineages(id) ON DELETE CASCADE,
        first_version INTEGER NOT NULL,
        last_version INTEGER NOT NULL,
        wording_id INTEGER NOT NULL REFERENCES wordings(id),
        path TEXT,
        PRIMARY KEY (lineage_id, first_version)
    ) WITHOUT ROWID""",
    "CREATE INDEX spans_wording ON spans(wording_id)",
)

_CHANGES = (
    """CREATE TABLE changes (
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
    )""",
    "CREATE UNIQUE INDEX changes_key ON changes(version_id, rank)",
    """CREATE TABLE change_clauses (
        change_id INTEGER NOT NULL REFERENCES changes(id) ON DELETE CASCADE,
        side TEXT NOT NULL,
        position INTEGER NOT NULL,
        lineage_id INTEGER NOT NULL REFERENCES lineages(id) ON DELETE CASCADE,
        PRIMARY KEY (change_id, side, position)
    ) WITHOUT ROWID""",
    "CREATE INDEX change_clauses_lineage ON change_clauses(lineage_id)",
    """CREATE TABLE corrections (
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
    )""",
)

_VIEWS = (
    """CREATE VIEW changes_by_day AS
        SELECT substr(v.first_seen, 1, 10) AS day, d.slug AS document, v.number AS version, c.significance, c.kind,
            c.title, c.certainty, v.standing, v.origin, v.silent, v.seen_before, v.first_seen, c.id AS change_id
        FROM changes c JOIN versions v ON v.id = c.version_id JOIN documents d ON d.id = v.document_id
        WHERE v.origin <> 'technical'
        ORDER BY v.first_seen DESC, d.slug, c.rank""",
    """CREATE VIEW clauses AS
        SELECT d.slug AS document, l.number AS lineage, coalesce(s.path, (SELECT p.path FROM spans p
                WHERE p.lineage_id = s.lineage_id AND p.first_version < s.first_version AND p.path IS NOT NULL
                ORDER BY p.first_version DESC LIMIT 1)) AS path, w.words, s.first_version, s.last_version,
            f.first_seen, t.last_seen,
            s.last_version = (SELECT max(number) FROM versions n WHERE n.document_id = d.id) AS current,
            w.id AS wording_id
        FROM spans s JOIN lineages l ON l.id = s.lineage_id JOIN documents d ON d.id = l.document_id
            JOIN wordings w ON w.id = s.wording_id
            JOIN versions f ON f.document_id = d.id AND f.number = s.first_version
            JOIN versions t ON t.document_id = d.id AND t.number = s.last_version""",
)

PUBLISHED_1 = (*_DOCUMENTS, *_TEXT, *_VERSIONS, *_LINEAGES, *_CHANGES, *_VIEWS)

PUBLISHED_2 = (
    """CREATE TABLE withdrawals (
        id INTEGER PRIMARY KEY,
        title TEXT GENERATED ALWAYS AS ('withdrawn ' || substr(withdrawn_at, 1, 10)) VIRTUAL,
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        withdrawn_at TEXT NOT NULL,
        provenance TEXT NOT NULL
    )""",
    "CREATE UNIQUE INDEX withdrawals_key ON withdrawals(document_id, withdrawn_at)",
    # Histories that an earlier schema holds were derived with this rule.
    "ALTER TABLE documents ADD COLUMN confirmation TEXT NOT NULL DEFAULT '48h'",
)

PUBLISHED_3 = (
    # The pages that a workspace looks at; one that is declared no more keeps its row, and has ended.
    """CREATE TABLE sources (
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
    )""",
    "CREATE UNIQUE INDEX sources_key ON sources(document_id, name)",
    # Looks in a row of which the same came are one row.
    """CREATE TABLE looks (
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
    )""",
    "CREATE INDEX looks_source ON looks(source_id)",
    """CREATE TABLE _agenda (
        source_id INTEGER PRIMARY KEY REFERENCES sources(id) ON DELETE CASCADE,
        next_at TEXT NOT NULL,
        validated TEXT NOT NULL DEFAULT '',
        etag TEXT NOT NULL DEFAULT '',
        last_modified TEXT NOT NULL DEFAULT '',
        settled TEXT NOT NULL DEFAULT '',
        shown TEXT NOT NULL DEFAULT '',
        moved_to TEXT NOT NULL DEFAULT ''
    )""",
    "CREATE INDEX _agenda_next ON _agenda(next_at)",
    # What must outlive a restart and is of no use to a reader: hosts' turns, robots.txt, where an import goes on.
    """CREATE TABLE _state (
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (kind, name)
    ) WITHOUT ROWID""",
    "ALTER TABLE documents ADD COLUMN jurisdiction TEXT NOT NULL DEFAULT ''",
)

PUBLISHED_4 = (
    # Removals that are firm by their own document, with a digest of what else they were looked for in.
    """CREATE TABLE _removals (
        change_id INTEGER PRIMARY KEY REFERENCES changes(id) ON DELETE CASCADE,
        searched INTEGER NOT NULL
    )""",
    # Publishers of whom something was written since their removals were looked for.
    "CREATE TABLE _unsearched (publisher TEXT PRIMARY KEY) WITHOUT ROWID",
    "INSERT INTO _unsearched (publisher) SELECT slug FROM publishers",
)

EVIDENCE_1 = (
    """CREATE TABLE blobs (
        id INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE,
        page TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        size INTEGER NOT NULL,
        base_id INTEGER REFERENCES blobs(id),
        data BLOB NOT NULL
    )""",
    "CREATE INDEX blobs_page ON blobs(page, ordinal)",
)

EVIDENCE_2 = (
    # `sample` is what the first row of a page says, whole: what later ones say is packed against it.
    """CREATE TABLE pages (
        id INTEGER PRIMARY KEY,
        document TEXT NOT NULL,
        source TEXT NOT NULL,
        sample BLOB NOT NULL DEFAULT x'',
        UNIQUE (document, source)
    )""",
    # Rows are only ever appended; their numbers have no gaps.  A redacted blob has no data.
    """CREATE TABLE entries (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        page_id INTEGER NOT NULL REFERENCES pages(id),
        fetched_at TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        blob_id INTEGER NOT NULL REFERENCES blobs(id),
        about BLOB NOT NULL,
        link BLOB NOT NULL
    )""",
    "CREATE UNIQUE INDEX entries_key ON entries(page_id, fetched_at, blob_id) WHERE kind = 'snapshot'",
    "CREATE INDEX entries_blob ON entries(blob_id)",
    "CREATE INDEX blobs_base ON blobs(base_id)",
)

EVIDENCE_3 = (
    # What authorities signed of the chain's links: beside the chain and never part of it.
    """CREATE TABLE stamps (
        id INTEGER PRIMARY KEY,
        number INTEGER NOT NULL,
        link BLOB NOT NULL,
        requested_at TEXT NOT NULL,
        authority TEXT NOT NULL,
        token BLOB NOT NULL
    )""",
    "CREATE INDEX stamps_number ON stamps(number)",
)
