"""A community's roster, from the file an office sends to residents behind the wall, beside a bare COPY of its rows."""

import csv
import io
import time

from django.db import connection, transaction

from shouwang.access.wall import acting
from shouwang.bench._timing import median_ms, table
from shouwang.demo.invented.rosters import first_file
from shouwang.demo.invented.settlements import settlements
from shouwang.demo.scene.setting import divisions_file
from shouwang.kernel.scope import Scope
from shouwang.people.actions.roster import load_roster, preview_roster
from shouwang.people.rules.sheets import read_sheets
from shouwang.places.actions import import_divisions

COMMUNITY = 429006001022
"""An empty neighbour of the demo's communities; what is loaded there is rolled back."""


def run(arguments: list[str]) -> int:
    runs = int(arguments[0]) if arguments else 3
    town = settlements(20200214)[0]
    roster = first_file(town, 20200214)
    cells = [list(row) for sheet in read_sheets(roster.content, roster.file_name) for row in sheet.rows]
    print(f"{roster.rows} people in {len(roster.content) / 1e6:.1f} MB of .xlsx, median of {runs}\n")
    previews: list[float] = []
    loads: list[float] = []
    whole = median_ms(lambda: _import(roster.file_name, roster.content, previews, loads), runs=runs, warm=1)
    bare = median_ms(lambda: _copy(cells), runs=runs, warm=1)
    speed = {"import": roster.rows / whole * 1000, "copy": len(cells) / bare * 1000}
    share = speed["import"] / speed["copy"]
    preview, load = (sorted(times[1:])[runs // 2] for times in (previews, loads))
    table(
        ["what", "s", "rows/s", "share of bare COPY"],
        [
            ["read, match, preview", f"{preview:.2f}", f"{roster.rows / preview:,.0f}", ""],
            ["load: seal, write, audit", f"{load:.2f}", f"{roster.rows / load:,.0f}", ""],
            ["whole import", f"{whole / 1000:.2f}", f"{speed['import']:,.0f}", f"{share:.3f}"],
            ["bare COPY of the same rows", f"{bare / 1000:.2f}", f"{speed['copy']:,.0f}", "1"],
        ],
    )
    return 0


def _import(file_name: str, content: bytes, previews: list[float], loads: list[float]) -> None:
    scope = Scope.system(reason="bench import")
    with acting(scope):
        import_divisions(scope, content=divisions_file(), file_name="divisions.csv")
        started = time.perf_counter()
        preview = preview_roster(scope, community=COMMUNITY, file_name=file_name, content=content)
        seen = time.perf_counter()
        load_roster(scope, import_id=preview.pk)
        previews.append(seen - started)
        loads.append(time.perf_counter() - seen)
        transaction.set_rollback(True)


def _copy(cells: list[list[object]]) -> None:
    width = max(map(len, cells))
    text = io.StringIO()
    csv.writer(text).writerows(list(row) + [""] * (width - len(row)) for row in cells)
    columns = ", ".join(f"c{at} text" for at in range(width))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"create table bench_bare ({columns})")
        with cursor.copy("copy bench_bare from stdin (format csv)") as copy:
            copy.write(text.getvalue())
        transaction.set_rollback(True)
