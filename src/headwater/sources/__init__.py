"""Static analysis of Python source text. Nothing here imports or runs the text."""
