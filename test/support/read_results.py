"""Reads the rows of a folder's segments and of its Parquet files with four libraries, and prints them as JSON: by library
and file kind, a list of rows for each table. Moments are epoch milliseconds, whatever stands for "no value" is null."""

import datetime
import glob
import json
import math
import sys

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq


def plain(value):
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, datetime.datetime):
        return round(value.timestamp() * 1000)
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return bool(value)
    if isinstance(value, str):
        return value
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list):
        return [plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def rows(records):
    return [{name: plain(value) for name, value in row.items()} for row in records]


def duck(relation):
    return [dict(zip(relation.columns, row)) for row in relation.fetchall()]


def segments(folder, table):
    paths = sorted(glob.glob(f"{folder}/{table}-*.arrow"))
    arrow = pa.concat_tables([pa.ipc.open_file(path).read_all() for path in paths])
    arrow.validate(full=True)
    return {
        "pyarrow": arrow.to_pylist(),
        "polars": pl.read_ipc(f"{folder}/{table}-*.arrow").to_dicts(),
        "pandas": pd.concat([pd.read_feather(path) for path in paths]).to_dict("records"),
        "duckdb": duck(duckdb.sql("select * from arrow")),
    }


def parquet(folder, table):
    path = f"{folder}/{table}.parquet"
    return {
        "pyarrow": pq.read_table(path).to_pylist(),
        "polars": pl.read_parquet(path).to_dicts(),
        "pandas": pd.read_parquet(path).to_dict("records"),
        "duckdb": duck(duckdb.sql(f"select * from '{path}'")),
    }


found = {}
for kind, read in (("segments", segments), ("parquet", parquet)):
    for table in ("cells", "attempts"):
        for library, records in read(sys.argv[1], table).items():
            found.setdefault(kind, {}).setdefault(table, {})[library] = rows(records)
print(json.dumps(found))
