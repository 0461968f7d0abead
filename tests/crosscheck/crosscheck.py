"""Compares what `tactful assemble` gives with pandas, pm4py and lifelines on seeded logs.

Run by `make crosscheck`. Counts must agree exactly, numbers to 1e-9 of their size.
"""

import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pandas as pd
from lifelines import KaplanMeierFitter
from lifelines.statistics import logrank_test
import pm4py

ROOT = Path(__file__).resolve().parents[2]
DAY = 86_400_000
MAPPING = {
    "mapping": 1, "id": "crosscheck", "source": "desk",
    "columns": {"case": "case", "activity": "activity", "at": "at", "person": "person", "category": "category"},
    "time": {"format": "epochMs"},
    "activities": {"solved": {"type": "case", "step": "resolved"}, "reopened": {"type": "case", "step": "reopened"}, "*": None},
    "transfers": {"rule": "change", "column": "team", "check": {"attribute": "moves"}},
    "attributes": {"moves": {"column": "moves", "take": "max", "number": True}, "plan": {"column": "plan", "take": "first"},
                   "minutes": {"column": "minutes", "take": "sum", "number": True}},
    "journeys": [{"name": "matter", "key": ["person", "category"], "end": "lastResolved", "windowsDays": [1, 7, 14, 30]},
                 {"name": "any", "key": ["person", "category"], "end": "lastEvent", "windowsDays": [7]}],
    "sessions": [{"name": "visits", "key": ["person"], "gapMs": 1_800_000}],
    "durations": [{"name": "solved", "from": "opened", "to": "resolved", "by": "plan"}],
    "timeTo": [{"name": "resolution", "from": "opened", "to": "resolved", "by": "plan", "survivalAtMs": [DAY, 3 * DAY]}],
    "pareto": [{"name": "minutes", "by": "category", "value": {"attribute": "minutes"}}],
}


def log(seed, cases):
    """Rows of a desk that solves most of what it is asked, in shuffled order."""
    rng = random.Random(seed)
    rows = []
    for case in range(cases):
        at = 1_700_000_000_000 + rng.randrange(120 * DAY)
        person, category, plan = f"p{rng.randrange(cases // 6)}", rng.choice("abcd"), rng.choice(["free", "paid"])
        steps = ["new"] + [rng.choice(["work", "ask", "answer"]) for _ in range(rng.randrange(5))]
        if rng.random() < 0.85:
            steps += ["solved"]
            if rng.random() < 0.2:
                steps += ["reopened", "work"]
                if rng.random() < 0.7:
                    steps += ["solved"]
        team, moves = rng.choice("xyz"), 0
        for step in steps:
            rows.append([case, step, at, person, category, team, moves, plan, rng.randrange(90)])
            at += rng.randrange(60_000, 2 * DAY, 60_000)
            if rng.random() < 0.3:
                other = rng.choice("xyz")
                moves += other != team
                team = other
    rng.shuffle(rows)
    return pd.DataFrame(rows, columns=["case", "activity", "at", "person", "category", "team", "moves", "plan", "minutes"])


def assembled(frame):
    with tempfile.TemporaryDirectory() as folder:
        events, mapping = Path(folder) / "events.csv", Path(folder) / "mapping.json"
        frame.to_csv(events, index=False)
        mapping.write_text(json.dumps(MAPPING))
        run = ["node", str(ROOT / "pkg/cli.js"), "assemble", str(events), "--by", str(mapping), "--json", "--cases"]
        return json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout)


def same(name, ours, theirs):
    if ours is None or theirs is None or isinstance(ours, (str, bool)):
        agree = ours == theirs
    else:
        agree = abs(ours - theirs) <= 1e-9 * max(1.0, abs(theirs))
    if not agree:
        sys.exit(f"{name}: {ours} is not {theirs}")
    return 1


