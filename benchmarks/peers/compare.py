"""fpk beside other programs on problem B (benchmarks/problem_b.hpp), in one run on one machine: prints a table in
Markdown. `./dev bench peers` builds fpk_peer and calls this.

    compare.py FPK_PEER [REPEATS]

Peers whose packages (packages-bench.txt) are missing are left out with a word. L1 is against exact cell masses, which
fpk_peer extrapolates from 512^2 and 1024^2 cells; how far those are from exact is in the first line.
"""
import importlib.util
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
# cells, steps: enough that most of the error is that of the cells
SCIPY = [(64, 50), (128, 50), (256, 50)]
# cells, degree, steps
DOLFINX = [(64, 2, 50), (64, 3, 100)]


def run(command, environment=None):
    """The lines of JSON that a peer prints; none, with a word, where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **(environment or {})})
    if done.returncode != 0:
        print(f"{command[0]} {os.path.basename(command[1])} failed: {done.stderr.strip().splitlines()[-1:]}",
              file=sys.stderr)
        return []
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def peers(reference, repeats):
    # One thread each, as the first rows of fpk.
    alone = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    for module, script, rows in (("scipy", "scipy_tr_bdf2.py", SCIPY), ("dolfinx", "dolfinx_galerkin.py", DOLFINX)):
        if importlib.util.find_spec(module) is None:
            print(f"{module} is not here (packages-bench.txt): left out", file=sys.stderr)
            continue
        for row in rows:
            command = [sys.executable, os.path.join(HERE, script), reference, *map(str, row), str(repeats)]
            yield from run(command, alone)


def cheapest(rows, l1):
    """The quickest row of fpk on one thread that is at least as exact."""
    fit = [r for r in rows if r["threads"] == 1 and r.get("l1", 1) <= l1]
    return min(fit, key=lambda r: r["seconds"], default=None)


def main():
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as folder:
        reference = os.path.join(folder, "reference")
        first, *rows = run([sys.argv[1], reference, str(repeats)])
        print(f"reference: {first['reference']}: {first['l1']:.1e}\n")
        others = list(peers(reference, min(repeats, 3)))
    print("| who | cells | threads | seconds | L1 | least density | fpk as exact: seconds, ratio |")
    print("|---|---|---|---|---|---|---|")
    for r in rows + others:
        beside = ""
        if r in others and (own := cheapest(rows, r["l1"])):
            beside = f"{own['seconds']:.2g} ({own['who']}, {own['cells']}), {r['seconds'] / own['seconds']:.0f}"
        steps = f", {r['steps']} steps" if "steps" in r else ""
        l1 = f"{r['l1']:.1e}" if "l1" in r else ""
        least = f"{r['least']:.0e}" if "least" in r else ""
        print(f"| {r['who']}{steps} | {r['cells']} | {r['threads']} | {r['seconds']:.2g} | {l1} | {least} | {beside} |")


main()
