/** Puts a device's incident on a server the way every line goes: over the socket, and waits until it is on the disk. */

import { WebSocket } from 'ws';
import { type IncidentId, newIncidentId } from '../../shared/domain/id.ts';
import { encodeBarrier, encodeStep2 } from '../../shared/protocol/frames.ts';
import type { Device } from './device.ts';
import { createRandom } from './random.ts';

export async function seedIncident(serverUrl: string, device: Device): Promise<IncidentId> {
  const id = newIncidentId(device.now, createRandom(device.now).bytes);
  const socket = new WebSocket(new URL(`/sync/${id}`, serverUrl.replace(/^http/, 'ws')));
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const stored = new Promise((resolve) => {
    socket.on('message', (frame: Buffer) => frame[0] === 100 && resolve(frame));
  });
  socket.send(encodeStep2(device.doc.encode()));
  socket.send(encodeBarrier(1));
  await stored;
  socket.close();
  return id;
}
