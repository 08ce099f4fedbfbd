/** The browser's end of a simulated connection: the part of `WebSocket` that a provider uses, and the rest of its shape. */

/** What the network does for it. */
export type Wire = {
  send(bytes: Uint8Array): void;
  /** The page let go of it. */
  close(): void;
};

/** Node's own takes longer to make than most messages take to read. */
class Message extends Event implements MessageEvent {
  readonly data: Uint8Array;
  readonly lastEventId = '';
  readonly origin = '';
  readonly ports = [];
  readonly source = null;
  constructor(data: Uint8Array) {
    super('message');
    this.data = data;
  }
  initMessageEvent(): void {
    throw new Error('nobody makes events in the old way');
  }
}

export type Dial = (url: string, socket: ClientSocket) => Wire;

export class ClientSocket extends EventTarget implements WebSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;
  readonly url: string;
  readonly protocol = '';
  readonly extensions = '';
  readonly bufferedAmount: number = 0;
  binaryType: BinaryType = 'arraybuffer';
  readyState: 0 | 1 | 2 | 3 = 0;
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  readonly #wire: Wire;

  constructor(url: string | URL, dial: Dial) {
    super();
    this.url = String(url);
    this.#wire = dial(this.url, this);
  }

  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    if (this.readyState !== this.OPEN) return;
    if (data instanceof Uint8Array) this.#wire.send(data);
  }

  close(): void {
    if (this.readyState >= this.CLOSING) return;
    this.readyState = this.CLOSED;
    this.#wire.close();
  }

  /** The network has something for the page. */
  hearOpen(): void {
    if (this.readyState !== this.CONNECTING) return;
    this.readyState = this.OPEN;
    this.onopen?.(new Event('open'));
  }

  hearMessage(bytes: Uint8Array): void {
    if (this.readyState !== this.OPEN) return;
    this.onmessage?.(new Message(bytes));
  }

  hearClose(code: number): void {
    if (this.readyState === this.CLOSED) return;
    this.readyState = this.CLOSED;
    this.onclose?.(new CloseEvent('close', { code }));
  }
}
