"""`python -m hourwise`."""

from hourwise.cli import main

if __name__ == "__main__":
    main()
