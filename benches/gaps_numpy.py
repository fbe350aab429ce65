"""The gap measures of tongket computed independently with numpy and pandas, for the tests' expected values.

Run: python benches/gaps_numpy.py FOLDER
Writes FOLDER/values.csv (invented schools: unit, group, size, one column a year; empty = no value) and
FOLDER/expected.json. The numbers are invented, seeded, and the same at every run.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

YEARS = ["2021-2022", "2022-2023", "2023-2024", "2024-2025"]


def invented():
    random = np.random.default_rng(20240823)
    count = 60
    group = random.integers(0, 5, count)
    size = np.round(np.exp(random.normal(6, 0.6, count)))
    level = np.clip(60 + 6 * group + random.normal(0, 9, count), 5, 99)
    table = pd.DataFrame({"unit": [f"T{n:02}" for n in range(count)], "group": group, "size": size})
    for number, year in enumerate(YEARS):
        level = np.clip(level + 0.12 * (78 - level) + random.normal(0.4, 2.0, count), 0, 100)
        table[year] = np.round(level, 2)
    table.loc[[3, 17], YEARS[0]] = np.nan
    table.loc[41, YEARS[3]] = np.nan
    table.loc[8, YEARS[1]] = 0.0
    return table


def theil(values):
    share = values / values.mean()
    logs = np.where(share > 0, np.log(np.where(share > 0, share, 1)), 0)
    return float((share * logs).mean())


def measures(table, year):
    known = table.dropna(subset=[year])
    values = known[year].to_numpy()
    q = lambda p: float(np.percentile(values, p))
    between = within = 0.0
    for _, part in known.groupby("group"):
        own = part[year].to_numpy()
        share = own.sum() / values.sum()
        between += share * np.log(own.mean() / values.mean())
        within += share * theil(own)
    chance = (values * (100 - values) / known["size"].to_numpy()).mean() / values.var()
    return {
        "n": len(values), "mean": float(values.mean()), "sd": float(values.std()),
        "cv": float(values.std() / values.mean()), "min": float(values.min()), "p10": q(10), "p25": q(25),
        "median": q(50), "p75": q(75), "p90": q(90), "max": float(values.max()),
        "p90_p10": q(90) / q(10), "theil": theil(values), "between": float(between), "within": float(within),
        "chance_share": float(min(chance, 1)),
    }


def beta(start, growth, years):
    design = np.column_stack([np.ones_like(start), start])
    (intercept, slope), *_ = np.linalg.lstsq(design, growth, rcond=None)
    residual = growth - design @ [intercept, slope]
    covariance = residual @ residual / (len(start) - 2) * np.linalg.inv(design.T @ design)
    error = np.sqrt(covariance[1, 1])
    r_squared = 1 - residual @ residual / ((growth - growth.mean()) ** 2).sum()
    return {
        "n": len(start), "intercept": float(intercept), "slope": float(slope), "standard_error": float(error),
        "t": float(slope / error), "r_squared": float(r_squared), "speed": float(-np.log(1 + slope * years) / years),
    }


def convergence(table):
    both = table.dropna(subset=[YEARS[0], YEARS[-1]])
    first, last, years = both[YEARS[0]].to_numpy(), both[YEARS[-1]].to_numpy(), len(YEARS) - 1
    spread = [np.nanstd(table[year]) / np.nanmean(table[year]) for year in YEARS]
    return {
        "points": beta(first, (last - first) / years, years),
        "logarithms": beta(np.log(first), np.log(last / first) / years, years),
        "sigma_slope": float(np.polyfit(range(len(YEARS)), spread, 1)[0]),
    }


def lifted(table):
    grown = table.assign(later=np.round(table["size"] * (1 + (table["group"] - 2) / 50)))
    both = grown.dropna(subset=[YEARS[0], YEARS[-1]])
    before, after = both[YEARS[0]], both[YEARS[-1]]
    s0, s1 = both["size"] / both["size"].sum(), both["later"] / both["later"].sum()
    m0, m1 = (before * s0).sum(), (after * s1).sum()
    own = (s0 + s1) / 2 * (after - before)
    weight = ((before + after) / 2 - (m0 + m1) / 2) * (s1 - s0)
    assert abs(own.sum() + weight.sum() - (m1 - m0)) < 1e-9
    best = (own + weight).idxmax()
    return {"before": float(m0), "after": float(m1), "best": int(best), "own": float(own[best]), "weight": float(weight[best])}


def main(folder):
    table = invented()
    table.to_csv(folder / "values.csv", index=False)
    result = {"years": {year: measures(table, year) for year in YEARS}, "convergence": convergence(table), "lifted": lifted(table)}
    (folder / "expected.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
