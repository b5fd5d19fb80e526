"""The device agent: one process on each machine with devices, a client of the hall's server as the kiosk is.

`config` says which devices there are, `feed` keeps the board's newest state, a thread for each device drives it
(`display_part`, `keypad_part`, `speaker_part`, `watched_part`), `reporter` tells the server how all of them are, `crew`
puts them together. What is shown is decided in `faces` and `answers`, without a device or a clock.
"""
