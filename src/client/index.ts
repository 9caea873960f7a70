export { LiveClient, type LiveClientOptions } from './live-client.js';
export type * from '../contracts/events.js';
export type { CurvePoint, HappyIndex, ToldContact, Verdict } from '../contracts/contact.js';
export type { Emotion, EmotionScores } from '../contracts/emotion.js';
export type { StreamStatus } from '../contracts/stream.js';
export type { StreamWindows, WindowMetrics, WindowName } from '../contracts/window.js';
