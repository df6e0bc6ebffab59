"""Who may work: `with turn:` one visitor after the other."""

from threading import RLock
from time import sleep

# Side by side, trainings take many times longer than one after the other: the interpreter runs one thread at a time,
# and every matrix product gives it away and has to win it back.
turn = RLock()


def rest() -> None:
    """End a turn with a pause: in it, the thread that sends for all has the interpreter to itself.

    While another visitor's script runs, the interpreter goes back to that with each of an answer's many messages.
    """
    sleep(0.005)
