import assert from 'node:assert/strict';
import test from 'node:test';
import { createLog, DEFAULT_LOG_SETTINGS, type LogSettings, thresholdOf } from '../../../src/terminal/log.ts';

function recordingLog(settings: Partial<LogSettings> = {}) {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => ({ ...DEFAULT_LOG_SETTINGS, ...settings }),
    () => new Date('2026-11-25T07:08:09.123Z'),
  );
  return { log, lines };
}

test('-q shows errors, the default notices too, -v says more, -vv all', () => {
  const shown = (options: { quiet?: boolean; verbose?: number }) => {
    const { log, lines } = recordingLog({ threshold: thresholdOf(options) });
    for (const level of ['error', 'warn', 'notice', 'info', 'debug'] as const) log[level](level);
    return lines.length;
  };
  assert.deepEqual([{ quiet: true }, {}, { verbose: 1 }, { verbose: 2 }, { verbose: 3 }].map(shown), [1, 3, 4, 5, 5]);
});

test('text names the level and appends the fields', () => {
  const { log, lines } = recordingLog();
  log.warn('left out an entry', { file: 'a b.wl', reason: undefined, count: 2 });
  assert.deepEqual(lines, ['warning: left out an entry file="a b.wl" count=2']);
});

test('text carries the time when asked', () => {
  const { log, lines } = recordingLog({ timestamps: true });
  log.notice('listening');
  assert.deepEqual(lines, ['2026-11-25T07:08:09.123Z listening']);
});

test('JSON is one object a line', () => {
  const { log, lines } = recordingLog({ format: 'json' });
  log.error('failed', { size: 10n, cause: new Error('why') });
  assert.deepEqual(JSON.parse(lines[0] ?? ''), {
    time: '2026-11-25T07:08:09.123Z',
    level: 'error',
    message: 'failed',
    size: '10',
    cause: 'why',
  });
});

for (const format of ['text', 'json'] as const) {
  test(`nothing from outside adds a ${format} line or acts on the terminal`, () => {
    const { log, lines } = recordingLog({ format });
    const evil = 'STATION\n2026 forged\r\u001b[2J\u009b1m\u2028\u202e';
    log.notice(`association from ${evil}`, { aeTitle: evil, list: [evil] });
    assert.equal(lines.length, 1);
    assert.doesNotMatch(lines[0] ?? '', /[\u0000-\u001f\u007f-\u009f\u2028\u202e]/);
  });
}
