"""What can be known of Python source text by reading it: nothing here imports or runs what it reads."""
