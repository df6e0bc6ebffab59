"""The player: replays a run in the browser. `encoder.py` writes the message that `decoder.js` reads."""
