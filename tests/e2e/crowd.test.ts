import { expect, onTestFinished, test } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import { newIncidentId } from '../../shared/domain/id.ts';
import { createDevice, type Device, NIGHT } from '../support/device.ts';
import { createRandom } from '../support/random.ts';
import { startServer } from '../support/server.ts';

const PEOPLE = 20;
const LINES_A_MINUTE = 60;
const MINUTES = 2;
const MINUTE = 60_000;

/** Every websocket message of one client, by direction and y-websocket's message type. */
type Traffic = { sent: number[]; received: number[] };

/** An unmodified provider from npm; only its socket is counted. */
function join(device: Device, syncUrl: string, room: string) {
  const traffic: Traffic = { sent: [], received: [] };
  const note = (list: number[], data: unknown): void => {
    const bytes = data instanceof Uint8Array ? data : new Uint8Array(data as ArrayBuffer);
    list[bytes[0] ?? 0] = (list[bytes[0] ?? 0] ?? 0) + 1;
  };
  class CountedSocket extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', (event) => note(traffic.received, event.data));
    }
    override send(data: Parameters<WebSocket['send']>[0]): void {
      note(traffic.sent, data);
      super.send(data);
    }
  }
  let closes = 0;
  const provider = new WebsocketProvider(syncUrl, room, device.doc.ydoc, {
    WebSocketPolyfill: CountedSocket,
    disableBc: true,
  });
  provider.on('connection-close', () => {
    closes += 1;
  });
  onTestFinished(() => provider.destroy());
  const synced = new Promise<void>((resolve) => provider.once('sync', () => resolve()));
  return { device, provider, traffic, synced, closes: () => closes };
}

test('[N31] for two minutes twenty people log sixty lines a minute and end equal, one idles without a reconnect, and presence does not storm', async () => {
  const server = await startServer();
  const random = createRandom(5);
  const [busy, quiet] = [newIncidentId(NIGHT, random.bytes), newIncidentId(NIGHT, random.bytes)];
  const people = Array.from({ length: PEOPLE }, (_, index) =>
    join(createDevice(`P${index}`, index + 1), server.syncUrl, busy),
  );
  const idle = join(createDevice('Idle', 99), server.syncUrl, quiet);
  idle.provider.awareness.setLocalState(null); // says nothing of itself: only the server keeps it connected
  await Promise.all([...people, idle].map(({ synced }) => synced));
  people[0]?.device.declare();
  for (const { provider, device } of people) {
    provider.awareness.setLocalState({ person: device.person, name: device.name });
  }

  const total = LINES_A_MINUTE * MINUTES;
  await new Promise<void>((resolve) => {
    let logged = 0;
    const pace = setInterval(() => {
      const { device, provider } = people[logged % PEOPLE] ?? idle;
      provider.awareness.setLocalStateField('writing', logged % 2 === 0 ? 'action' : null);
      device.now = Date.now();
      device.log(`Line ${logged} of ${device.name}`);
      logged += 1;
      if (logged < total) return;
      clearInterval(pace);
      resolve();
    }, MINUTE / LINES_A_MINUTE);
  });
  const stories = () => people.map(({ device }) => device.story().join('\n'));
  await expect.poll(() => new Set(stories()).size, { timeout: 30_000 }).toBe(1);
  for (let line = 0; line < total; line += 1) {
    const found = people[0]?.device.story().filter((text) => text.startsWith(`Line ${line} of`));
    expect(found).toHaveLength(1);
  }

  expect(idle.closes()).toBe(0);
  idle.device.declare('After two idle minutes');
  const reader = join(createDevice('Reader', 98), server.syncUrl, quiet);
  await expect.poll(() => reader.device.doc.read.facts().title).toBe('After two idle minutes');

  const most = (pick: (traffic: Traffic) => number | undefined): number =>
    Math.max(...people.map(({ traffic }) => pick(traffic) ?? 0));
  const counts = {
    updatesReceived: most(({ received }) => received[0]),
    presenceReceived: most(({ received }) => received[1]),
    presenceSent: most(({ sent }) => sent[1]),
  };
  console.info(`${PEOPLE} people, ${total} lines in ${MINUTES} minutes, most per client:`, counts);
  // One a line, the backlog, and the steps at the start.
  expect(counts.updatesReceived).toBeLessThanOrEqual(total + 10);
  // What twenty people say of themselves: once a line, and each every 15 seconds; a heartbeat every 20.
  const said = total + (PEOPLE * MINUTES * 60) / 15 + (MINUTES * 60) / 20 + PEOPLE;
  expect(counts.presenceReceived).toBeLessThanOrEqual(said);
});
