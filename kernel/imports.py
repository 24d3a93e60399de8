"""Imports on threads: what only training needs is imported when it begins, on its thread."""

from threading import RLock

# two threads that import parts of one library at the same moment find it half-made
one_at_a_time = RLock()
