"""The exchange format, both ways: `validating` and `importing` for what comes in, `exporting` for what goes out."""
