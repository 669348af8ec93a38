"""The tests mirror the tree of the product and are named after behaviour."""
