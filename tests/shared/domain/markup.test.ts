import { expect, test } from 'vitest';
import { toSpans } from '../../../shared/domain/markup.ts';

test('[C2g] a line may use code, bold and links, and nothing else becomes markup', () => {
  expect(toSpans('Every error is `pool timeout` on **payments-db-eu**.')).toEqual([
    { type: 'text', text: 'Every error is ' },
    { type: 'code', text: 'pool timeout' },
    { type: 'text', text: ' on ' },
    { type: 'bold', text: 'payments-db-eu' },
    { type: 'text', text: '.' },
  ]);
  expect(toSpans('see [graph](https://grafana.example/d/1) or https://status.example')).toEqual([
    { type: 'text', text: 'see ' },
    { type: 'link', text: 'graph', href: 'https://grafana.example/d/1' },
    { type: 'text', text: ' or ' },
    { type: 'link', text: 'https://status.example', href: 'https://status.example' },
  ]);
  const hostile = '<script>alert(1)</script> [x](javascript:alert(1)) <img onerror=x>';
  expect(toSpans(hostile)).toEqual([{ type: 'text', text: hostile }]);
  expect(toSpans('unclosed ` and ** stay')).toEqual([
    { type: 'text', text: 'unclosed ` and ** stay' },
  ]);
});

test('[C2h] marks never lose a character of the text', () => {
  for (const text of ['**a**`b`', '`', '****', '[a](b)', 'https://a.example/(x)', '`a\n`']) {
    const shown = toSpans(text)
      .map((span) => span.text)
      .join('');
    expect(shown.replaceAll(/[`*]/g, '')).toBe(text.replaceAll(/[`*]/g, ''));
  }
  expect(toSpans('x'.repeat(60_000))).toHaveLength(1);
});
