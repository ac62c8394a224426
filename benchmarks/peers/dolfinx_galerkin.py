"""Problem B with dolfinx: continuous elements of degree 2 or 3 on squares, one LU factorisation by MUMPS, TR-BDF2.

    dolfinx_galerkin.py REFERENCE CELLS DEGREE STEPS REPEATS      one line of JSON, for compare.py

Weak form: (p', v) = -(D grad p + p grad L, grad v). Cell masses by quadrature exact for the elements.
"""
import json
import sys
import time

import numpy as np
import ufl
from dolfinx import fem, mesh
from dolfinx.fem.petsc import assemble_matrix, assemble_vector
from mpi4py import MPI
from petsc4py import PETSc

D, T, LOWER, UPPER = 0.25, 1.0, -2.5, 2.5


def solve(n, degree, steps):
    square = mesh.create_rectangle(MPI.COMM_WORLD, [np.array([LOWER] * 2), np.array([UPPER] * 2)], [n, n],
                                   mesh.CellType.quadrilateral)
    V = fem.FunctionSpace(square, ("CG", degree))
    x = ufl.SpatialCoordinate(square)
    gradient = ufl.as_vector((4 * x[0] * (x[0] ** 2 - 1), 2 * x[1]))
    p, v = ufl.TrialFunction(V), ufl.TestFunction(V)
    M = assemble_matrix(fem.form(p * v * ufl.dx))
    M.assemble()
    A = assemble_matrix(fem.form(-ufl.dot(D * ufl.grad(p) + p * gradient, ufl.grad(v)) * ufl.dx))
    A.assemble()
    u = fem.Function(V)
    u.interpolate(lambda y: np.exp(-((y[0] + 1) ** 2 + y[1] ** 2) / (2 * 0.04)) / (2 * np.pi * 0.04))
    m = u.vector
    gamma, k = 2 - np.sqrt(2), T / steps
    solver = PETSc.KSP().create(MPI.COMM_WORLD)
    solver.setOperators(M - 0.5 * gamma * k * A)
    solver.setType("preonly")
    solver.getPC().setType("lu")
    solver.getPC().setFactorSolverType("mumps")
    middle, right, scratch = m.duplicate(), m.duplicate(), m.duplicate()
    for _ in range(steps):
        M.mult(m, right)
        A.mult(m, scratch)
        right.axpy(0.5 * gamma * k, scratch)
        solver.solve(right, middle)
        middle.axpy(-((1 - gamma) ** 2), m)
        middle.scale(1 / (gamma * (2 - gamma)))
        M.mult(middle, right)
        solver.solve(right, m)
    return square, u


def cell_masses(square, u, n):
    constants = fem.FunctionSpace(square, ("DG", 0))
    masses = assemble_vector(fem.form(u * ufl.TestFunction(constants) * ufl.dx)).array
    centres = constants.tabulate_dof_coordinates()
    h = (UPPER - LOWER) / n
    i = np.floor((centres[:, :2] - LOWER) / h).astype(int)
    ordered = np.empty(n * n)
    ordered[i[:, 0] + n * i[:, 1]] = masses
    return ordered


def main():
    reference_file, n, degree, steps, repeats = sys.argv[1], *map(int, sys.argv[2:6])
    solve(n, degree, 1)  # compiles the forms
    seconds = []
    for _ in range(repeats):
        begin = time.process_time()
        square, u = solve(n, degree, steps)
        seconds.append(time.process_time() - begin)
    m = cell_masses(square, u, n)
    exact = np.fromfile(reference_file)
    fine = int(round(np.sqrt(exact.size)))
    exact = exact.reshape(n, fine // n, n, fine // n).sum((1, 3)).ravel()
    print(json.dumps({"who": f"dolfinx CG{degree}, MUMPS, TR-BDF2", "cells": f"{n}", "threads": 1, "steps": steps,
                      "seconds": float(np.median(seconds)), "l1": float(np.abs(m - exact).sum()),
                      "least": float(u.vector.array.min())}))


main()
