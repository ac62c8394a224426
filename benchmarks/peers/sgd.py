"""Chains of stochastic gradient descent beside numpy, in one run on one machine: prints a table in Markdown.

    sgd.py SGD_BENCHMARK [REPETITIONS]

Million chain-steps a second of one core (CPU seconds) and, for two threads, of the clock; the problem is that of
benchmarks/sgd_benchmark.cpp. numpy comes in two forms: as one writes it, all replicas at once, and with all that speeds it up:
labels multiplied into the features, results written in place, replicas in blocks that stay in the cache. Medians.
"""
import csv
import json
import os
import statistics
import subprocess
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

REPLICAS, BATCH, RATE, STEPS = 100_000, 8, 0.5, 10
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "datasets", "breast_cancer.csv")
ROW = "chain/sampling:{}/threads:{}/instruction set:{}/real_time"
ROWS = [  # of the program, what it is called in the table
    (ROW.format(0, 1, 2), "fpk"),
    (ROW.format(0, 2, 2), "fpk, two threads, of the clock"),
    (ROW.format(1, 1, 2), "fpk, without replacement"),
    (ROW.format(2, 1, 2), "fpk, reshuffled epochs"),
    (ROW.format(0, 1, 1), "fpk, AVX2"),
    (ROW.format(0, 1, 0), "fpk, plain"),
]


def program(path, repetitions):
    """Rates of the program's rows."""
    command = [path, "--benchmark_format=json", f"--benchmark_repetitions={repetitions}", "--benchmark_filter=chain",
               "--benchmark_min_time=0.2"]
    out = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    rates = {}
    for row in out["benchmarks"]:
        if row.get("run_type") == "iteration":
            rate = row["chain-steps/s"] / 1e6
            if "threads:1" in row["run_name"]:
                rate *= row["real_time"] / row["cpu_time"]
            rates.setdefault(row["run_name"], []).append(rate)
    return {name: statistics.median(found) for name, found in rates.items()}


def median(run, repetitions):
    rates = []
    for _ in range(repetitions):
        start = time.process_time()
        run()
        rates.append(REPLICAS * STEPS / (time.process_time() - start) / 1e6)
    return statistics.median(rates)


def read():
    import numpy as np
    with open(DATA) as file:
        rows = csv.DictReader(file)
        table = np.array([[float(r[c]) for c in ("mean_radius", "mean_texture", "benign")] for r in rows])
    features = (table[:, :2] - table[:, :2].mean(0)) / table[:, :2].std(0)
    return features, 2 * table[:, 2] - 1


def as_one_writes_it(repetitions):
    import numpy as np
    features, labels = read()
    random = np.random.default_rng(1)

    def run():
        w = np.zeros((REPLICAS, 2))
        for _ in range(STEPS):
            rows = random.integers(0, len(labels), (REPLICAS, BATCH))
            x, y = features[rows], labels[rows]
            margins = y * np.einsum("rbk,rk->rb", x, w)
            w += RATE * np.einsum("rb,rbk->rk", y / (1 + np.exp(margins)), x) / BATCH

    return median(run, repetitions)


def tuned(repetitions):
    import numpy as np
    features, labels = read()
    p, q = (np.ascontiguousarray(labels * f) for f in features.T)
    random, block, rate = np.random.default_rng(1), 2000, RATE / BATCH

    def run():
        for _ in range(0, REPLICAS, block):
            v, w = np.zeros(block), np.zeros(block)
            for _ in range(STEPS):
                rows = random.integers(0, len(labels), (BATCH, block), dtype=np.int32)
                f, g = p.take(rows), q.take(rows)
                z = v * f
                z += w * g
                np.exp(z, out=z)
                z += 1
                f /= z
                g /= z
                v += rate * f.sum(0)
                w += rate * g.sum(0)

    return median(run, repetitions)


def main():
    repetitions = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    rates = program(sys.argv[1], repetitions)
    table = [(title, rates[name]) for name, title in ROWS if name in rates]
    try:
        peers = [("numpy, as one writes it", as_one_writes_it(repetitions)), ("numpy, tuned, in blocks", tuned(repetitions))]
    except ImportError:
        sys.exit("numpy is not here (packages-bench.txt)")
    print("| who | million chain-steps a second | times numpy as one writes it | times numpy tuned |")
    print("|---|---|---|---|")
    for title, rate in table + peers:
        print(f"| {title} | {rate:.1f} | {rate / peers[0][1]:.2f} | {rate / peers[1][1]:.2f} |")


main()
