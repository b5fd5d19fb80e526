"""A QR code as an SVG picture, for receipts that a telephone follows."""

from __future__ import annotations

QUIET = 4
"""White modules around the code, as ISO/IEC 18004 wants them."""


def qr_picture(payload: str) -> str:
    """The code of `payload` with its quiet zone; empty where there is nothing to say or too much for a code."""
    if not payload:
        return ""
    import segno

    try:
        rows = segno.make(payload, error="m", micro=False).matrix
    except segno.DataOverflowError:
        return ""
    side = len(rows) + 2 * QUIET
    path = "".join(
        f"M{start + QUIET} {y + QUIET}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(bytes(row))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path d="{path}" fill="#000"/></svg>'
    )


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
