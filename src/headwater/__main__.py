"""`python -m headwater`."""

from headwater.command_line import main

if __name__ == "__main__":
    main()
