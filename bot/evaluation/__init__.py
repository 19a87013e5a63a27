"""What a user gets, measured on labelled questions."""
