// Waiting for what Playwright's locators do not wait for: what is made out of several elements, what is read of one, and what is
// asked of the server. On a slow machine it becomes so a moment after the last thing that was done.
import assert from 'node:assert/strict';
import { setInterval } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

export const LONGEST = 60_000; // milliseconds; also behind a look that failed, after which pages pause longer and longer

const PAUSE = 50; // milliseconds between two looks

// A page that is just being left cannot be looked at: that is no answer yet.
async function answerOf(look) {
  try {
    return { seen: await look() };
  } catch (error) {
    return { error };
  }
}

async function watch(look, holds) {
  const holdsNow = ({ seen, error }) => !error && holds(seen);
  let answer = await answerOf(look);
  for await (const begun of setInterval(PAUSE, Date.now())) {
    if (holdsNow(answer) || Date.now() - begun > LONGEST) break;
    answer = await answerOf(look);
  }
  return answer;
}

// Until a condition holds; says what was there instead.
export async function until(look, holds, what) {
  const { seen, error } = await watch(look, holds);
  if (error) throw error;
  if (!holds(seen)) assert.fail(`${what}: ${JSON.stringify(seen)}`);
  return seen;
}

// Until it is as expected; says the difference.
export async function becomes(look, expected, what) {
  const { seen, error } = await watch(look, (one) => isDeepStrictEqual(one, expected));
  if (error) throw error;
  assert.deepEqual(seen, expected, what);
}

// Does what leads to another page, and waits until that is there with its scripts: what is read afterwards is not of the page before,
// which may look the same. That one has come to its end before: it is not taken for the other.
export async function anew(page, act) {
  await page.waitForLoadState();
  await Promise.all([page.waitForEvent('load'), act()]);
}
