"""Kernel ridge regression on labels, in closed form, and what it says of each example unseen.

`target` has a row for each example and a column for each label, 1 at the right one. Leaving one
out: what is predicted for example i without it is y_i - w_i / (K + R)^-1_ii, with the weights w
(Rifkin and Lippert, "Notes on Regularized Least Squares", 2007).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import linalg

_SHARPNESS = 2.0
_RIDGES = (0.05, 0.1, 0.2, 0.4, 0.8)
# more examples than this change the best ridge little, and cost much
_JUDGED = 2000
_TEMPERATURES = np.geomspace(3, 40, 24)

Floats = npt.NDArray[np.float32]


def kernel_of(likeness: Floats, *, out: Floats | None = None) -> Floats:
    """exp(g · (likeness - 1)), of the shape of `likeness` (about 0 to 1); `out` may be the same."""
    found: Floats = np.subtract(likeness, np.float32(1), out=out)
    found *= np.float32(_SHARPNESS)
    np.exp(found, out=found)
    return found


@dataclass(frozen=True)
class Solution:
    """The `weights`, and the value of each label for each example as if it had not been trained
    on; both of the shape of `target`."""

    weights: Floats
    left_out: Floats


def solve(kernel: Floats, target: Floats, ridge: float) -> Solution:
    """The regression's solution; `kernel` (n, n) is overwritten. An example of a rare label weighs
    more, as if all had equally many."""
    counts = target.sum(axis=0)
    often = target @ counts / counts[counts > 0].mean()
    kernel[np.diag_indices(len(kernel))] += (ridge * often).astype(np.float32)
    # it is symmetric, and LAPACK works in place in columns alone
    factor = linalg.cho_factor(kernel.T, lower=True, overwrite_a=True, check_finite=False)
    weights = linalg.cho_solve(factor, target - target.mean(axis=0), check_finite=False)
    root, _ = linalg.lapack.strtri(factor[0], lower=1, overwrite_c=1)
    inverse = np.array([root[n:, n] @ root[n:, n] for n in range(len(root))])
    left_out = target - weights / inverse[:, np.newaxis]
    return Solution(weights.astype(np.float32), left_out.astype(np.float32))


def predict(likeness: Floats, weights: Floats, share: Floats) -> Floats:
    """The value of each label for new rows, by their likeness to each example: about 1 for the
    right one. `weights` are the solution's, `share` the labels' shares of the examples."""
    found: Floats = kernel_of(likeness) @ weights + share
    return found


def best_ridge(kernel: Floats, target: Floats) -> float:
    """The ridge under which the right labels of examples, each left out, are likeliest: labels
    that overlap want more of it than those that do not."""
    chosen = np.arange(len(target))
    if len(target) > _JUDGED:
        chosen = np.random.default_rng(0).choice(len(target), _JUDGED, replace=False)
    some, places = target[chosen], target[chosen].argmax(axis=1)

    def loss(ridge: float) -> float:
        values = solve(kernel[np.ix_(chosen, chosen)], some, ridge).left_out
        return _loss(best_temperature(values, places) * values, places)

    return min(_RIDGES, key=loss)


def best_temperature(values: Floats, places: npt.NDArray[Any]) -> float:
    """The temperature under which the right labels, at these places, are likeliest."""
    return float(min(_TEMPERATURES, key=lambda each: _loss(each * values, places)))


def softmax(values: Floats) -> Floats:
    """Each row as probabilities."""
    shifted = np.exp(values - values.max(axis=1, keepdims=True))
    found: Floats = shifted / shifted.sum(axis=1, keepdims=True)
    return found


def one_hot(places: npt.NDArray[Any], count: int) -> Floats:
    """A row of `count` columns for each place, 1 there and 0 elsewhere."""
    target = np.zeros((len(places), count), np.float32)
    target[np.arange(len(places)), places] = 1
    return target


def _loss(values: Floats, places: npt.NDArray[Any]) -> float:
    right = softmax(values)[np.arange(len(places)), places]
    return -float(np.log(np.maximum(right, 1e-6)).mean())
