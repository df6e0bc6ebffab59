"""Tests of the network, of the page, and of both together in a browser."""
