"""The particle benchmark beside numpy and torch, in one run on one machine: prints a table in Markdown.

    particles.py PARTICLES_BENCHMARK [REPETITIONS]

Million particle-steps a CPU second of one core; problem and rows are those of benchmarks/particles_benchmark.cpp. A peer whose
package is missing is left out with a word.
"""
import json
import math
import os
import subprocess
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

STEP, TEMPERATURE, STEPS = 0.01, 0.25, 100
ROWS = [  # of the program, what it is called in the table
    ("compiled_in/0", "fpk, compiled in, normal"),
    ("compiled_in/1", "fpk, compiled in, normal-32"),
    ("compiled_in/2", "fpk, compiled in, three-point"),
    ("compiled_in/3", "fpk, compiled in, two-point"),
    ("from_formula/noise:0/threads:1", "fpk, formula of a case, normal"),
    ("from_formula/noise:1/threads:1", "fpk, formula of a case, normal-32"),
    ("from_formula/noise:2/threads:1", "fpk, formula of a case, three-point"),
    ("from_formula/noise:3/threads:1", "fpk, formula of a case, two-point"),
    ("odeint_boost_ziggurat", "Boost.Odeint, Boost's ziggurat"),
    ("odeint_standard_library", "Boost.Odeint, std::normal_distribution"),
    ("standard_library_loop", "plain loop, std::normal_distribution"),
]


def program(path, repetitions):
    """Rates of the program's rows: the best of its repetitions, since all that disturbs makes slower."""
    command = [path, "--benchmark_format=json", f"--benchmark_repetitions={repetitions}",
               "--benchmark_filter=compiled_in|from_formula|observed|odeint|standard_library", "--benchmark_min_time=0.2"]
    out = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    rates = {}
    for row in out["benchmarks"]:
        if row.get("run_type") == "iteration":
            name = row["run_name"]
            rates[name] = max(rates.get(name, 0), row["particle-steps/s"] / 1e6)
    return rates


def best(run, particles, repetitions):
    rates = []
    for _ in range(repetitions):
        start = time.process_time()
        run()
        rates.append(particles * STEPS / (time.process_time() - start) / 1e6)
    return max(rates)


def numpy_rate(repetitions):
    import numpy as np
    particles, block = 100_000, 5_000  # blocks that stay in the cache
    random, sigma = np.random.default_rng(1), math.sqrt(2 * TEMPERATURE * STEP)

    def run():
        for _ in range(0, particles, block):
            x, y = np.full(block, -1.0), np.zeros(block)
            for _ in range(STEPS):
                x += -4 * x * (x * x - 1) * STEP + sigma * random.standard_normal(block)
                y += -2 * y * STEP + sigma * random.standard_normal(block)

    return best(run, particles, repetitions)


def torch_rate(repetitions):
    import torch
    torch.set_num_threads(1)
    particles, sigma = 100_000, math.sqrt(2 * TEMPERATURE * STEP)

    def run():
        x, y = torch.full((particles,), -1.0, dtype=torch.float64), torch.zeros(particles, dtype=torch.float64)
        for _ in range(STEPS):
            x = x - 4 * x * (x * x - 1) * STEP + sigma * torch.randn(particles, dtype=torch.float64)
            y = y - 2 * y * STEP + sigma * torch.randn(particles, dtype=torch.float64)

    return best(run, particles, repetitions)


def main():
    repetitions = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    rates = program(sys.argv[1], repetitions)
    table = [(title, rates[name]) for name, title in ROWS if name in rates]
    for title, peer in (("numpy, in blocks", numpy_rate), ("torch", torch_rate)):
        try:
            table.append((title, peer(repetitions)))
        except ImportError:
            print(f"{title.split(',')[0]} is not here (packages-bench.txt): left out", file=sys.stderr)
    base = rates["compiled_in/0"]
    formula = rates["from_formula/noise:0/threads:1"]
    print("| who | million particle-steps a CPU second | fpk compiled in, normal, is so many times as fast | from a formula |")
    print("|---|---|---|---|")
    for title, rate in table:
        print(f"| {title} | {rate:.0f} | {base / rate:.2f} | {formula / rate:.2f} |")
    one, two = (rates[f"from_formula_wall_time/noise:0/threads:{n}/real_time"] for n in (1, 2))
    print(f"\ntwo threads against one, wall time: {two / one:.2f}")
    print(f"moments and a histogram after every hundred steps: {100 * (formula / rates['observed'] - 1):.1f} % more time")


main()
