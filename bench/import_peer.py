"""The named peer of `sundial import`: inserts the rows and their characters and character pairs, and does nothing else.

One table for the rows, one contentless FTS5 table of titles and texts with FTS5's own settings, one transaction: as a
plain script would.
"""
import json
import re
import sqlite3
import sys

RUN = re.compile("[\u3400-\u9fff\uf900-\ufaff]+|[0-9A-Za-z]+")


def words(text):
    found = []
    for run in RUN.findall(text):
        if run[0] < "\u0080":
            found.append(run.lower())
            continue
        found.extend(map("".join, zip(run, run[1:])))
        found.append(run[-1])
    return " ".join(found)


def main(source, target):
    database = sqlite3.connect(target)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute(
        "CREATE TABLE notice (id INTEGER PRIMARY KEY, record TEXT UNIQUE, title TEXT, published TEXT, business TEXT,"
        " info TEXT, project TEXT, text TEXT, content TEXT)")
    database.execute(
        "CREATE VIRTUAL TABLE word USING fts5(title, text, content='', tokenize='unicode61')")
    with open(source, encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            cursor = database.execute(
                "INSERT INTO notice (record, title, published, business, info, project, text, content)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (row["record_id"], row["title"], row["publish_date"], row["business_type"], row["info_type"],
                 row["project_code"], row["content_text"], line))
            database.execute(
                "INSERT INTO word (rowid, title, text) VALUES (?, ?, ?)",
                (cursor.lastrowid, words(row["title"]), words(row["content_text"])))
    database.commit()
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
