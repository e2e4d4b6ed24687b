"""Libraries of frames and columns: which one a value is of, and where Headwater's part for it is."""
