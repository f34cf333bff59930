import { expect, it } from 'vitest';

import { Refusal, TooManyRequests, Unavailable } from '@/api/errors';
import { problemText } from '@/desk/texts/problems';

const refusal = (members: object) =>
  new Refusal({ type: 'urn:p', title: 'Title', status: 409, detail: 'Detail.', ...members } as never);

it.each([
  ['the detail of a problem', refusal({}), 'Detail.'],
  [
    'the fields of a wrong request',
    refusal({ title: 'Invalid request', errors: [{ field: 'saleEndsAt', message: 'must be later' }] }),
    'Invalid request: saleEndsAt must be later.',
  ],
  ['that a change may have been made', new Unavailable(), /may have made the change/],
  ['that there are too many requests', new TooManyRequests(), /Too many requests/],
])('tells %s', (_what, error, text) => {
  expect(problemText(error)).toMatch(text);
});
