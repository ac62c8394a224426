"""fpk beside other programs on problem B (benchmarks/problem_b.hpp), in one run on one machine: prints tables in
Markdown. `./dev bench peers` builds fpk_peer and calls this.

    compare.py FPK_PEER [REPEATS]

Each peer is run with several numbers of cells and steps; shown are its settings that no other one beats in both time and
error. Beside each stands the quickest row of fpk that is at least as exact. Peers whose packages (packages-bench.txt) are
missing are left out with a word. L1 is against exact cell masses, which fpk_peer extrapolates from 512^2 and 1024^2
cells; how far those are from exact is in the first line.

Seconds on one thread are the processor's, medians of REPEATS, before and after the peers; exit status 1 where fpk_peer
finds a density that is negative or a mass that has changed.
"""
import importlib.util
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SCIPY = [(cells, steps) for cells in (32, 64, 128, 256) for steps in (8, 12, 16, 25, 50)]
# cells, degree, steps; the cells divide those of the reference
DOLFINX = [(cells, degree, steps) for cells, degree in ((16, 3), (32, 2), (32, 3), (64, 2), (64, 3))
           for steps in (8, 12, 25, 50, 100)]
GOALS = [(5e-4, 1e-3), (7.6e-5, 3e-3), (2.2e-6, 20e-3)]  # L1 error, seconds


def run(command, environment=None):
    """The lines of JSON that a program prints, and whether it succeeded; with a word where it did not."""
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **(environment or {})})
    if done.returncode != 0:
        print(f"{' '.join(map(os.path.basename, command[:2]))} failed: {done.stderr.strip().splitlines()[-1:]}",
              file=sys.stderr)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")], done.returncode == 0


def unbeaten(rows):
    """Those that no other row is both quicker and more exact than, the least exact first."""
    kept = [r for r in rows if not any(o["seconds"] < r["seconds"] and o["l1"] < r["l1"] for o in rows)]
    return sorted(kept, key=lambda r: -r["l1"])


def peers(reference, repeats):
    # One thread each, as the first rows of fpk.
    alone = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    for module, script, settings in (("scipy", "scipy_tr_bdf2.py", SCIPY), ("dolfinx", "dolfinx_galerkin.py", DOLFINX)):
        if importlib.util.find_spec(module) is None:
            print(f"{module} is not here (packages-bench.txt): left out", file=sys.stderr)
            continue
        rows = []
        for setting in settings:
            command = [sys.executable, os.path.join(HERE, script), reference, *map(str, setting), str(repeats)]
            rows += run(command, alone)[0]
        yield from unbeaten(rows)


def cheapest(rows, l1):
    """The quickest row of fpk on one thread that is at least as exact."""
    fit = [r for r in rows if r["threads"] == 1 and r.get("l1", 1) <= l1]
    return min(fit, key=lambda r: r["seconds"], default=None)


def milliseconds(row):
    return f"{1e3 * row['seconds']:.2g} ms ({row['who']}, {row['cells']})"


def print_rows(rows):
    print("| who | cells | threads | seconds | L1 | least density |")
    print("|---|---|---|---|---|---|")
    for r in rows:
        l1 = f"{r['l1']:.1e}" if "l1" in r else ""
        least = f"{r['least']:.0e}" if "least" in r else ""
        print(f"| {r['who']} | {r['cells']} | {r['threads']} | {r['seconds']:.2g} | {l1} | {least} |")


def print_peers(others, rows):
    print("\n| who | cells | steps | seconds | L1 | least density | fpk as exact | times as long |")
    print("|---|---|---|---|---|---|---|---|")
    for r in others:
        if not (own := cheapest(rows, r["l1"])):
            continue
        print(f"| {r['who']} | {r['cells']} | {r['steps']} | {r['seconds']:.2g} | {r['l1']:.1e} | {r['least']:.0e} "
              f"| {milliseconds(own)} | {r['seconds'] / own['seconds']:.0f} |")


def print_goals(rows):
    print("\n| L1 error | fpk | allowed |")
    print("|---|---|---|")
    for l1, seconds in GOALS:
        own = cheapest(rows, l1)
        print(f"| {l1:.1e} | {milliseconds(own)} | {1e3 * seconds:.0f} ms: {'met' if own['seconds'] <= seconds else 'MISSED'} |")


def fpk_rows(program, reference, repeats):
    (first, *rows), good = run([program, reference, str(repeats)])
    if not good:
        sys.exit(1)
    return first, rows


def main():
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as folder:
        reference = os.path.join(folder, "reference")
        first, rows = fpk_rows(sys.argv[1], reference, repeats)
        print(f"reference: {first['reference']}: {first['l1']:.1e}\n")
        others = list(peers(reference, min(repeats, 3)))
        _, again = fpk_rows(sys.argv[1], reference, repeats)
    for row, other in zip(rows, again):
        row["seconds"] = (row["seconds"] + other["seconds"]) / 2
    print_rows(rows)
    print_peers(others, rows)
    print_goals(rows)


main()
