"""Links that the playground never creates. The page refuses them or shows them as text, and stays unharmed."""

from hostile_links import ONE_OF_EACH_KIND, SMALL, Link, links
from hostile_visitor import HostileVisitor


@links(SMALL, usual=ONE_OF_EACH_KIND)
def test_an_invalid_link_is_refused_or_shown(visitor: HostileVisitor, link: Link) -> None:
    with visitor.unharmed():
        visitor.expect_opened_or_refused(link)
        visitor.type_key()
