"""Links to code, as the playground writes them."""

import base64
import json
import zlib
from collections.abc import Mapping


def link_to(files: Mapping[str, str]) -> str:
    """The fragment that carries the files: `v1.` and JSON, deflated, in base64url."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflate.compress(json.dumps({"files": files}).encode()) + deflate.flush()
    return "#v1." + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()
