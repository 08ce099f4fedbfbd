import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { openProseText } from '../../../shared/doc/shared-text.ts';
import { toMarkdown } from '../../../shared/export/markdown.ts';
import { createDrafter } from '../../../shared/postmortem/draft.ts';
import { createDevice, type Device } from '../../support/device.ts';

type Words = {
  readonly title: string;
  readonly name: string;
  readonly line: string;
  readonly prose: string;
  readonly rewrite: string;
};
type Node = {
  readonly type: string;
  readonly children?: readonly Node[];
  readonly url?: string;
  readonly depth?: number;
};

const PLAIN: Words = {
  title: 'Card payments failing',
  name: 'Ana',
  line: 'One in nine fails',
  prose: 'We knew little.',
  rewrite: 'Found by an alert.',
};

function write(words: Words): { device: Device; markdown: string } {
  const device = createDevice(words.name, 1);
  device.declare(words.title);
  for (const kind of ['impact', 'action', 'decision', 'hypothesis', 'question', 'alert'] as const) {
    device.log(words.line, { kind });
  }
  device.mark('detected');
  const prose = openProseText(device.doc, 'summary');
  prose.write([{ at: 0, removed: 0, inserted: words.prose }]);
  const statement = draftOf(device).statements.summary[0];
  if (!statement) throw new Error('Nothing to rewrite');
  const { id, sourcesHash } = statement;
  device.run({ type: 'rewriteStatement', statement: id, sourcesHash, text: words.rewrite });
  return { device, markdown: exportOf(device) };
}

function draftOf({ doc: { read } }: Device) {
  return createDrafter()({
    id: 'checkout',
    number: 412,
    title: read.facts().title ?? '',
    facts: read.facts(),
    state: read.state(),
    timeline: read.timeline(),
    personName: (person) => read.personName(person) ?? '?',
  });
}

function exportOf(device: Device): string {
  const { read } = device.doc;
  return toMarkdown({
    draft: draftOf(device),
    prose: read.prose(),
    zone: 'Europe/Berlin',
    personName: (person) => read.personName(person) ?? '?',
  });
}

function parse(markdown: string): { readonly matter: string; readonly root: Node } {
  const [, matter = '', ...rest] = markdown.split(/^---$/m);
  const body = rest.join('---');
  return {
    matter,
    root: fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }),
  };
}

function findAll(node: Node, ...types: readonly string[]): readonly Node[] {
  const own = types.includes(node.type) ? [node] : [];
  return [...own, ...(node.children ?? []).flatMap((child) => findAll(child, ...types))];
}

/** Headings, tables with their rows and cells, lists of ours, footnotes: what hostile words must leave as it is. */
function shapeOf(markdown: string) {
  const { root } = parse(markdown);
  const ours = (root.children ?? []).filter(
    ({ type, depth }) => type === 'heading' && (depth ?? 0) <= 2,
  );
  return {
    headings: ours.map(({ depth }) => depth),
    tables: findAll(root, 'table').map((table) =>
      (table.children ?? []).map((row) => row.children?.length),
    ),
    footnotes: findAll(root, 'footnoteDefinition').length,
    marks: findAll(root, 'footnoteReference').length,
    html: findAll(root, 'html').length,
    images: findAll(root, 'image', 'imageReference').length,
  };
}

