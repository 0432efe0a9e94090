"""A page of one publication by Starlette and Jinja2: reads the same row from SQLite and fills a page of the same size.

The template is our own page with the words of the row taken out, so that as many bytes are written, and escaped, as by us.

usage: DATABASE=… TEMPLATE=… uvicorn portal_peer:app
"""
import json
import os
import sqlite3

import jinja2
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

database = sqlite3.connect(f"file:{os.environ['DATABASE']}?mode=ro", uri=True, check_same_thread=False)
with open(os.environ["TEMPLATE"], encoding="utf-8") as file:
    template = jinja2.Environment(autoescape=True).from_string(file.read())

ROW = """SELECT publication.id, publication.title, publication.day, publication.body, edition.record, edition.released_at
    FROM publication JOIN edition ON edition.publication = publication.id AND edition.n = publication.editions
    WHERE publication.id = ?"""


async def page(request):
    row = database.execute(ROW, (request.path_params["id"],)).fetchone()
    if row is None:
        return HTMLResponse("not found", status_code=404)
    record = json.loads(row[4])
    paragraphs = record["text"].split("\n")
    return HTMLResponse(template.render(
        id=row[0], title=row[1], day=row[2], body=row[3], released=row[5], paragraphs=paragraphs))


app = Starlette(routes=[Route("/publications/{id}", page)])
