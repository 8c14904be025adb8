"""What runs by itself every night: months of the facts are made ahead, and destroyed when their time is over."""

import datetime as dt

from django.apps import apps
from procrastinate.contrib.django import app

from shouwang.access import clock
from shouwang.access.actions import audit, forget_sign_ins
from shouwang.access.partitions import drop_months_before, ensure_months, fact_tables
from shouwang.access.privacy import CLASSIFIED, Retention
from shouwang.access.wall import acting
from shouwang.kernel.scope import Scope

KEPT = {Retention.DAYS_60: dt.timedelta(days=60), Retention.YEARS_3: dt.timedelta(days=3 * 366)}


@app.periodic(cron="20 19 * * *")  # in UTC: twenty past three at night in China
@app.task(queueing_lock="keep_house", name="access.keep_house")
def keep_house(timestamp: int = 0) -> None:
    """Prepare this month and the next, drop the months whose retention is over, and write down which.

    What sign-ins leave behind (ended sessions, old failures) goes as well.
    """
    scope = Scope.system(reason="nightly housekeeping")
    today = clock.today()
    with acting(scope):
        ensure_months([today, today.replace(day=1) + dt.timedelta(days=32)])
        forget_sign_ins(scope)
        for table, retention in retentions().items():
            if retention in KEPT and (dropped := drop_months_before(table, today - KEPT[retention])):
                audit(scope, "purge", subject_kind="fact", subject_id=table, detail={"months": dropped})


def retentions() -> dict[str, Retention]:
    """How long each table of facts is kept."""
    tables = set(fact_tables())
    return {
        model._meta.db_table: CLASSIFIED[model].retention
        for model in apps.get_models()
        if model._meta.db_table in tables and model in CLASSIFIED
    }
