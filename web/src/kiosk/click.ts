let context: AudioContext | null = null;

/** A short click, so that a finger knows it was felt; silent where the browser has no sound. */
export const click = (): void => {
  try {
    context ??= new AudioContext();
    void context.resume();
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    const now = context.currentTime;
    tone.frequency.value = 880;
    volume.gain.setValueAtTime(0.2, now);
    volume.gain.exponentialRampToValueAtTime(0.001, now + 0.08);
    tone.connect(volume).connect(context.destination);
    tone.start(now);
    tone.stop(now + 0.09);
  } catch {
    context = null;
  }
};
