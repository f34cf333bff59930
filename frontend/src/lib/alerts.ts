import { createSavedStore } from '@/lib/savedStore';
import { createStore } from '@/lib/store';

/** Whether the shopper has asked for alerts: a sound, a vibration and a notification. */
export const alertsWanted = createSavedStore<boolean>('ember.alerts', false, (saved) =>
  typeof saved === 'boolean' ? saved : null,
);

/** Old browsers and pages without TLS lack some of these. */
const page = globalThis as unknown as {
  Notification?: typeof Notification;
  AudioContext?: typeof AudioContext;
  navigator: Partial<Navigator>;
};

const mayNotify = () => page.Notification?.permission === 'granted';

/** Whether the browser lets the page show notifications. */
export const notifying = createStore(mayNotify());

let audio: AudioContext | undefined;

/** Browsers play sound only on a page that the shopper has pressed or typed in. Call it in such an event. */
export function unlockSound(): void {
  if (!page.AudioContext) return;
  audio ??= new page.AudioContext();
  void audio.resume();
}

/** Turn the alerts on, with the sound as a sample, and ask the browser for notifications. */
export async function wantAlerts(): Promise<void> {
  alertsWanted.set(true);
  unlockSound();
  chime();
  await page.Notification?.requestPermission();
  notifying.set(mayNotify());
}

/** Alert a shopper who has asked for it. Notifications with the same tag replace each other. */
export function alertShopper(title: string, body: string, tag: string): void {
  if (!alertsWanted.get()) return;
  chime();
  page.navigator.vibrate?.(PULSES_MS);
  if (mayNotify()) notify(title, { body, tag, icon: '/icon-192.png' });
}

const PULSES_MS = [200, 100, 200];

function notify(title: string, options: NotificationOptions): void {
  try {
    const shown = new Notification(title, options);
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
  } catch {
    // Chrome on Android allows notifications of service workers only
    void page.navigator.serviceWorker
      ?.getRegistration()
      .then((worker) => worker?.showNotification(title, options));
  }
}

const NOTES_HZ = [784, 1175];
const NOTE_SECONDS = 0.18;
const FADE_SECONDS = 0.5;
const VOLUME = 0.2;

/** Two short notes, the second higher. */
function chime(): void {
  if (!audio) return;
  const { currentTime, destination } = audio;
  for (const [position, frequency] of NOTES_HZ.entries()) {
    const start = currentTime + position * NOTE_SECONDS;
    const volume = new GainNode(audio, { gain: VOLUME });
    volume.gain.setValueAtTime(VOLUME, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + FADE_SECONDS);
    const note = new OscillatorNode(audio, { frequency });
    note.connect(volume).connect(destination);
    note.start(start);
    note.stop(start + FADE_SECONDS);
  }
}
