"""Benchmarks: ratios measured side by side in one run, against the figures promptlang goes for."""
