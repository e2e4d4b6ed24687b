"""Integrations with other libraries. Each is imported only after the user's code has imported the library."""

from headwater.libraries.table import register_frame_library

__all__ = ["register_frame_library"]
