"""The programs of the tutorial “Building a Neural Network From Scratch”, in its own words, with NumPy alone."""
