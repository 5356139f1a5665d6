"""`python -m relgraph`: the command line, also where its script is not on the path."""

from relgraph.cli import main

if __name__ == "__main__":
    main()
