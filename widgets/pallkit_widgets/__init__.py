"""What a person touches in a notebook or a Voila page: case player, calculator, answer box.

Training on invented patients; not clinical decision support.
"""
