"""The regression of the intents, on made-up likenesses."""

import numpy as np
import pytest

from knowledge.intents.regression import (
    best_ridge,
    best_temperature,
    kernel_of,
    one_hot,
    softmax,
    solve,
)

LABELS, TOPICS, EACH = 4, 40, 3


def examples(*, wrong: float) -> tuple[np.ndarray, np.ndarray]:
    """The kernel of a few texts on each of many topics, and their labels, a share of them wrong;
    a label has several topics."""
    chance = np.random.default_rng(1)
    topics = np.repeat(np.arange(TOPICS), EACH)
    points = np.eye(TOPICS)[topics] + chance.normal(scale=0.1, size=(len(topics), TOPICS))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    odd = chance.random(len(topics)) < wrong
    told = np.where(odd, chance.integers(LABELS, size=len(topics)), topics % LABELS)
    return kernel_of((points @ points.T).astype(np.float32)), one_hot(told, LABELS)


def test_labels_that_overlap_are_smoothed_more() -> None:
    assert best_ridge(*examples(wrong=0)) < best_ridge(*examples(wrong=0.6))


def test_the_kernel_is_left_as_it_was_by_looking_for_a_ridge() -> None:
    kernel, target = examples(wrong=0.1)
    before = kernel.copy()
    best_ridge(kernel, target)
    np.testing.assert_array_equal(kernel, before)


@pytest.mark.parametrize("number", [0, 45, TOPICS * EACH - 1])
def test_left_out_is_what_training_without_it_says(number: int) -> None:
    """With the shares of the labels and the weights of rare ones as with it."""
    kernel, target = examples(wrong=0.1)
    found = solve(kernel.copy(), target, ridge=0.2).left_out[number]
    others = np.arange(len(target)) != number
    counts = target.sum(axis=0)
    ridges = 0.2 * (target @ counts / counts.mean())[others]
    matrix = kernel[np.ix_(others, others)] + np.diag(ridges)
    centred = target - target.mean(axis=0)
    alone = kernel[number, others] @ np.linalg.solve(matrix, centred[others])
    np.testing.assert_allclose(found, alone + target.mean(axis=0), atol=2e-3)


def test_the_best_temperature_makes_the_right_labels_likeliest() -> None:
    places = np.array([0, 1, 2, 3, 0])
    sure, unsure = one_hot(places, LABELS), one_hot(np.array([0, 1, 2, 3, 1]), LABELS)
    assert best_temperature(sure, places) > best_temperature(unsure, places)
    assert softmax(sure).sum(axis=1) == pytest.approx(1)
