"""One step each. A step that has left the house is never changed."""
