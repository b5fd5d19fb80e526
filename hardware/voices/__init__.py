"""Voices that speak a call, by URL, and the sounds around it; the board and the device agent both call with them."""
