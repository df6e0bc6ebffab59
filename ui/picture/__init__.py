"""What the page's own pictures share: an SVG that follows the player, fits its column and can be saved.

A picture never changes on the server: all it shows comes with the scene, and so in the same frame as everything else.
"""

from collections.abc import Callable
from functools import partial

from ui.component import UI, component, read


def picture(key: str, *scripts: str, **constants: object) -> Callable[[], object]:
    """How to mount the picture `key`, made of `scripts` in `ui/` and of `ui/<key>/<key>.css` and `.js`.

    constants: what the scripts can read under these names.
    """
    mount = component(
        key,
        key,
        html=read(UI / "picture" / "picture.html").replace("NAME", key),
        styles=("picture/picture.css",),
        scripts=("words.js", "follow.js", "picture/picture.js", "picture/neurons.js", "picture/save.js", *scripts),
        constants=constants,
    )
    return partial(mount, key=key)
