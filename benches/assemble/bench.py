"""A million contact events into journeys: tactful natively, pandas and polars, one core each, in one run.

Run by `make bench-assemble`. All of them read the same CSV and answer the same questions: variants,
directly-follows counts and median times, transfers, re-contact within 7 days, the median time to the
last resolution. The answers are compared first. The last row measures the effort of every journey as well.
"""

import json
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "target/bench-assemble"
EVENTS, MAPPING = FOLDER / "events.csv", FOLDER / "mapping.json"
DAY = 86_400_000
ROWS = 1_000_000


def write():
    FOLDER.mkdir(parents=True, exist_ok=True)
    rng, rows, case = random.Random(11), 0, 0
    with EVENTS.open("w") as out:
        out.write("case,activity,at,person,category\n")
        while rows < ROWS:
            at, person, category = 1_700_000_000_000 + rng.randrange(200 * DAY), rng.randrange(60_000), rng.choice("abcdef")
            steps = ["new"] + [rng.choice(["work", "moved", "answer"]) for _ in range(rng.randrange(6))] + ["solved", "closed"]
            for step in steps:
                out.write(f"{case},{step},{at},p{person},{category}\n")
                at += rng.randrange(60_000, DAY)
            rows, case = rows + len(steps), case + 1
    MAPPING.write_text(json.dumps({
        "mapping": 1, "id": "bench", "source": "desk",
        "columns": {"case": "case", "activity": "activity", "at": "at", "person": "person", "category": "category"},
        "time": {"format": "epochMs"},
        "activities": {"solved": {"type": "case", "step": "resolved"}, "moved": {"type": "contact", "step": "transferred"}, "*": None},
        "transfers": {"rule": "events"},
        "journeys": [{"name": "matter", "key": ["person", "category"], "end": "lastResolved", "windowsDays": [7]}],
        "durations": [{"name": "solved", "from": "opened", "to": "resolved"}]}))


def tactful(*flags):
    run = subprocess.run([str(ROOT / "target/release/examples/assemble"), str(EVENTS), str(MAPPING), *flags], check=True, capture_output=True)
    found = json.loads(run.stdout)
    edge = next(e for e in found["process"]["edges"] if (e["from"], e["to"]) == ("solved", "closed"))
    return [found["variants"]["count"], len(found["process"]["edges"]), edge["medianMs"], found["transfers"]["total"],
            found["journeys"][0]["windows"][0]["recontactCases"], found["durations"][0]["spread"]["p50"]]


def by_pandas():
    import pandas as pd
    rows = pd.read_csv(EVENTS).sort_values(["case", "at"], kind="stable")
    cases = rows.groupby("case", sort=False)
    variants = cases["activity"].agg("\x1f".join).value_counts()
    pairs = rows.assign(to=cases["activity"].shift(-1), gap=cases["at"].shift(-1) - rows["at"]).dropna()
    edges = pairs.groupby(["activity", "to"])["gap"].agg(["size", "sum", "median", lambda x: x.quantile(0.9)])
    table = cases.agg(start=("at", "min"), last=("at", "max"), person=("person", "first"), category=("category", "first"))
    table["end"] = rows[rows["activity"] == "solved"].groupby("case")["at"].max()
    solved = (table["end"] - table["start"]).median()
    table["end"] = table["end"].fillna(table["last"])
    table = table.reset_index().sort_values(["person", "category", "start", "case"])
    ended = table.groupby(["person", "category"])["end"].cummax().groupby([table["person"], table["category"]]).shift()
    return [len(variants), len(edges), edges.loc[("solved", "closed"), "median"], int((rows["activity"] == "moved").sum()),
            int((table["start"] - ended <= 7 * DAY).sum()), solved]


def by_polars():
    import polars as pl
    rows = pl.read_csv(EVENTS).sort(["case", "at"], maintain_order=True)
    variants = rows.group_by("case", maintain_order=True).agg(pl.col("activity").str.join("\x1f"))["activity"].value_counts()
    pairs = rows.with_columns(to=pl.col("activity").shift(-1).over("case"), gap=pl.col("at").shift(-1).over("case") - pl.col("at")).drop_nulls()
    edges = pairs.group_by(["activity", "to"]).agg(pl.len(), pl.col("gap").sum(), pl.col("gap").median().alias("median"), pl.col("gap").quantile(0.9, "linear").alias("p90"))
    table = rows.group_by("case", maintain_order=True).agg(start=pl.col("at").min(), last=pl.col("at").max(), person=pl.col("person").first(),
        category=pl.col("category").first(), end=pl.col("at").filter(pl.col("activity") == "solved").max())
    solved = (table["end"] - table["start"]).median()
    table = table.with_columns(end=pl.col("end").fill_null(pl.col("last"))).sort(["person", "category", "start", "case"])
    table = table.with_columns(ended=pl.col("end").cum_max().shift().over(["person", "category"]))
    median = edges.filter((pl.col("activity") == "solved") & (pl.col("to") == "closed"))["median"][0]
    return [len(variants), len(edges), median, int((rows["activity"] == "moved").sum()),
            int((table["start"] - table["ended"] <= 7 * DAY).sum()), solved]


def measured(which):
    """Seconds and peak megabytes of a fresh process on one core, its imports not counted."""
    run = subprocess.run([sys.executable, __file__, which], check=True, capture_output=True, text=True,
                         env={**os.environ, "POLARS_MAX_THREADS": "1"}, preexec_fn=lambda: os.sched_setaffinity(0, {0}))
    return json.loads(run.stdout)


if __name__ == "__main__":
    ways = {"tactful": lambda: tactful("--plain"), "pandas": by_pandas, "polars": by_polars, "tactful with effort": tactful}
    if len(sys.argv) > 1:
        way = sys.argv[1]
        if not way.startswith("tactful"):
            __import__(way)
        start = time.perf_counter()
        answer = ways[way]()
        who = resource.RUSAGE_CHILDREN if way.startswith("tactful") else resource.RUSAGE_SELF
        print(json.dumps([time.perf_counter() - start, resource.getrusage(who).ru_maxrss / 1024, [float(n) for n in answer]]))
        sys.exit()
    write()
    rounds = [{way: measured(way) for way in ways} for _ in range(5)]
    answers = {way: rounds[0][way][2] for way in ways}
    if len({tuple(answer) for answer in answers.values()}) != 1:
        sys.exit(f"they do not agree: {answers}")
    median = lambda list: sorted(list)[len(list) // 2]
    print("| 1,000,000 events, one core | seconds | peak MB | x tactful |\n| --- | ---: | ---: | ---: |")
    for way in ways:
        ratio = median([r[way][0] / r["tactful"][0] for r in rounds])
        print(f"| {way} | {median([r[way][0] for r in rounds]):.2f} | {median([r[way][1] for r in rounds]):.0f} | {ratio:.2f} |")
