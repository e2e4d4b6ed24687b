"""What Headwater knows of other libraries, a module each, imported only when the user's own code has imported the library."""

from headwater.libraries.table import register_frame_library

__all__ = ["register_frame_library"]
