"""What people asked, how they were answered, and what the documents lack, as one page."""
