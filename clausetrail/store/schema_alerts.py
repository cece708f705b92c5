"""The tables of alerts: events, which name nobody, and the private file of those who hear of them; see `schema`."""

PUBLISHED_5 = (
    # What is told to those who asked; it names nobody.  A uid is never given twice.
    """CREATE TABLE events (
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
    )""",
    "CREATE INDEX events_document ON events(document_id)",
    # Up to which snapshots the events of a document were raised.
    """CREATE TABLE _heard (
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        what TEXT NOT NULL,
        fetched_at TEXT NOT NULL,
        source TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        PRIMARY KEY (document_id, what)
    ) WITHOUT ROWID""",
)

PRIVATE_1 = (
    """CREATE TABLE subscribers (
        id INTEGER PRIMARY KEY,
        channel TEXT NOT NULL,
        address TEXT NOT NULL,
        secret TEXT NOT NULL,
        zone TEXT NOT NULL,
        quiet TEXT NOT NULL,
        disabled TEXT NOT NULL DEFAULT '',
        created_at TEXT NOT NULL,
        UNIQUE (channel, address)
    )""",
    """CREATE TABLE subscriptions (
        id INTEGER PRIMARY KEY,
        subscriber_id INTEGER NOT NULL REFERENCES subscribers(id) ON DELETE CASCADE,
        wish TEXT NOT NULL,
        cadence TEXT NOT NULL,
        token TEXT NOT NULL UNIQUE,
        created_at TEXT NOT NULL
    )""",
    "CREATE INDEX subscriptions_subscriber ON subscriptions(subscriber_id)",
    # The outbox: what is queued, and what nobody took (dead, no next attempt).  `message` is the idempotency key.
    """CREATE TABLE deliveries (
        id INTEGER PRIMARY KEY,
        event TEXT NOT NULL,
        subscription_id INTEGER NOT NULL REFERENCES subscriptions(id) ON DELETE CASCADE,
        channel TEXT NOT NULL,
        message TEXT NOT NULL,
        due_at TEXT NOT NULL,
        next_at TEXT,
        attempts INTEGER NOT NULL DEFAULT 0,
        error TEXT NOT NULL DEFAULT '',
        UNIQUE (event, subscription_id, channel)
    )""",
    "CREATE INDEX deliveries_next ON deliveries(next_at)",
    "CREATE INDEX deliveries_message ON deliveries(message)",
    "CREATE INDEX deliveries_subscription ON deliveries(subscription_id)",
    """CREATE TABLE sent (
        event TEXT NOT NULL,
        subscription_id INTEGER NOT NULL REFERENCES subscriptions(id) ON DELETE CASCADE,
        message TEXT NOT NULL,
        sent_at TEXT NOT NULL,
        PRIMARY KEY (event, subscription_id)
    ) WITHOUT ROWID""",
    "CREATE INDEX sent_subscription ON sent(subscription_id)",
    # Subscriptions that whoever has the address did not confirm yet; nothing but the letter that asks goes there.
    """CREATE TABLE asks (
        name TEXT PRIMARY KEY,
        hash TEXT NOT NULL,
        channel TEXT NOT NULL,
        address TEXT NOT NULL,
        wish TEXT NOT NULL,
        cadence TEXT NOT NULL,
        zone TEXT NOT NULL,
        quiet TEXT NOT NULL,
        asked_at TEXT NOT NULL,
        sent_at TEXT
    ) WITHOUT ROWID""",
    "CREATE INDEX asks_hash ON asks(hash)",
    # Who is never to be written to again, as keyed hashes.
    """CREATE TABLE suppressions (
        hash TEXT PRIMARY KEY,
        why TEXT NOT NULL,
        at TEXT NOT NULL
    ) WITHOUT ROWID""",
    # The salt of those hashes, the key that links are signed with, and the event up to which all are expanded.
    """CREATE TABLE facts (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) WITHOUT ROWID""",
)
