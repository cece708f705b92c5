"""`python -m clausetrail`."""

from clausetrail.cli import main

if __name__ == "__main__":
    main()
