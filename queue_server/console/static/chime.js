// A few notes from the page itself. A browser lets a page sound only after a touch: whoever makes a chime was touched.
export function makeChime(notes) {
  const sound = window.AudioContext ? new AudioContext() : null;
  return {
    close: () => sound?.close(),
    ring() {
      if (!sound) return;
      for (const [start, pitch] of notes) {
        const tone = sound.createOscillator();
        const loud = sound.createGain();
        tone.frequency.value = pitch;
        loud.gain.setValueAtTime(0.4, sound.currentTime + start);
        loud.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + start + 0.5);
        tone.connect(loud).connect(sound.destination);
        tone.start(sound.currentTime + start);
        tone.stop(sound.currentTime + start + 0.5);
      }
    },
  };
}
