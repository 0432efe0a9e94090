import Storage

/// The tables of the index, in a SQLite file of its own whatever the main database is.
package enum SearchSchema {
    package static let migrations: [Migration] = [
        Migration(
            slice: "searching", number: 1,
            statements: [
                """
                CREATE TABLE search_document (
                    id INTEGER PRIMARY KEY,
                    kind TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    weight BIGINT NOT NULL,
                    title TEXT NOT NULL,
                    text TEXT NOT NULL,
                    day TEXT,
                    UNIQUE (kind, subject)
                )
                """,
                "CREATE INDEX search_document_order ON search_document (weight, id)",
                // Words are stored cut already, so that no process needs a tokenizer of ours to open the file.
                """
                CREATE VIRTUAL TABLE search_word USING fts5(
                    words, content='', detail=none, columnsize=0, tokenize='unicode61 remove_diacritics 0'
                )
                """,
            ]),
        Migration(
            slice: "searching", number: 2,
            statements: [
                "DROP TABLE search_word",
                // The words are cut and folded already: this tokenizer only parts them at the blanks.
                """
                CREATE VIRTUAL TABLE search_word USING fts5(
                    words, content='', detail=none, columnsize=0, tokenize='ascii'
                )
                """,
            ]),
        Migration(
            slice: "searching", number: 3,
            statements: [
                // The words of one transaction are gathered in memory up to 16 MiB before a piece of the index is
                // written: each piece costs again when it is merged.
                "INSERT INTO search_word (search_word, rank) VALUES ('hashsize', 16777216)"
            ]),
    ]
}
