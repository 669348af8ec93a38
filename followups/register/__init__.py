"""The register as it is searched, shown, changed and taken out."""
