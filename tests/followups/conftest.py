from tests.cast import board, cast, signed_in

__all__ = ["board", "cast", "signed_in"]
