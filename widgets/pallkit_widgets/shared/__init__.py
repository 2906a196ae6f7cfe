"""What all our widgets share: the refusal of trait writes, the styles, the building blocks."""
