"""Progress bars with tqdm."""
