"""Static analysis of Python source text, which is never imported or run."""
