"""The figures of the performance goals, each against a floor measured in the same run (docs/performance.md)."""
