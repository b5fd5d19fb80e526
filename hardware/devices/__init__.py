"""`motcua devices`: finds what is plugged in, asks how it is, tries it and watches; for whoever installs it."""
