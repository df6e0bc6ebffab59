"""Who may work: `with turn:` one visitor after the other. Importing this also shortens the interpreter's own turns."""

import sys
from threading import RLock

# Side by side, trainings take many times longer than one after the other: the interpreter runs one thread at a time,
# and every matrix product gives it away and has to win it back.
turn = RLock()

# For as long, in seconds, may a thread keep the interpreter from the one that sends what is finished (default: 0.005).
sys.setswitchinterval(0.001)
