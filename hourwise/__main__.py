"""The console script, and `python -m hourwise`."""

import gc


def main() -> None:
    """Runs the command line."""
    # what is imported stays: looking through it for garbage, again and again, took a second
    gc.disable()
    from hourwise.cli import main as command_line

    gc.freeze()
    gc.enable()
    command_line()


if __name__ == "__main__":
    main()
