"""Papers under a document camera: found, judged, straightened and put into a PDF. `advice` is pure; the rest needs the
extra `camera`."""
