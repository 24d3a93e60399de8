"""Recommendation: who turned to whom, and what that says about everybody else."""
