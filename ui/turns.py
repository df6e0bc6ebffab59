"""Who may work: one visitor after the other."""

import sys
from threading import Lock

# The interpreter runs one thread at a time. Training lets go of it at every matrix product, and with others at work
# waits each time until it gets it back: forty trainings side by side take many times longer than one after the other.
turn = Lock()

# For as long, in seconds, may a thread keep the interpreter from the one that sends what is finished (default: 0.005).
sys.setswitchinterval(0.001)
