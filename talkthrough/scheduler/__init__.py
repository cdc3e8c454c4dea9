"""When to ask whom."""
