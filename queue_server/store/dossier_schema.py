"""The tables of dossiers. What is personal stands in columns that are sealed (BLOB) and can be emptied; the history
beside them names nobody and is only ever added to."""

from __future__ import annotations

STATEMENTS = (
    """CREATE TABLE dossier_sequence (
        unit TEXT NOT NULL,
        day TEXT NOT NULL,
        last INTEGER NOT NULL CHECK (last >= 1),
        PRIMARY KEY (unit, day)
    ) STRICT""",
    # owner: id, birth date and name; answers: the form as filed; both null once erased. owner_key and content_key find
    # them again without telling them: HMACs under a key that is not in the database.
    """CREATE TABLE dossier (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        code TEXT NOT NULL UNIQUE,
        unit TEXT NOT NULL,
        day TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        procedure TEXT NOT NULL,
        procedure_version TEXT NOT NULL,
        form TEXT NOT NULL,
        form_version TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'received', 'supplement-requested', 'processing',
            'result-ready', 'returned', 'refused', 'withdrawn')),
        language TEXT NOT NULL,
        consent TEXT NOT NULL,
        filed_at TEXT NOT NULL,
        received_at TEXT,
        due_at TEXT,
        ended_at TEXT,
        extensions INTEGER NOT NULL DEFAULT 0,
        fee INTEGER,
        reused INTEGER NOT NULL DEFAULT 0,
        ticket INTEGER REFERENCES ticket (id),
        track_token TEXT NOT NULL UNIQUE,
        owner_key BLOB,
        content_key BLOB UNIQUE,
        owner BLOB,
        answers BLOB,
        erased_at TEXT,
        UNIQUE (unit, day, sequence),
        CHECK ((owner IS NULL) = (erased_at IS NOT NULL)),
        CHECK ((answers IS NULL) = (owner IS NULL)),
        CHECK ((owner_key IS NULL) = (owner IS NULL)),
        CHECK (content_key IS NULL OR owner IS NOT NULL),
        CHECK ((ended_at IS NOT NULL) = (state IN ('returned', 'refused', 'withdrawn')))
    ) STRICT""",
    "CREATE INDEX dossier_state ON dossier (state, id)",
    "CREATE INDEX dossier_owner ON dossier (owner_key) WHERE owner_key IS NOT NULL",
    "CREATE INDEX dossier_draft ON dossier (filed_at) WHERE state = 'draft' AND erased_at IS NULL",
    "CREATE INDEX dossier_ended ON dossier (ended_at) WHERE ended_at IS NOT NULL AND erased_at IS NULL",
    "CREATE INDEX dossier_ticket ON dossier (ticket) WHERE ticket IS NOT NULL",
    """CREATE TABLE dossier_event (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        dossier INTEGER NOT NULL REFERENCES dossier (id),
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        act TEXT NOT NULL,
        data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data))
    ) STRICT""",
    "CREATE INDEX dossier_event_of ON dossier_event (dossier)",
    """CREATE TRIGGER dossier_event_is_final BEFORE UPDATE ON dossier_event
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
    """CREATE TRIGGER dossier_event_is_kept BEFORE DELETE ON dossier_event
        BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END""",
    """CREATE TRIGGER dossier_is_kept BEFORE DELETE ON dossier
        BEGIN SELECT RAISE(ABORT, 'dossiers are emptied, never deleted'); END""",
    # A clerk's reason is free text and may name somebody: apart from the history, so that it can be erased.
    """CREATE TABLE dossier_reason (
        event INTEGER PRIMARY KEY REFERENCES dossier_event (id),
        reason BLOB NOT NULL
    ) STRICT""",
    # The content is a sealed file of the same name; key: which one sealed it; expires_at: while no dossier names it.
    """CREATE TABLE attachment (
        digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
        media_type TEXT NOT NULL CHECK (media_type IN ('application/pdf', 'image/jpeg', 'image/png')),
        bytes INTEGER NOT NULL CHECK (bytes BETWEEN 1 AND 10485760),
        pages INTEGER NOT NULL CHECK (pages >= 1),
        key TEXT NOT NULL,
        at TEXT NOT NULL,
        expires_at TEXT
    ) STRICT""",
    "CREATE INDEX attachment_expires ON attachment (expires_at) WHERE expires_at IS NOT NULL",
    """CREATE TABLE dossier_paper (
        dossier INTEGER NOT NULL REFERENCES dossier (id),
        type TEXT NOT NULL,
        place INTEGER NOT NULL,
        source TEXT NOT NULL CHECK (source IN ('captured', 'held', 'at-counter')),
        required INTEGER NOT NULL CHECK (required IN (0, 1)),
        digitise INTEGER NOT NULL CHECK (digitise IN (0, 1)),
        digest TEXT REFERENCES attachment (digest),
        checked INTEGER NOT NULL DEFAULT 0 CHECK (checked IN (0, 1)),
        PRIMARY KEY (dossier, type)
    ) STRICT""",
    "CREATE INDEX dossier_paper_digest ON dossier_paper (digest) WHERE digest IS NOT NULL",
    # The newest copy of each kind of paper that an owner has handed in, while it may be used again.
    """CREATE TABLE held_paper (
        owner_key BLOB NOT NULL,
        type TEXT NOT NULL,
        digest TEXT NOT NULL REFERENCES attachment (digest),
        dossier INTEGER NOT NULL REFERENCES dossier (id),
        digitised_on TEXT NOT NULL,
        valid_until TEXT NOT NULL,
        PRIMARY KEY (owner_key, type)
    ) STRICT""",
    "CREATE INDEX held_paper_digest ON held_paper (digest)",
    "CREATE INDEX held_paper_dossier ON held_paper (dossier)",
    # Who looked at, took out, erased or sealed anew what is personal, and when: numbers and ids of dossiers only.
    """CREATE TABLE personal_audit (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        act TEXT NOT NULL,
        dossier INTEGER REFERENCES dossier (id),
        data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data))
    ) STRICT""",
    "CREATE INDEX personal_audit_dossier ON personal_audit (dossier, actor, act)",
    """CREATE TRIGGER personal_audit_is_final BEFORE UPDATE ON personal_audit
        BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END""",
    """CREATE TRIGGER personal_audit_is_kept BEFORE DELETE ON personal_audit
        BEGIN SELECT RAISE(ABORT, 'the audit is never deleted'); END""",
)
