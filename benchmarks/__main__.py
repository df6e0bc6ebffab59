"""`python -m benchmarks [training] [studies] [page] [load]`: the parts named, or all of them."""

import sys
from importlib import import_module

from benchmarks.tables import machine

PARTS = {part: f"benchmarks.{part}" for part in ("training", "studies", "page", "load")}

chosen = sys.argv[1:] or list(PARTS)
if unknown := set(chosen) - set(PARTS):
    sys.exit(f"No part {', '.join(sorted(unknown))}: choose from {', '.join(PARTS)}.")
print(machine("numpy", "streamlit", "scikit-learn", "torch", "numba"))
for part in chosen:
    import_module(PARTS[part]).main()
