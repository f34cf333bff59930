import { beforeEach, expect, it, vi } from 'vitest';

const notes: number[] = [];
const shown: [string, NotificationOptions][] = [];
const vibrate = vi.fn();

class Node {
  gain = { setValueAtTime: vi.fn(), exponentialRampToValueAtTime: vi.fn() };
  stop = vi.fn();
  private readonly frequency: number | undefined;
  constructor(_audio: unknown, { frequency }: { frequency?: number }) {
    this.frequency = frequency;
  }
  connect = <T>(next: T) => next;
  start = () => {
    if (this.frequency !== undefined) notes.push(this.frequency);
  };
}

function stubBrowser(permission: NotificationPermission): void {
  vi.stubGlobal(
    'AudioContext',
    class {
      currentTime = 0;
      resume = () => Promise.resolve();
    },
  );
  vi.stubGlobal('GainNode', Node);
  vi.stubGlobal('OscillatorNode', Node);
  vi.stubGlobal('navigator', { languages: ['en'], vibrate });
  const shows = vi.fn(function (title: string, options: NotificationOptions) {
    shown.push([title, options]);
  });
  const requestPermission = () => {
    Object.assign(shows, { permission });
    return Promise.resolve(permission);
  };
  vi.stubGlobal('Notification', Object.assign(shows, { permission: 'default', requestPermission }));
}

beforeEach(() => {
  vi.resetModules();
  notes.length = 0;
  shown.length = 0;
  vibrate.mockClear();
});

it('alerts nobody who has not asked for it', async () => {
  stubBrowser('granted');
  const { alertShopper, unlockSound } = await import('@/lib/alerts');
  unlockSound();
  alertShopper('Your turn', 'Pay', 'r');
  expect([notes.length, shown.length, vibrate.mock.calls.length]).toEqual([0, 0, 0]);
});

it('plays a sample at the press, and sound, vibration and notification at an alert', async () => {
  stubBrowser('granted');
  const { alertShopper, notifying, wantAlerts } = await import('@/lib/alerts');
  await wantAlerts();
  expect(notes).toHaveLength(2);
  expect(notifying.get()).toBe(true);
  alertShopper('Your turn', 'Pay', 'r');
  expect(notes).toHaveLength(4);
  expect(vibrate).toHaveBeenCalledOnce();
  expect(shown).toEqual([['Your turn', expect.objectContaining({ body: 'Pay', tag: 'r' })]]);
});

it('remembers the choice, and shows no notification that the shopper has forbidden', async () => {
  stubBrowser('denied');
  await (await import('@/lib/alerts')).wantAlerts();
  vi.resetModules();
  const { alertShopper, alertsWanted } = await import('@/lib/alerts');
  expect(alertsWanted.get()).toBe(true);
  alertShopper('Your turn', 'Pay', 'r');
  expect(vibrate).toHaveBeenCalledOnce();
  expect(shown).toEqual([]);
});
