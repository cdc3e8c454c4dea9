"""What the effects of a step do: each performer runs in the update's transaction and may answer with an event."""
