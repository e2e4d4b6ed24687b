"""Integrations with other libraries. An integration is imported only after the user's code has imported its library."""

from headwater.libraries.table import register_frame_library

__all__ = ["register_frame_library"]
