"""Each move of a control is answered, by the part of the page that depends on it."""

from tests.server import Server
from tests.visitor import await_, speak
from ui import words
from ui.settings import GENERATIONS, LEARNING_RATES, PRESETS, SCALES, TABS


def test_every_stop_of_every_control_is_answered_whatever_was_chosen_before(server: Server) -> None:
    async def move() -> None:
        async with speak(server.url, {"lr": "x"}) as visitor:
            for rate in LEARNING_RATES:
                await visitor.move("Learning rate", words.rate(rate))
                assert visitor.scene["link"]["lr"] == (None if rate == 1 else words.rate(rate))
            for label in TABS.values():
                await visitor.forge("tab", string_value=label)
            for preset in PRESETS:
                await visitor.forge("preset", string_value=preset)
            for scale in SCALES:
                await visitor.forge("scale", string_array_value=[scale])
            for generation in GENERATIONS.values():
                await visitor.forge("generation", string_value=generation.name)
                for rate in LEARNING_RATES[::6]:
                    await visitor.move("Learning rate", words.rate(rate))
        async with speak(server.url) as visitor:
            for rate in (*LEARNING_RATES[::4], 70.0, 100.0, 1.0):
                await visitor.move("Learning rate", words.rate(rate))

    await_(move())
