"""The dialogues. Each is a pure step: (state, event, who) -> (state, effects); `handling` performs the effects."""
