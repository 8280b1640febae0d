import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Refresher } from '../../plugin/web/src/lib/refresher.js';
import { Session } from '../../plugin/web/src/lib/session.js';

mock.timers.enable({ apis: ['setTimeout'] });

const settled = async () => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

async function pass(milliseconds) {
  mock.timers.tick(milliseconds);
  await settled();
}

// A refresher whose page, network and looks are the test's: `looks` counts, `answer` says what becomes of them.
function refresherOf() {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const network = new EventTarget();
  const session = new Session();
  const all = { looks: 0, answer: () => Promise.resolve(), page, network, session };
  const look = () => {
    all.looks += 1;
    return all.answer();
  };
  all.refresher = new Refresher(look, { every: 1000, page, network, session, random: () => 0.5 });
  all.show = (visibilityState) => {
    page.visibilityState = visibilityState;
    page.dispatchEvent(new Event('visibilitychange'));
    return settled();
  };
  return all;
}

test('looks every so often once it was started, and not after it was stopped', async () => {
  const all = refresherOf();
  await pass(3000);
  assert.equal(all.looks, 0);
  all.refresher.start();
  await pass(999);
  assert.equal(all.looks, 0);
  await pass(1);
  assert.equal(all.looks, 1);
  await pass(1000);
  assert.equal(all.looks, 2);
  all.refresher.stop();
  await pass(5000);
  await all.show('visible');
  all.network.dispatchEvent(new Event('online'));
  assert.equal(all.looks, 2);
});

test('a look that takes long is alone, and the pause begins after it', async () => {
  const all = refresherOf();
  let done;
  all.answer = () => new Promise((resolve) => (done = resolve));
  all.refresher.start();
  await pass(1000);
  await pass(5000);
  await all.show('visible');
  assert.equal(all.looks, 1);
  done();
  await settled();
  await pass(999);
  assert.equal(all.looks, 1);
  await pass(1);
  assert.equal(all.looks, 2);
  all.refresher.stop();
});

test('one that nobody answers has failed, and is not the last', async () => {
  const all = refresherOf();
  all.answer = () => new Promise(() => {});
  all.refresher.start();
  await pass(1000);
  await pass(30_000);
  await settled();
  all.answer = () => Promise.resolve();
  await pass(2000);
  assert.equal(all.looks, 2);
  all.refresher.stop();
});

test('one that ends after it was stopped starts nothing', async () => {
  const all = refresherOf();
  let done;
  all.answer = () => new Promise((resolve) => (done = resolve));
  all.refresher.start();
  await pass(1000);
  all.refresher.stop();
  done();
  await settled();
  await pass(10_000);
  assert.equal(all.looks, 1);
});

test('a hidden page asks nothing; one that is seen again asks at once', async () => {
  const all = refresherOf();
  all.refresher.start();
  await all.show('hidden');
  await pass(60_000);
  assert.equal(all.looks, 0);
  await all.show('visible');
  assert.equal(all.looks, 1);
  await pass(1000);
  assert.equal(all.looks, 2);
  all.refresher.stop();
});

test('pauses grow while looks fail, up to two minutes, and are short again after one that did not', async () => {
  const all = refresherOf();
  all.answer = () => Promise.reject(new Error('no'));
  all.refresher.start();
  await pass(1000);
  assert.equal(all.looks, 1);
  for (const pause of [2000, 4000, 8000, 16_000, 32_000, 64_000, 120_000, 120_000]) {
    const { looks } = all;
    await pass(pause - 1);
    assert.equal(all.looks, looks, `before ${pause}`);
    await pass(1);
    assert.equal(all.looks, looks + 1, `after ${pause}`);
  }
  all.answer = () => Promise.resolve();
  await pass(120_000);
  const { looks } = all;
  await pass(1000);
  assert.equal(all.looks, looks + 1);
  all.refresher.stop();
});

test('the network coming back is a reason to look at once, on a page that is seen', async () => {
  const all = refresherOf();
  all.refresher.start();
  all.network.dispatchEvent(new Event('online'));
  await settled();
  assert.equal(all.looks, 1);
  await all.show('hidden');
  all.network.dispatchEvent(new Event('online'));
  await settled();
  assert.equal(all.looks, 1);
  all.refresher.stop();
});

test('S5: who was logged out asks once where the page or the network comes back, and goes on once logged in again', async () => {
  const all = refresherOf();
  all.refresher.start();
  all.answer = () => {
    all.session.hear(401);
    return Promise.reject(new Error('no'));
  };
  await pass(1000);
  assert.equal(all.looks, 1);
  await pass(600_000);
  assert.equal(all.looks, 1);
  await all.show('visible');
  await pass(600_000);
  assert.equal(all.looks, 2);
  all.network.dispatchEvent(new Event('online'));
  await pass(600_000);
  assert.equal(all.looks, 3);
  all.answer = () => Promise.resolve();
  all.session.hear(404);
  await settled();
  assert.equal(all.looks, 3, 'a refusal does not say that one is logged in');
  all.session.hear(200);
  await settled();
  assert.equal(all.looks, 4);
  await pass(1000);
  assert.equal(all.looks, 5);
  all.refresher.stop();
  all.session.hear(401);
  all.session.hear(200);
  await pass(1000);
  assert.equal(all.looks, 5);
});

test('pauses after failures are scattered, so that not all pages come back in the same moment', () => {
  const pauseFor = (chance) => {
    const refresher = new Refresher(() => {}, { every: 1000, page: new EventTarget(), network: new EventTarget(), random: () => chance });
    refresher.failures = 1;
    return refresher.pause;
  };
  assert.deepEqual([pauseFor(0), pauseFor(0.5), pauseFor(1)], [1500, 2000, 2500]);
});
