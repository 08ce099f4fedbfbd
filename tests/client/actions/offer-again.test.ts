import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { type OfferLease, offerAgain } from '../../../client/actions/offer-again.ts';
import { createOffers, type Offers } from '../../../client/actions/offers.ts';
import { openIncident } from '../../../client/actions/open-incident.ts';
import { type IncidentId, newIncidentId } from '../../../shared/domain/id.ts';
import { createDevice, NIGHT } from '../../support/device.ts';
import { createMemoryDisk } from '../../support/memory-disk.ts';
import { createRandom } from '../../support/random.ts';
import { NoSocket, openTestPhone } from '../../support/test-phone.ts';

/** The server asks for what others wrote. */
const RELAY_WANTED = new Uint8Array([100, 8]);
const IDS = [1, 2, 3, 4, 5].map((seed) => newIncidentId(NIGHT, createRandom(seed).bytes));

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
});

/** Five incidents are left to be offered to a server that went back. */
async function createLeft(): Promise<Offers> {
  const log = createMemoryDisk().open();
  const ana = createDevice('Ana');
  ana.declare();
  await log.append(IDS.map((doc) => ({ doc, bytes: ana.doc.encode() })));
  const offers = createOffers(log, () => undefined);
  await offers.heard(NIGHT);
  return offers;
}

test('[N61] what the server does not take for now keeps nothing else from being offered', async () => {
  const offered = new Set<IncidentId>();
  let open = 0;
  const lease = (id: IncidentId): OfferLease => {
    offered.add(id);
    open += 1;
    return {
      incident: new Promise(() => undefined),
      release() {
        open -= 1;
      },
    };
  };
  const stop = offerAgain(await createLeft(), lease, () => true);
  onTestFinished(stop);
  expect(offered.size).toBe(3);
  vi.advanceTimersByTime(90_000);
  expect(offered).toEqual(new Set(IDS));
  expect(open).toBe(3);
  stop();
  expect(open).toBe(0);
});

type Fate = { isServerThere: boolean; isOnline: boolean; sending: ReadonlySet<IncidentId> };

/** @returns which are open, and every opening so far */
async function offerAll(fate: Fate) {
  const open = new Set<IncidentId>();
  const openings: IncidentId[] = [];
  const lease = (id: IncidentId): OfferLease => {
    open.add(id);
    openings.push(id);
    return {
      incident: Promise.resolve({
        connection: () => (fate.isOnline ? { type: 'online' } : { type: 'offline', since: NIGHT }),
        isSending: () => fate.sending.has(id),
        subscribe: () => () => undefined,
      }),
      release: () => open.delete(id),
    };
  };
  onTestFinished(offerAgain(await createLeft(), lease, () => fate.isServerThere));
  await vi.advanceTimersByTimeAsync(0);
  return { open, openings };
}

test('[N66] without the server no incident is opened for another', async () => {
  const fate: Fate = { isServerThere: false, isOnline: false, sending: new Set() };
  const { open, openings } = await offerAll(fate);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(openings).toEqual(IDS.slice(0, 3));
  fate.isServerThere = true;
  await vi.advanceTimersByTimeAsync(30_000);
  expect([...open]).toEqual(IDS.slice(1, 4));
  // A hidden page hears of the server by what is open only.
  fate.isServerThere = false;
  fate.isOnline = true;
  await vi.advanceTimersByTimeAsync(30_000);
  expect([...open]).toEqual(IDS.slice(2, 5));
});

test('[N66] what is on its way to the server is not cut off, and others take turns beside it', async () => {
  const [first, second, third, fourth, fifth] = IDS;
  const fate: Fate = { isServerThere: true, isOnline: true, sending: new Set(IDS) };
  const { open, openings } = await offerAll(fate);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(openings).toEqual([first, second, third]);
  fate.sending = new Set(IDS.slice(0, 1));
  await vi.advanceTimersByTimeAsync(30_000);
  expect([...open]).toEqual([first, third, fourth]);
  await vi.advanceTimersByTimeAsync(30_000);
  expect([...open]).toEqual([first, fourth, fifth]);
});

test('[N66] an incident tells while something of it is on its way, by its socket and by http', async () => {
  const sockets: Socket[] = [];
  class Socket extends NoSocket {
    override bufferedAmount = 0;
    constructor(url: string | URL) {
      super(url);
      sockets.push(this);
    }
  }
  const answers: ((answer: Response) => void)[] = [];
  const fetch = () => new Promise<Response>((resolve) => answers.push(resolve));
  const log = createMemoryDisk().open();
  const opening = openTestPhone({ log, seed: 6, around: { WebSocket: Socket, fetch } });
  await vi.advanceTimersByTimeAsync(1_000); // who this phone is was asked
  const incident = await openIncident(await opening, newIncidentId(NIGHT, createRandom(6).bytes));
  onTestFinished(() => incident.close());
  const [socket] = sockets;
  socket?.hearOpen();
  expect(incident.isSending()).toBe(false);
  for (const open of sockets) open.bufferedAmount = 400_000;
  expect(incident.isSending()).toBe(true);
  for (const open of sockets) open.bufferedAmount = 0;
  expect(incident.isSending()).toBe(false);
  socket?.hearMessage(RELAY_WANTED);
  expect(incident.isSending()).toBe(true);
  answers[0]?.(new Response('Try again', { status: 503 }));
  await expect.poll(incident.isSending).toBe(false);
});
