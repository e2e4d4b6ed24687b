"""The JSON shapes in which a session and a page speak to each other, with their bounds. Nothing else states them."""
