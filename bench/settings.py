"""The product's settings, with databases that are made for the run: the product's, and one that only a floor writes to."""

import copy
import os
from pathlib import Path

from boardroom.settings import *  # noqa: F403
from boardroom.settings import ALLOWED_HOSTS, BOARDROOM_DATA, DATABASES, LOGGING

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver", "127.0.0.1"]
DATABASES["floor"] = copy.deepcopy(DATABASES["default"])
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    for name, database in DATABASES.items():
        database["TEST"] = {"NAME": str(Path(BOARDROOM_DATA) / f"{name}.sqlite3"), "DEPENDENCIES": []}
else:
    for name, database in DATABASES.items():
        database["TEST"] = {"NAME": f"bench_{name}", "DEPENDENCIES": []}
if "BENCH_DATABASE" in os.environ:  # a server of the run, on the database that was made for it
    DATABASES["default"]["NAME"] = os.environ["BENCH_DATABASE"]
LOGGING["root"]["level"] = "ERROR"
LOGGING["loggers"]["django"]["level"] = "ERROR"
DATABASE_ROUTERS = ["bench.base.FloorIsEmpty"]