def check(seed, cases):
    frame = log(seed, cases)
    found = assembled(frame)
    count = 0
    # Ties keep the order of the file, as in ours.
    ordered = frame.sort_values(["case", "at"], kind="stable")
    grouped = ordered.groupby("case", sort=False)

    # pm4py: variants, directly-follows pairs, beginnings, ends, rework.
    events = pd.DataFrame({
        "case:concept:name": ordered["case"].astype(str), "concept:name": ordered["activity"],
        "time:timestamp": pd.to_datetime(ordered["at"], unit="ms", utc=True),
    })
    variants = {k: v if isinstance(v, int) else len(v) for k, v in pm4py.get_variants(events).items()}
    count += same("variants", found["variants"]["count"], len(variants))
    for top in found["variants"]["top"]:
        count += same("a variant", top["count"], variants[tuple(top["activities"])])
    follows, starts, ends = pm4py.discover_dfg(events)
    count += same("edges", len(found["process"]["edges"]), len(follows))
    for edge in found["process"]["edges"]:
        count += same("an edge", edge["count"], follows[(edge["from"], edge["to"])])
    for ours, theirs in [("starts", starts), ("ends", ends)]:
        for activity, n in theirs.items():
            count += same(ours, found["process"][ours][activity], n)
    rework = pm4py.get_rework_cases_per_activity(events)
    count += same("rework", len(found["rework"]["perActivity"]), len(rework))
    for activity, n in rework.items():
        count += same(f"rework of {activity}", found["rework"]["perActivity"][activity], n)

    # pandas: times between activities, spreads, transfers.
    pairs = ordered.assign(to=grouped["activity"].shift(-1), gap=grouped["at"].shift(-1) - ordered["at"]).dropna()
    for (source, target), gaps in pairs.groupby(["activity", "to"])["gap"]:
        edge = next(e for e in found["process"]["edges"] if (e["from"], e["to"]) == (source, target))
        for name, value in [("sumMs", gaps.sum()), ("medianMs", gaps.median()), ("p90Ms", gaps.quantile(0.9))]:
            count += same(f"{source} to {target} {name}", edge[name], float(value))
    cycle = grouped["at"].max() - grouped["at"].min()
    for name, q in [("p5", 0.05), ("p25", 0.25), ("p50", 0.5), ("p90", 0.9), ("p99", 0.99)]:
        count += same(f"cycle {name}", found["cycleMs"][name], float(cycle.quantile(q)))
    count += same("mean cycle", found["cycleMs"]["mean"], float(cycle.mean()))
    changed = (ordered["team"] != grouped["team"].shift()) & grouped["team"].shift().notna()
    transfers = changed.groupby(ordered["case"]).sum()
    count += same("transfers", found["transfers"]["total"], int(transfers.sum()))
    moves = grouped["moves"].max()
    count += same("agreement", found["transfers"]["check"]["agreeShare"], float((transfers == moves).mean()))
    count += same("correlation", found["transfers"]["check"]["pearson"], float(transfers.corr(moves)))

    # pandas: who came back, by the end of what came before.
    # What was reopened after it was last solved is open.
    solved, reopened = (ordered[ordered["activity"] == step].groupby("case")["at"].max() for step in ["solved", "reopened"])
    solved = solved[~(reopened.reindex(solved.index) > solved)]
    table = grouped.agg(start=("at", "min"), last=("at", "max"), person=("person", "first"), category=("category", "first"), plan=("plan", "first"))
    table["solved"] = solved
    for rule in found["journeys"]:
        table["end"] = table["last"] if rule["end"] == "lastEvent" else table["solved"].fillna(table["last"])
        by_key = table.reset_index().sort_values(["person", "category", "start", "case"])
        ended = by_key.groupby(["person", "category"])["end"].transform(lambda ends: ends.cummax().shift())
        for window in rule["windows"]:
            joined = int((by_key["start"] - ended <= window["days"] * DAY).sum())
            count += same(f"recontact@{window['days']}d", window["recontactCases"], joined)
            count += same(f"journeys@{window['days']}d", window["journeys"], len(by_key) - joined)
    visits = frame.sort_values("at").groupby("person")["at"].apply(lambda t: int((t.diff() > 1_800_000).sum()) + 1)
    count += same("sessions", found["sessions"][0]["count"], int(visits.sum()))

    # lifelines: times to resolution, of which some have not come.
    as_of = frame["at"].max()
    time = table["solved"].fillna(as_of) - table["start"]
    happened = table["solved"].notna()
    known = table["start"] < as_of
    fitter = KaplanMeierFitter().fit(time[known], happened[known])
    ours = found["timeTo"][0]
    for name, q in [("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p90", 0.9)]:
        # Its curve goes through logarithms, so a share of exactly 3/4 is a rounding error above it.
        curve = fitter.survival_function_["KM_estimate"]
        reached = curve[curve <= 1 - q + 1e-9]
        count += same(f"time {name}", ours["quantilesMs"][name], None if reached.empty else float(reached.index[0]))
    for at in ours["survivalAt"]:
        count += same("survival", at["share"], float(fitter.survival_function_at_times(at["ms"]).iloc[0]))
    free, paid = (known & (table["plan"] == plan) for plan in ["free", "paid"])
    test = logrank_test(time[free], time[paid], happened[free], happened[paid])
    count += same("log-rank", ours["logRank"]["chi2"], float(test.test_statistic))
    count += same("log-rank p", ours["logRank"]["pValue"], float(test.p_value))

    # pandas: the few that carry most.
    minutes = ordered.groupby("case")["minutes"].sum().groupby(table["category"]).sum().sort_values(ascending=False)
    few = (minutes.cumsum() < 0.8 * minutes.sum()).sum() + 1
    count += same("the vital few", len(found["pareto"][0]["vitalFew"]), int(few))
    rows = {row["case"]: row for row in found["caseRows"]}
    for case, n in Counter(ordered["case"]).items():
        count += same(f"events of {case}", rows[str(case)]["events"], n)
    return count


if __name__ == "__main__":
    total = sum(check(seed, cases) for seed, cases in [(1, 60), (2, 600), (3, 4000)])
    print(f"{total} numbers agree with pandas {pd.__version__}, pm4py and lifelines")
