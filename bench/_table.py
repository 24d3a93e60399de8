"""A line of a bench's table."""


def row(measure: str, reached: str, wanted: str, *, good: bool) -> bool:
    """Print a line of the table; returns whether it is reached."""
    print(f"{measure:58} {reached:>22}   {wanted:22} {'' if good else 'MISSED'}", flush=True)
    return good
