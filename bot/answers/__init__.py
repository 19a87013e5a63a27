"""Question -> answer: reading the question, evidence, abstention."""
