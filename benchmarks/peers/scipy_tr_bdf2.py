"""Problem B with scipy: the Scharfetter-Gummel matrix on free energies of the cells, one sparse LU factorisation, TR-BDF2
(Bank et al. 1985) with fixed steps.

    scipy_tr_bdf2.py REFERENCE CELLS STEPS REPEATS      one line of JSON, for compare.py
"""
import json
import sys
import time

import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as la
from scipy.special import erf

D, T, LOWER, UPPER = 0.25, 1.0, -2.5, 2.5


def bernoulli(z):
    small = np.abs(z) < 1e-8
    return np.where(small, 1 - z / 2, z / np.expm1(np.where(small, 1, z)))


def generator(n):
    """dm/dt = A m for cell masses; variables separate, so A is a sum of two lines."""
    h = (UPPER - LOWER) / n
    node, weight = np.polynomial.legendre.leggauss(4)
    x = LOWER + h * (np.arange(n)[:, None] + 0.5 + node / 2)

    def line(potential):
        z = np.diff(-np.log(np.exp(-potential(x) / D) @ (weight / 2)))
        forward, backward = D / h**2 * bernoulli(z), D / h**2 * bernoulli(-z)
        leave = np.append(forward, 0) + np.insert(backward, 0, 0)
        return sp.diags([forward, -leave, backward], [-1, 0, 1])

    one = sp.identity(n)
    return (sp.kron(one, line(lambda v: (v**2 - 1) ** 2)) + sp.kron(line(lambda v: v**2), one)).tocsc()


def start(n):
    edges = np.linspace(LOWER, UPPER, n + 1)
    mass = lambda mean: np.diff(erf((edges - mean) / (0.2 * np.sqrt(2)))) / 2
    return np.outer(mass(0), mass(-1)).ravel()


def solve(n, steps):
    A, m = generator(n), start(n)
    gamma, k = 2 - np.sqrt(2), T / steps
    # The same matrix serves both stages; its pattern is symmetric.
    lu = la.splu(sp.identity(n * n, format="csc") - 0.5 * gamma * k * A, permc_spec="MMD_AT_PLUS_A",
                 diag_pivot_thresh=0, options={"SymmetricMode": True})
    for _ in range(steps):
        middle = lu.solve(m + 0.5 * gamma * k * (A @ m))
        m = lu.solve((middle - (1 - gamma) ** 2 * m) / (gamma * (2 - gamma)))
    return m


def main():
    reference_file, n, steps, repeats = sys.argv[1], *map(int, sys.argv[2:5])
    seconds = []
    for _ in range(repeats):
        begin = time.process_time()
        m = solve(n, steps)
        seconds.append(time.process_time() - begin)
    exact = np.fromfile(reference_file)
    fine = int(round(np.sqrt(exact.size)))
    exact = exact.reshape(n, fine // n, n, fine // n).sum((1, 3)).ravel()
    print(json.dumps({"who": "scipy, sparse LU, TR-BDF2", "cells": f"{n}", "threads": 1, "steps": steps,
                      "seconds": float(np.median(seconds)), "l1": float(np.abs(m - exact).sum()),
                      "least": float(m.min() / ((UPPER - LOWER) / n) ** 2)}))


main()
