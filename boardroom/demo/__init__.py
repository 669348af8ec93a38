"""The demonstration: invented boards whose papers are made by the product's own acts, with days counted from today."""
