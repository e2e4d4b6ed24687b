"""Progress bars of tqdm."""