const NASTY = [
  '# heading',
  '## Gaps',
  '---',
  '===',
  '***',
  '| a | b |',
  '|',
  '\\',
  '\\|',
  '```',
  '~~~',
  '````js',
  '<b>',
  '</td>',
  '<!--',
  '<script>',
  '[x](javascript:alert(1))',
  '[x](data:text/html,x)',
  '![i](https://e.example/x.png)',
  '[^1]',
  '[^1]: mine',
  '[^9]: mine',
  '[1]: https://e.example',
  'https://e.example/a_b',
  'www.e.example',
  'a@e.example',
  '&amp;',
  '&#35;',
  '- item',
  '1. one',
  '> quote',
  '>',
  '    code',
  '\t',
  '\n',
  '\n\n',
  '\r\n',
  '\u2028',
  '_a_',
  '*a*',
  '**',
  '~x~',
  '`',
  '``',
  '\u0000',
  'ü',
  '漢字',
  '😀',
  '- ```',
  '> ~~~',
  '1. # x',
  '- - - # y',
  '  ```',
  '|-|',
  '$$',
  '{x}',
  ']',
  '](',
  '!',
  '<https://e.example>',
  '- # z',
  'a\n===',
  'b\n---',
  '[a]:',
  '[a]: <',
  '\ufeff',
  '+',
  '+ +',
  '* * *',
  '---\ntitle: x',
];
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(...NASTY),
      fc.string({ maxLength: 6 }),
      fc.constantFrom(' ', 'word', '\n'),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
const someWords = (text: string) => `w${text}`;

describe('markdown', () => {
  test('[G9] whatever is in a title, a name, a line, a rewrite or a section: the Markdown keeps its shape', () => {
    const plain = shapeOf(write(PLAIN).markdown);
    expect(plain).toMatchObject({ html: 0, images: 0 });
    expect(plain.headings.length).toBeGreaterThan(6);
    expect(plain.tables).toHaveLength(2);
    fc.assert(
      fc.property(
        fc.record({ title: nasty, name: nasty, line: nasty, prose: nasty, rewrite: nasty }),
        (words) => {
          const { markdown } = write({
            title: someWords(words.title).slice(0, 190),
            name: someWords(words.name).slice(0, 40),
            line: someWords(words.line),
            prose: someWords(words.prose) === 'w' ? 'w' : words.prose || 'w',
            rewrite: someWords(words.rewrite),
          });
          const shape = shapeOf(markdown);
          // People's own tables and lists are theirs; ours stay as they were.
          const { tables, ...rest } = shape;
          const { tables: ours, ...others } = plain;
          expect(rest).toEqual(others);
          expect(
            tables.filter((table) =>
              ours.some((own) => JSON.stringify(own) === JSON.stringify(table)),
            ),
          ).toHaveLength(2);
          for (const { url = '' } of findAll(parse(markdown).root, 'link', 'definition')) {
            expect(url).toMatch(/^(https?:\/\/|mailto:)/i);
          }
        },
      ),
      { numRuns: 250 },
    );
  }, 60_000);

  test('[G10] the front matter is YAML and says what was written', () => {
    for (const title of [
      PLAIN.title,
      'a: "b" # c',
      "'",
      '--- x',
      '{[',
      '\\',
      'ü😀',
      '%',
      '@',
      '`',
    ]) {
      const { matter } = parse(write({ ...PLAIN, title, name: title }).markdown);
      expect(parseYaml(matter)).toMatchObject({
        title,
        number: 412,
        severity: 'SEV-2',
        participants: [title],
      });
    }
  });

  test('[G12] a rewrite stands in its statement’s place; two both show, and one whose sources changed says so', () => {
    const { device, markdown } = write(PLAIN);
    expect(markdown).toContain('“Found by an alert.”');
    expect(markdown).not.toContain('At worst it was');
    const statement = draftOf(device).statements.summary[0];
    if (!statement) throw new Error('Nothing to rewrite');
    device.run({
      type: 'rewriteStatement',
      statement: statement.id,
      sourcesHash: 'of other sources',
      text: 'Found by a customer.',
    });
    const both = exportOf(device);
    expect(both).toContain('“Found by an alert.” (Ana)[^');
    expect(both).toContain(
      '“Found by a customer.” (Ana) (the timeline changed since this was written)',
    );
    for (const { id } of device.doc.read.prose().rewrites) {
      device.run({ type: 'takeBackRewrite', rewrite: id });
    }
    expect(exportOf(device)).toContain('At worst it was');
  });
});
