"""Fits what is learned; what serves never imports it."""
