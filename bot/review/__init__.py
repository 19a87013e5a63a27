"""What publishing a snapshot would change: asked, shown, and kept from owners where it breaks."""
